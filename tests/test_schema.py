from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from disclosure.schema import FOLDER, schemas, write_schemas

TESTS = Path(__file__).parent
GOOD = TESTS / "cases" / "good" / "data"
KEPT = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.json"))}
FOLDERS = [TESTS.parent / "data", GOOD, TESTS / "example", TESTS / "years"]
FILES = [file for folder in FOLDERS for file in sorted(folder.rglob("*.yml"))]


def schema_of(file: Path) -> str:
    """Name the schema an editor takes for a file (.vscode/settings.json says the same)."""
    kinds = {"programmes": "programme", "reports": "report"}
    return f"{kinds.get(file.parent.name, file.stem)}.json"


def loaded(text: str) -> Any:
    """Read YAML as editors do: numbers stay numbers; keys are words, as JSON has no others."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(text))


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(KEPT[name]))


def errors(name: str, text: str) -> list[str]:
    found = validator(name).iter_errors(loaded(text))
    return [f"{error.json_path}: {error.message}" for error in found]


def test_schemas_kept_are_current() -> None:
    assert schemas() == KEPT, "run `make schema`"


@pytest.mark.parametrize("name", KEPT)
def test_schema_is_json_schema(name: str) -> None:
    schema = json.loads(KEPT[name])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TESTS.parent)))
def test_good_file_is_valid(file: Path) -> None:
    assert errors(schema_of(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("supplier.json", "{}"),
        ("supplier.json", "name: a\ncolor: '#000000'\n"),
        ("supplier.json", "name: a\ncolour: red\n"),
        ("supplier.json", "name: [a]\n"),
        ("supplier.json", "name: a\ncity:\n"),
        ("supplier.json", "name: a\ndemo: maybe\n"),
        ("supplier.json", "name: a\nregions: b\n"),
        ("supplier.json", "name: a\ncontacts:\n  - name: b\n    segment: B2G\n"),
        ("programme.json", "title: a\n"),
        ("programme.json", "title: a\nplan:\n  items:\n    - id: Б\n      text: c\n"),
        ("programme.json", "title: a\nplan:\n  items:\n    - id: b\n      txt: c\n"),
        ("programme.json", "title: a\nplan:\n  items:\n    - id: b\n      deadline: {c: d}\n"),
        ("programme.json", "title: a\nplan:\n  items: []\nsections:\n  - title: [b]\n"),
        ("report.json", "title: a\nprogramme: 2024\nmeasures: []\n"),
        ("report.json", "title: a\nprogramme: 2024\nmeasures:\n  - id: b\n    status: сделано\n"),
        ("channels.json", "service_types:\n  - id: a\n"),
        ("acts.json", "acts:\n  - act: a\n    date: 2012-05-04\n    number: 1\n    title: b\n"),
    ],
)
def test_bad_file_is_not_valid(name: str, text: str) -> None:
    assert errors(name, text)


def test_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new" / "folder")
    written = {file.name: file.read_text("utf-8") for file in (tmp_path / "new").rglob("*")
               if file.is_file()}  # fmt: skip
    assert written == schemas()
