"""Calendar periods as Russian documents name them: from a day to a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Final

MONTHS = (
    ("январь", "января", "январе"),
    ("февраль", "февраля", "феврале"),
    ("март", "марта", "марте"),
    ("апрель", "апреля", "апреле"),
    ("май", "мая", "мае"),
    ("июнь", "июня", "июне"),
    ("июль", "июля", "июле"),
    ("август", "августа", "августе"),
    ("сентябрь", "сентября", "сентябре"),
    ("октябрь", "октября", "октябре"),
    ("ноябрь", "ноября", "ноябре"),
    ("декабрь", "декабря", "декабре"),
)
"""Each month in the nominative, the genitive and the prepositional case."""

GENITIVE = {genitive: number for number, (_, genitive, _) in enumerate(MONTHS, 1)}
"""The number of each month by its name in a date: «1 июня»."""

_MOSCOW: Final = timezone(timedelta(hours=3))
"""The time of Moscow, which has known no other since 2014; a fixed zone needs no database."""


class Unit(Enum):
    """The length of a period: how many months it lasts, 0 for a single day."""

    DAY = 0
    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12


@dataclass(frozen=True, order=True)
class Period:
    """One calendar period, named by its first day and its unit."""

    start: date
    unit: Unit

    @classmethod
    def of(cls, unit: Unit, year: int, index: int = 1) -> Period:
        """Return the `index`-th (from 1) month, quarter or half-year of `year`, or the year.

        Raises ValueError in Russian where the year has no such period.
        """
        if not 1 <= year <= date.max.year:
            raise ValueError(f"нет {year}-го года")
        if not 1 <= index <= 12 // unit.value:
            raise ValueError(f"нет {index}-го {_GENITIVE[unit]}")
        return cls(date(year, (index - 1) * unit.value + 1, 1), unit)

    @property
    def index(self) -> int:
        """The number of the month, quarter or half-year within its year, from 1."""
        return (self.start.month - 1) // (self.unit.value or 1) + 1

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.unit is Unit.DAY:
            return self.start
        month = self.start.month + self.unit.value - 1
        return self.start.replace(month=month, day=calendar.monthrange(self.start.year, month)[1])

    def __str__(self) -> str:
        if self.unit is Unit.DAY:
            return say_date(self.start)
        month = MONTHS[self.start.month - 1][0]
        named = {
            Unit.MONTH: month,
            Unit.QUARTER: f"{self.index} квартал",
            Unit.HALF_YEAR: f"{self.index} полугодие",
        }
        year = self.start.year
        return f"{named[self.unit]} {year}" if self.unit in named else f"{year} год"


_GENITIVE = {
    Unit.MONTH: "месяца",
    Unit.QUARTER: "квартала",
    Unit.HALF_YEAR: "полугодия",
    Unit.YEAR: "года",
}


def day(number: int, month: int, year: int) -> date:
    """Return the date, or raise ValueError saying in Russian which part of it cannot be."""
    if not 1 <= year <= date.max.year:
        raise ValueError(f"нет {year}-го года")
    if not 1 <= month <= 12:
        raise ValueError(f"нет {month}-го месяца")
    if 1 <= number <= calendar.monthrange(year, month)[1]:
        return date(year, month, number)
    where = MONTHS[month - 1][2]
    of_year = f" {year} года" if (number, month) == (29, 2) else ""
    raise ValueError(f"в {where}{of_year} нет {number}-го числа")


def parse_date(text: str) -> date:
    """Read a date printed as 01.06.2024, or raise ValueError in Russian."""
    found = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text.strip())
    if not found:
        raise ValueError(f"дату «{text}» не прочитать. Пишите так: 01.06.2024")
    try:
        return day(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise ValueError(f"дата «{text}»: {error}. Исправьте дату") from None


def say_date(value: date) -> str:
    """Print a date as 01.06.2024."""
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def moscow_day(moment: datetime) -> date:
    """Return the day of a moment by Moscow, whose day all of Russia reckons by."""
    return moment.astimezone(_MOSCOW).date()


def say_moment(moment: datetime) -> str:
    """Say a moment by Moscow: «22.11.2026, 03:05 (московское время)»."""
    there = moment.astimezone(_MOSCOW)
    return f"{say_date(there)}, {there:%H:%M} (московское время)"


def say_day(value: date) -> str:
    """Say a date in words: «1 июня 2024 года»."""
    return f"{value.day} {MONTHS[value.month - 1][1]} {value.year} года"
