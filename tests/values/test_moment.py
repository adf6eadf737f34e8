"""Moments are said by Moscow, wherever and whenever a site is built."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from disclosure.values import moscow_day, say_moment

OMSK = timezone(timedelta(hours=6))


@pytest.mark.parametrize(
    ("moment", "day", "said"),
    [
        (datetime(2026, 11, 22, 0, 5, tzinfo=UTC), date(2026, 11, 22), "22.11.2026, 03:05"),
        (datetime(2026, 11, 21, 20, 59, tzinfo=UTC), date(2026, 11, 21), "21.11.2026, 23:59"),
        (datetime(2026, 11, 21, 21, 0, tzinfo=UTC), date(2026, 11, 22), "22.11.2026, 00:00"),
        (datetime(2026, 6, 1, 2, 30, tzinfo=OMSK), date(2026, 5, 31), "31.05.2026, 23:30"),
    ],
)
def test_a_moment_has_the_day_and_the_hour_of_moscow(
    moment: datetime, day: date, said: str
) -> None:
    assert moscow_day(moment) == day
    assert say_moment(moment) == f"{said} (московское время)"
