"""The index of the search: what it holds, where its passages lead, and nothing besides."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from disclosure.artifact import Artifact
from disclosure.render import RenderError
from disclosure.render.page import document_page, supplier_page
from disclosure.render.record import document_record, supplier_record
from disclosure.search import search_index
from disclosure.site import Site, read_site
from tests.building import DEMONSTRATION
from tests.samples import EXAMPLE, document, table

SIGNATURE = b"pagefind_dcd"


@dataclass(frozen=True)
class Page:
    """A page, what the search reads of it, and what the index says of it."""

    html: BeautifulSoup
    record: Artifact
    fragment: dict[str, Any]


@cache
def pages(data: Path) -> dict[str, Page]:
    """Every page of a site that can be searched, by its address."""
    site = read_site(data)
    htmls = _htmls(site)
    records = {path: Artifact(f"{path}index.html", text) for path, text in _records(site).items()}
    found = fragments(*records.values())
    assert found.keys() == htmls.keys()
    return {path: Page(htmls[path], records[path], found[path]) for path in htmls}


def _htmls(site: Site) -> dict[str, BeautifulSoup]:
    texts = {view.path: supplier_page(view, portal=site.portal) for view in site.suppliers}
    for view in site.documents:
        texts[view.place.path] = document_page(view, (), portal=site.portal)
    return {path: BeautifulSoup(text, "lxml") for path, text in texts.items()}


def _records(site: Site) -> dict[str, bytes]:
    texts = {view.path: supplier_record(view) for view in site.suppliers}
    texts |= {view.place.path: document_record(view) for view in site.documents}
    return {path: text.encode() for path, text in texts.items()}


def fragments(*records: Artifact) -> dict[str, dict[str, Any]]:
    """Return what the index of some records holds of each page, by its address."""
    found = [
        json.loads(gzip.decompress(file.content).removeprefix(SIGNATURE))
        for file in search_index(records)
        if file.path.startswith("pagefind/fragment/")
    ]
    return {fragment["url"].removeprefix("/"): fragment for fragment in found}


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w.:/@-]*\w", text))


both = pytest.mark.parametrize("data", [DEMONSTRATION, EXAMPLE], ids=["portal", "example"])


@both
def test_each_passage_leads_to_its_place_on_the_page(data: Path) -> None:
    for path, page in pages(data).items():
        anchors = [anchor["id"] for anchor in page.fragment["anchors"]]
        assert anchors, path
        assert [anchor for anchor in anchors if not page.html.find(id=anchor)] == [], path


@both
def test_each_measure_is_a_passage_that_begins_with_its_number_and_text(data: Path) -> None:
    for path, page in pages(data).items():
        passages = {anchor["id"]: anchor["text"] for anchor in page.fragment["anchors"]}
        for row in page.html.select("tr[id^=m-]"):
            header, number = row.select_one("th"), row.select_one(".d-col-number")
            assert header, path
            begin = str(next(header.stripped_strings))
            said = f"{number.get_text(strip=True)} {begin}" if number else begin
            assert passages[str(row["id"])].split() == re.sub(r"№(?=\w)", "№ ", said).split(), path


NOT_SEARCHED = (
    *("nav", "form", "thead", ".d-permalink", ".d-note > b", ".d-demo"),
    *("[aria-labelledby=downloads]", "[aria-labelledby=approval] :is(dt, a)"),
    *(
        "p.d-lede",
        "ul.d-cards",
        "[aria-labelledby=archive]",
        "[aria-labelledby=contacts] > p",
        "[aria-labelledby=indicators] > p",
    ),
    *(".d-table--deviations tbody", ".d-table--effects tbody"),  # measures, found in their places
    *("ul.d-leads", "[aria-labelledby=further]", ".d-superseded"),
)
"""The dress of a page: names of columns, ways to other places, what all pages say."""


@both
def test_all_that_a_page_says_can_be_found(data: Path) -> None:
    for path, page in pages(data).items():
        (shown,) = BeautifulSoup(str(page.html), "lxml").select(".d-page")
        for dress in shown.select(", ".join(NOT_SEARCHED)):
            dress.extract()
        said = words(re.sub(r"№(?=\w)", "№ ", shown.get_text(" ")))
        assert len(said) > 10, path
        assert said - words(page.fragment["content"]) == set(), path


def test_a_page_is_known_by_its_supplier_and_its_name() -> None:
    page = pages(DEMONSTRATION)["yantarenergosbyt/reports/2025/"]
    assert page.fragment["meta"] == {
        "supplier": "АО «Янтарьэнергосбыт»",
        "slug": "yantarenergosbyt",
        "page": "Отчёт, 2025 год",
        "title": "Отчёт о выполнении Программы мероприятий, направленных на повышение качества"
        " обслуживания потребителей, за 2025 год",
    }


def test_html_in_data_is_text_to_the_search() -> None:
    view = document(table('<script>alert("&amp;")</script> <mark>'))
    fragment = fragments(Artifact("index.html", document_record(view).encode()))[""]
    assert '<script>alert("&amp;")</script> <mark>' in fragment["content"]


def test_a_number_is_a_word_of_its_own() -> None:
    view = document(table("Приложение №2 к приказу"))
    fragment = fragments(Artifact("index.html", document_record(view).encode()))[""]
    assert "Приложение № 2 к приказу" in fragment["content"]


def test_nothing_is_published_but_what_a_search_asks_for() -> None:
    record = pages(EXAMPLE)["programmes/2024/"].record
    files = {re.sub(r"[0-9a-f]{7,}", "*", file.path) for file in search_index([record])}
    assert files == {
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
        "pagefind/pagefind.ru_*.pf_meta",
        "pagefind/wasm.ru.pagefind",
        "pagefind/index/ru_*.pf_index",
        "pagefind/fragment/ru_*.pf_fragment",
    }


def test_the_same_records_make_the_same_bytes_in_any_order() -> None:
    records = [page.record for page in pages(DEMONSTRATION).values()]
    assert list(search_index(records)) == list(search_index(reversed(records)))


def test_settings_of_the_environment_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    record = pages(EXAMPLE)["programmes/2024/"].record
    before = list(search_index([record]))
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    assert list(search_index([record])) == before


def test_a_failure_of_pagefind_is_told() -> None:
    with pytest.raises(RenderError, match=r"Указатель поиска не построен.*not able to build"):
        list(search_index([]))
