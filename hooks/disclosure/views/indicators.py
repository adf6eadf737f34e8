"""The indicators of a report: their values by years, how they changed, and charts of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Indicator, IndicatorGroup, Report
from disclosure.values import Amount, Duration, Measurement, say_amount, say_number
from disclosure.values.russian import noun
from disclosure.views.document import Bar, Chart
from disclosure.views.table import EMPTY, Cell, Column, Row, Table, cell, numbered, row

_COLUMNS = (
    Column("group", "Группа показателей"),
    Column("name", "Показатель"),
    Column("unit", "Единица"),
    Column("year", "Год"),
    Column("value", "Значение"),
    Column("number", "Число (длительность в секундах)"),
    Column("words", "Словами"),
    Column("change", "Изменение за год (длительность в секундах)"),
    Column("percent", "Изменение за год, %"),
)
_MISPRINT = "в документе с ошибкой"
_NO_CHANGE = "без изменений"


@dataclass(frozen=True)
class Change:
    """By how much a value differs from that of the year before, in its unit and in per cent.

    Durations are in seconds; `percent` is None for shares and where the year before was zero.
    """

    amount: Decimal
    percent: Decimal | None
    unit: Measurement

    @property
    def printed(self) -> str:
        """The change in its unit: «+0:12», «−1 021», «+1,5 п. п.»."""
        said = f"{_sign(self.amount)}{_print(abs(self.amount), self.unit)}"
        return f"{said}\xa0п.\xa0п." if self.unit is Measurement.PERCENT else said

    @property
    def shown(self) -> Cell:
        """The change as a page has it: «+0:12 (+13,8 %)»."""
        if not self.amount:
            return cell(_NO_CHANGE)
        share = f" ({_percents(self.percent)}\xa0%)" if self.percent is not None else ""
        return Cell(f"{self.printed}{share}", spoken=self._spoken)

    @property
    def _spoken(self) -> str:
        """The change as it is heard: «плюс 12 секунд, плюс 13,8 процента»."""
        sign = "плюс" if self.amount > 0 else "минус"
        said = f"{sign} {self._words}"
        if self.percent is None:
            return said
        percents = abs(self.percent)
        share = say_number(_grouped(percents), percents, Measurement.PERCENT)
        return f"{said}, {sign} {share}"

    @property
    def _words(self) -> str:
        amount = abs(self.amount)
        if self.unit is Measurement.DURATION:
            return Duration(int(amount)).words
        printed = _grouped(amount)
        if self.unit is not Measurement.PERCENT:
            return say_number(printed, amount, self.unit)
        if "," in printed:
            return f"{printed} процентного пункта"
        points = noun(int(amount), "процентный пункт", "процентных пункта", "процентных пунктов")
        return f"{printed} {points}"


def change(indicator: Indicator, year: str) -> Change | None:
    """Return how a value differs from that of the year before, None unless both are numbers."""
    now = _number(indicator.values.get(year))
    before = _number(indicator.values.get(f"{int(year) - 1}"))
    if now is None or before is None:
        return None
    percent = None
    if before and indicator.unit is not Measurement.PERCENT:
        percent = (now - before) * 100 / abs(before)
        percent = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Change(now - before, percent, indicator.unit)


def _number(amount: Amount | None) -> Decimal | None:
    """Return a value as a number, a duration in seconds."""
    value = None if amount is None else amount.value
    return Decimal(value.seconds) if isinstance(value, Duration) else value


def _print(number: Decimal, unit: Measurement) -> str:
    return str(Duration(int(number))) if unit is Measurement.DURATION else _grouped(number)


def _grouped(number: Decimal) -> str:
    """Print a number as documents do: «1 021», «95,5»."""
    return f"{number:,}".replace(",", "\xa0").replace(".", ",")


def _percents(percent: Decimal) -> str:
    return f"{_sign(percent)}{_grouped(abs(percent))}"


def _sign(number: Decimal) -> str:
    return "+" if number > 0 else "−" if number < 0 else ""


# All of them ---------------------------------------------------------------------------------


def indicators_table(report: Report) -> Table:
    """Return all values of all indicators, one a row."""
    rows = tuple(
        _value_row(group, indicator, year)
        for group in report.indicators
        for indicator in group.items
        for year in indicator.values
    )
    return Table("indicators", "Показатели качества", _COLUMNS, rows, "name")


def _value_row(group: IndicatorGroup, indicator: Indicator, year: str) -> Row:
    amount, changed = indicator.values[year], change(indicator, year)
    return row(
        {
            "group": group.title,
            "name": cell(indicator.name, indicator.note),
            "unit": indicator.unit,
            "year": Cell(year, number=Decimal(year)),
            "value": cell(amount.wording, indicator.waiver.get(year)),
            "number": numbered(_number(amount)),
            "words": say_amount(amount, indicator.unit),
            "change": Cell(changed.printed, number=changed.amount) if changed else EMPTY,
            "percent": numbered(changed.percent if changed else None),
        }
    )


# By groups -----------------------------------------------------------------------------------


def indicator_blocks(group: IndicatorGroup) -> Iterator[Table | Chart]:
    """Yield the indicators of a group as a reader gets them: a table by years, then charts."""
    years = sorted({year for indicator in group.items for year in indicator.values})
    columns = (
        Column("name", "Показатель"),
        Column("unit", "Единица"),
        *(Column(f"year_{year}", f"{year} год") for year in years),
    )
    rows = tuple(_indicator_row(indicator) for indicator in group.items)
    yield Table("indicators", group.title or "Общие показатели", columns, rows, "name")
    for indicator in group.items:
        if len(indicator.values) > 1 and any(map(_is_number, indicator.values.values())):
            yield _chart(indicator)


def _is_number(amount: Amount) -> bool:
    return _number(amount) is not None


def _indicator_row(indicator: Indicator) -> Row:
    values: dict[str, object] = {
        f"year_{year}": _shown(indicator, year) for year in indicator.values
    }
    return row(values | {"name": cell(indicator.name, indicator.note), "unit": indicator.unit})


def _shown(indicator: Indicator, year: str) -> Cell:
    """Return a value as it is printed, and in the same cell how it changed."""
    amount, changed = indicator.values[year], change(indicator, year)
    label = f"К {int(year) - 1} году"
    return replace(
        cell(amount.wording, indicator.waiver.get(year)),
        spoken=say_amount(amount, indicator.unit),
        state="absent" if amount.absence else "misprint" if amount.problem else "",
        parts=((label, changed.shown),) if changed else (),
    )


def _chart(indicator: Indicator) -> Chart:
    bars = tuple(_bar(year, indicator) for year in sorted(indicator.values))
    share = indicator.unit is Measurement.PERCENT
    fits = all(0 <= (bar.value or 0) <= 100 for bar in bars)
    whole = Decimal(100) if share and fits else None
    return Chart(f"{indicator.name}, {indicator.unit}", bars, whole)


def _bar(year: str, indicator: Indicator) -> Bar:
    amount = indicator.values[year]
    words = f"{amount.wording} — {_MISPRINT}" if amount.problem else amount.wording
    spoken = say_amount(amount, indicator.unit)
    return Bar(f"{year} год", _number(amount), words, spoken)
