"""Addresses that suppliers and documents had lead to those they have now, by any browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe import axe
from tests.browser.visit import Visit


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("vydumka/", "/vymysel/"),
        ("vydumka/reports/2024/", "/vymysel/reports/2024/"),
        ("nebyval/programmes/2025/", "/nebyval/programmes/2025-2026/"),
    ],
)
def test_a_former_address_leads_on(former: str, present: str, js: bool, visit: Visit) -> None:
    page = visit(former, site="years", js=js)
    page.wait_for_url(f"**{present}")
    expect(page.locator("h1")).to_be_visible()


def _stay(route: Route) -> None:
    page = route.fetch()
    route.fulfill(response=page, body=page.text().replace("http-equiv", "data-equiv"))


def test_who_is_not_led_on_finds_a_link(visit: Visit) -> None:
    page = visit("about/", site="years", width=320, bypass_csp=True)
    page.route("**/vydumka/", _stay)
    page.goto("/vydumka/")
    expect(page.get_by_role("main").get_by_role("link")).to_have_attribute("href", "../vymysel/")
    assert axe(page) == []
