"""A report as a reader sees it: what became of each measure, and the figures of the year."""

from __future__ import annotations

from decimal import Decimal

from disclosure.model import (
    Disclosure,
    Indicator,
    IndicatorGroup,
    Part,
    Report,
    Status,
    SupplierFolder,
)
from disclosure.values import Amount, Duration
from disclosure.values.russian import plural
from disclosure.views.document import DocumentView, Kind, Place, Prose
from disclosure.views.measures import MeasureRows
from disclosure.views.parts import common_tables
from disclosure.views.sections import Content, document_view, sections
from disclosure.views.table import Cell, Column, Row, Table, cell, row


def report_view(disclosure: Disclosure, folder: SupplierFolder, place: Place) -> DocumentView:
    """Return the view of a supplier's report, to be published at `place`."""
    report = folder.reports[place.period]
    answers = {answer.id: answer for answer in report.measures}
    programme = folder.programmes[report.programme]
    measures = MeasureRows(programme, disclosure.vocabulary, answers)
    execution = measures.content("Выполнение мероприятий")
    summary, indicators = status_table(report), indicators_table(report)
    tables = common_tables(report, folder.supplier)
    parts = {
        Part.EXECUTION: Content(
            (Prose(say_result(report)), summary, *execution.blocks), execution.sections
        )
    }
    if report.indicators:
        parts[Part.INDICATORS] = Content(tuple(map(_group_table, report.indicators)))
    return document_view(
        report,
        folder,
        place,
        sections(report, tables, parts),
        (*tables.values(), summary, measures.table, *([indicators] if indicators.rows else [])),
        [place.beside(Kind.PROGRAMME, report.programme)],
    )


def say_result(report: Report) -> str:
    """Say how many of the measures are done: «Выполнено 11 из 12 мероприятий»."""
    done = sum(answer.status is Status.DONE for answer in report.measures)
    total = plural(len(report.measures), "мероприятия", "мероприятий", "мероприятий")
    return f"Выполнено {done} из {total}."


def status_table(report: Report) -> Table:
    """Return how many measures there are of each status that occurs."""
    counts = {
        status: sum(answer.status is status for answer in report.measures) for status in Status
    }
    return Table(
        "summary",
        "Итоги выполнения",
        (Column("status", "Статус"), Column("count", "Мероприятий")),
        tuple(
            row({"status": status, "count": Cell(str(count), number=Decimal(count))})
            for status, count in counts.items()
            if count
        ),
        "status",
    )


# Indicators ----------------------------------------------------------------------------------

_INDICATORS = (
    Column("group", "Группа показателей"),
    Column("name", "Показатель"),
    Column("unit", "Единица"),
    Column("year", "Год"),
    Column("value", "Значение"),
    Column("number", "Число (длительность в секундах)"),
)


def indicators_table(report: Report) -> Table:
    """Return all values of all indicators, one a row."""
    rows = tuple(
        row(
            {
                "group": group.title,
                "name": cell(indicator.name, indicator.note),
                "unit": indicator.unit,
                "year": year,
                "value": cell(amount.wording, indicator.waiver.get(year)),
                "number": _number(amount),
            }
        )
        for group in report.indicators
        for indicator in group.items
        for year, amount in indicator.values.items()
    )
    return Table("indicators", "Показатели качества", _INDICATORS, rows, "name")


def _number(amount: Amount) -> Cell:
    value = amount.value
    number = Decimal(value.seconds) if isinstance(value, Duration) else value
    return Cell("" if number is None else str(number), number=number)


def _group_table(group: IndicatorGroup) -> Table:
    """Return the indicators of a group as a reader gets them: a column for each year."""
    years = sorted({year for indicator in group.items for year in indicator.values})
    columns = (
        Column("name", "Показатель"),
        Column("unit", "Единица"),
        *(Column(f"year_{year}", f"{year} год") for year in years),
    )
    rows = tuple(_indicator_row(indicator) for indicator in group.items)
    return Table("indicators", group.title or "Общие показатели", columns, rows, "name")


def _indicator_row(indicator: Indicator) -> Row:
    values: dict[str, object] = {
        f"year_{year}": cell(amount.wording, indicator.waiver.get(year))
        for year, amount in indicator.values.items()
    }
    return row(values | {"name": cell(indicator.name, indicator.note), "unit": indicator.unit})
