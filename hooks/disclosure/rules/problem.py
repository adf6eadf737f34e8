"""A breach of a rule at a place of one document, before it is known whether it is waived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from disclosure.finding import Finding, Severity
from disclosure.model import Entity, Loc
from disclosure.salvage import Rest
from disclosure.source import Source

WAIVE: Final = "добавьте пояснение в поле «waiver»."
"""How a message about what may be waived ends."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with an entity at `loc`.

    `waiver` names the field whose entry in the entity's `waiver` lets it be published as it is;
    None means that nothing does. `place` is where to point, below `loc`.
    """

    loc: Loc
    message: str
    waiver: str | None = None
    severity: Severity = Severity.ERROR
    place: Loc = ()

    def finding(self, source: Source) -> Finding:
        """Return the finding that editors read."""
        return source.finding((*self.loc, *self.place), self.message, self.severity)

    def follows(self, rest: Rest) -> bool:
        """Tell whether this may only follow from what was lost at or around the place."""
        return rest.nearest((*self.loc, *self.place)) in rest.hurt


def warn(loc: Loc, message: str, waiver: str, place: Loc = ()) -> Problem:
    """Return a problem that does not stop publication."""
    return Problem(loc, message, waiver, Severity.WARNING, place)


def settle(
    problems: Iterable[Problem], document: Entity, rest: Rest, *, idle: bool = True
) -> Iterator[Finding]:
    """Turn the problems of a document that no waiver covers into findings, and idle waivers too.

    A problem that may only follow from what `rest` lost is passed over. `idle` is False where not
    every rule could be asked, so that a waiver may only seem idle; so it is after a problem that
    nothing waives.
    """
    unused = {(loc, name) for loc, entity in walk(document) for name in _waived(entity)}
    waived = set(unused)
    for problem in problems:
        idle = idle and problem.waiver is not None
        if problem.waiver is not None and (key := (problem.loc, problem.waiver)) in waived:
            unused.discard(key)
        elif not problem.follows(rest):
            yield problem.finding(rest.source)
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
