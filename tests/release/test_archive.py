from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure import archive as module
from disclosure.archive import ReleaseError, put_signature, read_release
from gate.archive import pack
from gate.manifest import MANIFEST
from tests.gate.releases import make_release

FILES = {"index.html": b"front", "about/index.html": b"about", "a" * 120: b"long"}
RELEASE = make_release(3, FILES, None)


def write(folder: Path, content: bytes) -> Path:
    file = folder / "release.tar"
    file.write_bytes(content)
    return file


def test_an_archive_is_read_through(tmp_path: Path) -> None:
    release = read_release(write(tmp_path, RELEASE.tar))
    assert (release.manifest, release.signature) == (RELEASE.manifest, None)
    assert {path: body.read() for path, body in release.files()} == FILES


def _packed(files: dict[str, bytes]) -> bytes:
    """An archive with these files and the manifest of the release."""
    other, out = make_release(3, files, None), io.BytesIO()
    pack(out, other.manifest, None, files.__getitem__)
    theirs, ours = other.manifest.text().encode(), RELEASE.manifest.text().encode()
    begin = 512 + -(-len(theirs) // 512) * 512
    head = RELEASE.tar[: 512 + -(-len(ours) // 512) * 512]
    return head + out.getvalue()[begin:]


def _named(path: str) -> bytes:
    """An archive with a file whose name no manifest may have."""
    head = io.BytesIO()
    with tarfile.open(fileobj=head, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in ((MANIFEST, RELEASE.manifest.text().encode()), (path, b"")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return head.getvalue()


def _signed_at_the_end() -> bytes:
    """An archive whose signature a gate would come upon too late."""
    signed, plain = replace(RELEASE, signature=b"mine").tar, RELEASE.tar
    begin = 512 + -(-len(RELEASE.manifest.text().encode()) // 512) * 512
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        end = tar.getmembers()[-1].offset_data + 512
    return plain[:end] + signed[begin : begin + 1024] + plain[end:]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda: RELEASE.tar[:700], "Архив оборван"),
        (lambda: b"", "Архив оборван"),
        (lambda: b"?" * 10240, "Это не архив выпуска"),
        (lambda: bytes(10240), "Первым в архиве должен быть SHA256SUMS"),
        (lambda: RELEASE.tar.replace(b"# id", b"# ID"), "первые строки не те"),
        (lambda: _packed(FILES | {"index.html": b"other"}), "Файл 'index.html' не тот"),
        (lambda: _packed(FILES | {"new": b""}), "Файл 'new' не тот"),
        (lambda: _named("\x1b[2J"), r"Файл '\\x1b\[2J' не тот"),
        (lambda: _packed({"index.html": b"front"}), "Нет файла a"),
        (_signed_at_the_end, "Файл 'SHA256SUMS.sig' не тот"),
    ],
)
def test_what_is_no_release(tmp_path: Path, spoil: Callable[[], bytes], said: str) -> None:
    file = write(tmp_path, spoil())
    with pytest.raises(ReleaseError, match=said) as raised:
        read_release(file)
    assert str(raised.value).startswith(f"{file}: ")


def test_a_manifest_of_gigabytes_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_MANIFEST", 9)
    with pytest.raises(ReleaseError, match="Первым в архиве"):
        read_release(write(tmp_path, RELEASE.tar))


def test_a_signature_is_put_after_the_manifest(tmp_path: Path) -> None:
    release = read_release(write(tmp_path, RELEASE.tar))
    for signature in (b"first", b"second"):
        release = put_signature(release, signature)
        assert release.signature == signature
        assert release.file.read_bytes() == replace(RELEASE, signature=signature).tar
    assert [file.name for file in tmp_path.iterdir()] == ["release.tar"]


def test_the_folder_beside_is_signed_if_it_is_of_that_release(tmp_path: Path) -> None:
    release = read_release(write(tmp_path, RELEASE.tar))
    folder = tmp_path / "release"
    folder.mkdir()
    manifest, signature = folder / "SHA256SUMS", folder / "SHA256SUMS.sig"
    manifest.write_bytes(b"other")
    put_signature(release, b"mine")
    assert not signature.exists()
    manifest.write_bytes(RELEASE.manifest.text().encode())
    before = os.umask(0o077)
    try:
        put_signature(release, b"mine")
    finally:
        os.umask(before)
    assert signature.read_bytes() == b"mine"
    assert signature.stat().st_mode & 0o777 == 0o644


def test_a_signature_that_fails_midway_leaves_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = read_release(write(tmp_path, RELEASE.tar))

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("disclosure.archive.pack", fail)
    with pytest.raises(OSError, match="the disk is full"):
        put_signature(release, b"mine")
    assert release.file.read_bytes() == RELEASE.tar
    assert [file.name for file in tmp_path.iterdir()] == ["release.tar"]
