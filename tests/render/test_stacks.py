from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from disclosure.render import DATA_FORMATS, FORMATS
from disclosure.render.stacks import render_measures, render_supplier, stacked
from disclosure.render.tables import MACHINE_DELIMITER, read_csv, render_json
from disclosure.views.datasets import SupplierData
from tests.render import opendata

CSV = [form.ending for form in DATA_FORMATS if form.suffix == "csv"]


def _example() -> SupplierData:
    (data,) = opendata.example().suppliers
    return data


def _records(name: str) -> list[dict[str, str]]:
    return read_csv(opendata.example().files[f"data/{name}.csv"], MACHINE_DELIMITER)


@pytest.mark.parametrize("name", [*CSV, "supplier.json"])
def test_a_whole_supplier(name: str, assert_golden: Callable[[str, bytes], None]) -> None:
    assert_golden(f"data/{name}", opendata.example().files[f"data/{name}"])


@pytest.mark.parametrize("form", DATA_FORMATS, ids=lambda form: form.ending)
def test_the_same_data_give_the_same_bytes(form: object) -> None:
    chosen = next(known for known in DATA_FORMATS if known is form)
    assert chosen.render(_example()) == chosen.render(replace(_example()))


def test_there_is_a_file_for_each_table_that_has_rows() -> None:
    repository = opendata.repository()
    files = {path for path in repository.files if path.endswith("/data/indicators.csv")}
    assert files == {"yantarenergosbyt/data/indicators.csv"}


def test_each_row_names_its_document() -> None:
    documents = [record["id"] for record in _records("documents")]
    assert documents == ["programme-2024", "programme-2025", "report-2024"]
    for name in ("measures", "statuses", "groups", "indicators"):
        assert {record["document"] for record in _records(name)} <= set(documents)


def test_every_measure_and_every_answer_is_there_once() -> None:
    measures = [(record["document"], record["id"]) for record in _records("measures")]
    promised = [
        (document.id, row["id"].text)
        for document in _example().documents
        for table in document.view.tables
        for row in table.rows
        if table.key == "measures" and row.anchor
    ]
    answers = [(record["document"], record["id"]) for record in _records("statuses")]
    assert measures + answers == promised
    assert {programme for programme, _ in measures} == {"programme-2024", "programme-2025"}


def test_columns_have_machine_names_and_days_are_iso_8601() -> None:
    (found,) = (record for record in _records("statuses") if record["id"] == "redesign")
    assert (found["status"], found["date"], found["late"]) == ("выполнено", "2024-05-15", "45")
    assert found["notes"] == "Дата факта: Сделано позже срока."


def test_a_text_is_no_formula() -> None:
    data = _example()
    first, *others = data.documents
    view = replace(first.view, title="=1+1")
    spoilt = replace(data, documents=(replace(first, view=view), *others))
    content = next(f for f in DATA_FORMATS if f.ending == "documents.csv").render(spoilt)
    assert b",'=1+1," in content
    assert read_csv(content, MACHINE_DELIMITER)[0]["title"] == "=1+1"


def test_columns_that_a_part_lacks_are_empty() -> None:
    groups = next(stack for stack in _example().stacks if stack.name == "groups")
    first = groups.parts[0]
    wider = replace(first, columns=(*first.columns, replace(first.columns[0], key="extra")))
    frame = stacked(replace(groups, parts=(first, wider)))
    assert len(frame) == 2 * len(first.rows)
    assert list(frame.columns)[-2:] == ["extra", "notes"]
    assert frame["extra"][: len(first.rows)].isna().all()


def test_one_file_holds_all_documents_and_where_their_files_lie() -> None:
    found = json.loads(render_supplier(_example()))
    for document, told in zip(_example().documents, found["documents"], strict=True):
        whole = json.loads(render_json(document.view))
        assert {key: told[key] for key in whole} == whole
        assert len({file["path"] for file in told["files"]}) == len(FORMATS)
    assert {path for told in found["documents"] for path in _paths(told)} <= set(
        opendata.example().files
    )
    assert [fact["value"] for fact in found["facts"] if fact["name"] == "ИНН"] == ["0123456789"]


def _paths(told: dict[str, list[dict[str, str]]]) -> list[str]:
    return [file["path"] for file in told["files"]]


def test_lines_end_as_rfc_4180_has_it() -> None:
    content = render_measures(_example())
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
