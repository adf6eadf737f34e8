"""What the files of data must hold, and what they hold: CSV, XLSX, JSON."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from disclosure.render.tables import DELIMITER, TABLE, unguarded
from disclosure.verify.node import Grid, Line, Piece
from disclosure.views.dictionary import dictionary_table, meaning
from disclosure.views.document import DocumentView
from disclosure.views.table import NOTE, Cell, Column, Row, Table

SHEET: Final = 31
"""How many letters Excel gives the name of a sheet."""
FIELD: Final = "поле"

_MARKED: Final = Line("кодировка", "UTF-8 с меткой, по которой её узнают программы таблиц")
_SIGNS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""With what a spreadsheet takes a text for a formula."""

_LIKE_A_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
"""Texts that are told apart from the numbers that they look like."""


def told_csv(view: DocumentView) -> list[Piece]:
    """Tell the CSV: one table, whose first column names that of each row."""
    grids = [told_grid(table) for table in view.tables]
    heads = tuple(dict.fromkeys([TABLE, *(head for grid in grids for head in grid.heads)]))
    rows: list[tuple[str, ...]] = []
    for grid in grids:
        for row in grid.rows:
            cells = dict(zip(grid.heads, row, strict=True)) | {TABLE: grid.caption}
            rows.append(tuple(cells.get(head, "") for head in heads))
    return [_MARKED, Grid("", heads, tuple(rows))]


def told_xlsx(view: DocumentView) -> list[Piece]:
    """Tell the workbook: what it is, a sheet for each table, and what their columns mean."""
    tables = (*view.tables, dictionary_table(view.tables))
    grids = [told_grid(table, typed=True) for table in tables]
    sheets = (Grid(grid.caption[:SHEET], grid.heads, grid.rows) for grid in grids)
    return [*_properties(view.title, view.supplier.name), *sheets]


def _properties(title: object, author: object) -> Iterator[Line]:
    yield Line("название файла", str(title))
    yield Line("автор файла", str(author))


def told_json(view: DocumentView) -> list[Piece]:
    """Tell the JSON: what the document is, then its tables by key."""
    place, supplier = view.place, view.supplier
    about = {
        "kind": str(place.kind),
        "period": place.period,
        "path": place.path,
        "title": view.title,
        "supplier": {"id": supplier.slug, "name": supplier.name, "full_name": supplier.full_name},
        "demo": supplier.demo,
        "checksum": view.checksum,
    }
    tables = (piece for table in view.tables for piece in told_table(table))
    return [*fields(about), *tables]


def told_grid(table: Table, *, typed: bool = False) -> Grid:
    """Tell a table as rows of text; the notes have a column of their own.

    Where it is `typed`, texts, numbers and days are told apart.
    """
    heads = [column.title for column in table.columns]
    value = _in_sheet if typed else said
    rows = [[value(row[c.key]) for c in table.columns] for row in table.rows]
    notes = [noted(table, row) for row in table.rows]
    if any(notes):
        heads.append(NOTE)
        rows = [[*row, note] for row, note in zip(rows, notes, strict=True)]
    return Grid(table.caption, tuple(heads), tuple(map(tuple, rows)))


def noted(table: Table, row: Row) -> str:
    """Return the notes of a row, each behind the head of its column."""
    columns = table.columns
    return " ".join(f"{c.title}: {note}" for c in columns for note in row[c.key].notes)


def told_table(table: Table) -> Iterator[Piece]:
    """Tell a table as JSON has it."""
    columns = {column.key: column.title for column in table.columns}
    meanings = {c.key: told for c in table.columns if (told := _meaning(table, c))}
    yield from fields({"columns": columns, "dictionary": meanings})
    yield from fields({"notes": list(table.notes)} if table.notes else {})
    rows = [
        (
            *(_in_json(row[key]) for key in columns),
            _listed({key: row[key].notes for key in columns}),
        )
        for row in table.rows
    ]
    yield Grid(table.caption, (*columns, NOTE), tuple(rows))


