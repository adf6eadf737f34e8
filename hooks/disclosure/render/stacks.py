"""The tables of all documents of a supplier, each stacked into one CSV, and all in one JSON."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from disclosure.render import FORMATS
from disclosure.render.tables import (
    MACHINE_DELIMITER,
    Value,
    guarded,
    json_document,
    json_table,
    notes_of,
    typed,
    write_json,
)
from disclosure.views.datasets import DocumentData, Stack, SupplierData
from disclosure.views.dictionary import NOTES
from disclosure.views.table import Cell, Table


def render_stack(data: SupplierData, name: str) -> bytes:
    """Return a table of all documents as CSV: UTF-8, commas, machine names, days as ISO 8601.

    No text is a formula: see `tables.guarded`.
    """
    stack = next(stack for stack in data.stacks if stack.name == name)
    return stacked(stack).to_csv(index=False, sep=MACHINE_DELIMITER, lineterminator="\r\n").encode()


def stacked(stack: Stack) -> pd.DataFrame:
    """Return the rows of all parts, by the keys of their columns."""
    columns = [column.key for column in stack.columns]
    frames = [_frame(part).reindex(columns=columns) for part in stack.parts]
    return pd.concat(frames, ignore_index=True)


def _frame(part: Table) -> pd.DataFrame:
    keys = [column.key for column in part.columns]
    records = [
        {key: _value(row[key]) for key in keys} | {NOTES.key: guarded(notes_of(part, row))}
        for row in part.rows
    ]
    return pd.DataFrame(records, columns=[*keys, NOTES.key], dtype=object)


def _value(cell: Cell) -> Value:
    found = typed(cell)
    return guarded(found) if isinstance(found, str) else found


# The formats name these.
render_documents = partial(render_stack, name="documents")
render_measures = partial(render_stack, name="measures")
render_statuses = partial(render_stack, name="statuses")
render_groups = partial(render_stack, name="groups")
render_indicators = partial(render_stack, name="indicators")


def render_supplier(data: SupplierData) -> bytes:
    """Return all that is known of a supplier and all of its documents as one JSON."""
    supplier = data.supplier
    known = {
        "id": supplier.slug,
        "name": supplier.name,
        "full_name": supplier.full_name,
        "inn": data.inn,
        "regions": list(data.regions),
        "demo": supplier.demo,
        "facts": [{key: row[key].plain for key in ("name", "value")} for row in data.facts],
        "contacts": json_table(data.contacts) if data.contacts else None,
        "documents": [_document(document) for document in data.documents],
    }
    return write_json(known)


def _document(document: DocumentData) -> dict[str, Any]:
    view = document.view
    days = {"published": document.published, "modified": document.modified}
    return {
        "id": document.id,
        **json_document(view),
        "address": view.address,
        **{name: day and day.isoformat() for name, day in days.items()},
        "files": [
            {
                "name": form.name,
                "path": f"{view.place.path}{view.file_stem}{form.ending}",
                "media_type": form.media_type,
            }
            for form in FORMATS
        ],
    }
