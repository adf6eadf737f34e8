"""What the open data of a supplier must hold and what describes them, and what they hold."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from disclosure.render import DATA_FORMATS, FORMATS
from disclosure.render.tables import MACHINE_DELIMITER, unguarded
from disclosure.verify.files import (
    fields,
    noted,
    read_document,
    read_table,
    said,
    text_of,
    told_json,
    told_table,
)
from disclosure.verify.node import Grid, Piece
from disclosure.views.datasets import DocumentData, Stack, SupplierData
from disclosure.views.dictionary import meaning
from disclosure.views.table import EMPTY, Row, Table

Files = Mapping[str, bytes]

_RESOURCES: Final = ("имя", "название", "файл", "размер", "сумма", "столбцы")
_DISTRIBUTIONS: Final = ("набор", "название", "файл", "размер", "сумма")
_STRUCTURE: Final = ("столбец", "что значит")
_PASSPORT: Final = ("title", "description", "creator", "created", "modified", "publishername")


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
    heads, *rows = _csv(content)
    return [Grid("", heads, tuple(tuple(map(unguarded, row)) for row in rows))]


def _csv(content: bytes) -> list[tuple[str, ...]]:
    text = io.StringIO(content.decode(), newline="")
    return [tuple(row) for row in csv.reader(text, delimiter=MACHINE_DELIMITER)]


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


# What describes the files --------------------------------------------------------------------


def told_package(data: SupplierData, files: Files) -> list[Piece]:
    """Tell the Data Package: each table with the size and the checksum that its file has."""
    rows = [
        (
            *(stack.name, stack.title, f"{stack.name}.csv"),
            *_measured(files.get(f"{data.place.path}{stack.name}.csv", b"")),
            ", ".join(column.key for column in stack.columns),
        )
        for stack in data.stacks
    ]
    return [Grid(data.title, _RESOURCES, tuple(rows))]


def read_package(content: bytes) -> list[Piece]:
    """Read a Data Package."""
    package = json.loads(content)
    rows = [
        (
            *(found["name"], found["title"], found["path"]),
            *(text_of(found["bytes"]), found["hash"].removeprefix("sha256:")),
            ", ".join(field["name"] for field in found["schema"]["fields"]),
        )
        for found in package["resources"]
    ]
    return [Grid(package["title"], _RESOURCES, tuple(rows))]


def told_catalogue(suppliers: Iterable[SupplierData], files: Files) -> list[Piece]:
    """Tell the catalogue: each file of each data set with its size and checksum."""
    rows: list[tuple[str, ...]] = []
    for data in suppliers:
        forms = [form for form in DATA_FORMATS if data.has(form.ending)]
        stems = [("Таблицы всех документов", data.place.path, forms)]
        stems += [
            (document.view.title, f"{document.path}{document.view.file_stem}", [*FORMATS])
            for document in data.documents
        ]
        for title, stem, offered in stems:
            for form in offered:
                path = f"{stem}{form.ending}"
                rows.append((title, form.name, data.at(path), *_measured(files.get(path, b""))))
    return [Grid("", _DISTRIBUTIONS, tuple(rows))]


def read_catalogue(content: bytes) -> list[Piece]:
    """Read a catalogue."""
    rows = [
        (
            *(_value(node["dct:title"]), _value(found["dct:title"])),
            found["dcat:downloadURL"]["@id"],
            _value(found["dcat:byteSize"]),
            _value(found["spdx:checksum"]["spdx:checksumValue"]),
        )
        for node in json.loads(content)["@graph"]
        for found in node.get("dcat:distribution", ())
    ]
    return [Grid("", _DISTRIBUTIONS, tuple(rows))]


def _value(found: Mapping[str, str]) -> str:
    return found["@value"]


def _measured(content: bytes) -> tuple[str, str]:
    return str(len(content)), hashlib.sha256(content).hexdigest()


def told_passport(data: SupplierData, stack: Stack) -> list[Piece]:
    """Tell the passport of a table: what is said of it in the words of the data."""
    days = [f"{day:%Y%m%d}" if day else "" for day in (data.published, data.modified)]
    title = f"{stack.title}: {data.supplier.name}"
    known = (title, data.description, data.supplier.full_name, *days, data.contact.name)
    return [*fields(dict(zip(_PASSPORT, known, strict=True)))]


def read_passport(content: bytes) -> list[Piece]:
    """Read the passport of a table."""
    known = {name: unguarded(value) for name, value in _csv(content)}
    return [*fields({name: known.get(name, "") for name in _PASSPORT})]


def told_structure(stack: Stack) -> list[Piece]:
    """Tell what the columns of a table mean."""
    rows = [
        (column.key, found.text if (found := meaning(stack.name, column.key)) else column.title)
        for column in stack.columns
    ]
    return [Grid("", _STRUCTURE, tuple(rows))]


def read_structure(content: bytes) -> list[Piece]:
    """Read what the columns of a table mean."""
    _, *rows = _csv(content)
    return [Grid("", _STRUCTURE, tuple((row[0], unguarded(row[2])) for row in rows))]
