"""The editions of the invented documents, as they are published."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from disclosure.views.document import say_checksum
from tests.building import Checkout
from tests.site.shown import FORMATS

DOCUMENT = "nebyval/programmes/2025-2026"


@pytest.fixture(scope="module")
def checksums(years: Checkout) -> list[str]:
    """The checksums of the document's editions, by the register."""
    told = json.loads((years.site / "editions.json").read_bytes())["documents"]
    (found,) = [each for each in told if each["path"] == f"{DOCUMENT}/"]
    assert found["sha256"] == found["editions"][-1]["sha256"]
    return [edition["sha256"] for edition in found["editions"]]


def test_the_register_lists_every_document(years: Checkout) -> None:
    told = json.loads((years.site / "editions.json").read_bytes())["documents"]
    files = [
        *years.data.glob("suppliers/*/programmes/*"),
        *years.data.glob("suppliers/*/reports/*"),
    ]
    assert len(told) == len(files)
    assert all((years.site / each["path"] / "index.html").is_file() for each in told)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_tells_the_editions(form: str, years: Checkout, checksums: list[str]) -> None:
    shown = FORMATS[form](years.site / DOCUMENT)
    assert len(set(checksums)) == 3
    for checksum in checksums:
        assert shown.count(say_checksum(checksum), None)


def test_a_page_marks_what_each_revision_changed(years: Checkout, checksums: list[str]) -> None:
    soup = BeautifulSoup((years.site / DOCUMENT / "index.html").read_bytes(), "lxml")
    (link,) = soup.select("section:has(> #changes) .d-leads a")
    assert link["href"] == "editions/"
    page = BeautifulSoup((years.site / DOCUMENT / "editions/index.html").read_bytes(), "lxml")
    sections = page.select("section:has(> [id^=edition-])")
    assert [section.h2["id"] for section in sections if section.h2] == ["edition-2", "edition-1"]
    for section, pair in zip(sections, (checksums[1:], checksums[:2]), strict=True):
        assert all(say_checksum(each) in section.get_text() for each in pair)
        (table,) = section.select("table")
        assert table.select("del")
        assert table.select("ins")
