"""What suppliers must publish, until when, and by which act of law."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from disclosure.model.entity import Entity
from disclosure.model.fields import Matching, Text, Year


class DutyKind(StrEnum):
    """The kind of document a duty asks for, by the name its files carry."""

    PROGRAMME = "programme"
    REPORT = "report"


class DutyYear(StrEnum):
    """In which year a document is due, beside the period it is about."""

    BEFORE = "до периода"
    FIRST = "первый год периода"
    AFTER = "после периода"


DayOfYear = Annotated[
    Text,
    Matching(
        r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])", "день и месяц пишутся так: 01.03. Исправьте"
    ),
]


class Duty(Entity):
    """A document that every supplier owes for every period."""

    document: DutyKind
    what: Text = Field(description="Что публикуют")
    until: DayOfYear = Field(description="День и месяц срока: 01.03")
    year: DutyYear = Field(description="Год срока относительно периода документа")
    basis: Text = Field(description="Правовое основание: акт, дата, номер, пункт")
    since: Year | None = Field(None, description="Первый год, за который документ обязателен")


class Duties(Entity):
    """The duties to publish (data/duties.yml)."""

    duties: tuple[Duty, ...]
