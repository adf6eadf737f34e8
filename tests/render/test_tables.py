from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.render.tables import read_csv, render_csv, render_json, unguarded
from disclosure.views.document import DocumentView
from disclosure.views.table import Cell, Column, Link, Row, Table, dated
from tests import samples


def _records(content: bytes) -> list[dict[str, str]]:
    """Read a CSV as any program does."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def _csv(table: Table) -> bytes:
    return render_csv(samples.document(table))


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


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 800", "-5", "- пункт", "@SUM(A1)", "\t=1", "＝1", "'=1", "''+1"]
)
def test_csv_has_an_apostrophe_before_what_looks_like_a_formula(text: str) -> None:
    (record,) = _records(_csv(samples.table(text)))
    assert record["Мероприятие"] == f"'{text}"
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", ["1+1", "'кавычки'", "''", "–5", "№ 1", ""])
def test_csv_leaves_other_texts_alone(text: str) -> None:
    (record,) = _records(_csv(samples.table(text)))
    assert record["Мероприятие"] == text
    assert unguarded(text) == text


def test_csv_has_numbers_as_they_are() -> None:
    rows = tuple(Row({"change": Cell(said, number=Decimal(said))}) for said in ("-5", "95.5"))
    table = Table("indicators", "Показатели", (Column("change", "Изменение"),), rows, "change")
    assert [record["Изменение"] for record in _records(_csv(table))] == ["-5", "95.5"]


@given(st.lists(samples.TEXTS, min_size=1))
def test_csv_gives_every_text_back(texts: list[str]) -> None:
    content = _csv(samples.table(*texts))
    assert [record["Мероприятие"] for record in read_csv(content)] == texts
    shown = [record["Мероприятие"] for record in _records(content)]
    assert not any(text.startswith(("=", "+", "-", "@")) for text in shown)


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
            "dictionary": {
                "name": {"type": "string", "meaning": "О чём сведение"},
                "value": {"type": "string", "meaning": "Само сведение, словами документа"},
            },
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


@given(samples.TEXTS)
def test_json_keeps_every_text(text: str) -> None:
    document = json.loads(render_json(samples.document(samples.table(text))))
    (row,) = document["tables"]["measures"]["rows"]
    assert row.get("text", "") == text


def test_json_has_days_as_iso_8601() -> None:
    rows = (Row({"date": dated(date(2024, 6, 1))}),)
    table = Table("measures", "Мероприятия", (Column("date", "Дата факта"),), rows, "date")
    found = json.loads(render_json(samples.document(table)))["tables"]["measures"]
    assert found["rows"] == [{"date": "2024-06-01"}]
    assert found["dictionary"]["date"]["type"] == "date"
