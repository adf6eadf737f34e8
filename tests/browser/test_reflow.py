"""Nothing runs out of the page: at 320 px, enlarged, with wider spacing, panel and menu open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.pages import PAGES, YEARS, set_panel, worn
from tests.browser.visit import Visit

# WCAG 2.2, 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16 times the font size.
SPACING = """
* { line-height: 1.5 !important }
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
ENLARGED = worn(size="200", letters="widest")

# Elements that end beyond the right edge or hide a part of their text; scroll regions may.
OUTSIDE = """
() => {
  const allowed = (element) => element.closest(".d-scroll, .d-hidden, .d-skip, .d-fit thead");
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && !allowed(element))
    .filter((element) => {
      const cut = getComputedStyle(element).overflowX !== "visible"
        && element.scrollWidth > element.clientWidth + 1;
      return cut || element.getBoundingClientRect().right > innerWidth + 1;
    })
    .map((element) => element.outerHTML.slice(0, 100));
}
"""
VIEWS: dict[str, dict[str, Any]] = {
    "320": {"width": 320},
    "400 %": {"width": 320, "height": 256, "device_scale_factor": 4},
    "320, text 200 %": {"width": 320, "init": ENLARGED},
    "768, text 200 %": {"width": 768, "init": ENLARGED},
    "1280, text 200 %": {"width": 1280, "init": ENLARGED},
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(name: str, view: str, visit: Visit) -> None:
    page = visit(PAGES[name], **VIEWS[view])
    set_panel(page, open=True)
    if page.locator(".d-menu-button").is_visible():
        page.click(".d-menu-button")
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("view", ["320", "320, text 200 %"])
@pytest.mark.parametrize("name", YEARS)
def test_no_page_of_the_years_scrolls_sideways(name: str, view: str, visit: Visit) -> None:
    page = visit(YEARS[name], site="years", **VIEWS[view])
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["100", "200"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_under_wider_spacing(name: str, size: str, visit: Visit) -> None:
    page = visit(PAGES[name], width=320, bypass_csp=True, init=worn(size=size))
    page.add_style_tag(content=SPACING)
    set_panel(page, open=True)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_something_too_wide_is_noticed(visit: Visit) -> None:
    page = visit("", width=320, bypass_csp=True)
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert len(page.evaluate(OUTSIDE)) == 1
    assert not page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# Words stand in elements of their own size; what only holds elements may be measured otherwise.
SMALL = """
() => [...document.body.querySelectorAll("*")]
  .filter((element) => element.checkVisibility() && [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()
  ))
  .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16)
  .map((element) => element.outerHTML.slice(0, 100))
"""


@pytest.mark.parametrize("name", PAGES)
def test_text_is_never_smaller_than_16_px(name: str, visit: Visit) -> None:
    for width in (320, 1280):
        page = visit(PAGES[name], width=width)
        set_panel(page, open=True)
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("name", ["results", "comparison", "deadlines", "data"])
def test_text_of_the_years_is_never_smaller_than_16_px(name: str, visit: Visit) -> None:
    for width in (320, 1280):
        assert visit(YEARS[name], site="years", width=width).evaluate(SMALL) == []
