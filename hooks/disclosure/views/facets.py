"""What a reader can choose measures by: service type, segment, status, deadline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from disclosure.model import Segment, Status
from disclosure.values import Deadline


class Choice(StrEnum):
    """A property of measures that a reader chooses by, under its name in addresses."""

    SERVICE = "service"
    SEGMENT = "segment"
    STATUS = "status"
    DUE = "due"


@dataclass(frozen=True)
class Facet:
    """One value of a property: the lasting one for addresses, and the words readers see."""

    choice: Choice
    value: str
    words: str


LATE = "с опозданием"
"""What is said of a measure besides that it is done."""

UNANSWERED = "ответа пока нет"
"""What the draft of a report says of a measure."""

_STATUSES: dict[str, str] = {
    Status.DONE: "done",
    LATE: "late",
    **{status: status.name.lower().replace("_", "-") for status in Status},
    UNANSWERED: "unanswered",
}
STATUSES = tuple(_STATUSES)
"""All that can be said of a measure, in the order readers get it."""

SEGMENTS = {
    Segment.B2B: "Организации (B2B)",
    Segment.B2C: "Граждане (B2C)",
}
_REPEATED = Facet(Choice.DUE, "regular", "Регулярно или постоянно")
_UNDATED = Facet(Choice.DUE, "undated", "Без даты или с ошибкой в дате")


def segment_facets(segment: Segment | None) -> tuple[Facet, ...]:
    """Return whom a channel serves: everyone where it names no segment."""
    served = Segment if segment is None else (segment,)
    return tuple(Facet(Choice.SEGMENT, one.value, SEGMENTS[one]) for one in served)


def status_facet(said: str) -> Facet:
    """Return the facet of what is said of a measure: «not-done», «Не выполнено»."""
    return Facet(Choice.STATUS, _STATUSES[said], said.capitalize())


def due_facets(deadlines: tuple[Deadline, ...]) -> tuple[Facet, ...]:
    """Return the years and quarters in which deadlines end, or in words why there is none."""
    facets = (facet for deadline in deadlines for facet in _due(deadline))
    return tuple(dict.fromkeys(facets)) or (_UNDATED,)


def _due(deadline: Deadline) -> tuple[Facet, ...]:
    if deadline.due is None:
        return (_REPEATED if deadline.frequency else _UNDATED,)
    year, quarter = deadline.due.year, (deadline.due.month + 2) // 3
    return (
        Facet(Choice.DUE, f"{year:04}", f"{year} год"),
        Facet(Choice.DUE, f"{year:04}-Q{quarter}", f"{quarter} квартал {year} года"),
    )
