"""The site by keyboard alone: everything is reached, seen when reached, and left again."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from coloraide import Color
from playwright.sync_api import Page, expect

from tests.browser.pages import PAGES, SCHEMES, WIDTHS, YEARS, set_panel, wear
from tests.browser.visit import Visit

STOP = """
() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const x = box.x + Math.min(box.width, innerWidth) / 2;
  const y = box.y + Math.min(box.height, innerHeight) / 2;
  const top = document.elementFromPoint(x, y);
  let ground = element.parentElement;
  const colour = (each) => getComputedStyle(each).backgroundColor;
  while (ground.parentElement && colour(ground) === "rgba(0, 0, 0, 0)") {
    ground = ground.parentElement;
  }
  window.stops ??= new Map();
  if (!window.stops.has(element)) window.stops.set(element, window.stops.size);
  return {
    number: window.stops.get(element),
    html: element.outerHTML.slice(0, 120),
    onScreen: box.width > 0 && box.x >= 0 && box.right <= innerWidth + 1
      && y > 0 && y < innerHeight,
    covered: !top || !(element.contains(top) || top.contains(element)),
    ring: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
    ringColour: style.outlineColor,
    ground: colour(ground),
  };
}
"""

# Each group of radio buttons is one stop: its checked one.
REACHABLE = """
() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex='0']"
)].filter((element) => element.checkVisibility() && !element.disabled
  && (element.type !== "radio" || element.checked)).length
"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is, whether it is seen there, and its ring."""

    html: str
    seen: bool
    ring: float
    contrast: float


def walk(page: Page) -> list[Stop]:
    """Press Tab from the top of the page to its end."""
    return list(_walk(page))


def _walk(page: Page) -> Iterator[Stop]:
    for number in range(1000):
        page.keyboard.press("Tab")
        found = page.evaluate(STOP)
        if found is None or found["number"] < number:
            return
        ring, ground = Color(found["ringColour"]), Color(found["ground"])
        yield Stop(
            found["html"],
            found["onScreen"] and not found["covered"],
            found["ring"],
            ring.contrast(ground, method="wcag21"),
        )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_everything_is_reached_and_seen(name: str, width: int, visit: Visit) -> None:
    _all_is_reached_and_seen(visit(PAGES[name], width=width))


@pytest.mark.parametrize("name", YEARS)
def test_everything_of_the_years_is_reached_and_seen(name: str, visit: Visit) -> None:
    _all_is_reached_and_seen(visit(YEARS[name], site="years", width=320))


def _all_is_reached_and_seen(page: Page) -> None:
    reachable = page.evaluate(REACHABLE)
    stops = walk(page)
    assert len(stops) == reachable
    assert "d-skip" in stops[0].html
    assert stops[1].html.startswith("<summary>")
    assert [stop for stop in stops if not stop.seen] == []
    assert [stop for stop in stops if stop.ring < 3 or stop.contrast < 3] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_ring_stands_out_in_every_scheme(scheme: str, visit: Visit) -> None:
    page = visit("", width=320)
    wear(page, scheme)
    page.click(".d-menu-button")
    page.reload()
    set_panel(page, open=True)
    page.evaluate("document.activeElement.blur()")
    stops = walk(page)
    assert len(stops) > 15
    assert [stop for stop in stops if not stop.seen or stop.ring < 3] == []
    assert [stop for stop in stops if stop.contrast < 3] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_skip_link_skips_to_the_content(name: str, visit: Visit) -> None:
    page = visit(PAGES[name], width=320)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Перейти к содержанию")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


CYRILLIC = """
(key) => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}))
"""


@pytest.mark.parametrize("name", PAGES)
def test_no_single_key_does_anything(name: str, visit: Visit) -> None:
    page = visit(PAGES[name])
    state = "[location.href, scrollY, document.activeElement.tagName, document.body.outerHTML]"
    before = page.evaluate(state)
    for key in string.ascii_letters + string.digits + "/?.,;'[]-=+*#" + "фыва":
        if key.isascii():
            page.keyboard.press(key)
        else:
            page.evaluate(CYRILLIC, key)
    assert page.evaluate(state) == before


# The menu of a narrow page -------------------------------------------------------------------


def test_the_menu_is_a_button_that_unfolds_links(visit: Visit) -> None:
    page = visit("", width=320)
    button = page.get_by_role("button", name="Меню")
    menu = page.get_by_role("navigation", name="Разделы сайта")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()


def test_escape_folds_the_menu_and_returns_the_focus(visit: Visit) -> None:
    page = visit("", width=320)
    button = page.get_by_role("button", name="Меню")
    button.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    expect(page.get_by_role("navigation", name="Разделы сайта")).to_be_hidden()


def test_a_wide_page_shows_its_menu_without_a_button(visit: Visit) -> None:
    page = visit("omskenergosbyt/programmes/2025/")
    expect(page.locator(".d-menu-button")).to_be_hidden()
    menu = page.get_by_role("navigation", name="Разделы сайта")
    here = menu.locator("[aria-current]")
    expect(here).to_have_text(re.compile("ОЭК"))
    assert here.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"


def test_without_javascript_the_menu_is_unfolded(visit: Visit) -> None:
    page = visit("", width=320, js=False)
    expect(page.locator(".d-menu-button")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Разделы сайта")).to_be_visible()


# Targets -------------------------------------------------------------------------------------

SMALL = """
(selectors) => [...document.querySelectorAll(selectors)]
  .filter((element) => element.checkVisibility())
  .filter((element) => element.getBoundingClientRect().height < 44)
  .map((element) => element.outerHTML.slice(0, 100))
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_controls_are_large_enough_for_a_trembling_hand(
    name: str, width: int, visit: Visit
) -> None:
    page = visit(PAGES[name], width=width)
    set_panel(page, open=True)
    if width == 320:
        page.click(".d-menu-button")
    controls = "button, select, input:not([type=radio]), summary, label:has(input), .d-menu a"
    assert page.evaluate(SMALL, controls) == []
