"""What the open data of a supplier must hold, and what they hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from disclosure.render import FORMATS
from disclosure.render.tables import MACHINE_DELIMITER
from disclosure.verify.files import (
    fields,
    noted,
    plain,
    read_document,
    read_table,
    said,
    told_json,
    told_table,
)
from disclosure.verify.node import Grid, Piece
from disclosure.views.datasets import DocumentData, Stack, SupplierData
from disclosure.views.table import EMPTY, Row, Table


def told_stack(stack: Stack) -> list[Piece]:
    """Tell a table of all documents, by the keys of its columns."""
    *keys, notes = (column.key for column in stack.columns)
    rows = [_row(part, row, keys) for part in stack.parts for row in part.rows]
    return [Grid("", (*keys, notes), tuple(rows))]


def _row(part: Table, row: Row, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the cells of a row; those of columns that its part lacks are no part of it."""
    known = {column.key for column in part.columns}
    cells = (said(row[key] if key in known else EMPTY, dates=True) for key in keys)
    return (*cells, noted(part, row))


def read_stack(content: bytes) -> list[Piece]:
    """Read a table of all documents."""
    text = io.StringIO(content.decode(), newline="")
    heads, *rows = csv.reader(text, delimiter=MACHINE_DELIMITER)
    return [Grid("", tuple(heads), tuple(tuple(map(plain, row)) for row in rows))]


# All in one ----------------------------------------------------------------------------------


def told_supplier(data: SupplierData) -> list[Piece]:
    """Tell all of a supplier: what it is, its contacts, each of its documents."""
    supplier = data.supplier
    about = {
        "id": supplier.slug,
        "name": supplier.name,
        "full_name": supplier.full_name,
        "inn": data.inn,
        "regions": list(data.regions),
        "demo": supplier.demo,
        "facts": [{key: row[key].plain for key in ("name", "value")} for row in data.facts],
    }
    contacts = told_table(data.contacts) if data.contacts else ()
    documents = (piece for document in data.documents for piece in _told_document(document))
    return [*fields(about), *contacts, *documents]


def _told_document(document: DocumentData) -> Iterator[Piece]:
    view = document.view
    files = [
        {
            "name": form.name,
            "path": f"{document.path}{view.file_stem}{form.ending}",
            "media_type": form.media_type,
        }
        for form in FORMATS
    ]
    about = {
        "id": document.id,
        "address": view.address,
        "published": document.published,
        "modified": document.modified,
        "files": files,
    }
    yield from fields(about, document.id)
    yield from told_json(view)


def read_supplier(content: bytes) -> list[Piece]:
    """Read all of a supplier."""
    about = json.loads(content)
    contacts, documents = about.pop("contacts"), about.pop("documents")
    tables = read_table(contacts) if contacts else ()
    told = (piece for document in documents for piece in _read_document(document))
    return [*fields(about), *tables, *told]


def _read_document(document: dict[str, Any]) -> Iterator[Piece]:
    own = ("id", "address", "published", "modified", "files")
    name = f"{document['kind']}-{document['period']}"
    yield from fields({key: document.pop(key) for key in own if key in document}, name)
    yield from read_document(document)
