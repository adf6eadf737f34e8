"""What suppliers must publish, until when, and by which act of law."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from disclosure.model.entity import Entity
from disclosure.model.fields import Matching, Text, Year
from disclosure.values.calendar import day


class DutyKind(StrEnum):
    """The kind of document a duty asks for, by the name its files carry."""

    PROGRAMME = "programme"
    REPORT = "report"


class DutyYear(StrEnum):
    """In which year a document is due, beside the period it is about."""

    BEFORE = "до периода"
    FIRST = "первый год периода"
    AFTER = "после периода"


def _of_any_year(value: str) -> str:
    """Refuse a day that a year may lack."""
    number, month = map(int, value.split("."))
    try:
        day(number, month, 2023)
    except ValueError:
        raise ValueError(f"«{value}»: такой день есть не в каждом году. Исправьте") from None
    return value


DayOfYear = Annotated[
    Text,
    Matching(
        r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])", "день и месяц пишутся так: 01.03. Исправьте"
    ),
    AfterValidator(_of_any_year),
]


class Duty(Entity):
    """A document that every supplier owes for every period."""

    document: DutyKind
    what: Text = Field(description="Что публикуют")
    until: DayOfYear = Field(description="День и месяц срока: 01.03")
    year: DutyYear = Field(description="Год срока относительно периода документа")
    basis: Text = Field(description="Правовое основание: акт, дата, номер, пункт")
    since: Year | None = Field(None, description="Первый год, за который документ обязателен")

    def due(self, period: str) -> date:
        """Return the last day on which the document for a period is in time."""
        first, last = int(period[:4]), int(period[-4:])
        year = {DutyYear.BEFORE: first - 1, DutyYear.FIRST: first, DutyYear.AFTER: last + 1}
        number, month = self.until.split(".")
        return date(year[self.year], int(month), int(number))


class Duties(Entity):
    """The duties to publish (data/duties.yml)."""

    duties: tuple[Duty, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Duties:
        known: set[tuple[str, ...]] = set()
        for duty in self.duties:
            meant = (duty.document, duty.until, duty.year)
            if meant in known:
                raise ValueError(f"«{duty.what}» с тем же сроком уже есть выше. Оставьте одну")
            known.add(meant)
        return self
