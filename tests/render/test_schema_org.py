"""rdflib knows the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from rdflib import RDF
from rdflib.namespace import SDO

from disclosure.render import FORMATS
from disclosure.render.schema_org import catalogue_markup, document_markup
from disclosure.views.datasets import DocumentData, SupplierData
from tests import samples
from tests.building import Checkout
from tests.render import opendata
from tests.render.linked import is_in, schema_org

ADDRESS = "https://primer.example/"


def _data(address: str | None = ADDRESS) -> SupplierData:
    (data,) = opendata.open_data(samples.example(), address).suppliers
    return data


def _report(data: SupplierData) -> DocumentData:
    document = next(d for d in data.documents if d.id == "report-2024")
    address = data.site and f"{data.site}{document.path}"
    return replace(document, view=replace(document.view, address=address))


def _markups() -> dict[str, dict[str, Any]]:
    data = _data()
    return {"document": document_markup(data, _report(data)), "all": catalogue_markup(data)}


@pytest.mark.parametrize("name", ["document", "all"])
def test_every_term_is_one_of_schema_org(name: str) -> None:
    found = schema_org(_markups()[name])
    terms = {*found.predicates(), *found.objects(predicate=RDF.type)} - {RDF.type}
    assert len(terms) > 8
    assert [term for term in terms if not is_in(SDO, term)] == []


def test_a_document_is_a_data_set_with_a_download_for_each_format() -> None:
    data = _data()
    found = document_markup(data, _report(data))
    assert (found["@type"], found["name"]) == ("Dataset", "Отчёт АО «Пример» за 2024 год")
    assert found["temporalCoverage"] == "2024-01-01/2024-12-31"
    assert found["spatialCoverage"] == ["Омская область", "Алтайский край"]
    assert found["publisher"] == {
        "@type": "Organization",
        "name": "Акционерное общество «Пример»",
        "taxID": "0123456789",
    }
    assert [
        (download["encodingFormat"], download["contentUrl"].removeprefix(f"{ADDRESS}reports/2024/"))
        for download in found["distribution"]
    ] == [(form.media_type, f"primer-report-2024{form.ending}") for form in FORMATS]


def test_what_is_not_known_is_left_out() -> None:
    data = _data(None)
    found = document_markup(data, _report(data))
    assert found["datePublished"] == "2025-01-15"
    assert {"license", "dateModified", "url", "identifier"} & found.keys() == set()
    assert found["distribution"][0]["contentUrl"] == "primer-report-2024.pdf"
    unnamed = replace(data, inn=None, regions=())
    found = document_markup(unnamed, _report(unnamed))
    assert "spatialCoverage" not in found
    assert "taxID" not in found["publisher"]


def test_each_document_page_has_its_markup_in_its_head(example: Checkout) -> None:
    for document in _data(None).documents:
        assert _of_page(example, document.path) == [document_markup(_data(None), document)]
    assert _of_page(example, "data/") == [catalogue_markup(_data(None))]
    assert _of_page(example, "") == []


def _of_page(site: Checkout, path: str) -> list[dict[str, Any]]:
    page = BeautifulSoup((site.site / path / "index.html").read_bytes(), "lxml")
    scripts = page.select('head script[type="application/ld+json"]')
    assert len(scripts) == len(page.select("script:not([src])"))
    return [json.loads(script.get_text()) for script in scripts]


def test_no_text_ends_the_script(example: Checkout) -> None:
    """The example has a title with a tag in it."""
    page = (example.site / "programmes/2025/index.html").read_text(encoding="utf-8")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in script
    assert json.loads(script)["name"] == "Программа <b>АО «Пример»</b> на 2025 год"
