from __future__ import annotations

from dataclasses import replace

from disclosure.views.datasets import SupplierData
from disclosure.views.document import Facts, SectionView
from disclosure.views.opendata import data_pages, with_sizes
from disclosure.views.page import PageView
from disclosure.views.table import Table
from tests.render import opendata


def _example() -> SupplierData:
    (data,) = opendata.example().suppliers
    return data


def data_page(data: SupplierData) -> PageView:
    return next(data_pages(data))


def _section(page: PageView, anchor: str) -> SectionView:
    return next(section for section in page.sections if section.anchor == anchor)


def _files(page: PageView) -> Table:
    (table,) = _section(page, "files").blocks
    assert isinstance(table, Table)
    return table


def test_every_file_is_offered_and_its_size_is_told_when_it_is_known() -> None:
    page = data_page(_example())
    assert [column.key for column in _files(page).columns] == ["file", "about", "size"]
    sizes = {path: f"{len(content)} Б" for path, content in opendata.example().files.items()}
    rows = _files(with_sizes(page, sizes)).rows
    told = {row["file"].links[0].address: row["size"].text for row in rows}
    files = opendata.example().files
    assert told.pop("../catalog.jsonld") == f"{len(files['catalog.jsonld'])} Б"
    ours = {path for path in files if path.startswith("data/") and "/structure-" not in path}
    assert told == {path.removeprefix("data/"): f"{len(files[path])} Б" for path in ours}


def test_a_size_that_is_not_known_yet_leaves_no_column() -> None:
    page = with_sizes(data_page(_example()), {})
    assert [column.key for column in _files(page).columns] == ["file", "about"]


def test_the_catalogue_of_a_portal_lies_above_its_suppliers() -> None:
    data = next(iter(opendata.repository().suppliers))
    addresses = {row["file"].links[0].address for row in _files(data_page(data)).rows}
    assert "../../catalog.jsonld" in addresses


def test_every_column_of_every_table_is_explained() -> None:
    data = _example()
    _, dictionary = data_pages(data)
    for told, stack in zip(dictionary.sections, data.stacks, strict=True):
        (table,) = told.blocks
        assert isinstance(table, Table)
        assert [row["name"].text for row in table.rows] == [c.key for c in stack.columns]
        assert all(row["meaning"].text and row["type"].text for row in table.rows)


def test_what_is_unknown_is_said_to_be() -> None:
    data = replace(_example(), inn=None)
    _, facts = _section(data_page(data), "passport").blocks
    assert isinstance(facts, Facts)
    told = {row["name"].text: row["value"].text for row in facts.rows}
    assert told["ИНН"] == "неизвестен, поэтому в имени набора данных его нет"
    assert told["Последнее изменение"] == told["Данные верны до"] == "неизвестно"
    assert told["Электронная почта"] == "priem@primer.example"
