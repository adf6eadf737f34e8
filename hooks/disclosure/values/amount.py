"""Values of indicators: counts, shares, money, durations, each beside the document's wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from disclosure.values.russian import noun, plural


class Measurement(StrEnum):
    """The unit an indicator is measured in."""

    PIECES = "шт."
    UNITS = "ед."
    PEOPLE = "чел."
    DURATION = "мин:сек"
    PERCENT = "%"
    ROUBLES = "руб."
    TEXT = "текст"


class Absence(StrEnum):
    """Why an indicator has no value; neither is zero."""

    NO_DATA = "нет данных"
    NOT_APPLICABLE = "не применимо"


@dataclass(frozen=True, order=True)
class Duration:
    """A whole number of seconds, printed as minutes and seconds: 1:27."""

    seconds: int

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read 1:27, or raise ValueError in Russian."""
        found = re.fullmatch(r"(\d{1,6}):(\d{2})", text.strip())
        if not found:
            raise ValueError("длительность пишется в минутах и секундах, например 1:27")
        minutes, seconds = int(found[1]), int(found[2])
        if seconds > 59:
            raise ValueError(f"в минуте 60 секунд, а здесь {seconds}")
        return cls(minutes * 60 + seconds)

    def __str__(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02}"

    @property
    def words(self) -> str:
        """The duration in words: «1 минута 27 секунд»."""
        minutes, seconds = divmod(self.seconds, 60)
        said = [plural(minutes, "минута", "минуты", "минут")] if minutes else []
        if seconds or not minutes:
            said.append(plural(seconds, "секунда", "секунды", "секунд"))
        return " ".join(said)


@dataclass(frozen=True)
class Amount:
    """A value as printed, and what it means.

    `value` is None for a text, an absence, and a wording that does not fit its unit, whose
    `problem` then says why in Russian.
    """

    wording: str
    value: Decimal | Duration | None = None
    absence: Absence | None = None
    problem: str | None = None

    @classmethod
    def parse(cls, wording: str, unit: Measurement) -> Amount:
        """Read a value of the given unit."""
        if wording in set(Absence):
            return cls(wording, absence=Absence(wording))
        try:
            return cls(wording, value=_value(wording, unit))
        except ValueError as error:
            return cls(wording, problem=str(error))

    def __str__(self) -> str:
        return self.wording


def _value(wording: str, unit: Measurement) -> Decimal | Duration | None:
    match unit:
        case Measurement.TEXT:
            return None
        case Measurement.DURATION:
            return Duration.parse(wording)
        case Measurement.PIECES | Measurement.UNITS | Measurement.PEOPLE:
            return _number(wording, r"", "целое число, например 1 360,")
        case _:
            return _number(wording, r"(?:,\d+)?", "число, например 1 360 или 95,5,")


def _number(wording: str, fraction: str, expected: str) -> Decimal:
    """Read a number whose thousands are parted by spaces, or not at all."""
    text = wording.replace("\xa0", " ").replace("\u202f", " ")
    if not re.fullmatch(rf"-?(?:\d{{1,15}}|\d{{1,3}}(?: \d{{3}}){{1,4}}){fraction}", text):
        either = " или ".join(f"«{absence}»" for absence in Absence)
        raise ValueError(f"ожидается {expected} либо {either}")
    return Decimal(text.replace(" ", "").replace(",", "."))


_NOUNS = {
    Measurement.PIECES: ("штука", "штуки", "штук"),
    Measurement.UNITS: ("единица", "единицы", "единиц"),
    Measurement.PEOPLE: ("человек", "человека", "человек"),
    Measurement.PERCENT: ("процент", "процента", "процентов"),
    Measurement.ROUBLES: ("рубль", "рубля", "рублей"),
}


def say_amount(amount: Amount, unit: Measurement) -> str | None:
    """Say a value with its unit in words: «76 909 штук»; None for what has no clear value."""
    if isinstance(amount.value, Duration):
        return amount.value.words
    return None if amount.value is None else say_number(amount.wording, amount.value, unit)


def say_number(wording: str, value: Decimal, unit: Measurement) -> str:
    """Say a number as it is printed, with its unit in words: «95,5 процента»."""
    one, few, many = _NOUNS[unit]
    whole = value == value.to_integral_value() and "," not in wording
    return f"{wording} {noun(abs(int(value)), one, few, many) if whole else few}"
