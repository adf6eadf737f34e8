from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from disclosure.render.tables import render_csv, render_json
from disclosure.views.document import DocumentView
from disclosure.views.table import Cell, Column, Link, Row, Table
from tests import samples


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


@pytest.mark.parametrize("render", [render_csv, render_json])
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
