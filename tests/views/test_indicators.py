from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disclosure.model import Indicator, IndicatorGroup
from disclosure.views.document import Bar, Chart
from disclosure.views.indicators import change, indicator_blocks
from disclosure.views.table import Cell, Table
from tests import samples


def _indicator(unit: str, **values: str) -> Indicator:
    """Return an indicator; its years are written as y2023."""
    years = {year[1:]: value for year, value in values.items()}
    return Indicator.model_validate({"name": "Показатель", "unit": unit, "values": years})


def _blocks(*indicators: Indicator) -> tuple[Table, list[Chart]]:
    table, *charts = indicator_blocks(IndicatorGroup(items=indicators))
    assert isinstance(table, Table)
    return table, [chart for chart in charts if isinstance(chart, Chart)]


def _shown(unit: str, before: str, now: str) -> Cell:
    table, _ = _blocks(_indicator(unit, y2023=before, y2024=now))
    return table.rows[0]["year_2024"]


# Change --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "before", "now", "text", "spoken"),
    [
        ("мин:сек", "1:27", "1:39", "+0:12 (+13,8 %)", "плюс 12 секунд, плюс 13,8 процента"),
        ("мин:сек", "3:00", "1:59", "−1:01 (−33,9 %)", "минус 1 минута 1 секунда,"),
        ("шт.", "2 021", "1 000", "−1 021 (−50,5 %)", "минус 1\xa0021 штука,"),
        ("шт.", "0", "5", "+5", "плюс 5 штук"),
        ("шт.", "5", "0", "−5 (−100,0 %)", "минус 5 штук, минус 100,0 процента"),
        ("чел.", "20", "22", "+2 (+10,0 %)", "плюс 2 человека, плюс 10,0 процента"),
        ("ед.", "7", "7", "без изменений", None),
        ("руб.", "1 000,5", "999,25", "−1,25 (−0,1 %)", "минус 1,25 рубля, минус 0,1 процента"),
        ("руб.", "-100", "-50", "+50 (+50,0 %)", "плюс 50 рублей, плюс 50,0 процента"),
        ("%", "94", "95,5", "+1,5 п. п.", "плюс 1,5 процентного пункта"),
        ("%", "95", "93", "−2 п. п.", "минус 2 процентных пункта"),
    ],
)
def test_a_change_against_the_year_before_is_said_in_units_and_per_cent(
    unit: str, before: str, now: str, text: str, spoken: str | None
) -> None:
    ((label, cell),) = _shown(unit, before, now).parts
    assert label == "К 2023 году"
    assert cell.text.replace("\xa0", " ") == text
    assert (cell.spoken or "").startswith(spoken or "")
    assert bool(cell.spoken) == bool(spoken)


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        ("шт.", {"y2023": "нет данных", "y2024": "5"}),
        ("шт.", {"y2023": "5", "y2024": "не применимо"}),
        ("мин:сек", {"y2023": "1:27", "y2024": "6:92"}),
        ("мин:сек", {"y2023": "6:92", "y2024": "1:27"}),
        ("текст", {"y2023": "5", "y2024": "6"}),
        ("шт.", {"y2022": "5", "y2024": "6"}),
        ("шт.", {"y2024": "6"}),
    ],
)
def test_no_change_is_made_of_what_are_no_two_numbers(unit: str, values: dict[str, str]) -> None:
    assert change(_indicator(unit, **values), "2024") is None


# Values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "wording", "spoken", "state"),
    [
        ("мин:сек", "1:27", "1 минута 27 секунд", ""),
        ("шт.", "0", "0 штук", ""),
        ("шт.", "нет данных", None, "absent"),
        ("шт.", "не применимо", None, "absent"),
        ("мин:сек", "6:92", None, "misprint"),
        ("текст", "И. Иванова", None, ""),
    ],
)
def test_values_are_told_apart(unit: str, wording: str, spoken: str | None, state: str) -> None:
    cell = _shown(unit, "нет данных", wording)
    assert (cell.text, cell.spoken, cell.state) == (wording, spoken, state)


def test_data_have_numbers_words_and_changes_where_the_values_are_clear() -> None:
    table = next(t for t in samples.view("reports/2024").tables if t.key == "indicators")
    keys = ("value", "number", "words", "change", "percent")
    assert [[row[key].text for key in keys] for row in table.rows] == [
        ["76 909", "76909", "76 909 штук", "", ""],
        ["0", "0", "0 штук", "−76\xa0909", "-100.0"],
        ["не применимо", "", "", "", ""],
        ["95,5", "95.5", "95,5 процента", "", ""],
        ["1:27", "87", "1 минута 27 секунд", "", ""],
        ["6:92", "", "", "", ""],
        ["нет данных", "", "", "", ""],
        ["И. Иванова", "", "", "", ""],
    ]
    assert table.rows[1]["change"].number == Decimal(-76909)


# Charts --------------------------------------------------------------------------------------


def test_a_chart_tells_zero_from_no_data_and_from_a_misprint() -> None:
    indicator = _indicator("мин:сек", y2021="0:00", y2022="нет данных", y2023="6:92", y2024="1:27")
    _, (chart,) = _blocks(indicator)
    assert chart.caption == "Показатель, мин:сек"
    assert chart.bars == (
        Bar("2021 год", Decimal(0), "0:00", "0 секунд"),
        Bar("2022 год", None, "нет данных"),
        Bar("2023 год", None, "6:92 — в документе с ошибкой"),
        Bar("2024 год", Decimal(87), "1:27", "1 минута 27 секунд"),
    )


@pytest.mark.parametrize(
    ("unit", "values", "shares"),
    [
        ("шт.", {"y2023": "50", "y2024": "200"}, ["25.00", "100.00"]),
        ("шт.", {"y2023": "0", "y2024": "0"}, ["0.00", "0.00"]),
        ("%", {"y2023": "40", "y2024": "80"}, ["40.00", "80.00"]),
        ("%", {"y2023": "60", "y2024": "120"}, ["50.00", "100.00"]),
        ("руб.", {"y2023": "-50", "y2024": "100"}, ["50.00", "100.00"]),
    ],
)
def test_a_bar_is_as_long_as_its_part_of_the_longest_or_of_the_whole(
    unit: str, values: dict[str, str], shares: list[str]
) -> None:
    _, (chart,) = _blocks(_indicator(unit, **values))
    assert [str(chart.share(bar)) for bar in chart.bars] == shares


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        ("шт.", {"y2024": "5"}),
        ("текст", {"y2023": "а", "y2024": "б"}),
        ("шт.", {"y2023": "нет данных", "y2024": "не применимо"}),
    ],
)
def test_there_is_no_chart_of_one_year_or_of_no_numbers(unit: str, values: Any) -> None:
    assert _blocks(_indicator(unit, **values))[1] == []
