"""No page breaks a rule of axe: WCAG 2.0 to 2.2 at A, AA and AAA, best practice, experiments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.browser.pages import PAGES, SCHEMES, WIDTHS, YEARS, every_page, set_panel, wear
from tests.browser.visit import Visit
from tests.building import DEMONSTRATION, Checkout

# Under the CSP axe cannot read the style sheets; that pages keep to it test_network.py sees.
FOR_AXE: Final[Any] = {"bypass_csp": True, "reduced_motion": "reduce"}
SUPPLIERS = tuple(sorted(folder.name for folder in (DEMONSTRATION / "suppliers").iterdir()))

FAULTS = """
document.querySelector("article").insertAdjacentHTML("beforeend", `
  <style>@media (orientation: portrait) { html { transform: rotate(90deg) } }</style>
  <img src="/assets/images/favicon.png"><a href="/"></a><h5>Рано</h5>
  <p style="color: #666; background: #fff">Бледно</p>
  <button style="width: 9px; height: 9px; padding: 0" aria-label="да"></button>
  <button style="width: 9px; height: 9px; padding: 0" aria-label="нет"></button>
`)
"""


def test_axe_finds_planted_faults_of_each_kind(visit: Visit) -> None:
    page = visit("about/", **FOR_AXE)
    page.evaluate(FAULTS)
    assert {fault.partition(":")[0] for fault in axe(page)} >= {
        "image-alt",  # A
        "link-name",
        "target-size",  # AA
        "color-contrast-enhanced",  # AAA
        "heading-order",  # best practice
        "css-orientation-lock",  # experimental
    }
    assert axe(page, ".d-footer") == []


@pytest.mark.parametrize("supplier", SUPPLIERS)
def test_each_page_of_a_supplier(supplier: str, portal: Checkout, visit: Visit) -> None:
    paths = [path for path in every_page(portal.site) if path.startswith(f"{supplier}/")]
    assert len(paths) > 1
    assert _faults(paths, visit) == []


def test_each_other_page(portal: Checkout, visit: Visit) -> None:
    paths = [path for path in every_page(portal.site) if not path.startswith(SUPPLIERS)]
    assert {"", "about/", "404.html"} <= set(paths)
    assert _faults(paths, visit) == []


def test_each_page_of_the_example(example: Checkout, visit: Visit) -> None:
    assert _faults(every_page(example.site), visit, site="example") == []


def test_each_page_of_the_years(years: Checkout, visit: Visit) -> None:
    paths = every_page(years.site)
    assert {*YEARS.values()} <= {*paths}
    assert _faults(paths, visit, site="years") == []


def _faults(paths: Sequence[str], visit: Visit, **options: Any) -> list[str]:
    """Return the faults of pages as they come, a line each."""
    page = visit(**FOR_AXE, **options)
    faults = []
    for path in paths:
        page.goto(path or "/")
        faults += [f"{path}: {fault}" for fault in axe(page)]
    return faults


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_each_type_of_page_in_each_scheme(name: str, width: int, visit: Visit) -> None:
    page = visit(PAGES[name], width=width, **FOR_AXE)
    faults = {look: axe(page) for look in _looks(page)}
    assert len(faults) == 14
    assert {look: found for look, found in faults.items() if found} == {}


@pytest.mark.parametrize("name", ["results", "comparison", "deadlines"])
def test_what_the_years_show_in_each_scheme(name: str, visit: Visit) -> None:
    page = visit(YEARS[name], site="years", width=320, **FOR_AXE)
    faults = {look: axe(page) for look in _looks(page) if "panel" not in look}
    assert len(faults) == 7
    assert {look: found for look, found in faults.items() if found} == {}


def _looks(page: Page) -> Iterator[str]:
    """Yield each look while the page wears it, with the panel open and closed."""
    for scheme in SCHEMES:
        wear(page, scheme)
        yield f"{scheme}, panel open"
        set_panel(page, open=False)
        yield scheme
    page.emulate_media(color_scheme="dark")
    wear(page, "usual")
    yield "dark, panel open"
    set_panel(page, open=False)
    yield "dark"
