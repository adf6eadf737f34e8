"""Deadlines, calendars, feeds and redirects as they are published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from disclosure.output import following
from disclosure.site import read_site
from tests.building import YEARS_BUILT, Checkout

ADDRESS = YEARS_BUILT["SITE_URL"]


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_bytes(), "lxml")


@pytest.fixture(scope="module")
def built(years: Checkout) -> Iterator[dict[str, bytes]]:
    """Calendars, feeds and redirects by their paths, as the core makes them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in YEARS_BUILT.items():
            patch.setenv(name, value)
        site = read_site(years.data)
        yield {item.path: item.content for item in following(site)}


def test_they_are_published_byte_by_byte(built: dict[str, bytes], years: Checkout) -> None:
    assert {path.rpartition(".")[2] for path in built} == {"ics", "xml", "html"}
    assert {path: (years.site / path).read_bytes() for path in built} == built


def test_every_link_of_a_calendar_and_of_a_feed_leads_to_its_place(years: Checkout) -> None:
    links = []
    for file in years.site.rglob("*.ics"):
        links += [
            str(event["url"]) for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        ]
    for file in years.site.rglob("feed.xml"):
        links += [str(entry.link) for entry in feedparser.parse(file.read_bytes()).entries]
    assert len(links) > 20
    for link in links:
        path, _, anchor = link.removeprefix(ADDRESS).partition("#")
        page = soup(years.site / path / "index.html")
        assert not anchor or page.find(id=anchor), link


def test_a_supplier_leads_to_its_deadlines_and_they_to_its_calendar_and_feed(
    years: Checkout,
) -> None:
    page, deadlines = (soup(years.site / "vymysel" / p / "index.html") for p in ("", "deadlines"))
    assert [link["href"] for link in page.select(".d-leads a")] == ["deadlines/", "data/"]
    (said,) = deadlines.select("section:has(> #subscribe) .d-prose")
    assert "программ" in said.get_text()
    led = [link["href"] for link in deadlines.select("section:has(> #subscribe) a")]
    assert led == ["../deadlines.ics", "../feed.xml"]


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("vymysel/", "feed.xml"),
        ("vymysel/deadlines/", "../feed.xml"),
        ("vymysel/programmes/2024/", "../../feed.xml"),
        ("", None),
    ],
)
def test_a_page_of_a_supplier_names_its_feed(path: str, feed: str | None, years: Checkout) -> None:
    links = soup(years.site / path / "index.html").select("link[type='application/atom+xml']")
    assert [link["href"] for link in links] == ([feed] if feed else [])


def test_a_superseded_document_says_so_and_the_current_ones_are_marked(years: Checkout) -> None:
    (mark,) = soup(years.site / "vymysel/programmes/2023/index.html").select(".d-superseded")
    assert [link["href"] for link in mark.select("a")] == ["../2025/"]
    assert not soup(years.site / "vymysel/programmes/2025/index.html").select(".d-superseded")
    for path in ("index.html", "vymysel/index.html"):
        marked = soup(years.site / path).select(".d-archive .d-standing")
        assert {"действует,", "последний,"} == {item.get_text() for item in marked}


def test_pages_of_a_renamed_supplier_lead_to_pages(years: Checkout) -> None:
    moved = sorted((years.site / "vydumka").rglob("*.html"))
    assert len(moved) == len(sorted((years.site / "vymysel").rglob("*.html")))
    for file in moved:
        (link,) = soup(file).select("a")
        assert (file.parent / str(link["href"]) / "index.html").is_file()


def test_pages_that_lead_on_are_in_no_list(years: Checkout) -> None:
    named = [path for path, content in years.files().items() if b"vydumka" in content]
    assert [path for path in named if not path.startswith("pagefind/")] == []
    assert b"vymysel/deadlines/" in (years.site / "sitemap.xml").read_bytes()
