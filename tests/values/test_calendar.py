from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.values import Period, Unit, parse_date, say_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01.06.2024", date(2024, 6, 1)),
        ("29.02.2024", date(2024, 2, 29)),
        (" 31.12.1999 ", date(1999, 12, 31)),
    ],
)
def test_date_is_read(text: str, expected: date) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31.09.2024", "дата «31.09.2024»: в сентябре нет 31-го числа. Исправьте дату"),
        ("31.02.2024", "дата «31.02.2024»: в феврале нет 31-го числа. Исправьте дату"),
        ("29.02.2023", "дата «29.02.2023»: в феврале 2023 года нет 29-го числа. Исправьте дату"),
        ("00.01.2024", "дата «00.01.2024»: в январе нет 0-го числа. Исправьте дату"),
        ("01.13.2024", "дата «01.13.2024»: нет 13-го месяца. Исправьте дату"),
        ("01.01.0000", "дата «01.01.0000»: нет 0-го года. Исправьте дату"),
        ("2024-06-01", "дату «2024-06-01» не прочитать. Пишите так: 01.06.2024"),
        ("1.6.2024", "дату «1.6.2024» не прочитать. Пишите так: 01.06.2024"),
        ("01.06.24", "дату «01.06.24» не прочитать. Пишите так: 01.06.2024"),
        ("1 июня 2024", "дату «1 июня 2024» не прочитать. Пишите так: 01.06.2024"),
        ("", "дату «» не прочитать. Пишите так: 01.06.2024"),
    ],
)
def test_what_is_no_date_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r"^дат[ау] ") as refusal:
        parse_date(text)
    assert str(refusal.value) == problem


@given(st.dates())
def test_date_printed_is_read_back(day: date) -> None:
    assert parse_date(say_date(day)) == day


@pytest.mark.parametrize(
    ("period", "said", "first", "last"),
    [
        (Period(date(2024, 6, 1), Unit.DAY), "01.06.2024", "01.06.2024", "01.06.2024"),
        (Period.of(Unit.MONTH, 2024, 2), "февраль 2024", "01.02.2024", "29.02.2024"),
        (Period.of(Unit.MONTH, 2023, 12), "декабрь 2023", "01.12.2023", "31.12.2023"),
        (Period.of(Unit.QUARTER, 2024, 1), "1 квартал 2024", "01.01.2024", "31.03.2024"),
        (Period.of(Unit.QUARTER, 2024, 3), "3 квартал 2024", "01.07.2024", "30.09.2024"),
        (Period.of(Unit.HALF_YEAR, 2024, 2), "2 полугодие 2024", "01.07.2024", "31.12.2024"),
        (Period.of(Unit.YEAR, 2024), "2024 год", "01.01.2024", "31.12.2024"),
    ],
)
def test_period_knows_its_days(period: Period, said: str, first: str, last: str) -> None:
    assert (str(period), say_date(period.start), say_date(period.end)) == (said, first, last)


@pytest.mark.parametrize(
    ("unit", "year", "index", "problem"),
    [
        (Unit.MONTH, 2024, 13, "нет 13-го месяца"),
        (Unit.QUARTER, 2024, 5, "нет 5-го квартала"),
        (Unit.QUARTER, 2024, 0, "нет 0-го квартала"),
        (Unit.HALF_YEAR, 2024, 3, "нет 3-го полугодия"),
        (Unit.YEAR, 0, 1, "нет 0-го года"),
    ],
)
def test_year_has_no_such_period(unit: Unit, year: int, index: int, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{problem}$"):
        Period.of(unit, year, index)
