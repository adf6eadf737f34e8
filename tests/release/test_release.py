from __future__ import annotations

import gzip
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from disclosure import release as module
from disclosure.archive import ReleaseError, read_release
from disclosure.history import Commit
from disclosure.release import check_commit, check_page, make_release
from gate.manifest import MANIFEST

TIME = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
COMMIT = Commit("a" * 40, 12, TIME, clean=True)
PAGE = "<p>Мероприятие</p>\n" * 50
NOISE = os.urandom(4000)


def site(root: Path) -> Path:
    files = {
        "index.html": PAGE.encode(),
        "about/index.html": PAGE.upper().encode(),
        "омск/отчёт 1.csv": b"1;2\n" * 100,
        "small.txt": b"1" * 255,
        "print.pdf": b"1" * 999,
        "noise.js": NOISE,
        "sitemap.xml": b"<x/>" * 99,
        "sitemap.xml.gz": gzip.compress(b"<x/>" * 99, mtime=7),
    }
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (root / "empty").mkdir()
    return root


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_release_has_the_site_and_its_companions(tmp_path: Path) -> None:
    made = make_release(site(tmp_path / "site"), tmp_path / "release", COMMIT, TIME)
    assert made.file == tmp_path / "release.tar"
    assert made.manifest.id == "00000012-20260301T093000Z"
    assert made.signature is None
    texts = {"index.html", "about/index.html", "омск/отчёт 1.csv"}
    whole = {path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*.*")}
    assert set(made.manifest.files) == {
        *map(str, whole),
        *(f"{path}{ending}" for path in texts for ending in (".gz", ".br")),
        "sitemap.xml.br",
    }
    contents = {path: body.read() for path, body in made.files()}
    assert contents.keys() == made.manifest.files.keys()
    for path in texts:
        assert gzip.decompress(contents[f"{path}.gz"]) == contents[path]
        assert contents[f"{path}.gz"][4:8] == bytes(4), "no time of the build is in it"
        assert brotli.decompress(contents[f"{path}.br"]) == contents[path]


def test_the_folder_is_the_same_and_sha256sum_agrees(tmp_path: Path) -> None:
    made = make_release(site(tmp_path / "site"), tmp_path / "release", COMMIT, TIME)
    folder = tmp_path / "release"
    files = {file for file in folder.rglob("*") if file.is_file()}
    assert {str(file.relative_to(folder)) for file in files} == {MANIFEST, *made.manifest.files}
    subprocess.run(["sha256sum", "-c", "--quiet", "--strict", MANIFEST], cwd=folder, check=True)
    assert {file.stat().st_mtime for file in files} == {TIME.timestamp()}


def test_one_commit_and_time_make_the_same_bytes(tmp_path: Path) -> None:
    first = make_release(site(tmp_path / "site"), tmp_path / "release", COMMIT, TIME)
    before = os.umask(0o077)
    try:
        other = site(tmp_path / "other" / "site")
        second = make_release(other, tmp_path / "elsewhere" / "out", COMMIT, TIME)
    finally:
        os.umask(before)
    assert first.file.read_bytes() == second.file.read_bytes()
    modes = {file.stat().st_mode & 0o777 for file in (tmp_path / "elsewhere/out").rglob("*")}
    assert modes == {0o755, 0o644}
    assert (tmp_path / "elsewhere/out").stat().st_mode & 0o777 == 0o755


# What may not be released ------------------------------------------------------------------------


def _symlink(root: Path) -> None:
    (root / "secret.txt").symlink_to("/etc/hostname")


def _linked_folder(root: Path) -> None:
    (root / "linked").symlink_to("about")


def _pipe(root: Path) -> None:
    os.mkfifo(root / "pipe")


def _odd_name(root: Path) -> None:
    (root / "a\nb").touch()


def _unreadable_name(root: Path) -> None:
    (root / os.fsdecode(b"\xff.txt")).touch()


def _manifest(root: Path) -> None:
    (root / MANIFEST).touch()


def _foreign_companion(root: Path) -> None:
    (root / "sitemap.xml.gz").write_bytes(gzip.compress(b"other"))


def _foreign_companion_of_a_print(root: Path) -> None:
    (root / "print.pdf.gz").write_bytes(gzip.compress(b"other"))


def _companion_of_the_manifest(root: Path) -> None:
    (root / f"{MANIFEST}.br").write_bytes(b"other")


def _torn_companion(root: Path) -> None:
    (root / "index.html.br").write_bytes(b"torn")


def _garbled_companion(root: Path) -> None:
    head = gzip.compress(b"")[:10]
    (root / "index.html.gz").write_bytes(head + b"\xff garbled")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_symlink, r"site/secret\.txt: это ссылка на другой файл"),
        (_linked_folder, "site/linked: это ссылка на другой файл"),
        (_pipe, "site/pipe: это не обычный файл"),
        (_odd_name, r"site/a\\nb': файл с таким именем публиковать нельзя"),
        (_unreadable_name, r"site/\\udcff\.txt': файл с таким именем"),
        (_manifest, "site/SHA256SUMS': файл с таким именем"),
        (_foreign_companion, r"sitemap\.xml\.gz: сервер отдаёт его как сжатый sitemap\.xml,"),
        (_foreign_companion_of_a_print, r"print\.pdf\.gz: сервер отдаёт его"),
        (_companion_of_the_manifest, r"SHA256SUMS\.br': файл с таким именем публиковать нельзя"),
        (_torn_companion, r"index\.html\.br: сервер отдаёт его как сжатый index\.html,"),
        (_garbled_companion, r"index\.html\.gz: сервер отдаёт его как сжатый index\.html,"),
        (lambda root: (root / "index.html").unlink(), "site: здесь нет построенного сайта"),
    ],
)
def test_a_site_that_is_refused_leaves_the_last_release(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    root, out = site(tmp_path / "site"), tmp_path / "release"
    last = make_release(root, out, COMMIT, TIME).file.read_bytes()
    spoil(root)
    with pytest.raises(ReleaseError, match=said):
        make_release(root, out, COMMIT, TIME)
    assert (tmp_path / "release.tar").read_bytes() == last
    assert names(tmp_path) == {"release", "release.tar", "site"}


def test_no_site(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="site: здесь нет построенного сайта"):
        make_release(tmp_path / "site", tmp_path / "release", COMMIT, TIME)


def test_what_fails_midway_leaves_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = site(tmp_path / "site"), tmp_path / "release"
    last = make_release(root, out, COMMIT, TIME).file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(module, "pack", fail)
    with pytest.raises(OSError, match="the disk is full"):
        make_release(root, out, COMMIT, TIME)
    assert (tmp_path / "release.tar").read_bytes() == last
    assert names(tmp_path) == {"release", "release.tar", "site"}


def test_a_release_replaces_the_last_one_and_what_a_killed_run_left(tmp_path: Path) -> None:
    root, out = site(tmp_path / "site"), tmp_path / "release"
    make_release(root, out, COMMIT, TIME)
    site(tmp_path / "release.next")
    (root / "small.txt").unlink()
    make_release(root, out, COMMIT, TIME)
    assert not (out / "small.txt").exists()
    assert "small.txt" not in read_release(tmp_path / "release.tar").manifest.files
    assert names(tmp_path) == {"release", "release.tar", "site"}


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    root, mine = site(tmp_path / "site"), tmp_path / "mine"
    mine.mkdir()
    make_release(root, mine, COMMIT, TIME)  # an empty one may be
    (mine / MANIFEST).unlink()
    with pytest.raises(ReleaseError, match="mine: в папке не прежний выпуск"):
        make_release(root, mine, COMMIT, TIME)
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(ReleaseError, match=f"{name}: здесь файл, а нужна папка"):
            make_release(root, tmp_path / name, COMMIT, TIME)


# The commit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("commit", "said"),
    [
        (None, "Здесь нет коммита"),
        (Commit("a" * 40, 0, TIME, clean=True), "git fetch --unshallow"),
        (Commit("a" * 40, 3, TIME, clean=False), "их покажет git status"),
    ],
)
def test_a_commit_that_no_release_is_made_of(commit: Commit | None, said: str) -> None:
    with pytest.raises(ReleaseError, match=said):
        check_commit(commit)


def test_a_site_of_another_commit_or_time_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    check_page(page, COMMIT, TIME)
    said = f"{COMMIT.name} {TIME.isoformat()} {MANIFEST}"
    page.write_text(said, encoding="utf-8")
    check_page(page, COMMIT, TIME)
    for part in said.split():
        page.write_text(said.replace(part, "?"), encoding="utf-8")
        with pytest.raises(ReleaseError, match="построен не из этого коммита"):
            check_page(page, COMMIT, TIME)
