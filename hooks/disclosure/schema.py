"""JSON Schemas of the files editors write, for programs that complete and check as they type."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from disclosure.model import (
    Duties,
    Entity,
    LegalActs,
    Programme,
    Redirects,
    Report,
    Supplier,
    Vocabulary,
)

FOLDER: Final = Path(__file__).parent / "schemas"
_FILES: Final[dict[str, type[Entity]]] = {
    "acts.json": LegalActs,
    "channels.json": Vocabulary,
    "duties.json": Duties,
    "programme.json": Programme,
    "redirects.json": Redirects,
    "report.json": Report,
    "supplier.json": Supplier,
}


@cache
def schemas() -> dict[str, str]:
    """Return the text of each schema by its file's name (JSON Schema 2020-12)."""
    return {name: _text(entity) for name, entity in _FILES.items()}


def write_schemas(folder: Path = FOLDER) -> None:
    """Write the schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(entity: type[Entity]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= _plain(entity.model_json_schema(mode="validation"))
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _plain(node: Any) -> Any:
    """Let every text be a bare number or word too: here each scalar is the text as written.

    What pydantic adds goes: titles made of names, and null for what may be left out.
    """
    if isinstance(node, list):
        return [_plain(item) for item in node if item != _NULL]
    if not isinstance(node, dict):
        return node
    plain = {key: _plain(value) for key, value in node.items() if not _added(key, value)}
    if len(plain.get("anyOf", ())) == 1:
        plain = plain.pop("anyOf")[0] | plain
    if plain.get("type") == "string" and "enum" not in plain:
        plain["type"] = ["string", "number", "boolean"]
    return plain


_NULL: Final = {"type": "null"}


def _added(key: str, value: Any) -> bool:
    english = key == "description" and isinstance(value, str) and value.isascii()
    return (
        english or (key == "title" and isinstance(value, str)) or (key, value) == ("default", None)
    )
