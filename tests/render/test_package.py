"""The validator is frictionless, of the authors of the standard: it reads the tables, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from frictionless import Package, system

from disclosure.render.package import GUARD, data_package
from tests import samples
from tests.render import opendata


@pytest.mark.parametrize("site", [opendata.example, opendata.repository])
def test_the_tables_are_what_the_package_says(
    site: Callable[[], opendata.OpenData], tmp_path: Path
) -> None:
    folder = site().write(tmp_path)
    faults = [fault for data in site().suppliers for fault in _faults(folder / data.place.path)]
    assert site().suppliers
    assert faults == []


def _faults(folder: Path) -> list[list[str]]:
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [list(map(str, fault)) for fault in report.flatten(["type", "fieldName", "message"])]


@pytest.mark.parametrize(
    ("name", "spoil", "fault"),
    [
        ("statuses", lambda text: text.replace("выполнено", "сделано", 1), "constraint-error"),
        ("statuses", lambda text: text.replace("2024-05-15", "15.05.2024"), "type-error"),
        ("statuses", lambda text: text.replace(",survey,", ",servey,"), "foreign-key"),
        ("measures", lambda text: text + text.splitlines()[1] + "\r\n", "primary-key"),
        ("indicators", lambda text: text.replace("95.5", '"95,5"'), "type-error"),
        ("groups", lambda text: text.replace("segment", "who"), "incorrect-label"),
        ("documents", lambda text: text.replace("2025", "2026"), "hash-count"),
    ],
)
def test_the_validator_sees_what_is_amiss(
    name: str, spoil: Callable[[str], str], fault: str, tmp_path: Path
) -> None:
    folder = opendata.example().write(tmp_path) / "data"
    file = folder / f"{name}.csv"
    text = file.read_bytes().decode()
    assert spoil(text) != text
    file.write_bytes(spoil(text).encode())
    assert fault in {found for found, *_ in _faults(folder)}


def test_it_says_how_texts_are_guarded_and_where_the_data_are() -> None:
    (data,) = opendata.open_data(samples.example(), "https://primer.example/").suppliers
    package = json.loads(data_package(data, {}))
    assert package["description"].endswith(GUARD)
    assert package["homepage"] == "https://primer.example/data/"


def test_a_file_that_is_not_at_hand_has_no_size() -> None:
    (data,) = opendata.example().suppliers
    resources = json.loads(data_package(data, {}))["resources"]
    assert [resource for resource in resources if {"bytes", "hash"} & resource.keys()] == []
    assert "homepage" not in json.loads(data_package(data, {}))
