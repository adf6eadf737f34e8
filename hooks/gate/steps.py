"""Steps of setting a server up: each shows itself, knows whether it is done, and does it."""

from __future__ import annotations

import difflib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROGRAMS: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class SetupError(Exception):
    """A server that cannot be set up so; the message says why and what to do, in Russian."""


@dataclass(frozen=True)
class Step:
    """Something to be done once: `shown` are the commands an administrator would type."""

    title: str
    shown: Callable[[], Sequence[str]]
    done: Callable[[], bool]
    do: Callable[[], None]


@dataclass(frozen=True)
class Access:
    """Who owns a file and who may do what with it; no user: whoever has made it."""

    user: str | None
    group: str | None
    mode: int

    def holds(self, path: Path) -> bool:
        """Return whether a file or folder is so already."""
        found = path.stat()
        if stat.S_IMODE(found.st_mode) != self.mode:
            return False
        if self.user is None or self.group is None:
            return True
        try:
            return (found.st_uid, found.st_gid) == (_uid(self.user), _gid(self.group))
        except KeyError:
            return False

    def give(self, path: Path) -> None:
        """Make a file or folder so."""
        if self.user is not None and self.group is not None:
            shutil.chown(path, self.user, self.group)
        path.chmod(self.mode)  # after chown, which takes bits away

    def words(self) -> str:
        """Return the options of install(1) that say the same."""
        owner = f"-o {self.user} -g {self.group} " if self.user is not None else ""
        return f"{owner}-m {self.mode:o}"


def _uid(user: str) -> int:
    return pwd.getpwnam(user).pw_uid


def _gid(group: str) -> int:
    # the groups named here are root's and the account's own
    return pwd.getpwnam(group).pw_gid


def folder_step(path: Path, access: Access) -> Step:
    """Return the step that makes a folder."""

    def do() -> None:
        _refuse_link(path)
        path.mkdir(parents=True, exist_ok=True)
        access.give(path)

    return Step(
        title=f"Папка {path}",
        shown=lambda: [f"# install -d {access.words()} {path}"],
        done=lambda: path.is_dir() and access.holds(path),
        do=do,
    )


def _refuse_link(path: Path) -> None:
    """Raise SetupError at a link that is not root's: it may lead what root does anywhere."""
    if path.is_symlink() and path.lstat().st_uid != 0:
        raise SetupError(f"{path}: здесь чужая ссылка, а нужна папка. Уберите её и повторите.")


def file_step(path: Path, content: bytes, access: Access, after: Sequence[str] = ()) -> Step:
    """Return the step that writes a file, at once; `after` says what else it leads to."""
    return Step(
        title=f"Файл {path}",
        shown=lambda: [f"# install {access.words()} … {path}", *_change(path, content), *after],
        done=lambda: path.is_file() and path.read_bytes() == content and access.holds(path),
        do=lambda: write_file(path, content, access),
    )


def write_file(path: Path, content: bytes, access: Access) -> None:
    """Replace a file at once: nobody reads half of it, nobody reads it with other rights."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    access.give(fresh)
    fresh.replace(path)


def _change(path: Path, content: bytes) -> list[str]:
    """Return a new file whole, and of one that is there what changes in it."""
    old = path.read_bytes() if path.is_file() else b""
    try:
        was, becomes = old.decode("utf-8").splitlines(), content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return [f"  ({len(content)} Б)"]
    if not old:
        return [f"  | {line}" for line in becomes]
    return [f"  {line}" for line in difflib.unified_diff(was, becomes, n=0, lineterm="")][2:]


def find(program: str) -> str | None:
    """Return where a program is; `su` leaves the folders of servers out of PATH."""
    return shutil.which(program, path=_PROGRAMS)


def run(command: Sequence[str]) -> None:
    """Run a command; raise SetupError with what it said where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 -- its words were checked
            [find(command[0]) or command[0], *command[1:]],
            capture_output=True,
            check=False,
            text=True,
        )
    except FileNotFoundError:
        raise SetupError(f"Нет программы {command[0]}.") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise SetupError(f"Не удалось: {' '.join(command)}\n{said}")
