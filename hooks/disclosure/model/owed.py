"""What a supplier owes by the duties to publish: for which periods, until when, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count

from disclosure.model.disclosure import SupplierFolder
from disclosure.model.document import Document
from disclosure.model.duty import Duties, Duty, DutyKind
from disclosure.model.report import Report


class Publication(StrEnum):
    """Whether a document that is owed was published."""

    IN_TIME = "опубликовано"
    LATE = "опубликовано с опозданием"
    UNDATED = "опубликовано, день не указан"
    AHEAD = "срок не наступил"
    MISSED = "не опубликовано"


@dataclass(frozen=True)
class Owed:
    """A document owed for a period until a day, and what there is of it, a draft included."""

    duty: Duty
    period: str
    until: date
    document: Document | None

    @property
    def draft(self) -> date | None:
        """The day of the draft, where there is no more than that."""
        return self.document.draft if isinstance(self.document, Report) else None

    def publication(self, today: date) -> Publication:
        """Return how the duty stands at the end of the day before `today`."""
        if self.document is None or self.draft:
            return Publication.MISSED if self.until < today else Publication.AHEAD
        published = self.document.published
        if published is None:
            return Publication.UNDATED
        return Publication.LATE if published > self.until else Publication.IN_TIME


def owed(folder: SupplierFolder, duties: Duties, today: date) -> Iterator[Owed]:
    """Yield what a supplier owes by each duty, period after period, up to what is due next.

    Nothing is known of the years before its first document, so nothing is said of them.
    """
    for duty in duties.duties:
        documents: Mapping[str, Document] = (
            folder.programmes if duty.document is DutyKind.PROGRAMME else folder.reports
        )
        for period in _periods(folder, duty, today):
            yield Owed(duty, period, duty.due(period), documents.get(period))


def _periods(folder: SupplierFolder, duty: Duty, today: date) -> list[str]:
    """Return the periods that documents have, and each year that is in none of them."""
    first = _first_year(folder, duty)
    if first is None:
        return []
    periods = _disclosed(folder, duty.document)
    covered = {year for period in periods for year in range(int(period[:4]), _last(period) + 1)}
    for year in count(first):
        if year not in covered:
            periods.add(str(year))
        if duty.due(str(year)) >= today:
            break
    return sorted(period for period in periods if _last(period) >= first)


def _disclosed(folder: SupplierFolder, kind: DutyKind) -> set[str]:
    """Return the periods of all documents of a kind, and those that a report is wanted for."""
    if kind is DutyKind.PROGRAMME:
        return set(folder.programmes)
    reported = {report.programme for report in folder.reports.values()}
    return set(folder.reports) | (folder.programmes.keys() - reported)


def _first_year(folder: SupplierFolder, duty: Duty) -> int | None:
    """Return the first year for which the document is asked, None where nobody can say."""
    known = [int(period[:4]) for period in (*folder.programmes, *folder.reports)]
    since = [int(duty.since)] if duty.since else []
    return max([*since, min(known)]) if known else next(iter(since), None)


def _last(period: str) -> int:
    return int(period[-4:])
