"""What the reader's system and paper ask for: forced colours, contrast, dark, motion, print."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PAGES, YEARS, style, worn
from tests.browser.visit import Visit

REPORT = PAGES["report"]


def test_forced_colours_keep_what_colour_alone_would_say(visit: Visit) -> None:
    page = visit(REPORT, width=320, forced_colors="active")
    for edged in (".d-status", ".d-menu-button", ".d-header", ".d-button"):
        side = "border-top-style"
        assert style(page, edged, side) == "solid", edged
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert style(page, ".d-vision summary", "outline-style") == "solid"
    assert (
        page.locator(".d-status")
        .first.evaluate("tag => getComputedStyle(tag, '::before').content")
        .startswith('"✓')
    )


def test_forced_colours_keep_changed_words_and_bars(visit: Visit) -> None:
    page = visit(YEARS["comparison"], site="years", forced_colors="active")
    assert style(page, "main del", "text-decoration-line") == "line-through"
    assert style(page, "main ins", "text-decoration-line") == "underline"
    page = visit(YEARS["results"], site="years", forced_colors="active")
    assert style(page, ".d-bar svg", "fill") == style(page, "body", "color")
    assert style(page, ".d-bar svg", "fill") != style(page, "body", "background-color")


def test_more_contrast_is_black_and_white(visit: Visit) -> None:
    page = visit(REPORT, contrast="more")
    for selector in ("h1", ".d-muted, .d-crumbs li", "main a", ".d-status"):
        assert style(page, selector, "color") == "rgb(0, 0, 0)", selector
    assert style(page, ".d-header", "background-color") == "rgb(255, 255, 255)"


def test_a_dark_system_gets_a_dark_page(visit: Visit) -> None:
    page = visit(REPORT, color_scheme="dark")
    assert style(page, "body", "background-color") == "rgb(20, 22, 26)"
    assert style(page, "html", "color-scheme") == "dark"


def test_a_scheme_the_reader_chose_is_stronger_than_the_system(visit: Visit) -> None:
    init = worn(scheme="navy-on-sky")
    page = visit(REPORT, color_scheme="dark", contrast="more", init=init)
    assert style(page, "body", "background-color") == "rgb(157, 209, 255)"
    assert style(page, "h1", "color") == "rgb(6, 52, 98)"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_who_wants_no_motion(name: str, visit: Visit) -> None:
    page = visit(PAGES[name], reduced_motion="reduce")
    moving = """
    () => [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.transitionDuration !== "0s" || style.animationName !== "none"
        || style.scrollBehavior !== "auto";
    }).map((element) => element.outerHTML.slice(0, 100))
    """
    assert page.evaluate(moving) == []


def test_print_is_the_content_in_black_on_white(visit: Visit) -> None:
    init = worn(scheme="green-on-brown", size="200")
    page = visit(REPORT, color_scheme="dark", init=init)
    page.emulate_media(media="print")
    for control in (".d-vision", ".d-menu", ".d-skip", ".d-downloads"):
        expect(page.locator(control)).to_be_hidden()
    assert style(page, "body", "background-color") == "rgb(255, 255, 255)"
    assert style(page, "h1", "color") == "rgb(26, 28, 32)"
    assert style(page, "html", "font-size") == "16px"
