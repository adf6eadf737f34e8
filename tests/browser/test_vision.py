"""«Версия для слабовидящих»: what its settings do, how long they last, what it says."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import SCHEMES, YEARS, style, wear
from tests.browser.visit import Visit

PROGRAMME = "yantarenergosbyt/programmes/2026/"

# The values of shared practice: setting, what it is measured on, the property, the value.
SETTINGS = [
    ("size-125", "html", "font-size", "25px"),
    ("size-150", "html", "font-size", "30px"),
    ("size-200", "html", "font-size", "40px"),
    ("size-100", "html", "font-size", "20px"),
    ("scheme-black-on-white", "h1", "color", "rgb(0, 0, 0)"),
    ("scheme-black-on-white", "body", "background-color", "rgb(255, 255, 255)"),
    ("scheme-white-on-black", "h1", "color", "rgb(255, 255, 255)"),
    ("scheme-white-on-black", "body", "background-color", "rgb(0, 0, 0)"),
    ("scheme-navy-on-sky", "h1", "color", "rgb(6, 52, 98)"),
    ("scheme-navy-on-sky", "body", "background-color", "rgb(157, 209, 255)"),
    ("scheme-brown-on-beige", "h1", "color", "rgb(77, 75, 67)"),
    ("scheme-brown-on-beige", "body", "background-color", "rgb(247, 243, 214)"),
    ("scheme-green-on-brown", "h1", "color", "rgb(169, 228, 77)"),
    ("scheme-green-on-brown", "body", "background-color", "rgb(59, 39, 22)"),
    ("letters-usual", "main", "letter-spacing", "normal"),
    ("letters-wider", "main", "letter-spacing", "1.08px"),
    ("letters-widest", "main", "letter-spacing", "2.16px"),
    ("letters-widest", "main", "word-spacing", "2.88px"),
    ("lines-usual", "main", "line-height", "27px"),
    ("lines-wider", "main", "line-height", "36px"),
    ("lines-widest", "main", "line-height", "45px"),
    ("face-sans", "h1", "font-family", "system-ui"),
    ("face-serif", "h1", "font-family", '"PT Serif"'),
    ("images-grey", ".d-vision svg", "filter", "grayscale(1)"),
]


def _open_panel(page: Page) -> None:
    page.locator(".d-vision summary").click()


def _choose(page: Page, *settings: str) -> None:
    for setting in settings:
        page.locator(f"#{setting}").check()


def _said(page: Page) -> str:
    return page.locator(".d-vision [role=status]").inner_text()


# What the settings do ------------------------------------------------------------------------


def test_each_setting_does_what_it_says(visit: Visit) -> None:
    page = visit(PROGRAMME)
    _open_panel(page)
    for setting, selector, name, value in SETTINGS:
        _choose(page, setting)
        assert style(page, selector, name).startswith(value), setting


def test_each_setting_does_the_same_without_javascript(visit: Visit) -> None:
    page = visit(PROGRAMME, js=False)
    _open_panel(page)
    for setting, selector, name, value in SETTINGS:
        _choose(page, setting)
        assert style(page, selector, name).startswith(value), setting
    page.get_by_role("button", name="Сбросить настройки").click()
    assert style(page, "html", "font-size") == "20px"
    expect(page.get_by_text("Без JavaScript настройки действуют")).to_be_visible()


def test_the_panel_is_in_the_flow_and_covers_nothing(visit: Visit) -> None:
    page = visit(PROGRAMME, width=320)
    _open_panel(page)
    panel = page.locator(".d-vision").bounding_box()
    header = page.locator(".d-header").bounding_box()
    assert panel
    assert header
    assert header["y"] >= panel["y"] + panel["height"]
    assert style(page, ".d-vision", "position") == "static"


def test_the_panel_is_opened_in_words_by_a_large_target(visit: Visit) -> None:
    page = visit(PROGRAMME, width=320)
    trigger = page.locator(".d-vision summary")
    assert trigger.inner_text().strip() == "Версия для слабовидящих"
    box = trigger.bounding_box()
    assert box
    assert box["height"] >= 44


def test_every_group_of_settings_has_a_legend_and_every_setting_a_label(visit: Visit) -> None:
    page = visit(PROGRAMME)
    _open_panel(page)
    names = page.locator(".d-vision fieldset legend").all_inner_texts()
    assert names == [
        "Размер шрифта",
        "Цвета сайта",
        "Изображения",
        "Расстояние между буквами",
        "Расстояние между строками",
        "Шрифт",
    ]
    radios = page.locator(".d-vision input")
    assert radios.count() == 4 + 6 + 3 + 3 + 3 + 2
    labels = radios.evaluate_all("radios => radios.map(r => r.labels[0].textContent.trim())")
    assert "" not in labels
    assert len(set(labels[4:10])) == 6


def test_each_scheme_is_offered_in_its_own_colours(visit: Visit) -> None:
    page = visit(PROGRAMME)
    _open_panel(page)
    for setting, selector, name, value in SETTINGS:
        if setting.startswith("scheme-"):
            label = f'label[for="{setting}"]'
            assert style(page, label, name) == value, (setting, selector)
            radio = style(page, f"#{setting}", "border-top-color")
            assert radio == style(page, label, "color"), setting


# What it says --------------------------------------------------------------------------------


def test_what_is_folded_away_has_the_colours_of_the_scheme_too(visit: Visit) -> None:
    """Material has an ink of its own for it, and axe does not tell that it is black on black."""
    page = visit(YEARS["released"], site="years", reduced_motion="reduce")
    page.click(".d-sum summary")
    for scheme in SCHEMES:
        wear(page, scheme)
        assert style(page, ".d-sum code", "color") == style(page, "body", "color"), scheme


def test_each_change_is_announced(visit: Visit) -> None:
    page = visit(PROGRAMME)
    _open_panel(page)
    _choose(page, "size-150")
    assert _said(page) == "Размер шрифта: 150 %."
    _choose(page, "scheme-navy-on-sky")
    assert _said(page) == "Цвета сайта: Тёмно-синим по голубому."
    page.get_by_role("button", name="Сбросить настройки").click()
    expect(page.locator(".d-vision [role=status]")).to_have_text("Настройки сброшены.")
    assert style(page, "html", "font-size") == "20px"


def test_the_usual_version_is_one_press_away(visit: Visit) -> None:
    page = visit(PROGRAMME)
    _open_panel(page)
    _choose(page, "size-200", "scheme-white-on-black")
    page.get_by_role("button", name="Обычная версия").click()
    expect(page.locator(".d-vision [role=status]")).to_have_text("Включена обычная версия.")
    assert page.locator(".d-vision details").get_attribute("open") is None
    expect(page.locator(".d-vision summary")).to_be_focused()
    assert style(page, "html", "font-size") == "20px"
    page.reload()
    assert style(page, "h1", "color") != "rgb(255, 255, 255)"


# How long settings last ----------------------------------------------------------------------

FIRST_LOOK = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.firstLook = getComputedStyle(document.documentElement).fontSize;
  observer.disconnect();
}).observe(document, {childList: true, subtree: true});
"""


