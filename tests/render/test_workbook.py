from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.render import RenderError
from disclosure.render.workbook import LONGEST, render_xlsx
from disclosure.views.dictionary import dictionary_table
from disclosure.views.table import Cell, Column, Row, Table, dated
from tests import samples

FORMULAS = ("=1+1", "+7 800", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "0123", "1e5")


def _sheets(content: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: sheet for sheet in book.worksheets}


def test_the_same_document_gives_the_same_bytes() -> None:
    view = samples.view("programmes/2025")
    assert render_xlsx(view) == render_xlsx(replace(view))


def test_there_is_a_sheet_for_each_table_and_one_for_the_dictionary() -> None:
    view = samples.view("reports/2024")
    sheets = _sheets(render_xlsx(view))
    tables = (*view.tables, dictionary_table(view.tables))
    assert {name: sheet.max_row - 1 for name, sheet in sheets.items()} == {
        table.caption: len(table.rows) for table in tables
    }
    assert list(sheets)[-1] == "Словарь данных"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_taken_for_a_formula_or_a_number(text: str) -> None:
    sheet = _measures(text)
    assert sheet["B2"].value == text
    assert sheet["B2"].data_type == "s"


@given(samples.TEXTS)
def test_every_text_is_kept(text: str) -> None:
    assert (_measures(text)["B2"].value or "") == text


def test_a_text_that_no_cell_holds_is_refused() -> None:
    assert _measures("я" * LONGEST)["B2"].value == "я" * LONGEST
    with pytest.raises(RenderError, match="«Мероприятие» текст длиннее 32767 знаков"):
        _measures("я" * (LONGEST + 1))


def test_a_day_is_a_date_as_it_is_printed_in_russia() -> None:
    rows = (Row({"date": dated(date(2024, 6, 1))}), Row({"date": dated(None)}))
    table = Table("measures", "Мероприятия", (Column("date", "Дата факта"),), rows, "date")
    cell, empty = (cell for (cell,) in _sheets(_xlsx(table))["Мероприятия"]["A2:A3"])
    assert (cell.value, cell.number_format) == (datetime(2024, 6, 1), "dd.mm.yyyy")
    assert empty.value is None


def test_it_takes_a_number_for_a_number() -> None:
    sheet = _sheets(_xlsx(_numbers("1360", "95.5", "0", "-5")))["Показатели"]
    assert [(cell.value, cell.data_type) for (cell,) in sheet["A2:A5"]] == [
        (1360, "n"),
        (95.5, "n"),
        (0, "n"),
        (-5, "n"),
    ]


def test_it_keeps_its_head_in_view_and_can_be_filtered() -> None:
    sheet = _measures("одно", "два")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_it_says_what_it_is_and_no_time_of_its_own() -> None:
    view = samples.view("programmes/2024")
    properties = openpyxl.load_workbook(io.BytesIO(render_xlsx(view))).properties
    assert properties.title == view.title
    assert properties.creator == view.supplier.name
    assert properties.created == datetime(2000, 1, 1)


def _measures(*texts: str) -> Worksheet:
    return _sheets(_xlsx(samples.table(*texts)))["Мероприятия"]


def _xlsx(table: Table) -> bytes:
    return render_xlsx(samples.document(table))


def _numbers(*numbers: str) -> Table:
    rows = tuple(Row({"value": Cell(number, number=Decimal(number))}) for number in numbers)
    return Table("figures", "Показатели", (Column("value", "Значение"),), rows, "value")
