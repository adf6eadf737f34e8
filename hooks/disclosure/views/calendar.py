"""The calendar of a supplier: a day for each deadline of a measure and of a publication."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from disclosure.model import Owed, Status
from disclosure.views.document import DocumentView, SupplierBrief, say_years
from disclosure.views.dues import CALENDAR, FOLDER, Due
from disclosure.views.measures import say_deadlines

_LONGEST = 90
"""How many letters of a measure a calendar shows at a glance."""


@dataclass(frozen=True)
class Event:
    """A day: its lasting name, words for a glance, all words, the page about it.

    `stamp` is the day when what it says was last changed.
    """

    uid: str
    day: date
    summary: str
    text: str
    path: str
    stamp: date
    cancelled: bool = False


@dataclass(frozen=True)
class CalendarView:
    """A calendar file, published at `path`."""

    supplier: SupplierBrief
    path: str
    events: tuple[Event, ...]


def calendar_view(
    supplier: SupplierBrief,
    home: str,
    dues: Iterable[Due],
    owed: Iterable[Owed],
    today: date,
) -> CalendarView:
    """Return every dated deadline of a supplier, those that have passed included.

    A day unknown to the documents and to git is that of the build, `today`.
    """
    events = [event for due in dues for event in _of_measure(supplier, due, today)]
    events += [_of_duty(supplier, home, one, today) for one in owed]
    ordered = sorted(events, key=lambda event: (event.day, event.uid))
    return CalendarView(supplier, f"{home}{CALENDAR}", tuple(ordered))


def _of_measure(supplier: SupplierBrief, due: Due, today: date) -> Iterator[Event]:
    place = due.programme.place
    text = due.row["text"].text
    for number, day in enumerate(due.days, 1):
        uid = f"{supplier.slug}-{place.kind}-{place.period}-{due.measure.id}-{number}"
        yield Event(
            uid,
            day,
            f"{supplier.name}: {textwrap.shorten(text, _LONGEST, placeholder='…')}",
            "\n".join(_lines(due, text)),
            f"{place.path}#{due.row.anchor}",
            due.changed or today,
            due.answer is not None and due.answer.status is Status.CANCELLED,
        )


def _lines(due: Due, text: str) -> Iterator[str]:
    yield text
    yield f"Срок в документе: {say_deadlines(due.deadlines)}"
    if due.postponed and due.measure.deadline:
        yield f"Прежний срок: {say_deadlines(due.measure.deadline)}"
    yield due.programme.place.title
    if due.answer and due.report:
        yield f"{_report(due.report)}: {due.answer.status}"


def _report(report: DocumentView) -> str:
    return f"{report.place.title} (черновик)" if report.draft else report.place.title


def _of_duty(supplier: SupplierBrief, home: str, one: Owed, today: date) -> Event:
    what = f"{one.duty.what}, {say_years(one.period)}"
    return Event(
        f"{supplier.slug}-duty-{one.duty.document}-{one.period}-{one.duty.until}",
        one.until,
        f"{supplier.name}: последний день публикации. {what}",
        f"{what}\nОснование: {one.duty.basis}",
        f"{home}{FOLDER}#duties",
        today,
    )
