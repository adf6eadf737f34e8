"""The passports of the data sets of a supplier, as Russian bodies write them: meta.csv.

http://opendata.gosmonitor.ru/standard/3.0
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from disclosure.render.tables import MACHINE_DELIMITER, guarded, write_csv
from disclosure.views.datasets import Stack, SupplierData
from disclosure.views.dictionary import Meaning, Type, meaning
from disclosure.views.table import Column

STRUCTURED: Final = date(2026, 11, 21)
"""The day on which the columns of the tables were last changed; a test tells when they are."""

_STANDARD: Final = "http://opendata.gosmonitor.ru/standard/3.0"
_STRUCTURE: Final = ("field name", "english description", "russian description", "format")
_FORMATS: Final = {Type.TEXT: "string", Type.NUMBER: "decimal", Type.YEAR: "gYear"}
"""The types of XML Schema, where they are not called as those of Table Schema are."""


def passports(data: SupplierData, built: date) -> Iterator[tuple[str, bytes]]:
    """Yield the passport and the structure of each table, by their paths below the site's root.

    What is not known is left empty. A version whose day is not known has that of the build.
    """
    for stack in data.stacks:
        folder = f"{data.place.path}{stack.name}/"
        yield f"{folder}meta.csv", _passport(data, stack, folder, built)
        yield f"{folder}{_structure_name()}", _structure(stack)


def _passport(data: SupplierData, stack: Stack, folder: str, built: date) -> bytes:
    contact, supplier = data.contact, data.supplier
    version = f"data-{_day(data.modified or built)}-{_structure_name()}"
    site = data.site
    values = {
        "standardversion": _STANDARD,
        "identifier": f"{data.inn}-{stack.name}" if data.inn else stack.name,
        "title": f"{stack.title}: {supplier.name}",
        "description": data.description,
        "creator": supplier.full_name,
        "created": _day(data.published),
        "modified": _day(data.modified),
        "subject": ", ".join((*data.keywords, *data.regions)),
        "format": "CSV",
        "provenance": _last_change(data),
        "valid": "",
        "publishername": contact.name,
        "publisherphone": contact.phone,
        "publishermbox": contact.email,
        version: data.at(f"{data.place.path}{stack.name}.csv") if site else f"../{stack.name}.csv",
        _structure_name(): data.at(f"{folder}{_structure_name()}") if site else _structure_name(),
    }
    records = [{"property": name, "value": guarded(value)} for name, value in values.items()]
    return write_csv(("property", "value"), records, MACHINE_DELIMITER).encode()


def _structure_name() -> str:
    return f"structure-{_day(STRUCTURED)}.csv"


def _structure(stack: Stack) -> bytes:
    records = [_described(stack, column) for column in stack.columns]
    return write_csv(_STRUCTURE, records, MACHINE_DELIMITER).encode()


def _described(stack: Stack, column: Column) -> dict[str, str]:
    said = meaning(stack.name, column.key) or Meaning(column.title)
    told = (
        column.key,
        column.key.replace("_", " "),
        said.text,
        _FORMATS.get(said.type, said.type.value),
    )
    return dict(zip(_STRUCTURE, told, strict=True))


def _last_change(data: SupplierData) -> str:
    """Say what the last change of the data was, where a revision says it."""
    latest = (d for d in data.documents if d.revised and d.revised == data.modified)
    return next((document.change for document in latest if document.change), "")


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
