from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.values import Absence, Amount, Duration, Measurement, say_amount

COUNT = "ожидается целое число, например 1 360, либо «нет данных» или «не применимо»"
NUMBER = "ожидается число, например 1 360 или 95,5, либо «нет данных» или «не применимо»"
TIME = "длительность пишется в минутах и секундах, например 1:27"


@pytest.mark.parametrize(
    ("wording", "unit", "value"),
    [
        ("0", Measurement.PIECES, Decimal(0)),
        ("1360", Measurement.PIECES, Decimal(1360)),
        ("1 360", Measurement.UNITS, Decimal(1360)),
        ("1\xa0360\u202f000", Measurement.PEOPLE, Decimal(1360000)),
        ("95", Measurement.PERCENT, Decimal(95)),
        ("95,50", Measurement.PERCENT, Decimal("95.50")),
        ("-1 200,5", Measurement.ROUBLES, Decimal("-1200.5")),
        ("1:27", Measurement.DURATION, Duration(87)),
        ("100:00", Measurement.DURATION, Duration(6000)),
        ("0:00", Measurement.DURATION, Duration(0)),
    ],
)
def test_value_is_read_by_its_unit(
    wording: str, unit: Measurement, value: Decimal | Duration
) -> None:
    assert Amount.parse(wording, unit) == Amount(wording, value)


@pytest.mark.parametrize("unit", Measurement)
@pytest.mark.parametrize("absence", Absence)
def test_absence_is_not_zero(absence: Absence, unit: Measurement) -> None:
    amount = Amount.parse(str(absence), unit)
    assert (amount.absence, amount.value, amount.problem) == (absence, None, None)


def test_text_is_only_a_wording() -> None:
    assert Amount.parse("6:92", Measurement.TEXT) == Amount("6:92")


@pytest.mark.parametrize(
    ("wording", "unit", "problem"),
    [
        ("6:92", Measurement.DURATION, "в минуте 60 секунд, а здесь 92"),
        ("0:60", Measurement.DURATION, "в минуте 60 секунд, а здесь 60"),
        ("3,25", Measurement.DURATION, TIME),
        ("1:2", Measurement.DURATION, TIME),
        ("1:02:03", Measurement.DURATION, TIME),
        ("9" * 5000 + ":00", Measurement.DURATION, TIME),
        ("12,5", Measurement.PIECES, COUNT),
        ("1 36", Measurement.PIECES, COUNT),
        ("много", Measurement.PEOPLE, COUNT),
        ("–", Measurement.UNITS, COUNT),
        ("95.5", Measurement.PERCENT, NUMBER),
        ("95 %", Measurement.PERCENT, NUMBER),
        ("1,", Measurement.ROUBLES, NUMBER),
    ],
)
def test_wording_that_does_not_fit_its_unit(wording: str, unit: Measurement, problem: str) -> None:
    assert Amount.parse(wording, unit) == Amount(wording, problem=problem)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 секунд"),
        (41, "41 секунда"),
        (60, "1 минута"),
        (87, "1 минута 27 секунд"),
        (122, "2 минуты 2 секунды"),
    ],
)
def test_duration_in_words(seconds: int, words: str) -> None:
    assert Duration(seconds).words == words


@given(st.integers(0, 10**7))
def test_duration_printed_is_read_back(seconds: int) -> None:
    assert Duration.parse(str(Duration(seconds))) == Duration(seconds)


@given(st.text(), st.sampled_from(Measurement))
def test_any_text_is_a_value_or_a_problem(wording: str, unit: Measurement) -> None:
    amount = Amount.parse(wording, unit)
    told = [amount.value is not None, amount.absence is not None, amount.problem is not None]
    assert str(amount) == wording
    assert sum(told) == (unit is not Measurement.TEXT or amount.absence is not None)


@pytest.mark.parametrize(
    ("wording", "unit", "words"),
    [
        ("76 909", Measurement.PIECES, "76 909 штук"),
        ("1 021", Measurement.PIECES, "1 021 штука"),
        ("0", Measurement.UNITS, "0 единиц"),
        ("22", Measurement.PEOPLE, "22 человека"),
        ("111", Measurement.PEOPLE, "111 человек"),
        ("95,5", Measurement.PERCENT, "95,5 процента"),
        ("95,0", Measurement.PERCENT, "95,0 процента"),
        ("21", Measurement.PERCENT, "21 процент"),
        ("-1 200,5", Measurement.ROUBLES, "-1 200,5 рубля"),
        ("-1", Measurement.ROUBLES, "-1 рубль"),
        ("1:27", Measurement.DURATION, "1 минута 27 секунд"),
        ("6:92", Measurement.DURATION, None),
        ("нет данных", Measurement.PIECES, None),
        ("5", Measurement.TEXT, None),
    ],
)
def test_a_value_is_said_with_its_unit_in_words(
    wording: str, unit: Measurement, words: str | None
) -> None:
    assert say_amount(Amount.parse(wording, unit), unit) == words
