"""What a supplier must publish, as a reader sees it: until when, and whether it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from disclosure.model import Owed, Publication
from disclosure.values import say_date
from disclosure.views.document import say_years
from disclosure.views.table import Cell, Column, Row, Table, row

_COLUMNS = (
    Column("what", "Что публикуется"),
    Column("period", "За какой период"),
    Column("until", "Не позже"),
    Column("status", "Опубликовано ли"),
    Column("basis", "Основание"),
)


def duties_table(owed: Iterable[Owed], today: date) -> Table:
    """Return all that is owed, the latest due first."""
    rows = sorted(owed, key=lambda one: (one.until, one.duty.what), reverse=True)
    return Table(
        "duties",
        "Обязательные публикации",
        _COLUMNS,
        tuple(_row(one, today) for one in rows),
        "what",
    )


def _row(one: Owed, today: date) -> Row:
    return row(
        {
            "what": one.duty.what,
            "period": say_years(one.period),
            "until": say_date(one.until),
            "status": _status(one, today),
            "basis": one.duty.basis,
        }
    )


def _status(one: Owed, today: date) -> Cell:
    """Say how a duty stands, with the day that is known."""
    stands = one.publication(today)
    day = one.document.published if one.document and not one.draft else None
    if day:
        return Cell(stands, parts=(("День", Cell(say_date(day))),))
    if one.draft:
        return Cell(stands, parts=(("Черновик на", Cell(say_date(one.draft))),))
    return Cell(stands)


SHOWN_AS: Final[Mapping[str, str]] = {
    Publication.IN_TIME: "done",
    Publication.LATE: "postponed",
    Publication.UNDATED: "unknown",
    Publication.AHEAD: "in-progress",
    Publication.MISSED: "not-done",
}
"""The status of a measure whose colour and sign each has."""
