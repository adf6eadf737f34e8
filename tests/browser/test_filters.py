"""Filters of a page with measures: what they show, say, and keep in the address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Visit

PROGRAMME = "saratovenergo/programmes/2023-2024/"
REPORT = "saratovenergo/reports/2023-2024/"
FLAT = "programmes/2024/"
"""Of the example: parents and sub-items, every status."""


def _rows(page: Page) -> Locator:
    return page.locator(".d-table--measures tbody tr").filter(visible=True)


def _ids(page: Page) -> list[str]:
    ids: list[str] = _rows(page).evaluate_all("rows => rows.map(row => row.id.slice(2))")
    return ids


def _count(page: Page) -> Locator:
    return page.locator(".d-filters").get_by_role("status")


def _choice(page: Page) -> dict[str, str]:
    """Return the choice that the address keeps."""
    return dict(parse_qsl(urlsplit(page.url).query))


def _shown_headings(page: Page) -> list[str]:
    shown = page.locator("section section:not([aria-labelledby^=results]) h3").filter(visible=True)
    return shown.all_inner_texts()


# Choosing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PROGRAMME, REPORT])
@pytest.mark.parametrize(
    ("label", "option", "facet", "address"),
    [
        ("Вид обслуживания", "Интерактивное обслуживание", "service", "interactive"),
        ("Потребители", "Граждане (B2C)", "segment", "B2C"),
        ("Статус", "Выполнено", "status", "done"),
        ("Срок", "2 квартал 2024 года", "due", "2024-Q2"),
    ],
)
def test_each_filter_shows_what_fits(
    path: str, label: str, option: str, facet: str, address: str, visit: Visit
) -> None:
    page = visit(path)
    fitting = page.locator(f".d-table--measures tr[data-{facet}~='{address}']")
    wanted = fitting.evaluate_all("rows => rows.map(row => row.id.slice(2))")
    assert 0 < len(wanted) < 39
    page.get_by_label(label).select_option(option)
    assert _ids(page) == wanted
    assert _count(page).inner_text() == f"Показано {len(wanted)} из 39 мероприятий."
    assert _choice(page) == {facet: address}


def test_status_is_the_same_on_a_programme_and_its_report(visit: Visit) -> None:
    done = [_ids(visit(f"{path}?status=done")) for path in (PROGRAMME, REPORT)]
    assert done[0] == done[1] != []


def test_filters_are_combined(visit: Visit) -> None:
    page = visit(REPORT)
    page.get_by_label("Потребители").select_option("Граждане (B2C)")
    page.get_by_label("Статус").select_option("Выполнено")
    assert _count(page).inner_text() == "Показано 4 из 39 мероприятий."
    assert _choice(page) == {"segment": "B2C", "status": "done"}
    page.get_by_label("Потребители").select_option("Все")
    assert _count(page).inner_text() == "Показано 5 из 39 мероприятий."
    assert _choice(page) == {"status": "done"}


def test_tables_and_sections_with_nothing_left_disappear(visit: Visit) -> None:
    page = visit(f"{REPORT}?status=done&segment=B2C")
    assert _shown_headings(page) == ["1. Очное обслуживание", "3. Интерактивное обслуживание"]
    captions = page.locator(".d-table--measures caption").filter(visible=True)
    assert captions.all_inner_texts() == [
        "1.2. Офис обслуживания клиентов B2C",
        "3.2. Обслуживание на официальном сайте B2C",
        "3.4. Обслуживание в Личном кабинете, в том числе в мобильном приложении B2C",
    ]
    assert page.locator(".d-none").filter(visible=True).count() == 0


def test_groups_without_measures_are_filtered_too(visit: Visit) -> None:
    page = visit("altaienergosbyt/programmes/2024/")
    groups = page.locator(".d-none").filter(visible=True)
    assert groups.count() == 9
    page.get_by_label("Потребители").select_option("Граждане (B2C)")
    assert all("B2B" not in text for text in groups.all_inner_texts())
    assert 0 < groups.count() < 9


def test_nothing_that_fits_is_said(visit: Visit) -> None:
    page = visit(f"{REPORT}?status=done&due=undated")
    assert _ids(page) == []
    assert _count(page).inner_text().startswith("Подходящих мероприятий нет.")


def test_a_parent_is_shown_with_a_sub_item_that_fits(visit: Visit) -> None:
    page = visit(FLAT, site="example")
    page.get_by_label("Статус").select_option("Выполняется")
    assert _ids(page) == ["parent", "search"]
    assert _count(page).inner_text() == "Показано 2 из 9 мероприятий."


def test_a_sub_item_is_not_shown_for_its_parent(visit: Visit) -> None:
    page = visit(f"{FLAT}?due=undated", site="example")
    assert _ids(page) == ["parent"]


def test_a_measure_of_two_deadlines_fits_both(visit: Visit) -> None:
    for due in ("2024-Q2", "2024-Q4"):
        assert "search" in _ids(visit(f"{FLAT}?due={due}", site="example"))


def test_all_can_be_shown_again(visit: Visit) -> None:
    page = visit(f"{REPORT}?status=done&segment=B2C")
    page.get_by_role("button", name="Показать все").click()
    assert _count(page).inner_text() == "Показано 39 из 39 мероприятий."
    assert _rows(page).count() == 39
    assert _choice(page) == {}
    assert {select.input_value() for select in page.locator(".d-filters select").all()} == {""}


def test_filters_that_part_nothing_are_not_offered(visit: Visit) -> None:
    labels = visit("yantarenergosbyt/reports/2025/").locator(".d-filters label")
    assert labels.all_inner_texts() == ["Срок"]


# The address ---------------------------------------------------------------------------------


def test_a_filtered_view_can_be_linked_to_and_reloaded(visit: Visit) -> None:
    page = visit(f"{REPORT}?segment=B2C&status=done&from=mail")
    linked = _ids(page)
    assert len(linked) == 4
    page.reload()
    assert _ids(page) == linked
    page.get_by_label("Статус").select_option("Все")
    assert _choice(page) == {"segment": "B2C", "from": "mail"}


@pytest.mark.parametrize("query", ["status=sold", "status=", "no-such=done", "service=%00"])
def test_an_unknown_choice_is_ignored(query: str, visit: Visit) -> None:
    page = visit(f"{REPORT}?{query}")
    assert _count(page).inner_text() == "Показано 39 из 39 мероприятий."


def test_going_back_restores_the_choice(visit: Visit) -> None:
    page = visit(PROGRAMME)
    page.get_by_label("Статус").select_option("Выполнено")
    chosen = _ids(page)
    _rows(page).first.get_by_role("link", name="выполнено").click()
    page.wait_for_url(re.compile(REPORT))
    page.go_back()
    assert _choice(page) == {"status": "done"}
    assert page.get_by_label("Статус").input_value() == "done"
    assert _ids(page) == chosen
    page.go_forward()
    expect(page.locator("tr:target")).to_be_in_viewport()


def test_choices_make_no_entries_of_the_history(visit: Visit) -> None:
    page = visit(REPORT)
    before = page.evaluate("history.length")
    page.get_by_label("Статус").select_option("Выполнено")
    page.get_by_label("Статус").select_option("Перенесено")
    assert page.evaluate("history.length") == before


def test_a_link_to_a_measure_that_does_not_fit_shows_all(visit: Visit) -> None:
    anchor = visit(f"{REPORT}?status=postponed").locator("tr[data-status=postponed]").first
    measure = anchor.get_attribute("id")
    page = visit(f"{REPORT}?status=done#{measure}")
    assert _rows(page).count() == 39
    expect(page.locator(f"#{measure}")).to_be_in_viewport()
    assert _choice(page) == {}
    assert page.url.endswith(f"#{measure}")


def test_a_choice_outlives_the_link_that_led_to_the_page(visit: Visit) -> None:
    page = visit(f"{REPORT}#m-queue-terminals-b2b")
    page.get_by_label("Статус").select_option("Выполнено")
    page.reload()
    assert _rows(page).count() == 5
    assert urlsplit(page.url).fragment == ""


def test_a_link_to_a_section_with_nothing_left_shows_all(visit: Visit) -> None:
    page = visit(f"{REPORT}?service=interactive")
    for _ in range(2):
        page.get_by_role("link", name="1. Очное обслуживание").click()
        expect(page.get_by_role("heading", name="1. Очное обслуживание")).to_be_in_viewport()
        assert _rows(page).count() == 39
        page.get_by_label("Вид обслуживания").select_option("Интерактивное обслуживание")
        assert _shown_headings(page) == ["3. Интерактивное обслуживание"]


def test_a_measure_that_fits_is_linked_to_within_the_choice(visit: Visit) -> None:
    page = visit(f"{REPORT}?status=done")
    _rows(page).last.locator(".d-permalink").click()
    assert _rows(page).count() == 5
    assert _choice(page) == {"status": "done"}
    assert page.locator("tr:target").count() == 1


# Readers of every kind -----------------------------------------------------------------------


def test_without_javascript_all_is_shown_and_nothing_offered(visit: Visit) -> None:
    page = visit(f"{REPORT}?status=done", js=False)
    assert page.locator(".d-filters").is_hidden()
    assert page.locator(".d-table--measures tbody tr").filter(visible=True).count() == 39


def test_on_paper_all_is_shown(visit: Visit) -> None:
    page = visit(f"{REPORT}?status=done&segment=B2C")
    assert _rows(page).count() == 4
    page.emulate_media(media="print")
    assert _rows(page).count() == 39
    assert _shown_headings(page)[0] == "1. Очное обслуживание"
    assert page.locator(".d-filters").is_hidden()


def test_filters_work_by_keyboard_alone(visit: Visit) -> None:
    page = visit(REPORT)
    labels: list[str] = []
    page.locator("main").focus()
    while len(labels) < 5:
        page.keyboard.press("Tab")
        active = page.locator(":focus")
        if active.evaluate("element => Boolean(element.closest('.d-filters'))"):
            labels.append(active.evaluate("element => element.labels?.[0]?.innerText ?? ''"))
            if labels[-1] == "Статус":
                page.keyboard.press("ArrowDown")
    assert labels == ["Вид обслуживания", "Потребители", "Статус", "Срок", ""]
    assert _count(page).inner_text() == "Показано 5 из 39 мероприятий."
    page.keyboard.press("Enter")
    assert _count(page).inner_text() == "Показано 39 из 39 мероприятий."
    assert page.locator(":focus").inner_text() == "Показать все"


def test_filters_fit_a_phone(visit: Visit) -> None:
    page = visit(REPORT, width=320)
    page.get_by_label("Статус").select_option("Выполнено")
    assert _rows(page).count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for control in page.locator(".d-filters :is(select, button)").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 320
