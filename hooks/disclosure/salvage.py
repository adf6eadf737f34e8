"""What is left of a file without its faulty parts, so that the other parts are checked as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any, Final

from disclosure.source import Loc, Source

STUB: Final = "x"
"""Stands where a value is missing: a word that may be a text, a name or an id."""


class Loss(Enum):
    """Why a part of a file is not taken as it is."""

    UNKNOWN = auto()
    FAULTY = auto()
    MISSING = auto()


class Rest:
    """A source without its losses, each at its place in the source.

    `source` has the data and places that are left, `origin` tells where each place was at first
    (items of a list move up), `stubs` are the places filled with a word. `poorer` are the places
    that lost something of their own, `hurt` those that lost something of their own or within. An
    unknown field with a mere word in it hurts only where it stands, and leaves the source `whole`.
    """

    def __init__(self, source: Source, losses: Mapping[Loc, Loss]) -> None:
        self.whole = True
        self.poorer: set[Loc] = set()
        self.hurt: set[Loc] = set()
        self.stubs: set[Loc] = set()
        self.origin: dict[Loc, Loc] = {}
        self._source = source
        self._losses = losses
        self._missing: dict[Loc, list[str | int]] = {}
        for loc in (loc for loc, loss in losses.items() if loss is Loss.MISSING):
            self._missing.setdefault(loc[:-1], []).append(loc[-1])
        self.source = replace(source, values={}, keys={})
        self.source.data = self._take(source.data, (), ())

    def nearest(self, loc: Loc) -> Loc:
        """Return the nearest place at or around `loc` that is left."""
        while loc not in self.origin:
            loc = loc[:-1]
        return loc

    def _take(self, value: Any, old: Loc, new: Loc) -> Any:
        self.origin[new] = old
        self.source.values[new] = self._source.values[old]
        if old in self._source.keys:
            self.source.keys[new] = self._source.keys[old]
        if isinstance(value, dict):
            kept = {k: v for k, v in value.items() if not self._lost((*old, k), new, v)}
            taken = {k: self._take(v, (*old, k), (*new, k)) for k, v in kept.items()}
            return taken | self._stubbed(old, new)
        if isinstance(value, list):
            left = [i for i, v in enumerate(value) if not self._lost((*old, i), new, v)]
            return [self._take(value[i], (*old, i), (*new, n)) for n, i in enumerate(left)]
        return value

    def _lost(self, loc: Loc, parent: Loc, value: Any) -> bool:
        loss = self._losses.get(loc)
        if value and isinstance(value, list):
            emptied = all((*loc, index) in self._losses for index in range(len(value)))
            loss = Loss.FAULTY if emptied else loss
        if loss is not None:
            self._hurt(parent, harmless=loss is Loss.UNKNOWN and isinstance(value, str))
        return loss is not None

    def _stubbed(self, old: Loc, new: Loc) -> dict[str | int, str]:
        keys = self._missing.get(old, [])
        if keys:
            self._hurt(new, harmless=False)
        self.stubs |= {(*new, key) for key in keys}
        return dict.fromkeys(keys, STUB)

    def _hurt(self, loc: Loc, *, harmless: bool) -> None:
        self.poorer.add(loc)
        self.hurt.add(loc)
        if not harmless:
            self.whole = False
            self.hurt |= {loc[:length] for length in range(len(loc))}
