"""There is no public validator; the properties and their order are those of the standard 3.0."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest

from disclosure.render.passport import STRUCTURED, passports
from disclosure.render.tables import MACHINE_DELIMITER, read_csv
from disclosure.views.datasets import Contact, SupplierData
from disclosure.views.dictionary import meaning
from tests import samples
from tests.render import opendata

STANDARD = [
    *("standardversion", "identifier", "title", "description", "creator", "created", "modified"),
    *("subject", "format", "provenance", "valid"),
    *("publishername", "publisherphone", "publishermbox"),
]
STRUCTURE = f"structure-{STRUCTURED:%Y%m%d}.csv"
COLUMNS = "cb0c7e"


def _example(address: str | None = None) -> SupplierData:
    (data,) = opendata.open_data(samples.example(), address).suppliers
    return data


def _passport(data: SupplierData, name: str = "measures") -> dict[str, str]:
    files = dict(passports(data, opendata.BUILT))
    records = read_csv(files[f"{data.place.path}{name}/meta.csv"], MACHINE_DELIMITER)
    return {record["property"]: record["value"] for record in records}


@pytest.mark.parametrize("name", ["documents", "measures", "statuses", "groups", "indicators"])
def test_each_table_has_a_passport_and_a_structure(name: str) -> None:
    found = _passport(_example(), name)
    version, structure = list(found)[len(STANDARD) :]
    assert list(found)[: len(STANDARD)] == STANDARD
    assert re.fullmatch(r"data-\d{8}-structure-\d{8}\.csv", version)
    assert structure == STRUCTURE


def test_it_says_what_is_known() -> None:
    data = _example("https://primer.example/")
    assert _passport(data) == {
        "standardversion": "http://opendata.gosmonitor.ru/standard/3.0",
        "identifier": "0123456789-measures",
        "title": "Мероприятия программ: АО «Пример»",
        "description": data.description,
        "creator": "Акционерное общество «Пример»",
        "created": "",
        "modified": "",
        "subject": ", ".join((*data.keywords, "Омская область", "Алтайский край")),
        "format": "CSV",
        "provenance": "",
        "valid": "",
        "publishername": "Приёмная",
        "publisherphone": "8-800-000-00-01",
        "publishermbox": "priem@primer.example",
        f"data-20260301-{STRUCTURE}": "https://primer.example/data/measures.csv",
        STRUCTURE: f"https://primer.example/data/measures/{STRUCTURE}",
    }


def test_what_is_not_known_is_not_invented() -> None:
    data = replace(_example(), inn=None, contact=Contact())
    found = _passport(data)
    assert found["identifier"] == "measures"
    assert found[f"data-20260301-{STRUCTURE}"] == "../measures.csv"
    empty = {name for name, value in found.items() if not value}
    assert empty == {
        *("created", "modified", "provenance", "valid"),
        *("publishername", "publisherphone", "publishermbox"),
    }


def test_the_days_of_all_documents_make_those_of_the_data() -> None:
    data = _example()
    days = [date(2024, 2, 1), date(2024, 3, 1), date(2024, 1, 1)]
    told = zip(data.documents, days, strict=True)
    documents = tuple(
        replace(document, published=day, revised=day, change=f"Правка {day.month}")
        for document, day in told
    )
    found = _passport(replace(data, documents=documents))
    assert (found["created"], found["modified"]) == ("20240101", "20240301")
    assert found["provenance"] == "Правка 3"
    assert f"data-20240301-{STRUCTURE}" in found


def test_a_telephone_is_no_formula_and_is_given_back() -> None:
    data = replace(_example(), contact=Contact("Приёмная", "+7 (3812) 00-00-02"))
    files = dict(passports(data, opendata.BUILT))
    assert b"publisherphone,'+7 (3812)" in files["data/measures/meta.csv"]
    assert _passport(data)["publisherphone"] == "+7 (3812) 00-00-02"


def test_the_structure_has_the_columns_of_the_table() -> None:
    data = _example()
    files = dict(passports(data, opendata.BUILT))
    for stack in data.stacks:
        records = read_csv(files[f"data/{stack.name}/{STRUCTURE}"], MACHINE_DELIMITER)
        table = opendata.example().files[f"data/{stack.name}.csv"].decode()
        names = [record["field name"] for record in records]
        assert names == table.splitlines()[0].split(",")
        told = [meaning(stack.name, name) for name in names]
        assert [record["russian description"] for record in records] == [
            said.text for said in told if said
        ]


def test_the_day_of_the_structure_is_renewed_with_the_columns() -> None:
    """If this fails, columns have changed: make STRUCTURED today, and COLUMNS what it should be."""
    columns = [
        (stack.name, column.key, said.type)
        for stack in _example().stacks
        for column in stack.columns
        if (said := meaning(stack.name, column.key))
    ]
    assert hashlib.sha256(repr(columns).encode()).hexdigest()[:6] == COLUMNS
