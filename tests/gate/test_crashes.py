"""Whatever step a change ends at, the site is whole and the next change succeeds."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gate import receive, store
from gate.changes import allow, go_back, publish
from gate.refused import RefusedError
from tests.gate.folders import live, tree, whole
from tests.gate.releases import Key, Release, make_release

STEPS = {
    *("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.utime"),
    *("os.link", "os.truncate", "os.chmod"),
}
"""What Python tells its auditors of before it changes a disk, beside opening a file to write."""

Change = Callable[[], str]


class KilledError(BaseException):
    """Stands for SIGKILL: no handler takes it, and no handler changes a thing after it."""


class Auditor:
    """Counts the steps of a change, and fails the one it is told to, or that and all later."""

    def __init__(self) -> None:
        self.step = 0
        self.fail: Callable[[int], BaseException | None] = lambda _: None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT
        flags = arguments[2] if event == "open" else 0
        if event in STEPS or (isinstance(flags, int) and flags & writes):
            self.step += 1
            error = self.fail(self.step)
            if error:
                raise error


AUDITOR = Auditor()


@pytest.fixture(scope="module", autouse=True)
def audit() -> None:
    sys.addaudithook(AUDITOR)  # there is no way to remove one


@contextmanager
def failing(fail: Callable[[int], BaseException | None]) -> Iterator[None]:
    AUDITOR.step, AUDITOR.fail = 0, fail
    try:
        yield
    finally:
        AUDITOR.fail = lambda _: None


def kill(change: Change, last: int) -> None:
    """Have a change die at a step, and at each that it would still take on its way out."""
    with pytest.raises(KilledError), failing(lambda step: KilledError() if step >= last else None):
        change()


def steps(change: Change) -> int:
    with failing(lambda _: None):
        change()
        return AUDITOR.step


@pytest.fixture
def made(root: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> list[Release]:
    """Releases, the first three of which are published: the next one removes the first."""
    made = [make_release(n, {"a/index.html": b"%d" % n, "b.css": b""}, key) for n in range(1, 6)]
    monkeypatch.setattr(store, "KEPT", 3)
    monkeypatch.setattr(receive, "check_signature", lambda *_: None)  # a process for each is slow
    for release in made[:3]:
        publish(root, io.BytesIO(release.tar))
    return made


def again(root: Path, back: Path) -> None:
    shutil.rmtree(root)
    shutil.copytree(back, root, symlinks=True)


def publish_next(root: Path, made: list[Release]) -> str:
    return publish(root, io.BytesIO(made[3].tar))


def publish_allowed(root: Path, made: list[Release]) -> str:
    """Publish what is on the disk already, and `previous`."""
    return publish(root, io.BytesIO(made[2].tar))


def go_back_from_it(root: Path, made: list[Release]) -> str:
    return go_back(root, made[2].id)


CHANGES = [publish_next, publish_allowed, go_back_from_it]


@pytest.fixture(params=CHANGES, ids=lambda change: change.__name__)
def change(request: pytest.FixtureRequest, root: Path, made: list[Release]) -> Change:
    if request.param is publish_allowed:
        go_back(root)
        allow(root, made[2].id)
    return lambda: request.param(root, made)


def test_killed_at_any_step(
    root: Path, made: list[Release], change: Change, tmp_path: Path
) -> None:
    shutil.copytree(root, tmp_path / "before", symlinks=True)
    before = live(root)
    count = steps(change)
    after = live(root)
    assert count > 5
    for last in range(1, count + 1):
        again(root, tmp_path / "before")
        kill(change, last)
        assert live(root) in {before, after}
        live(root, "previous")
        for name in store.releases(root):
            assert whole(root / "releases" / name) == name
        assert publish(root, io.BytesIO(made[4].tar)) == f"published {made[4].id}"
        assert live(root) == made[4].id
        assert live(root, "previous") in {before, after}


def test_killed_at_any_step_and_repeated(root: Path, change: Change, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "before", symlinks=True)
    count = steps(change)
    after = live(root)
    for last in range(1, count + 1):
        again(root, tmp_path / "before")
        kill(change, last)
        if live(root) != after:
            change()
        assert live(root) == after


def test_a_full_disk_at_any_step(root: Path, change: Change, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "before", symlinks=True)
    before = live(root)
    count = steps(change)
    after = live(root)
    full = OSError(errno.ENOSPC, "No space left on device")
    for only in range(1, count + 1):
        again(root, tmp_path / "before")
        with failing(lambda step, only=only: full if step == only else None):  # type: ignore[misc]
            told = told_by(change)
        assert live(root) == (before if "На диске сервера кончилось место" in told else after)
        live(root, "previous")
        if live(root) == before:
            change()
        assert live(root) == after


def told_by(change: Change) -> str:
    """What a change answers, or why it is refused."""
    try:
        return change()
    except RefusedError as error:
        return str(error)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT], ids=["disk", "quota"])
def test_a_full_disk_while_a_file_comes(
    root: Path, made: list[Release], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(*_: object) -> str:
        raise OSError(code, os.strerror(code))

    before = tree(root)
    with monkeypatch.context() as patch:
        patch.setattr(receive, "_copy", full)
        with pytest.raises(RefusedError, match="кончилось место"):
            publish_next(root, made)
    assert tree(root) == before
    assert not any((root / "incoming").iterdir())
    publish_next(root, made)
