"""A document's tables as files of data, CSV and JSON, each with all that the page shows."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any, Final

from disclosure.views.document import DocumentView
from disclosure.views.table import NOTE, Cell, Row, Table

CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed date, so that the same data give the same bytes."""

_TABLE: Final = "Таблица"


def render_csv(view: DocumentView) -> bytes:
    """Return all tables of a document as one CSV: UTF-8 with a mark, semicolons, RFC 4180 quotes.

    The first column names the table of each row; a table leaves the columns of others empty.
    """
    records = [{_TABLE: table.caption} | row for table in view.tables for row in records_of(table)]
    columns = dict.fromkeys(column for table in view.tables for column in columns_of(table))
    text = io.StringIO()
    writer = csv.DictWriter(text, [_TABLE, *columns], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def render_json(view: DocumentView) -> bytes:
    """Return a document as JSON: what it is, then its tables, rows as objects."""
    place, supplier = view.place, view.supplier
    document = {
        "kind": str(place.kind),
        "period": place.period,
        "path": place.path,
        "title": view.title,
        "supplier": {"id": supplier.slug, "name": supplier.name, "full_name": supplier.full_name},
        "demo": supplier.demo,
        "tables": {table.key: _json_table(table) for table in view.tables},
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def columns_of(table: Table) -> list[str]:
    """Return the readers' headings of a table; the notes have a column of their own."""
    noted = any(row[column.key].notes for row in table.rows for column in table.columns)
    return [column.title for column in table.columns] + ([NOTE] if noted else [])


def records_of(table: Table) -> list[dict[str, object]]:
    """Return the rows of a table by its headings."""
    return [_record(table, row) for row in table.rows]


def _record(table: Table, row: Row) -> dict[str, object]:
    record: dict[str, object] = {c.title: _value(row[c.key]) for c in table.columns}
    notes = [f"{c.title}: {note}" for c in table.columns for note in row[c.key].notes]
    return record | ({NOTE: " ".join(notes)} if notes else {})


def _value(cell: Cell) -> object:
    number = cell.number
    if number is None:
        return cell.plain
    return int(number) if number == number.to_integral_value() else float(number)


def _json_table(table: Table) -> dict[str, Any]:
    return {
        "title": table.caption,
        "columns": {column.key: column.title for column in table.columns},
        "rows": [_json_row(table, row) for row in table.rows],
        **({"notes": list(table.notes)} if table.notes else {}),
    }


def _json_row(table: Table, row: Row) -> dict[str, Any]:
    record: dict[str, Any] = {c.key: _value(row[c.key]) for c in table.columns if row[c.key]}
    notes = {c.key: list(row[c.key].notes) for c in table.columns if row[c.key].notes}
    return record | ({"notes": notes} if notes else {})
