"""A breach of a rule at a place of one document, before it is known whether it is waived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from disclosure.finding import Finding, Place, Severity
from disclosure.model import Entity, Loc, SupplierFolder
from disclosure.salvage import Rest
from disclosure.source import Source

WAIVE: Final = "добавьте пояснение в поле «waiver»."
"""How a message about what may be waived ends."""


class Beside(NamedTuple):
    """A place of another document: what that is to this one, its file below the data folder."""

    what: str
    file: str
    loc: Loc


@dataclass(frozen=True)
class Problem:
    """What is wrong with an entity at `loc`.

    `waiver` names the field whose entry in the entity's `waiver` lets it be published as it is;
    None means that nothing does. `place` is where to point, below `loc`. `beside` is where to look
    in a second document.
    """

    loc: Loc
    message: str
    waiver: str | None = None
    severity: Severity = Severity.ERROR
    place: Loc = ()
    beside: Beside | None = None

    def finding(self, source: Source, rests: Mapping[str, Rest]) -> Finding:
        """Return the finding that editors read; `rests` are the files of the data folder."""
        found = source.finding((*self.loc, *self.place), self.message, self.severity)
        if self.beside is None or self.beside.file not in rests:
            return found
        other = rests[self.beside.file].source
        place = Place(other.path, *other.mark(self.beside.loc), self.beside.what)
        return replace(found, beside=(place,))

    def follows(self, rest: Rest, rests: Mapping[str, Rest]) -> bool:
        """Tell whether this may only follow from what was lost here or in the second document."""
        if rest.nearest((*self.loc, *self.place)) in rest.hurt:
            return True
        if self.beside is None or self.beside.file not in rests:
            return False
        there = self.beside.loc
        return any(lost[: len(there)] == there for lost in rests[self.beside.file].hurt)


def warn(
    loc: Loc, message: str, waiver: str, place: Loc = (), beside: Beside | None = None
) -> Problem:
    """Return a problem that does not stop publication."""
    return Problem(loc, message, waiver, Severity.WARNING, place, beside)


def in_programme(folder: SupplierFolder, period: str, loc: Loc, what: str = "программа") -> Beside:
    """Return a place of a supplier's programme."""
    return Beside(what, folder.file("programmes", period), loc)


def settle(
    problems: Iterable[Problem],
    document: Entity,
    rest: Rest,
    rests: Mapping[str, Rest] = {},
    *,
    idle: bool = True,
) -> Iterator[Finding]:
    """Turn the problems of a document that no waiver covers into findings, and idle waivers too.

    A problem that may only follow from what `rest` lost is passed over. `rests` are all files, of
    which a problem may name a second one. `idle` is False where not every rule could be asked, so
    that a waiver may only seem idle; so it is after an error that nothing waives.
    """
    unused = {(loc, name) for loc, entity in walk(document) for name in _waived(entity)}
    waived = set(unused)
    for problem in problems:
        idle = idle and (problem.waiver is not None or problem.severity is Severity.WARNING)
        if problem.waiver is not None and (key := (problem.loc, problem.waiver)) in waived:
            unused.discard(key)
        elif not problem.follows(rest, rests):
            yield problem.finding(rest.source, rests)
    for loc, name in unused if idle else ():
        if loc in rest.hurt:
            continue
        message = f"пояснение к «{name}» лишнее: такой ошибки здесь нет. Удалите его."
        yield rest.source.finding((*loc, "waiver", name), message, at_key=True)


def _waived(entity: Entity) -> Iterable[str]:
    return getattr(entity, "waiver", {})


def walk(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Entity]]:
    """Yield every entity within a value, itself included, with its place."""
    if isinstance(value, Entity):
        yield loc, value
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*loc, index))
