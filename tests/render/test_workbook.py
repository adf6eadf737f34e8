from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.render.workbook import render_xlsx
from disclosure.views.table import Cell, Column, Row, Table
from tests import samples

FORMULAS = ("=1+1", "+7 800", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "0123", "1e5")


def _sheets(content: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: sheet for sheet in book.worksheets}


def test_the_same_document_gives_the_same_bytes() -> None:
    view = samples.view("programmes/2025")
    assert render_xlsx(view) == render_xlsx(replace(view))


def test_there_is_a_sheet_for_each_table() -> None:
    view = samples.view("reports/2024")
    sheets = _sheets(render_xlsx(view))
    assert [sheet.max_row - 1 for sheet in sheets.values()] == [
        len(table.rows) for table in view.tables
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_taken_for_a_formula_or_a_number(text: str) -> None:
    (sheet,) = _sheets(render_xlsx(samples.document(samples.table(text)))).values()
    assert sheet["B2"].value == text
    assert sheet["B2"].data_type == "s"


def test_it_takes_a_number_for_a_number() -> None:
    (sheet,) = _sheets(render_xlsx(samples.document(_numbers("1360", "95.5", "0")))).values()
    assert [(cell.value, cell.data_type) for (cell,) in sheet["A2:A4"]] == [
        (1360, "n"),
        (95.5, "n"),
        (0, "n"),
    ]


def test_it_keeps_its_head_in_view_and_can_be_filtered() -> None:
    (sheet,) = _sheets(render_xlsx(samples.document(samples.table("одно", "два")))).values()
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_it_says_what_it_is_and_no_time_of_its_own() -> None:
    view = samples.view("programmes/2024")
    properties = openpyxl.load_workbook(io.BytesIO(render_xlsx(view))).properties
    assert properties.title == view.title
    assert properties.creator == view.supplier.name
    assert properties.created == datetime(2000, 1, 1)


def _numbers(*numbers: str) -> Table:
    rows = tuple(Row({"value": Cell(number, number=Decimal(number))}) for number in numbers)
    return Table("figures", "Показатели", (Column("value", "Значение"),), rows, "value")