def test_settings_survive_navigation_and_reload_without_a_flash(visit: Visit) -> None:
    page = visit(PROGRAMME, init=FIRST_LOOK)
    assert page.evaluate("firstLook") == "20px"
    _open_panel(page)
    _choose(page, "size-200", "scheme-green-on-brown", "lines-wider")
    for go in (page.reload, page.locator(".d-crumbs a").first.click):
        go()
        assert page.evaluate("firstLook") == "40px"
        assert style(page, "body", "background-color") == "rgb(59, 39, 22)"
        _open_panel(page)
        expect(page.locator("#scheme-green-on-brown")).to_be_checked()
        expect(page.locator("#size-200")).to_be_checked()


def test_settings_reach_other_tabs(visit: Visit) -> None:
    page = visit(PROGRAMME)
    other = page.context.new_page()
    other.goto(page.url)
    _open_panel(page)
    _choose(page, "size-150")
    expect(other.locator("html")).to_have_css("font-size", "30px")
    expect(other.locator("#size-150")).to_be_checked()


def test_a_page_that_was_kept_whole_wears_the_latest_settings(visit: Visit) -> None:
    page = visit(PROGRAMME)
    page.evaluate("""
      localStorage.setItem("disclosure-look", '{"size": "150"}');
      dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
    """)
    assert style(page, "html", "font-size") == "30px"
    expect(page.locator("#size-150")).to_be_checked()


