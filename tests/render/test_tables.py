from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.render.tables import render_csv, render_json, render_xlsx
from disclosure.views.document import DocumentView
from disclosure.views.table import Cell, Column, Link, Row, Table
from tests import samples

FORMULAS = ("=1+1", "+7 800", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "0123", "1e5")


def _sheets(content: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: sheet for sheet in book.worksheets}


def _records(content: bytes) -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


# Golden files --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["programmes/2025", "reports/2024"])
@pytest.mark.parametrize(("suffix", "render"), [("csv", render_csv), ("json", render_json)])
def test_a_whole_document(
    path: str,
    suffix: str,
    render: Callable[[DocumentView], bytes],
    assert_golden: Callable[[str, bytes], None],
) -> None:
    view = samples.view(path)
    assert_golden(f"{view.file_stem}.{suffix}", render(view))


@pytest.mark.parametrize("render", [render_csv, render_json, render_xlsx])
def test_the_same_document_gives_the_same_bytes(render: Callable[[DocumentView], bytes]) -> None:
    view = samples.view("programmes/2025")
    assert render(view) == render(replace(view))


# CSV -----------------------------------------------------------------------------------------


def test_csv_opens_in_a_russian_spreadsheet() -> None:
    content = render_csv(samples.view("programmes/2024"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") > 5
    assert b";" in content.splitlines()[0]


def test_csv_quotes_what_would_break_a_row() -> None:
    text = 'две\nстроки; "кавычки", запятая'
    content = render_csv(samples.document(samples.table(text)))
    (record,) = _records(content)
    assert record == {"Таблица": "Мероприятия", "№": "1", "Мероприятие": text}


def test_csv_keeps_the_tables_apart() -> None:
    records = _records(render_csv(samples.view("reports/2024")))
    named = {record["Таблица"] for record in records}
    assert named == {table.caption for table in samples.view("reports/2024").tables}


# XLSX ----------------------------------------------------------------------------------------


def test_xlsx_has_a_sheet_for_each_table() -> None:
    view = samples.view("reports/2024")
    sheets = _sheets(render_xlsx(view))
    assert [sheet.max_row - 1 for sheet in sheets.values()] == [
        len(table.rows) for table in view.tables
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_never_takes_a_text_for_a_formula_or_a_number(text: str) -> None:
    (sheet,) = _sheets(render_xlsx(samples.document(samples.table(text)))).values()
    assert sheet["B2"].value == text
    assert sheet["B2"].data_type == "s"


def test_xlsx_takes_a_number_for_a_number() -> None:
    (sheet,) = _sheets(render_xlsx(samples.document(_numbers("1360", "95.5", "0")))).values()
    assert [(cell.value, cell.data_type) for (cell,) in sheet["A2:A4"]] == [
        (1360, "n"),
        (95.5, "n"),
        (0, "n"),
    ]


def test_xlsx_keeps_its_head_in_view_and_can_be_filtered() -> None:
    (sheet,) = _sheets(render_xlsx(samples.document(samples.table("одно", "два")))).values()
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_xlsx_says_what_it_is_and_no_time_of_its_own() -> None:
    view = samples.view("programmes/2024")
    properties = openpyxl.load_workbook(io.BytesIO(render_xlsx(view))).properties
    assert properties.title == view.title
    assert properties.creator == view.supplier.name
    assert properties.created == datetime(2000, 1, 1)


def _numbers(*numbers: str) -> Table:
    rows = tuple(Row({"value": Cell(number, number=Decimal(number))}) for number in numbers)
    return Table("figures", "Показатели", (Column("value", "Значение"),), rows, "value")


# JSON ----------------------------------------------------------------------------------------


def test_json_tells_notes_links_and_numbers_apart_from_text() -> None:
    cells = {
        "name": Cell("Обращений", notes=("В среднем.", "За год.")),
        "link": Cell("см.", links=(Link("сайт", "https://primer.example"),)),
        "value": Cell("95,5", number=Decimal("95.5")),
        "empty": Cell(),
    }
    columns = tuple(Column(key, key.title()) for key in cells)
    table = Table("figures", "Показатели", columns, (Row(cells),), "name", notes=("Кратко.",))
    document = json.loads(render_json(samples.document(table)))
    assert document["tables"] == {
        "figures": {
            "title": "Показатели",
            "columns": {"name": "Name", "link": "Link", "value": "Value", "empty": "Empty"},
            "rows": [
                {
                    "name": "Обращений",
                    "link": "см.; сайт",
                    "value": 95.5,
                    "notes": {"name": ["В среднем.", "За год."]},
                }
            ],
            "notes": ["Кратко."],
        }
    }
