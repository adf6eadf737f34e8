"""What pages ask of the network: one host, nothing missing, under the content security policy."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import PAGES, every_page
from tests.browser.visit import Visit
from tests.building import Checkout

FAULTS = {
    "Content Security Policy": "fetch('http://example.org/')",
    "inline style": "document.body.setAttribute('style', 'color: red')",
    "inline event handler": "document.body.setAttribute('onclick', '1'); document.body.click()",
    "request to another host": "new Image().src = 'http://example.org/image.png'",
    "status of 404": "fetch('/missing.json')",
    "^warning: careful": "console.warn('careful')",
    "^uncaught: .*late": "setTimeout(() => { throw new Error('late') })",
}


@pytest.mark.parametrize("complaint", FAULTS)
def test_a_visit_notices_what_goes_wrong(
    complaint: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    visit = Visit(browser, request)
    visit("about/").evaluate(f"() => {{ {FAULTS[complaint]} }}")
    visit.expect(complaint)
    with suppress(pytest.fail.Exception):  # a fault may be told of in more than one way
        visit.end()


def test_a_visit_fails_by_what_went_wrong(browser: Browser, request: pytest.FixtureRequest) -> None:
    visit = Visit(browser, request)
    visit("about/").evaluate("console.warn('careful')")
    with pytest.raises(pytest.fail.Exception, match="warning: careful"):
        visit.end()


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize("site", ["portal", "example", "years"])
def test_each_page_gets_all_it_asks_for(
    site: str, js: bool, request: pytest.FixtureRequest, visit: Visit
) -> None:
    built: Checkout = request.getfixturevalue(site)
    page = visit(site=built.site, js=js)
    for path in every_page(built.site):
        page.goto(path or "/")
    found = {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}
    assert [asked for asked in visit.requests(page) if asked.status not in found] == []


def test_a_missing_page_is_shown_whole_at_any_depth(visit: Visit) -> None:
    page = visit(PAGES["missing"])
    asked, *assets = visit.requests(page)
    assert asked.status == HTTPStatus.NOT_FOUND
    assert {asset.status for asset in assets} == {HTTPStatus.OK}
