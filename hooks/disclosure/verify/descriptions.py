"""What describes the open data to programs must say of them, and what it says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from disclosure.render import DATA_FORMATS, FORMATS
from disclosure.render.package import GUARD
from disclosure.render.passport import STRUCTURED
from disclosure.render.tables import MACHINE_DELIMITER
from disclosure.verify.files import fields, plain, text_of
from disclosure.verify.node import Grid, Line, Piece
from disclosure.views.datasets import DocumentData, Stack, SupplierData
from disclosure.views.dictionary import Meaning, Type, meaning
from disclosure.views.table import Column

Files = Mapping[str, bytes]
Node = dict[str, Any]

_RESOURCES: Final = ("имя", "название", "файл", "размер", "сумма", "ключ", "ссылается")
_COLUMNS: Final = ("имя", "название", "тип", "что значит", "значения", "обязателен")
_DATASETS: Final = (
    *("набор", "название", "описание", "издатель", "издан", "изменён", "с", "по"),
    *("страница", "контакт", "места"),
)
_DISTRIBUTIONS: Final = ("набор", "название", "файл", "вид", "размер", "сумма")
_STRUCTURE: Final = ("столбец", "что значит", "тип")
_XML_TYPES: Final = {Type.TEXT: "string", Type.NUMBER: "decimal", Type.YEAR: "gYear"}
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def _measured(content: bytes) -> tuple[str, str]:
    return str(len(content)), hashlib.sha256(content).hexdigest()


def _meaning(stack: Stack, column: Column) -> Meaning:
    return meaning(stack.name, column.key) or Meaning("")


# Data Package --------------------------------------------------------------------------------


def told_package(data: SupplierData, files: Files) -> list[Piece]:
    """Tell the Data Package: what it is, its tables as their files are, what their columns mean."""
    about = {
        "name": data.supplier.slug,
        "title": data.title,
        "description": f"{data.description} {GUARD}",
        "keywords": list(data.keywords),
        "contributors": [{"title": data.supplier.full_name, "roles": ["publisher"]}],
        **({"homepage": data.at(data.place.path)} if data.site else {}),
    }
    rows = [
        (
            *(stack.name, stack.title, f"{stack.name}.csv"),
            *_measured(files.get(f"{data.place.path}{stack.name}.csv", b"")),
            ", ".join(stack.key),
            "; ".join(_reference(r.columns, r.table, r.named) for r in stack.refers),
        )
        for stack in data.stacks
    ]
    return [*fields(about), Grid("", _RESOURCES, tuple(rows)), *map(_told_columns, data.stacks)]


def _told_columns(stack: Stack) -> Grid:
    said = [(column, _meaning(stack, column)) for column in stack.columns]
    rows = [
        (
            *(column.key, column.title, meant.type.value, meant.text, "; ".join(meant.values)),
            "да" if column.key in stack.key else "",
        )
        for column, meant in said
    ]
    return Grid(stack.title, _COLUMNS, tuple(rows))


def _reference(columns: Iterable[str], table: str, named: Iterable[str]) -> str:
    return f"{', '.join(columns)} → {table}: {', '.join(named)}"


def read_package(content: bytes) -> list[Piece]:
    """Read a Data Package."""
    package = json.loads(content)
    resources = package.pop("resources")
    package.pop("$schema")
    rows = [
        (
            *(found["name"], found["title"], found["path"]),
            *(text_of(found["bytes"]), found["hash"].removeprefix("sha256:")),
            ", ".join(found["schema"].get("primaryKey", [])),
            "; ".join(_read_references(found)),
        )
        for found in resources
    ]
    columns = map(_read_columns, resources)
    return [*fields(package), Grid("", _RESOURCES, tuple(rows)), *columns]


def _read_references(resource: Node) -> Iterator[str]:
    for key in resource["schema"].get("foreignKeys", []):
        to = key["reference"]
        yield _reference(key["fields"], to["resource"] or resource["name"], to["fields"])


def _read_columns(resource: Node) -> Grid:
    found = [(field, field.get("constraints", {})) for field in resource["schema"]["fields"]]
    rows = [
        (
            *(field["name"], field["title"], field["type"], field["description"]),
            *("; ".join(bound.get("enum", [])), "да" if bound.get("required") else ""),
        )
        for field, bound in found
    ]
    return Grid(resource["title"], _COLUMNS, tuple(rows))


# DCAT ----------------------------------------------------------------------------------------


def told_catalogue(suppliers: Iterable[SupplierData], files: Files) -> list[Piece]:
    """Tell the catalogue: what each data set is, then each file of it as it is."""
    known = [*suppliers]
    series = [_told_dataset(data, None, f"{data.at(data.place.path)}#series") for data in known]
    sets: list[tuple[str, ...]] = []
    distributions: list[tuple[str, ...]] = []
    for data in known:
        for document in (None, *data.documents):
            path = document.path if document else data.place.path
            sets.append(_told_dataset(data, document, f"{data.at(path)}#dataset", path))
            distributions += _told_distributions(data, document, files)
    rows = (*series, *sets)
    listed = [Line("набор в каталоге", row[0]) for row in rows]
    return [*listed, Grid("", _DATASETS, rows), Grid("", _DISTRIBUTIONS, (*distributions,))]


def _told_dataset(
    data: SupplierData, document: DocumentData | None, name: str, path: str | None = None
) -> tuple[str, ...]:
    """Return what is told of a document, else of the tables of all, else of the whole series."""
    about = document or data
    first, last = document.years if document else data.period
    return (
        *(name, _title(data, document, path)),
        data.description_of(document) if document else data.description,
        *(data.supplier.full_name, text_of(about.published), text_of(about.modified)),
        *(f"{first}-01-01", f"{last}-12-31", "" if path is None else data.at(path)),
        *(data.contact.email, ", ".join(data.regions)),
    )


def _title(data: SupplierData, document: DocumentData | None, path: str | None) -> str:
    tables = f"Таблицы всех документов: {data.supplier.name}"
    return document.view.title if document else data.title if path is None else tables


def _told_distributions(
    data: SupplierData, document: DocumentData | None, files: Files
) -> Iterator[tuple[str, ...]]:
    stem = f"{document.path}{document.view.file_stem}" if document else data.place.path
    offered = FORMATS if document else [f for f in DATA_FORMATS if data.has(f.ending)]
    for form in offered:
        path = f"{stem}{form.ending}"
        measured = _measured(files.get(path, b""))
        title = _title(data, document, stem)
        yield title, form.name, data.at(path), f"{_MEDIA}{form.media_type}", *measured


def read_catalogue(content: bytes) -> list[Piece]:
    """Read a catalogue."""
    whole, *nodes = json.loads(content)["@graph"]
    listed = [Line("набор в каталоге", found["@id"]) for found in whole["dcat:dataset"]]
    distributions = [
        _read_distribution(node, found)
        for node in nodes
        for found in node.get("dcat:distribution", ())
    ]
    rows = tuple(map(_read_dataset, nodes))
    return [*listed, Grid("", _DATASETS, rows), Grid("", _DISTRIBUTIONS, (*distributions,))]


def _read_dataset(node: Node) -> tuple[str, ...]:
    period, contact = node["dct:temporal"], node.get("dcat:contactPoint", {})
    days = (_value(node, name) for name in ("dct:issued", "dct:modified"))
    years = (_value(period, name) for name in ("dcat:startDate", "dcat:endDate"))
    return (
        *(node["@id"], _value(node, "dct:title"), _value(node, "dct:description")),
        *(_value(node["dct:publisher"], "foaf:name"), *days, *years),
        node.get("dcat:landingPage", {}).get("@id", ""),
        contact.get("vcard:hasEmail", {}).get("@id", "").removeprefix("mailto:"),
        ", ".join(_value(place, "skos:prefLabel") for place in node.get("dct:spatial", [])),
    )


def _read_distribution(node: Node, found: Node) -> tuple[str, ...]:
    addresses = dict.fromkeys(found[name]["@id"] for name in ("dcat:downloadURL", "dcat:accessURL"))
    return (
        *(_value(node, "dct:title"), _value(found, "dct:title"), " и ".join(addresses)),
        *(found["dcat:mediaType"]["@id"], _value(found, "dcat:byteSize")),
        _value(found["spdx:checksum"], "spdx:checksumValue"),
    )


def _value(node: Node, name: str) -> str:
    return str(node.get(name, {}).get("@value", ""))


# Passports -----------------------------------------------------------------------------------


def told_passport(data: SupplierData, stack: Stack, built: date) -> list[Piece]:
    """Tell the passport of a table; a version whose day is not known has that of the build."""
    published, modified = (
        f"{day:%Y%m%d}" if day else "" for day in (data.published, data.modified)
    )
    structure, path = f"structure-{STRUCTURED:%Y%m%d}.csv", f"{data.place.path}{stack.name}"
    changes = [d.change for d in data.documents if d.revised and d.revised == data.modified]
    known = {
        "property": "value",
        "standardversion": "http://opendata.gosmonitor.ru/standard/3.0",
        "identifier": "-".join(filter(None, [data.inn, stack.name])),
        "title": f"{stack.title}: {data.supplier.name}",
        "description": data.description,
        "creator": data.supplier.full_name,
        "created": published,
        "modified": modified,
        "subject": ", ".join([*data.keywords, *data.regions]),
        "format": "CSV",
        "provenance": next(filter(None, changes), ""),
        "valid": "",
        "publishername": data.contact.name,
        "publisherphone": data.contact.phone,
        "publishermbox": data.contact.email,
        f"data-{modified or f'{built:%Y%m%d}'}-{structure}": (
            data.at(f"{path}.csv") if data.site else f"../{stack.name}.csv"
        ),
        structure: data.at(f"{path}/{structure}") if data.site else structure,
    }
    return [*fields(known)]


def read_passport(content: bytes) -> list[Piece]:
    """Read the passport of a table."""
    return [*fields({name: plain(value) for name, value in _csv(content)})]


def told_structure(stack: Stack) -> list[Piece]:
    """Tell what the columns of a table mean, and their types as XML Schema calls them."""
    meant = [(column.key, _meaning(stack, column)) for column in stack.columns]
    rows = [(key, said.text, _XML_TYPES.get(said.type, said.type.value)) for key, said in meant]
    return [Grid("", _STRUCTURE, tuple(rows))]


def read_structure(content: bytes) -> list[Piece]:
    """Read what the columns of a table mean."""
    _, *rows = _csv(content)
    found = [(name, plain(meant), form) for name, _, meant, form in rows]
    return [Grid("", _STRUCTURE, tuple(found))]


def _csv(content: bytes) -> list[tuple[str, ...]]:
    text = io.StringIO(content.decode(), newline="")
    return [tuple(row) for row in csv.reader(text, delimiter=MACHINE_DELIMITER)]


# schema.org ----------------------------------------------------------------------------------

SCHEMA: Final = "schema.org"
"""How what a page says to search engines is called where it differs."""


def told_markup(data: SupplierData, document: DocumentData) -> list[Piece]:
    """Tell what the page of a document says to search engines."""
    view, (first, last) = document.view, document.years
    files = [
        {
            "@type": "DataDownload",
            "name": form.name,
            "encodingFormat": form.media_type,
            "contentUrl": f"{view.address or ''}{view.file_stem}{form.ending}",
        }
        for form in FORMATS
    ]
    known = {
        **_told_thing(data, "Dataset", view.title, data.description_of(document)),
        "keywords": list(data.keywords),
        "temporalCoverage": f"{first}-01-01/{last}-12-31",
        "spatialCoverage": list(data.regions),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": data.title},
        "distribution": files,
        "url": view.address,
        "identifier": view.code,
        "datePublished": document.published,
        "dateModified": document.modified,
        "version": view.checksum,
    }
    return [*fields({name: value for name, value in known.items() if value}, SCHEMA)]


def told_catalogue_markup(data: SupplierData) -> list[Piece]:
    """Tell what the page of a supplier's open data says to search engines."""
    documents = [
        {
            "@type": "Dataset",
            "name": document.view.title,
            "description": data.description_of(document),
            **({"url": document.view.address} if document.view.address else {}),
        }
        for document in data.documents
    ]
    about = _told_thing(data, "DataCatalog", data.title, data.description)
    return [*fields({**about, "dataset": documents}, SCHEMA)]


def _told_thing(data: SupplierData, kind: str, name: str, description: str) -> Node:
    taxed = {"taxID": data.inn} if data.inn else {}
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "name": name,
        "description": description,
        "inLanguage": "ru",
        "publisher": {"@type": "Organization", "name": data.supplier.full_name, **taxed},
    }
