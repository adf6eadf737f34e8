"""What data were and when they were changed, by the commits of the repository they lie in."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
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
_PUBLISHED: Final = (
    # what a merge brings was published by the merge, whatever was tried on the branch before
    *("-c", "log.showRoot=true", "-c", "protocol.allow=never", "log", "--format="),
    *("--first-parent", "--diff-merges=first-parent", "--raw", "-z"),
    *("--no-abbrev", "--no-relative", "--no-renames", "--no-show-signature", "--"),
)
_BATCH: Final = ("-c", "protocol.allow=never", "cat-file", "--batch")
_OF_A_HOOK: Final = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""What git sets for its hooks, and what a folder's own repository is found without."""


@dataclass(frozen=True)
class _Change:
    """A file that a commit gave new bytes: the commit's time, the file's path, the bytes' hash."""

    time: datetime
    parentless: bool
    path: str
    blob: str


@dataclass(frozen=True)
class Commit:
    """A commit checked out in a folder.

    `count` is how many commits led to it, itself included: 0 where a shallow clone cannot know.
    `clean` says that its repository is as the commit has it, files that git ignores left aside.
    """

    name: str
    count: int
    time: datetime
    clean: bool


def head(root: Path) -> Commit | None:
    """Return the commit checked out in a folder, None where there is no git or no commit."""
    try:
        name, seconds = _git(root, "log", "-1", "--no-show-signature", "--format=%H %ct").split()
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
        count = 0 if shallow else int(_git(root, "rev-list", "--count", "HEAD"))
        changed = _git(root, "status", "--porcelain", "--untracked-files=normal")
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return Commit(name, count, datetime.fromtimestamp(int(seconds), UTC), not changed)


def commit_time(root: Path) -> str | None:
    """Return when the commit checked out in a folder was made, in seconds since 1970 as git says.

    None where there is no git or no repository.
    """
    try:
        return _git(root, "log", "-1", "--format=%ct").strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def last_changes(root: Path) -> dict[str, datetime]:
    """Return the time, in UTC, of the newest commit that gave each file its present bytes.

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

    times: dict[str, datetime | None] = {}
    for change in _changes(log, prefix):
        if change.path not in times and change.blob == present(change.path):
            # where a shallow clone ends, a commit seems to have made all that it holds
            times[change.path] = None if shallow == "true" and change.parentless else change.time
    return {path: time for path, time in times.items() if time}


def earlier_texts(root: Path, files: Iterable[str]) -> dict[str, list[bytes]]:
    """Return what each file was at each commit that changed it, the newest first.

    Files go by their path below the folder `root`. Where there is no git, no repository or no
    such text, nothing is returned; a shallow clone knows the texts it has.
    """
    asked = list(files)
    if not asked:
        return {}
    try:
        prefix = _git(root, "rev-parse", "--show-prefix").removesuffix("\n")
        log = _git(root, *_PUBLISHED, *asked)
    except (OSError, subprocess.CalledProcessError):
        return {}
    fields = iter(log.split("\0"))
    blobs = [(next(fields).removeprefix(prefix), f.split()[3]) for f in fields if f.strip()]
    texts: dict[str, list[bytes]] = {}
    contents = _contents(root, (blob for _, blob in blobs))
    for path, blob in blobs:
        if blob in contents:
            texts.setdefault(path, []).append(contents[blob])
    return texts


def files_at(root: Path, revision: str) -> dict[str, bytes]:
    """Return every file below a folder as it was at a revision, by its path below the folder.

    Raises LookupError where git knows no such revision or lacks a file of it, or there is no git.
    """
    try:
        commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        listed = _git(root, "ls-tree", "-r", "-z", commit.strip(), ".").split("\0")
    except (OSError, subprocess.CalledProcessError):
        raise LookupError(revision) from None
    entries = (line.partition("\t") for line in listed)
    blobs = {path: told.split()[2] for told, _, path in entries if " blob " in told}
    contents = _contents(root, blobs.values())
    return {path: contents[blob] for path, blob in blobs.items()}


def _contents(root: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of blobs by their names, without those that are not at hand."""
    asked = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs))
    if not asked:
        return {}
    try:
        told = io.BytesIO(_run(root, *_BATCH, said=asked))
    except subprocess.CalledProcessError:  # a partial clone
        return {}
    contents: dict[str, bytes] = {}
    while line := told.readline():
        name, kind, *size = line.decode().split()
        if kind == "blob":
            contents[name] = told.read(int(size[0]))
            told.read(1)
    return contents


def _changes(log: str, prefix: str) -> Iterator[_Change]:
    """Yield what each commit changed, the newest first; a merge only what none of its sides has.

    The prefix is that of the folder: --relative forgets merges.
    """
    fields = iter(log.split("\0"))
    time, parentless = datetime.min.replace(tzinfo=UTC), False
    for field in fields:
        if field.lstrip("\n").startswith(":"):
            path = next(fields).removeprefix(prefix)
            yield _Change(time, parentless, path, blob=field.split()[-2])
        elif field.strip():
            seconds, *parents = field.split()
            time, parentless = datetime.fromtimestamp(int(seconds), UTC), not parents


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
    return os.fsdecode(_run(folder, *arguments))


def _run(folder: Path, *arguments: str, said: str = "") -> bytes:
    environment = {name: os.environ[name] for name in os.environ if name not in _OF_A_HOOK}
    command = ["git", "--no-pager", "-C", str(folder), *arguments]
    done = subprocess.run(  # noqa: S603
        command, env=environment, input=said.encode(), capture_output=True, check=True
    )
    return done.stdout
