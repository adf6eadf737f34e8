"""A report: what became of each measure, and the figures of the year."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from disclosure.model.document import Document
from disclosure.model.entity import Entity, Waivable
from disclosure.model.fields import (
    STRING,
    Address,
    Day,
    Deadlines,
    Prose,
    Slug,
    Text,
    Year,
    text,
)
from disclosure.values import Amount, Measurement


class Status(StrEnum):
    """What became of a measure."""

    DONE = "выполнено"
    IN_PROGRESS = "выполняется"
    PARTLY = "выполнено частично"
    NOT_DONE = "не выполнено"
    POSTPONED = "перенесено"
    CANCELLED = "отменено"
    UNKNOWN = "нет сведений"


def _folded(value: Any) -> Any:
    """Forgive a status its spaces, capitals and final dot."""
    return " ".join(value.lower().split()).rstrip(".") if isinstance(value, str) else value


class Answer(Waivable):
    """What a report says of one measure of its programme."""

    WAIVABLE = ("date", "effect", "new_deadline", "reason", "status")

    id: Slug
    status: Annotated[Status, BeforeValidator(_folded)]
    date: Day | None = Field(None, description="Дата факта")
    result: Text | None = None
    reason: Text | None = Field(None, description="Причина отклонения от плана")
    new_deadline: Deadlines = ()
    effect: Text | None = None
    evidence: tuple[Address, ...] = Field((), description="Адреса подтверждений")


Unit = Annotated[Measurement, WithJsonSchema({"enum": [*Measurement, "мин : сек"]})]
Value = Annotated[Amount, WithJsonSchema(STRING)]


class Indicator(Waivable):
    """A figure of service quality with a value for each year."""

    name: Text
    unit: Unit
    values: dict[Year, Value] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _typed_values(cls, data: Any) -> Any:
        """Read each value by the unit beside it, «мин : сек» being «мин:сек»."""
        if not (isinstance(data, dict) and isinstance(data.get("unit"), str)):
            return data
        unit = data["unit"].replace(" ", "")
        values = data.get("values")
        if unit not in set(Measurement) or not isinstance(values, dict):
            return data | {"unit": unit}
        typed = {year: Amount.parse(text(v), Measurement(unit)) for year, v in values.items()}
        return data | {"unit": unit, "values": typed}


class IndicatorGroup(Entity):
    """Indicators under one heading, or under none."""

    title: Text | None = None
    items: tuple[Indicator, ...] = Field(min_length=1)


class Report(Document):
    """What became of each measure of a programme (reports/<year>.yml)."""

    WAIVABLE = (*Document.WAIVABLE, "reason")

    programme: Text = Field(description="Период программы, на которую отвечает отчёт")
    draft: Day | None = Field(None, description="День, на который составлен черновик отчёта")
    measures: tuple[Answer, ...] = Field(min_length=1)
    indicators: tuple[IndicatorGroup, ...] = ()
    conclusions: Prose | None = Field(None, description="Общие выводы")
