"""The data of a supplier as a Data Package (datapackage.org): what each table and column is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from disclosure.render.tables import MACHINE_DELIMITER, write_json
from disclosure.views.datasets import Reference, Stack, SupplierData
from disclosure.views.dictionary import Meaning, Type, meaning
from disclosure.views.table import Column

PACKAGE: Final = "datapackage.json"

GUARD: Final = (
    "Текст, который начинается со знака = + - @, стоит в CSV после апострофа, чтобы программы"
    " таблиц не приняли его за формулу. Читая файл программой, уберите этот апостроф."
)

_PROFILES: Final = "https://datapackage.org/profiles/2.0"


def data_package(data: SupplierData, files: Mapping[str, bytes]) -> bytes:
    """Return datapackage.json; `files` are those at hand, by their paths below the site's root."""
    package: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": data.supplier.slug,
        "title": data.title,
        "description": f"{data.description} {GUARD}",
        "keywords": list(data.keywords),
        "contributors": [{"title": data.supplier.full_name, "roles": ["publisher"]}],
        "resources": [_resource(data, stack, files) for stack in data.stacks],
    }
    if data.site:
        package["homepage"] = data.at(data.place.path)
    return write_json(package)


def _resource(data: SupplierData, stack: Stack, files: Mapping[str, bytes]) -> dict[str, Any]:
    name = f"{stack.name}.csv"
    content = files.get(f"{data.place.path}{name}")
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": stack.name,
        "type": "table",
        "title": stack.title,
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({} if content is None else _measured(content)),
        "dialect": {
            "$schema": f"{_PROFILES}/tabledialect.json",
            "delimiter": MACHINE_DELIMITER,
            "lineTerminator": "\r\n",
        },
        "schema": _schema(stack),
    }


def _measured(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _schema(stack: Stack) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(stack, column) for column in stack.columns],
        "missingValues": [""],
    }
    if stack.key:
        schema["primaryKey"] = list(stack.key)
    if stack.refers:
        schema["foreignKeys"] = [_foreign(stack, reference) for reference in stack.refers]
    return schema


def _field(stack: Stack, column: Column) -> dict[str, Any]:
    said = meaning(stack.name, column.key) or Meaning("", Type.TEXT)
    constraints: dict[str, Any] = {"required": True} if column.key in stack.key else {}
    if said.values:
        constraints["enum"] = list(said.values)
    return {
        "name": column.key,
        "type": said.type.value,
        "title": column.title,
        "description": said.text,
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign(stack: Stack, reference: Reference) -> dict[str, Any]:
    named = "" if reference.table == stack.name else reference.table
    return {
        "fields": list(reference.columns),
        "reference": {"resource": named, "fields": list(reference.named)},
    }