def _meaning(table: Table, column: Column) -> dict[str, object] | None:
    found = meaning(table.key, column.key)
    if found is None:
        return None
    values = {"values": list(found.values)} if found.values else {}
    return {"type": found.type.value, "meaning": found.text, **values}


def said(cell: Cell, *, dates: bool = False) -> str:
    """Return the value of a cell: a number, in some files a date, else the text with its links."""
    if dates and cell.day:
        return text_of(cell.day)
    return cell.plain if cell.number is None else text_of(cell.number)


def _in_json(cell: Cell) -> str:
    return text_of(cell.day or (cell.plain if cell.number is None else cell.number))


def _in_sheet(cell: Cell) -> str:
    return _day(cell.day) if cell.day else _in_json(cell)


def text_of(value: Any) -> str:
    """Return a value as text: a number without a fraction that says nothing, a day as in ISO.

    A text that looks like a number is said to be a text.
    """
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return str(int(value)) if value == int(value) else repr(float(value))
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    said = "" if value is None else str(value)
    return f"{said} (текст)" if _LIKE_A_NUMBER.fullmatch(said) else said


def _listed(notes: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(f"{key}: {note}" for key, found in notes.items() for note in found)


# Reading -------------------------------------------------------------------------------------


def read_csv(content: bytes) -> list[Piece]:
    """Read a CSV, whose texts are guarded from being taken for formulas."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    heads, *rows = csv.reader(text, delimiter=DELIMITER)
    grid = Grid("", tuple(heads), tuple(tuple(map(plain, row)) for row in rows))
    return [*([_MARKED] if content.startswith(codecs.BOM_UTF8) else []), grid]


def plain(text: str) -> str:
    """Return a text of a CSV as it was before it was guarded; say where one is a formula."""
    if text[:1] in _SIGNS and not _LIKE_A_NUMBER.fullmatch(text):
        return f"{text} (формула)"
    return unguarded(text)


def read_xlsx(content: bytes) -> list[Piece]:
    """Read a workbook."""
    import openpyxl  # noqa: PLC0415  # takes half a second, which nothing changed need not pay

    book = openpyxl.load_workbook(io.BytesIO(content))
    grids: list[Piece] = [*_properties(book.properties.title, book.properties.creator)]
    for sheet in book.worksheets:
        heads, *rows = sheet.iter_rows(values_only=True)
        lines = tuple(tuple(map(_of_sheet, row)) for row in rows)
        grids.append(Grid(sheet.title, tuple(map(str, heads)), lines))
    return grids


def _of_sheet(value: Any) -> str:
    return _day(value) if isinstance(value, date) else text_of(value)


def _day(day: date) -> str:
    return f"{text_of(day)} (дата)"


def read_json(content: bytes) -> list[Piece]:
    """Read a document's JSON."""
    return read_document(json.loads(content))


def read_document(document: dict[str, Any]) -> list[Piece]:
    """Read a document out of JSON."""
    tables = document.pop("tables").values()
    return [*fields(document), *(piece for table in tables for piece in read_table(table))]


def read_table(table: dict[str, Any]) -> Iterator[Piece]:
    """Read a table out of JSON."""
    title, rows, keys = table.pop("title"), table.pop("rows"), tuple(table["columns"])
    yield from fields(table)
    lines = [
        (*(text_of(row.pop(key, None)) for key in keys), _listed(row.pop("notes", {})), *_rest(row))
        for row in rows
    ]
    yield Grid(title, (*keys, NOTE), tuple(lines))


def _rest(row: Mapping[str, Any]) -> list[str]:
    return [line.text for line in fields(row)]


def fields(value: Any, name: str = "") -> Iterator[Line]:
    """Yield every value within a JSON value with the keys that lead to it, sorted by them."""
    if isinstance(value, dict | list):
        items = sorted(value.items()) if isinstance(value, dict) else enumerate(value, 1)
        for key, item in items:
            yield from fields(item, f"{name}.{key}" if name else str(key))
    else:
        yield Line(FIELD, f"{name}: {text_of(value)}")
