"""What became of the measures of a programme in the programme after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from disclosure.model import Loc, Measure, Programme, Status, Vocabulary
from disclosure.values.calendar import Unit
from disclosure.values.deadline import Span
from disclosure.views.measures import TITLES, MeasureRows
from disclosure.views.table import Row


class Change(StrEnum):
    """What became of a measure; some of these may have happened to one measure at once."""

    MOVED = "другая группа"
    REDATED = "изменён срок"
    REWORDED = "изменено содержание"
    NEW = "новое"
    DROPPED = "не продолжено"
    NONE = "без изменений"


@dataclass(frozen=True)
class Entry:
    """A measure in its programme: as it is typed, as readers see it, and of which channel.

    `channel` is None in a programme that is a flat list.
    """

    measure: Measure
    row: Row = field(repr=False)
    channel: str | None


@dataclass(frozen=True)
class Difference:
    """A field of a measure by its column: what it was and what it is.

    `whole` is a field that is read as one, such as a date, not word by word.
    """

    key: str
    old: str
    new: str
    whole: bool = False

    @property
    def title(self) -> str:
        """What readers call the field."""
        return TITLES[self.key]


@dataclass(frozen=True)
class Pair:
    """A measure in two programmes: as the last one to have it has it, and as the earlier one has.

    `before` is None for a new measure. `changes` are in the order of Change, each with the fields
    that make it.
    """

    entry: Entry
    before: Entry | None
    changes: Mapping[Change, tuple[Difference, ...]]


Side = tuple[str, Programme]
"""A programme and its period."""


def pairs(
    earlier: Side, later: Side, vocabulary: Vocabulary, statuses: Mapping[str, Status]
) -> tuple[Pair, ...]:
    """Return every measure of two programmes: those of the later one, then those it drops.

    A measure goes on as the one that names it in `continues`. A new number is no change, nor is
    becoming a sub-item: numbers are told with each measure. `statuses` are what a report said of
    the measures of the earlier programme.
    """
    before, after = _entries(earlier[1], vocabulary), _entries(later[1], vocabulary)
    found: list[Pair] = []
    for entry in after.values():
        source = before.get(entry.measure.continues or "")
        if source is None:
            found.append(Pair(entry, None, {Change.NEW: ()}))
            continue
        changes = {
            Change.MOVED: tuple(_moved(source, entry)),
            Change.REDATED: tuple(
                _redated(source, entry, earlier[0], later[0], statuses.get(source.measure.id))
            ),
            Change.REWORDED: tuple(_reworded(source, entry)),
        }
        made = {change: fields for change, fields in changes.items() if fields}
        found.append(Pair(entry, source, made or {Change.NONE: ()}))
    going_on = {entry.measure.continues for entry in after.values()}
    dropped = (entry for name, entry in before.items() if name not in going_on)
    return (*found, *(Pair(entry, entry, {Change.DROPPED: ()}) for entry in dropped))


def _entries(programme: Programme, vocabulary: Vocabulary) -> dict[str, Entry]:
    rows = {row.anchor: row for row in MeasureRows(programme, vocabulary).table.rows}
    return {
        measure.id: Entry(measure, rows[f"m-{measure.id}"], _channel(programme, loc))
        for loc, measure in programme.measures()
    }


def _channel(programme: Programme, loc: Loc) -> str | None:
    return next((group.channel for at, group in programme.groups() if loc[: len(at)] == at), None)


# What a change is ------------------------------------------------------------------------------


def _moved(before: Entry, after: Entry) -> Iterator[Difference]:
    """Tell apart groups by their channels: a list and a plan by groups cannot be compared."""
    if before.channel and after.channel and before.channel != after.channel:
        yield Difference("group", say_group(before.row), say_group(after.row), whole=True)
        yield from _differences(before, after, "proposal")


def say_group(row: Row) -> str:
    """Say in which group a measure stands: «Очное обслуживание, 1.1. Офис B2B»."""
    group = " ".join(part for key in ("group_number", "group") if (part := row[key].text))
    return ", ".join(part for part in (row["section"].text, group) if part)


def _reworded(before: Entry, after: Entry) -> Iterator[Difference]:
    """Tell what else differs; in another group a measure stands under another proposal anyway."""
    if before.channel and before.channel == after.channel:
        yield from _differences(before, after, "proposal")
    yield from _differences(before, after, "text", "expected", "responsible", "funding", "success")


def _differences(before: Entry, after: Entry, *keys: str) -> Iterator[Difference]:
    for key in keys:
        old, new = before.row[key].text, after.row[key].text
        if _essence(old) != _essence(new):
            yield Difference(key, old, new)


_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„«»‘’'", '"'),
        **dict.fromkeys("‐‑–—−", "-"),
        "ё": "е",
    }
)


def _essence(text: str) -> str:
    """Return a text without what no reader takes for a change of its content.

    That is spaces, capitals, the kinds of quotes and dashes, «ё», and a stop at the end.
    """
    plain = text.lower().translate(_SAME)
    plain = re.sub(r"\s*-\s*", "-", " ".join(plain.split()))
    return plain.rstrip(" .;")


_STILL_OWED = {Status.NOT_DONE, Status.PARTLY, Status.POSTPONED}


def _redated(
    before: Entry, after: Entry, earlier: str, later: str, status: Status | None
) -> Iterator[Difference]:
    """Compare what deadlines mean, not their wording.

    The same days of the new year are no change, as for what is done every year; they are one for
    what the earlier programme still owes, or was to do only after its own period.
    """
    first = _years(earlier)[0]
    repeats = status not in _STILL_OWED and _within(before.measure, _years(earlier))
    was, now = _meaning(before.measure, first), _meaning(after.measure, first)
    again = _meaning(after.measure, _years(later)[0])
    if was != now and not (repeats and was == again):
        old, new = (entry.row["deadline"].text for entry in (before, after))
        yield Difference("deadline", old, new, whole=True)


def _years(period: str) -> list[int]:
    return [int(year) for year in period.split("-")]


def _within(measure: Measure, years: list[int]) -> bool:
    return measure.due is None or measure.due.year <= years[-1]


def _meaning(measure: Measure, first: int) -> set[object]:
    """Return what the deadlines of a measure mean, years counted from the first of its period."""
    meanings = (meant for deadline in measure.deadline for meant in deadline.meanings)
    return {_days(meant, first) if isinstance(meant, Span) else meant for meant in meanings}


def _days(span: Span, first: int) -> tuple[int, ...]:
    """Return the first and the last day of a span; a leap year makes no February another one."""
    start, end = span.first.start, span.end
    february = end.month == 2 and span.last.unit is not Unit.DAY
    last = 29 if february else end.day
    return (start.year - first, start.month, start.day, end.year - first, end.month, last)
