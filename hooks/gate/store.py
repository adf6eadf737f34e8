"""The releases on a server's disk: which there are, which is live, and the switch between them.

    ROOT/incoming        what is being made; emptied before and after each change
    ROOT/releases/ID     whole releases, each a root for the web server
    ROOT/current         a link to the live one, never missing once there was one
    ROOT/previous        a link to the one that was live before it
    ROOT/earlier         a link to the one that was live before that
    ROOT/state           the lock, the memory of the gate, the keys it trusts

Whatever is at these places was renamed there whole: a process killed between any two steps
leaves a live release and a place for the next one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from gate.manifest import ID
from gate.refused import RefusedError
from gate.state import sync_folder

CURRENT: Final = "current"
PREVIOUS: Final = "previous"
EARLIER: Final = "earlier"
KEPT: Final = 5
"""How many releases stay on the disk; those that a link leads to always do."""
LOCK_SECONDS: Final = 660
"""How long to wait for another change to end: longer than one may take to be received."""


def commit_count(name: str) -> str:
    """Return the part of a release's name that all releases of one commit share."""
    return name.partition("-")[0]


def is_id(text: str) -> bool:
    """Return whether a text is the name of a release."""
    return bool(re.fullmatch(ID, text))


def check_root(root: Path) -> None:
    """Raise RefusedError where a folder is not that of a site."""
    if not (root / "state").is_dir():
        raise RefusedError(f"{root}: здесь сервер не настроен. Вызовите site-gate.pyz setup.")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Be the only one who changes anything below `root`; raise RefusedError if others do for long.

    What a killed change left in incoming is removed before, and what this one left, after.
    """
    check_root(root)
    handle = os.open(root / "state" / "lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        _wait_for(handle)
        _make_incoming(root)
        try:
            yield
        finally:
            with suppress(OSError):  # what is done is done; the next change tries again
                _empty_incoming(root)
    finally:
        os.close(handle)


def _wait_for(handle: int) -> None:
    start, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > start + LOCK_SECONDS:
                raise RefusedError(
                    f"Другая публикация не кончилась за {LOCK_SECONDS // 60} мин. Повторите позже."
                ) from None
            if not told:
                print("Идёт другая публикация: жду, когда она кончится.", file=sys.stderr)
                told = True
            time.sleep(0.05)
        else:
            return


def _make_incoming(root: Path) -> None:
    for name in ("incoming", "releases"):
        (root / name).mkdir(exist_ok=True)
    _empty_incoming(root)


def _empty_incoming(root: Path) -> None:
    for left in (root / "incoming").iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


def releases(root: Path) -> list[str]:
    """Return the ids of the releases on the disk, the oldest first."""
    folder = root / "releases"
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if is_id(one.name))


def current(root: Path) -> str | None:
    """Return the id of the live release, if there is one; refuse what is no link at its place."""
    place = root / CURRENT
    found = _pointed(place)
    if found and (root / "releases" / found).is_dir():
        return found
    if place.exists() and not place.is_symlink():
        raise RefusedError(f"{place} должен быть ссылкой. Переименуйте то, что стоит на её месте.")
    return None


def previous(root: Path) -> str | None:
    """Return the id of the release that `previous` leads to, if it does."""
    return _pointed(root / PREVIOUS)


def linked(root: Path) -> set[str]:
    """Return the ids of the releases that links lead to."""
    found = {_pointed(root / link) for link in (CURRENT, PREVIOUS, EARLIER)}
    return {name for name in found if name}


def _pointed(place: Path) -> str | None:
    if not place.is_symlink():
        return None
    led = place.readlink()
    return led.name if led.parent == Path("releases") and is_id(led.name) else None


def place_release(root: Path, upload: Path, name: str) -> None:
    """Move a whole release from incoming to its place, where it is not live yet."""
    place = root / "releases" / name
    live = current(root)
    if place.exists():
        for link in (EARLIER, PREVIOUS):
            if live and _pointed(root / link) == name:
                _point(root, link, live)
        place.rename(root / "incoming" / "replaced")
    upload.rename(place)


def switch(root: Path, name: str) -> None:
    """Make a release the live one, and what was live the previous, each at once.

    A page just left asks for its assets at `current`, `previous` and `earlier`, in this order. The
    links are moved in the other one: on the way back, where two of them change places, none is
    ever at no place.
    """
    os.sync()
    live, before = current(root), previous(root)
    if live and live != name:
        if before:
            _point(root, EARLIER, before)
        _point(root, PREVIOUS, live)
    _point(root, CURRENT, name)
    with suppress(OSError):  # it is live already
        sync_folder(root)


def _point(root: Path, link: str, name: str) -> None:
    made = root / "incoming" / link
    made.symlink_to(f"releases/{name}")
    made.replace(root / link)


def prune(root: Path, unfit: Set[str]) -> None:
    """Remove the oldest releases; each goes at once.

    Those that nobody may go back to go before others, and so do all but the newest of a commit:
    nights that build the same commit again must leave something to go back to.
    """
    pinned = linked(root)
    worth = {commit_count(name): name for name in releases(root) if name not in unfit}.values()
    others = sorted(set(releases(root)) - pinned, key=lambda name: (name in worth, name))
    for name in others[: max(0, len(others) + len(pinned) - KEPT)]:
        (root / "releases" / name).rename(root / "incoming" / name)
