from __future__ import annotations

import re

import pytest

from disclosure.site import Site
from disclosure.views.dictionary import MEANINGS, Meaning, Type, dictionary_table, meaning
from disclosure.views.table import Cell, Column, Table
from tests import samples
from tests.building import DEMONSTRATION, YEARS

FOLDERS = {"example": samples.EXAMPLE, "years": YEARS / "data", "repository": DEMONSTRATION}


@pytest.fixture(scope="module", params=FOLDERS)
def site(request: pytest.FixtureRequest) -> Site:
    return samples.read(FOLDERS[request.param])


def test_every_column_of_every_table_of_a_document_has_a_meaning(site: Site) -> None:
    assert {key for view in site.documents for t in view.tables for key in _unknown(t)} == set()


def test_every_column_of_every_file_of_open_data_has_a_meaning(site: Site) -> None:
    assert {key for data in site.data for s in data.stacks for key in _unknown(s.table)} == set()


def _unknown(table: Table) -> list[tuple[str, str]]:
    keys = [column.key for column in table.columns]
    return [(table.key, key) for key in keys if meaning(table.key, key) is None]


def test_what_stands_in_a_column_is_of_its_type(site: Site) -> None:
    for view in site.documents:
        for table in view.tables:
            for column in table.columns:
                said = meaning(table.key, column.key)
                cells = [row[column.key] for row in table.rows]
                strange = [cell.plain for cell in cells if said and not _fits(cell, said)]
                assert strange == [], (view.place.path, table.key, column.key)


def _fits(cell: Cell, said: Meaning) -> bool:
    number, day = cell.number, cell.day
    is_one = {
        Type.DATE: day is not None,
        Type.INTEGER: number is not None and number == int(number),
        Type.NUMBER: number is not None,
        Type.YEAR: bool(re.fullmatch(r"\d{4}", cell.plain)),
        Type.TEXT: number is None and day is None,
    }
    listed = not said.values or cell.plain in said.values
    return not cell.plain or (listed and is_one[said.type])


def test_meanings_are_short_sentences_in_russian() -> None:
    told = [said.text for columns in MEANINGS.values() for said in columns.values()]
    assert [text for text in told if not re.fullmatch(r"[А-Я][^A-Z]*(?:[\w %])", text)] == [
        text for text in told if "SHA" in text or "B2B" in text
    ]
    assert [text for text in told if text.endswith(".") or len(text) > 120] == []


def test_the_dictionary_has_a_row_for_each_column_and_one_for_the_notes() -> None:
    columns = (Column("status", "Статус"), Column("date", "Дата факта"), Column("odd", "Прочее"))
    table = Table("measures", "Мероприятия", columns, (), "status")
    rows = dictionary_table([table]).rows
    assert [[cell.text for cell in row.cells.values()][:4] for row in rows] == [
        ["Мероприятия", "Статус", "status", "текст"],
        ["Мероприятия", "Дата факта", "date", "дата"],
        ["Мероприятия", "Примечание", "notes", "текст"],
    ]
    assert "выполнено; выполняется" in rows[0]["values"].text