def test_with_storage_blocked_the_settings_hold_for_the_page(visit: Visit) -> None:
    page = visit(PROGRAMME, storage=False)
    _open_panel(page)
    _choose(page, "size-150")
    assert style(page, "html", "font-size") == "30px"
    assert _said(page).startswith("Размер шрифта: 150 %. Браузер не хранит настройки")


# The address of the low-vision version -------------------------------------------------------


@pytest.mark.parametrize("js", [True, False])
def test_an_address_opens_the_site_large_and_black_on_white(visit: Visit, js: bool) -> None:
    page = visit("#low-vision", js=js)
    assert style(page, "html", "font-size") == "30px"
    assert style(page, "h1", "color") == "rgb(0, 0, 0)"
    assert style(page, ".d-header", "background-color") == "rgb(255, 255, 255)"


def test_the_large_version_goes_on_from_page_to_page(visit: Visit) -> None:
    page = visit("#low-vision")
    expect(page.locator("#size-150")).to_be_checked()
    assert _said(page) == "Включены крупный шрифт и чёрное на белом."
    page.get_by_role("link", name=re.compile("Саратовэнерго")).first.click()
    assert style(page, "html", "font-size") == "30px"
    assert page.url.endswith("saratovenergo/")


def test_the_address_leaves_settings_a_reader_made(visit: Visit) -> None:
    page = visit("")
    _open_panel(page)
    _choose(page, "size-200", "scheme-white-on-black")
    page.goto("about:blank")
    page.goto("/#low-vision")
    assert style(page, "html", "font-size") == "40px"
    assert style(page, "h1", "color") == "rgb(255, 255, 255)"


def test_the_address_works_again_after_the_usual_version(visit: Visit) -> None:
    page = visit("#low-vision")
    page.get_by_role("button", name="Обычная версия").click()
    expect(page.locator("html")).to_have_css("font-size", "20px")
    page.reload()
    assert style(page, "html", "font-size") == "20px"
    page.goto("about:blank")
    page.goto("/#low-vision")
    assert style(page, "html", "font-size") == "30px"


def test_the_address_adds_to_what_a_reader_chose(visit: Visit) -> None:
    page = visit("")
    _open_panel(page)
    _choose(page, "letters-wider")
    page.goto("about:blank")
    page.goto("/accessibility/")
    page.get_by_role("link", name="версия для слабовидящих").click()
    assert style(page, "html", "font-size") == "30px"
    assert page.get_attribute("html", "data-letters") == "wider"


def test_what_others_keep_in_the_storage_breaks_nothing(visit: Visit) -> None:
    for found in ("5", "{", '{"a-b": 1, "size": "200"}'):
        init = (
            f"location.protocol === 'http:' && localStorage.setItem('disclosure-look', '{found}')"
        )
        page = visit(PROGRAMME, init=init)
        assert style(page, "html", "font-size") == ("40px" if "size" in found else "20px")


def test_without_javascript_the_large_version_can_be_changed_and_left(visit: Visit) -> None:
    page = visit("#low-vision", js=False)
    _choose(page, "scheme-white-on-black", "size-200")
    assert style(page, "body", "background-color") == "rgb(0, 0, 0)"
    assert style(page, "html", "font-size") == "40px"
    page.get_by_role("link", name="Обычная версия").click()
    assert style(page, "html", "font-size") == "20px"
