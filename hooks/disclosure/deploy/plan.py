"""In which order files are put where nothing switches them at once, and which may be removed.

A reader meets every moment of it: a page never comes before what it shows, nor goes after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from gate.headers import HASHED
from gate.manifest import ID, MANIFEST, SIGNATURE, Manifest, ManifestError, check_path

_HASHED: Final = re.compile(HASHED)
_PAGE: Final = re.compile(r".*\.html(?:\.gz|\.br)?")
_TITLE: Final = (
    "# Files that releases have put here; what no release needs is removed by this list\n"
)
_HEAD: Final = re.compile(re.escape(_TITLE) + r"# before: (?P<before>[0-9TZ-]*)\n")
_LINE: Final = re.compile(rf"(?P<id>{ID})  (?P<path>[^\n]+)\n")


@dataclass(frozen=True)
class Plan:
    """Phases, one after another; within a phase the order does not matter to readers.

    All of `puts` come before any of `deletes`.
    """

    puts: tuple[tuple[str, ...], ...]
    deletes: tuple[tuple[str, ...], ...]


def is_hashed(path: str) -> bool:
    """Tell whether the name of a file says what is in it."""
    return _HASHED.fullmatch(path) is not None


def plan(changed: Set[str], gone: Set[str], present: Collection[str]) -> Plan:
    """Return how to put the `changed` files of a release and to remove those that are `gone`.

    `present` are the files there before: what nobody links to yet comes before what is replaced.
    """

    def put_in(path: str) -> int:
        if path in _LAST:
            return 5 + _LAST.index(path)
        if is_hashed(path):
            return 0
        return 1 + bool(_PAGE.fullmatch(path)) + 2 * (path in present)

    def delete_in(path: str) -> int:
        if path == SIGNATURE:  # of another manifest
            return 0
        return 3 if is_hashed(path) else 1 + (not _PAGE.fullmatch(path))

    return Plan(_phases(changed, put_in), _phases(gone, delete_in))


_LAST: Final = (SIGNATURE, MANIFEST)


def _phases(paths: Set[str], phase: Callable[[str], int]) -> tuple[tuple[str, ...], ...]:
    found: dict[int, list[str]] = {}
    for path in sorted(paths):
        found.setdefault(phase(path), []).append(path)
    return tuple(tuple(found[number]) for number in sorted(found))


@dataclass(frozen=True)
class Record:
    """What releases have put: for each file, the id of the newest that had it.

    Abandoned releases are among them. `before` is the id of the one that was live before the
    newest, empty where none was.
    """

    before: str
    files: Mapping[str, str]

    def begun(self, live: Manifest | None, new: Manifest) -> Record:
        """Return the record for the time in which `new` takes the place of `live`."""
        files = dict(self.files)
        for manifest in filter(None, (live, new)):
            files |= {path: max(manifest.id, files.get(path, "")) for path in manifest.files}
        before = live.id if live and live.id != new.id else self.before
        return Record(before, files)

    def gone(self, new: Manifest) -> set[str]:
        """Return what is needed no more: not what pages of the release before may still ask for."""
        return set(self.files) - new.files.keys() - set(self._needed())

    def ended(self, new: Manifest) -> Record:
        """Return the record for after the removal of what is gone."""
        gone = self.gone(new)
        return Record(self.before, {p: self.files[p] for p in self.files if p not in gone})

    def _needed(self) -> Iterator[str]:
        for path, newest in self.files.items():
            if self.before and newest >= self.before and is_hashed(path):
                yield path

    def text(self) -> str:
        """Return the record as it is kept beside the files."""
        lines = (f"{self.files[path]}  {path}\n" for path in sorted(self.files))
        return f"{_TITLE}# before: {self.before}\n{''.join(lines)}"


def parse_record(content: bytes) -> Record:
    """Return what a record says; raise ValueError where it is not as `text` writes it."""
    text = content.decode("utf-8")
    head = _HEAD.match(text)
    if not head:
        raise ValueError("not a record")
    files = {line["path"]: line["id"] for line in _LINE.finditer(text, head.end())}
    record = Record(head["before"], files)
    if record.text() != text:
        raise ValueError("lines that are none of a record")
    for path in files:
        try:
            check_path(path)
        except ManifestError as error:
            raise ValueError(path) from error
    return record
