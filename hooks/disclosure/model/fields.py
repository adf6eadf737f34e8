"""The kinds of value a field may hold: how each is read, and how JSON Schema tells of it."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)

from disclosure.values import Deadline, WorkingHours, parse_date


def text(value: Any) -> str:
    """Return a text without the white space around it, or raise ValueError in Russian."""
    if not isinstance(value, str):
        raise ValueError("здесь нужен текст, а стоит список или поля. Напишите его одной строкой")
    if not value.strip():
        raise ValueError("значение пусто. Заполните его или удалите поле")
    return value.strip()


def _years(info: ValidationInfo) -> tuple[int, ...]:
    return tuple((info.context or {}).get("years", ()))


def _date(value: Any) -> date:
    return parse_date(text(value))


def _deadlines(value: Any, info: ValidationInfo) -> tuple[Deadline, ...]:
    wordings = value if isinstance(value, list) else [value]
    return tuple(Deadline.parse(text(wording), _years(info)) for wording in wordings)


def _hours(value: Any) -> WorkingHours:
    hours = WorkingHours.parse(text(value))
    if hours.problem:
        raise ValueError(f"режим работы «{hours.wording}»: {hours.problem}")
    return hours


def _matching(pattern: str, expected: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"«{value}»: {expected}")
        return value

    return AfterValidator(check)


STRING = {"type": "string"}
Text = Annotated[str, PlainValidator(text), WithJsonSchema(STRING)]
"""One or more words, never empty."""

Prose = Annotated[str, PlainValidator(text), WithJsonSchema(STRING | {"title": "Текст"})]
"""Text with the Markdown subset: emphasis, links, lists, footnotes, paragraphs."""

Slug = Annotated[
    Text,
    _matching(
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "здесь только строчные латинские буквы, цифры и дефис. Исправьте",
    ),
    WithJsonSchema(STRING | {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
Address = Annotated[
    Text,
    _matching(
        r"https?://[^\s<>\"']+", "адрес начинается с https:// и не содержит пробелов. Исправьте его"
    ),
    WithJsonSchema(STRING | {"pattern": "^https?://"}),
]
Email = Annotated[
    Text,
    _matching(
        r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+",
        "это не адрес электронной почты. Пишите так: name@example.ru",
    ),
    WithJsonSchema(STRING | {"pattern": "^[^@\\s]+@[^@\\s]+$"}),
]
Year = Annotated[
    Text,
    _matching(r"(19|20|21)\d\d", "год пишется четырьмя цифрами. Исправьте его"),
    WithJsonSchema(STRING | {"pattern": "^\\d{4}$"}),
]
Inn = Annotated[
    Text,
    _matching(r"\d{10}", "ИНН организации состоит из 10 цифр. Проверьте его"),
    WithJsonSchema(STRING | {"pattern": "^\\d{10}$"}),
]
Colour = Annotated[
    Text,
    _matching(r"#[0-9a-fA-F]{6}", "это не цвет. Пишите так: #1f2a6b"),
    WithJsonSchema(STRING | {"pattern": "^#[0-9a-fA-F]{6}$"}),
]
Day = Annotated[
    date,
    PlainValidator(_date),
    WithJsonSchema(STRING | {"pattern": r"^\d{1,2}\.\d{1,2}\.\d{4}$"}),
]
Deadlines = Annotated[
    tuple[Deadline, ...],
    PlainValidator(_deadlines),
    WithJsonSchema({"anyOf": [STRING, {"type": "array", "items": STRING, "minItems": 1}]}),
]
Hours = Annotated[WorkingHours, PlainValidator(_hours), WithJsonSchema(STRING)]


def _flag(value: Any) -> bool:
    known = {"true": True, "false": False, "да": True, "нет": False}
    if not isinstance(value, str) or value.lower() not in known:
        raise ValueError("здесь бывает только да или нет. Исправьте")
    return known[value.lower()]


Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"enum": [True, False, "да", "нет"]})]


class Segment(StrEnum):
    """Whom a channel serves."""

    B2B = "B2B"
    B2C = "B2C"


_CYRILLIC_TWINS = str.maketrans("ВС", "BC")

SegmentName = Annotated[
    Segment,
    BeforeValidator(lambda v: v.translate(_CYRILLIC_TWINS) if isinstance(v, str) else v),
    WithJsonSchema(STRING | {"pattern": "^[BВ]2[BВCС]$"}),
]
"""A segment, printed in Latin or in Cyrillic letters."""
