"""A document's tables as files of data: CSV, XLSX, JSON, each with all that the page shows."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from disclosure.views.document import DocumentView
from disclosure.views.table import NOTE, Cell, Row, Table

CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed date, so that the same data give the same bytes."""


def render_csv(view: DocumentView) -> bytes:
    """Return all tables of a document as one CSV: UTF-8 with a mark, semicolons, RFC 4180 quotes.

    The first column names the table of each row; a table leaves the columns of others empty.
    """
    frames = [frame(table).assign(**{"Таблица": table.caption}) for table in view.tables]
    whole = pd.concat(frames, ignore_index=True).fillna("")
    columns = ["Таблица", *(column for column in whole.columns if column != "Таблица")]
    text = whole[columns].to_csv(
        index=False, sep=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL
    )
    return b"\xef\xbb\xbf" + text.encode()


def render_xlsx(view: DocumentView) -> bytes:
    """Return a workbook with a sheet for each table; a text is never a formula."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(stream, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        book = writer.book
        book.set_properties({"title": view.title, "author": view.supplier.name, "created": CREATED})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for table in view.tables:
            data = frame(table)
            data.to_excel(writer, sheet_name=table.caption[:31], index=False, freeze_panes=(1, 0))
            sheet = writer.sheets[table.caption[:31]]
            for number, name in enumerate(data.columns):
                sheet.set_column(number, number, _width(data[name].tolist(), name), wrap)
            sheet.autofilter(0, 0, len(data), len(data.columns) - 1)
    return stream.getvalue()


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


def frame(table: Table) -> pd.DataFrame:
    """Return a table as a frame with readers' headings; the notes have a column of their own."""
    records = [_record(table, row) for row in table.rows]
    columns = [column.title for column in table.columns]
    if any(NOTE in record for record in records):
        columns.append(NOTE)
    return pd.DataFrame(records, columns=columns, dtype=object).fillna("")


def _record(table: Table, row: Row) -> dict[str, object]:
    record: dict[str, object] = {c.title: _value(row[c.key]) for c in table.columns}
    notes = [f"{c.title}: {note}" for c in table.columns for note in row[c.key].notes]
    return record | ({NOTE: " ".join(notes)} if notes else {})


def _value(cell: Cell) -> object:
    number = cell.number
    if number is None:
        return cell.plain
    return int(number) if number == number.to_integral_value() else float(number)


def _width(values: list[object], heading: str) -> int:
    longest = max((len(str(value)) for value in values), default=0)
    return min(60, max(len(heading), longest) + 2)


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
