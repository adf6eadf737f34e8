"""What is due of each measure by all programmes and reports: when, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from disclosure.model import Answer, Document, Measure, Status, SupplierFolder
from disclosure.values import Deadline
from disclosure.views.document import DocumentView, Kind
from disclosure.views.table import Row

FOLDER: Final = "deadlines/"
CALENDAR: Final = "deadlines.ics"
"""Where a supplier's deadlines are published, below its home: the page, the calendar."""

_CLOSED: Final = {Status.DONE, Status.CANCELLED}


@dataclass(frozen=True)
class Due:
    """A measure and its deadlines in force; `answer` is what the latest `report` says of it.

    `row` is how its programme shows it. `dropped` tells whether the next programme gives it up.
    `changed` is the last day on which any of this was, None where no day is known.
    """

    programme: DocumentView
    report: DocumentView | None
    measure: Measure
    row: Row
    answer: Answer | None
    dropped: bool
    changed: date | None

    @property
    def postponed(self) -> bool:
        """Whether a report gives it a new deadline."""
        return self.answer is not None and bool(self.answer.new_deadline)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The deadlines in force: those of the report, or else those of the programme."""
        moved = self.answer.new_deadline if self.answer else ()
        return moved or self.measure.deadline

    @property
    def days(self) -> list[date]:
        """The last days of the deadlines that name one, the earliest first."""
        return sorted({deadline.due for deadline in self.deadlines if deadline.due})

    @property
    def open(self) -> bool:
        """Whether nothing says that it is done or not wanted any more."""
        return not self.dropped and (self.answer is None or self.answer.status not in _CLOSED)

    @property
    def regular(self) -> bool:
        """Whether it is repeated without an end."""
        return not self.days and any(deadline.frequency for deadline in self.deadlines)

    def next(self, today: date) -> date | None:
        """Return the day it is due next, or was due last, None where its deadlines name none."""
        days = self.days
        return next((day for day in days if day >= today), days[-1] if days else None)


def dues(folder: SupplierFolder, documents: tuple[DocumentView, ...]) -> Iterator[Due]:
    """Yield every measure with a deadline, but not those that the next programme carries on."""
    views = {(view.place.kind, view.place.period): view for view in documents}
    for period, programme in folder.programmes.items():
        view = views[Kind.PROGRAMME, period]
        rows = {row.anchor: row for table in view.tables for row in table.rows if row.anchor}
        carried, dropped = _next(folder, period)
        answers = dict(_answers(folder, period))
        latest = max((name for name, _ in answers.values()), default=None)
        for _, measure in programme.measures():
            told, answer = answers.get(measure.id, (latest, None))
            moved = answer is not None and answer.new_deadline
            if measure.id in carried or not (measure.deadline or moved):
                continue
            report = views[Kind.REPORT, told] if told else None
            days = changes(programme, view)
            if told and report:
                days += changes(folder.reports[told], report)
            gone = measure.id in dropped
            row = rows[f"m-{measure.id}"]
            yield Due(view, report, measure, row, answer, gone, max(days, default=None))


def changes(document: Document, view: DocumentView) -> list[date]:
    """Return the days on which a document is known to have been published or changed."""
    days = (document.published, view.dated, *(revision.date for revision in document.revisions))
    return [day for day in days if day]


def _next(folder: SupplierFolder, period: str) -> tuple[set[str], set[str]]:
    """Return which measures the next programme carries on, and which it gives up."""
    after = folder.after(period)
    if after is None:
        return set(), set()
    programme = folder.programmes[after]
    carried = {measure.continues for _, measure in programme.measures() if measure.continues}
    return carried, {item.id for item in programme.dropped}


def _answers(folder: SupplierFolder, period: str) -> Iterator[tuple[str, tuple[str, Answer]]]:
    """Yield each answer to a programme with the period of its report, the latest last."""
    for name, report in sorted(folder.reports.items()):
        if report.programme == period:
            yield from ((answer.id, (name, answer)) for answer in report.measures)
