"""When data were last changed, by the commits of the repository they lie in."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

_KIND: Final = ("rev-parse", "--show-object-format", "--is-shallow-repository", "--show-prefix")
# Most of these withstand a setting of the user's that would change what is told.
_LOG: Final = (
    *("-c", "log.showRoot=true", "-c", "protocol.allow=never"),  # a partial clone asks no server
    *("log", "--format=%ct %P", "--raw", "-c", "-z"),
    *("--no-abbrev", "--no-relative", "--no-renames", "--no-show-signature", "--", "."),
)
_OF_A_HOOK: Final = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""What git sets for its hooks, and what a folder's own repository is found without."""


@dataclass(frozen=True)
class _Change:
    """A file that a commit gave new bytes: the commit's day, the file's path, the bytes' hash."""

    day: date
    parentless: bool
    path: str
    blob: str


def last_changes(root: Path) -> dict[str, date]:
    """Return the day, in UTC, of the newest commit that gave each file its present bytes.

    Files go by their path below the folder `root`. Not among them are those changed since, and
    those whose commit a shallow clone lacks; where there is no git or no repository, none is.
    """
    try:
        algorithm, shallow, prefix = _git(root, *_KIND).removesuffix("\n").split("\n", 2)
        log = _git(root, *_LOG)
    except (OSError, subprocess.CalledProcessError):
        return {}

    @cache
    def present(path: str) -> str | None:
        return _blob(root / path, algorithm)

    days: dict[str, date | None] = {}
    for change in _changes(log, prefix):
        if change.path not in days and change.blob == present(change.path):
            # where a shallow clone ends, a commit seems to have made all that it holds
            days[change.path] = None if shallow == "true" and change.parentless else change.day
    return {path: day for path, day in days.items() if day}


def _changes(log: str, prefix: str) -> Iterator[_Change]:
    """Yield what each commit changed, the newest first; a merge only what none of its sides has.

    The prefix is that of the folder: --relative forgets merges.
    """
    fields = iter(log.split("\0"))
    day, parentless = date.min, False
    for field in fields:
        if field.lstrip("\n").startswith(":"):
            path = next(fields).removeprefix(prefix)
            yield _Change(day, parentless, path, blob=field.split()[-2])
        elif field.strip():
            time, *parents = field.split()
            day, parentless = datetime.fromtimestamp(int(time), UTC).date(), not parents


def _blob(file: Path, algorithm: str) -> str | None:
    """Name the content of a file as git does."""
    if not file.is_file():
        return None
    content = file.read_bytes()
    named = hashlib.new(algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
    named.update(content)
    return named.hexdigest()


def _git(folder: Path, *arguments: str) -> str:
    """Ask git about the repository that a folder lies in, whichever a hook of git is run for."""
    environment = {name: os.environ[name] for name in os.environ if name not in _OF_A_HOOK}
    command = ["git", "--no-pager", "-C", str(folder), *arguments]
    done = subprocess.run(  # noqa: S603
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return os.fsdecode(done.stdout)
