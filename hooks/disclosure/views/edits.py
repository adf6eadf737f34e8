"""What changed between two wordings of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from disclosure.views.table import Cell, Run

_PIECE = re.compile(r"\w+(?:[-.,:/’]\w+)*|\s+|[^\w\s]")
"""A word with what joins its parts («31.12.2024», «call-центр»), spaces, or one other sign."""

_MOST_WORDS = 3
"""Of how many words an island between two changes is at most to be taken into them."""


def edits(old: str, new: str) -> tuple[Run, ...]:
    """Return both wordings as one text: without its `ins` the old one, without its `del` the new.

    What two changes leave between them is taken into them where it is too short to be read.
    """
    return tuple(_runs(_without_islands(_changes(old, new))))


def edited(old: str, new: str) -> Cell:
    """Return a cell of the new wording, in which the words that changed are marked."""
    return Cell(new or old, runs=edits(old, new))


@dataclass(frozen=True)
class _Change:
    """What a stretch was and what it became."""

    old: str
    new: str

    @property
    def kept(self) -> bool:
        return self.old == self.new

    @property
    def size(self) -> int:
        return max(len(self.old), len(self.new))

    def __add__(self, other: _Change) -> _Change:
        return _Change(self.old + other.old, self.new + other.new)


def _changes(old: str, new: str) -> Iterator[_Change]:
    was, became = _PIECE.findall(old), _PIECE.findall(new)
    # a space is never what two wordings have in common, only what follows a word they have
    matcher = SequenceMatcher(str.isspace, was, became, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        yield _Change("".join(was[i1:i2]), "".join(became[j1:j2]))


def _without_islands(changes: Iterable[_Change]) -> list[_Change]:
    """Join changes with the islands between them, until no island is left."""
    joined: list[_Change] = []
    for change in changes:
        joined.append(change)
        while len(joined) > 2 and _is_island(*joined[-3:]):
            joined[-3:] = [joined[-3] + joined[-2] + joined[-1]]
    return joined


def _is_island(before: _Change, island: _Change, after: _Change) -> bool:
    """Tell whether what was kept is too short to be read between two changes.

    Where both sides only add words or drop them, nothing was rewritten.
    """
    rewritten = any(change.old and change.new for change in (before, after))
    if not (island.kept and rewritten):
        return False
    words = len(re.findall(r"\w+", island.old))
    small = len(island.old.strip()) < min(before.size, after.size)
    return words <= _MOST_WORDS and small


def _runs(changes: list[_Change]) -> Iterator[Run]:
    for change in changes:
        if change.kept:
            yield Run(change.old)
            continue
        if change.old:
            yield Run(change.old, "del")
        if change.new:
            yield Run(change.new, "ins")
