"""How much a visit weighs, over the wire."""

from __future__ import annotations

import pytest

from tests.browser.pages import PAGES, every_page
from tests.browser.visit import Visit
from tests.building import Checkout

FIRST = 150_000
NEXT = 60_000
"""Bytes that the first page of a visit and the next one may take: scripts, style, fonts and all."""


@pytest.fixture
def programmes(portal: Checkout) -> list[str]:
    """The programmes' pages, the largest first."""
    paths = [path for path in every_page(portal.site) if "/programmes/" in path]
    return sorted(paths, key=lambda path: -(portal.site / path / "index.html").stat().st_size)


def test_the_largest_programme_and_the_next_page(programmes: list[str], visit: Visit) -> None:
    largest, following, *_ = programmes
    page = visit(largest)
    page.wait_for_load_state("networkidle")
    first = visit.requests(page)
    assert 10_000 < sum(asked.size for asked in first) <= FIRST
    page.goto(following)
    page.wait_for_load_state("networkidle")
    after = visit.requests(page)[len(first) :]
    assert f"/{following}" in {asked.path for asked in after}
    assert sum(asked.size for asked in after) <= NEXT


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_the_index_is_loaded_before_a_search(name: str, visit: Visit) -> None:
    page = visit(PAGES[name])
    page.wait_for_load_state("networkidle")
    assert [asked for asked in visit.requests(page) if "pagefind" in asked.path] == []
