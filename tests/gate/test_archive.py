from __future__ import annotations

import io
import os
import subprocess
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from gate import archive
from gate.archive import ArchiveError, members, pack
from tests.gate.releases import make_release

LONG = "b/" + "c" * 200 + "/index.html"
RELEASE = make_release(
    1,
    {"index.html": b"x" * 1000, LONG: b"", "файлы/отчёт.csv": b"y" * 512, "z": b"\0" * 70000},
    None,
)


def read(content: bytes) -> dict[str, bytes]:
    return {path: body.read() for path, body, _ in members(io.BytesIO(content))}


def tar(*headers: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> bytes:
    """An archive of these members, each of as many bytes as it says."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as made:
        for header in headers:
            made.addfile(header, io.BytesIO(bytes(header.size)))
    return out.getvalue()


def info(name: str = "a", **values: object) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    for field, value in values.items():
        setattr(header, field, value)
    return header


def test_what_is_packed_is_read() -> None:
    text = RELEASE.manifest.text().encode()
    assert read(RELEASE.tar) == {"SHA256SUMS": text, **RELEASE.files}
    assert list(read(RELEASE.tar)) == ["SHA256SUMS", *sorted(RELEASE.files)]


def test_a_release_is_one_sequence_of_bytes() -> None:
    again = io.BytesIO()
    backwards = dict(sorted(RELEASE.files.items(), reverse=True))
    pack(again, RELEASE.manifest, None, backwards.__getitem__)
    assert again.getvalue() == RELEASE.tar


def test_it_is_a_tar_for_others(tmp_path: Path) -> None:
    subprocess.run(["tar", "-xp", "-C", tmp_path], input=RELEASE.tar, check=True)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path, check=True)
    for path, content in RELEASE.files.items():
        file = tmp_path / path
        assert file.read_bytes() == content
        assert file.stat().st_mode & 0o777 == 0o644
        assert file.stat().st_mtime == RELEASE.manifest.time.timestamp()


def test_a_file_that_changed_is_not_packed() -> None:
    with pytest.raises(ArchiveError, match=r"index\.html"):
        pack(io.BytesIO(), RELEASE.manifest, None, lambda _: b"altered")


def test_a_path_too_long_is_not_packed() -> None:
    long = make_release(1, {"ы" * 600: b""}, None)
    with pytest.raises(ArchiveError, match="длиннее"):
        pack(io.BytesIO(), long.manifest, None, lambda _: b"")


def test_it_is_read_from_a_pipe_and_members_may_be_passed_over() -> None:
    reading, writing = os.pipe()

    def write() -> None:
        with open(writing, "wb") as out:  # noqa: PTH123 -- a pipe has no path
            out.write(RELEASE.tar)

    writer = threading.Thread(target=write)
    writer.start()
    with open(reading, "rb") as stream:  # noqa: PTH123
        paths = [path for path, _, _ in members(stream)]
    writer.join()
    assert paths == ["SHA256SUMS", *sorted(RELEASE.files)]


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.LNKTYPE,
        tarfile.SYMTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        tarfile.CONTTYPE,
        tarfile.GNUTYPE_SPARSE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        b"S",
        b"V",
    ],
)
def test_only_regular_files(kind: bytes) -> None:
    with pytest.raises(ArchiveError, match="обычные файлы"):
        read(tar(info(type=kind, linkname="b")))
    with pytest.raises(ArchiveError):
        read(tar(info("я", type=kind, linkname="b")))


def test_a_folder_of_the_oldest_kind() -> None:
    with pytest.raises(ArchiveError, match="обычные файлы"):
        read(tar(info("a/", type=tarfile.AREGTYPE), form=tarfile.USTAR_FORMAT))


@pytest.mark.parametrize(
    "notes",
    [
        {"size": "5"},
        {"path": "a", "size": "5"},
        {"mtime": "1.5"},
        {"linkpath": "b"},
        {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "b"},
        {"SCHILY.xattr.user.a": "b"},
        {"hdrcharset": "BINARY"},
    ],
)
def test_a_note_tells_nothing_but_a_path(notes: dict[str, str]) -> None:
    with pytest.raises(ArchiveError):
        read(tar(info(pax_headers=notes)))


def raw_note(note: bytes, *, size: int | None = None) -> bytes:
    """An archive whose first member is a pax header of these bytes."""
    said = len(note) if size is None else size
    header = info("note", type=tarfile.XHDTYPE, size=said).tobuf(tarfile.USTAR_FORMAT)
    return header + note + bytes(-len(note) % 512) + tar(info())


def test_a_note_as_it_should_be() -> None:
    assert read(raw_note(b"9 path=b\n")) == {"b": b""}


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"path=b\n",
        b"9 path=bb\n",
        b"11 path=b\n",
        b"9 path=b\n9 path=b\n",
        b"9 path=\xff\n",
        b"9 path=\0\n",
        b"8 path=\n",
        b"99999999999999999999 path=b\n",
        b"1200 path=" + b"b" * 1189 + b"\n",
    ],
)
def test_a_note_as_it_should_not_be(note: bytes) -> None:
    with pytest.raises(ArchiveError):
        read(raw_note(note))


def test_a_note_of_gigabytes_is_not_read() -> None:
    with pytest.raises(ArchiveError, match="путь длиннее"):
        read(raw_note(b"9 path=b\n", size=8 * 1024**3 - 1))


def test_notes_upon_notes() -> None:
    note = info("note", type=tarfile.XHDTYPE, size=9).tobuf(tarfile.USTAR_FORMAT)
    with pytest.raises(ArchiveError, match="обычные файлы"):
        read((note + b"9 path=b\n" + bytes(503)) * 5000 + tar(info()))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda content: b"", "оборван"),
        (lambda content: b"<html>" * 1000, "не архив"),
        (lambda content: b"\x1f\x8b" + content, "не архив"),
        (lambda content: content[:3] + b"\xff" + content[4:], "не архив"),
        (lambda content: content + b"more", "идут ещё данные"),
        (lambda content: content + content, "идут ещё данные"),
        (lambda content: content + bytes(20000), "идут ещё данные"),
    ],
    ids=["nothing", "html", "gzip", "altered", "more", "twice", "long"],
)
def test_what_is_no_archive(spoil: Callable[[bytes], bytes], why: str) -> None:
    with pytest.raises(ArchiveError, match=why):
        read(spoil(RELEASE.tar))


def test_negative_sizes() -> None:
    """GNU's way to write large numbers can write these too."""
    header = bytearray(info().tobuf(tarfile.USTAR_FORMAT))
    header[124:136] = b"\xff" * 12
    header[148:156] = b" " * 8
    header[148:155] = b"%06o\0" % sum(header)
    with pytest.raises(ArchiveError, match="не архив"):
        read(bytes(header) + bytes(1024))


def test_an_archive_that_breaks_off_anywhere() -> None:
    end = len(RELEASE.tar.rstrip(b"\0")) + 1024
    for length in [*range(0, end, 499), *range(0, end, 512)]:
        with pytest.raises(ArchiveError, match="оборван"):
            read(RELEASE.tar[:length])


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    assert len(read(tar(info(), info()))) == 1
    with pytest.raises(ArchiveError, match="больше 2 файлов"):
        read(tar(info(), info(), info()))
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with pytest.raises(ArchiveError, match="Архив больше"):
        read(tar(info(size=501), info(size=500)))
