"""The kinds of value a field may hold: how each is read, and how JSON Schema tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from disclosure.values import Deadline, WorkingHours, parse_date


def text(value: Any) -> str:
    """Return a text without the white space around it, or raise ValueError in Russian."""
    if not isinstance(value, str):
        raise ValueError("здесь нужен текст, а стоит список или поля. Напишите его одной строкой")
    if not value.strip():
        raise ValueError("значение пусто. Заполните его или удалите поле")
    if len(value) > MAX_LENGTH:
        raise ValueError(f"текст длиннее {MAX_LENGTH} знаков. Разделите его")
    return value.strip()


MAX_LENGTH: Final = 20_000
"""Characters in one value; a cell of XLSX holds 32,767 with the notes."""


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


STRING = {"type": "string"}
Text = Annotated[str, PlainValidator(text), WithJsonSchema(STRING)]
"""One or more words, never empty."""

Prose = Annotated[str, PlainValidator(text), WithJsonSchema(STRING)]
"""Text with the Markdown subset: emphasis, links, lists, footnotes, paragraphs."""


def _is_address(value: str) -> bool:
    """Tell whether a text that begins like an address is one that programs can read."""
    try:
        return not value.startswith("http") or bool(urlsplit(value).hostname)
    except ValueError:
        return False


@dataclass(frozen=True)
class Matching:
    """Holds a text to a pattern, as it is read and in the schema; `expected` says it in Russian."""

    pattern: str
    expected: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check after what the text itself is checked for."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell the pattern (ECMA-262 reads it as Python does)."""
        return STRING | {"pattern": f"^{self.pattern}$"}

    def _check(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value) or not _is_address(value):
            raise ValueError(f"«{value}»: {self.expected}")
        return value


Slug = Annotated[
    Text,
    Matching(
        "[a-z0-9]+(-[a-z0-9]+)*", "здесь только строчные латинские буквы, цифры и дефис. Исправьте"
    ),
]
Address = Annotated[
    Text,
    Matching(
        r"https?://[^\s<>\"']+", "адрес начинается с https:// и не содержит пробелов. Исправьте его"
    ),
]
Email = Annotated[
    Text,
    Matching(
        r"[A-Za-z0-9._+-]+@[A-Za-zА-Яа-яЁё0-9-]+(\.[A-Za-zА-Яа-яЁё0-9-]+)+",
        "это не адрес электронной почты. Пишите так: name@example.ru",
    ),
]
Year = Annotated[Text, Matching(r"(19|20|21)\d\d", "год пишется четырьмя цифрами. Исправьте его")]
Inn = Annotated[Text, Matching(r"\d{10}", "ИНН организации состоит из 10 цифр. Проверьте его")]
Colour = Annotated[Text, Matching("#[0-9a-fA-F]{6}", "это не цвет. Пишите так: #1f2a6b")]
Day = Annotated[
    date,
    PlainValidator(_date),
    WithJsonSchema(STRING | {"pattern": r"^\d\d\.\d\d\.\d{4}$"}),
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
