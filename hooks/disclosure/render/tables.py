"""A document's tables as files of data, CSV and JSON, each with all that the page shows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from disclosure.views.dictionary import meaning
from disclosure.views.document import DocumentView
from disclosure.views.table import NOTE, Cell, Column, Row, Table

CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed date, so that the same data give the same bytes."""

TABLE: Final = "Таблица"
"""The column of a document's CSV that names the table of each row."""

MARK: Final = "\ufeff"
"""By what a Russian spreadsheet knows that a CSV is UTF-8."""

DELIMITER: Final = ";"
"""What parts the columns of a document's CSV, as Russian spreadsheets expect."""

MACHINE_DELIMITER: Final = ","
"""What parts the columns of every other CSV (RFC 4180)."""

# https://owasp.org/www-community/attacks/CSV_Injection; full-width signs are taken for their twins
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

Value = str | int | float | date


def render_csv(view: DocumentView) -> bytes:
    """Return all tables of a document as one CSV: UTF-8 with a mark, semicolons, RFC 4180 quotes.

    The first column names the table of each row; a table leaves the columns of others empty. No
    text is a formula: see `guarded`.
    """
    columns = dict.fromkeys(column for table in view.tables for column in columns_of(table))
    records = (
        {TABLE: guarded(table.caption)} | record
        for table in view.tables
        for record in records_of(table, _printed)
    )
    return f"{MARK}{write_csv([TABLE, *columns], records, DELIMITER)}".encode()


def write_csv(columns: Iterable[str], records: Iterable[Mapping[str, Any]], delimiter: str) -> str:
    """Return records as CSV with a line of headings (RFC 4180)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*columns], delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def read_csv(content: bytes, delimiter: str = DELIMITER) -> list[dict[str, str]]:
    """Return the records of a CSV written here, every text as it was."""
    text = io.StringIO(content.decode().removeprefix(MARK), newline="")
    records = csv.DictReader(text, delimiter=delimiter)
    return [{key: unguarded(value) for key, value in record.items()} for record in records]


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe put before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return a text as it was before it was guarded."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def render_json(view: DocumentView) -> bytes:
    """Return a document as JSON: what it is, then its tables, rows as objects."""
    return write_json(json_document(view))


def write_json(value: Mapping[str, Any]) -> bytes:
    """Return a value as JSON that people can read, too."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def json_document(view: DocumentView) -> dict[str, Any]:
    """Return what the JSON of a document holds."""
    place, supplier = view.place, view.supplier
    return {
        "kind": str(place.kind),
        "period": place.period,
        "path": place.path,
        "title": view.title,
        "checksum": view.checksum,
        "supplier": {"id": supplier.slug, "name": supplier.name, "full_name": supplier.full_name},
        "demo": supplier.demo,
        "tables": {table.key: json_table(table) for table in view.tables},
    }


def columns_of(table: Table) -> list[str]:
    """Return the readers' headings of a table; the notes have a column of their own."""
    noted = any(row[column.key].notes for row in table.rows for column in table.columns)
    return [column.title for column in table.columns] + ([NOTE] if noted else [])


def records_of(table: Table, value: Callable[[Cell], Value]) -> list[dict[str, Value]]:
    """Return the rows of a table by its headings, each cell as `value` has it."""
    return [_record(table, row, value) for row in table.rows]


def _record(table: Table, row: Row, value: Callable[[Cell], Value]) -> dict[str, Value]:
    record = {column.title: value(row[column.key]) for column in table.columns}
    notes = notes_of(table, row)
    return record | ({NOTE: value(Cell(notes))} if notes else {})


def notes_of(table: Table, row: Row) -> str:
    """Return all notes of a row as one text, each after the heading of its column."""
    return " ".join(f"{c.title}: {note}" for c in table.columns for note in row[c.key].notes)


def typed(cell: Cell) -> Value:
    """Return what stands in a cell: a number, a day, or a text."""
    return cell.day or _number_or_text(cell)


def _printed(cell: Cell) -> Value:
    """Return what stands in a cell: a number, or a text as documents print it."""
    found = _number_or_text(cell)
    return guarded(found) if isinstance(found, str) else found


def _number_or_text(cell: Cell) -> str | int | float:
    number = cell.number
    if number is None:
        return cell.plain
    return int(number) if number == number.to_integral_value() else float(number)


def json_table(table: Table) -> dict[str, Any]:
    """Return a table as JSON has it: its headings, what they mean, its rows."""
    return {
        "title": table.caption,
        "columns": {column.key: column.title for column in table.columns},
        "dictionary": {c.key: told for c in table.columns if (told := _told(table, c))},
        "rows": [_json_row(table, row) for row in table.rows],
        **({"notes": list(table.notes)} if table.notes else {}),
    }


def _told(table: Table, column: Column) -> dict[str, Any]:
    said = meaning(table.key, column.key)
    if said is None:
        return {}
    values = {"values": list(said.values)} if said.values else {}
    return {"type": said.type.value, "meaning": said.text, **values}


def _json_row(table: Table, row: Row) -> dict[str, Any]:
    record: dict[str, Any] = {c.key: _json_value(row[c.key]) for c in table.columns if row[c.key]}
    notes = {c.key: list(row[c.key].notes) for c in table.columns if row[c.key].notes}
    return record | ({"notes": notes} if notes else {})


def _json_value(cell: Cell) -> object:
    found = typed(cell)
    return found.isoformat() if isinstance(found, date) else found
