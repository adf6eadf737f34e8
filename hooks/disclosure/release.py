"""A built site made a release: its files, their compressed companions, the sums of all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from disclosure.archive import Release, ReleaseError, read_release
from disclosure.companions import companions
from disclosure.history import Commit
from gate.archive import pack
from gate.manifest import MANIFEST, Manifest, ManifestError, check_path


def make_release(site: Path, out: Path, commit: Commit, time: datetime) -> Release:
    """Make the folder `out` and the archive beside it of a built site; return the archive.

    Both are replaced only when the new ones are whole. One site, commit and time make the same
    bytes anywhere. Raises ReleaseError where something in the site may not be published.
    """
    archive = out.with_name(f"{out.name}.tar")
    _check_place(out)
    with _workshop(out) as workshop:
        made, packed = workshop / "made", workshop / "packed"
        sums = _fill(made, site, time)
        manifest = Manifest(commit.count, commit.name, time, sums)
        _write(made / MANIFEST, manifest.text().encode(), time)
        _set_folders(made)
        with packed.open("wb") as stream:
            pack(stream, manifest, None, lambda path: (made / path).read_bytes())
        release = read_release(packed)
        if out.exists():
            out.rename(workshop / "old")
        made.rename(out)
        packed.replace(archive)
    return replace(release, file=archive)


def check_commit(commit: Commit | None) -> Commit:
    """Return the commit if a release may be made of it; raise ReleaseError where it may not."""
    if commit is None:
        said = "Здесь нет коммита, а выпуск называет коммит, из которого он собран."
        raise ReleaseError(f"{said} Выполните команду в папке проекта, взятой из git.")
    if not commit.count:
        said = "История git неполная, и номер выпуска по ней не посчитать."
        raise ReleaseError(f"{said} Получите её целиком: git fetch --unshallow.")
    if not commit.clean:
        said = "В папке есть изменения, которых нет в коммите; их покажет git status."
        raise ReleaseError(
            f"{said} Запишите их в коммит или уберите, потом повторите: .ci/release."
        )
    return commit


def check_page(page: Path, commit: Commit, time: datetime) -> None:
    """Raise ReleaseError where the page of a site about its making tells another one."""
    told = page.read_text(encoding="utf-8") if page.is_file() else None
    if told is None or all(said in told for said in (commit.name, time.isoformat(), MANIFEST)):
        return
    raise ReleaseError(
        f"{page}: сайт построен не из этого коммита или на другое время."
        " Постройте его заново: .ci/release."
    )


def _check_place(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ReleaseError(f"{out}: здесь файл, а нужна папка. Назовите другую: --out ПАПКА.")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise ReleaseError(
            f"{out}: в папке не прежний выпуск, её нельзя заменить. Назовите другую: --out ПАПКА."
        )


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """Give an empty folder beside `out` to one caller at a time, and remove it in the end."""
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(out.parent, os.O_RDONLY)
    workshop = out.with_name(f"{out.name}.next")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(workshop, ignore_errors=True)  # of a run that was killed
        workshop.mkdir()
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
        os.close(lock)


def _fill(made: Path, site: Path, time: datetime) -> dict[str, str]:
    """Copy a site with companions of its texts; return the sums of all by path."""
    paths = frozenset(_paths(site))
    if "index.html" not in paths:
        raise ReleaseError(f"{site}: здесь нет построенного сайта. Постройте его: make site.")
    sums: dict[str, str] = {}

    def copy(path: str) -> dict[str, str]:
        content = (site / path).read_bytes()
        files = {path: content} | companions(site, path, content, paths)
        for name, written in files.items():
            _write(made / name, written, time)
        return {name: hashlib.sha256(written).hexdigest() for name, written in files.items()}

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(copy, sorted(paths)):
            sums |= found
    return sums


def _paths(site: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(site):
        for name in [*folders, *files]:
            file = Path(folder, name)
            path = file.relative_to(site).as_posix()
            try:
                check_path(path)
            except ManifestError:
                raise ReleaseError(
                    f"{str(file)!r}: файл с таким именем публиковать нельзя. Переименуйте его."
                ) from None
            if file.is_symlink():
                raise ReleaseError(
                    f"{file}: это ссылка на другой файл, а публикуются только сами файлы."
                    " Уберите её и постройте сайт заново."
                )
            if name in folders:
                continue
            if not file.is_file():
                raise ReleaseError(f"{file}: это не обычный файл. Уберите его.")
            yield path


def _write(file: Path, content: bytes, time: datetime) -> None:
    """Write a file that a server may read, whatever the umask, with the time of the release."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o644)
    os.utime(file, (time.timestamp(), time.timestamp()))


def _set_folders(made: Path) -> None:
    for folder, _, _ in os.walk(made):
        Path(folder).chmod(0o755)
