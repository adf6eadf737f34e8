"""A browser, and visits to the built sites that end well only if nothing went wrong meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.visit import Visit


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this worker."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a page: visit("about/", width=320); what goes wrong meanwhile fails the test."""
    visit = Visit(browser, request)
    yield visit
    visit.end()
