"""The search, as a reader meets it: what is found, where it leads, what is said meanwhile."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from disclosure.artifact import Artifact
from disclosure.render.record import document_record
from disclosure.search import search_index
from tests.browser.axe import axe
from tests.browser.pages import SCHEMES, wear
from tests.browser.visit import Visit
from tests.building import Checkout
from tests.samples import view

SURVEY = "yantarenergosbyt/programmes/2026/#m-loyalty-survey"
NOTHING = re.compile("^Ничего не найдено")
ANSWERED = re.compile(r"\.$")
ADDRESSES_AND_TEXTS = "links => links.map(link => [link.href, link.textContent])"


def search(visit: Visit, query: str, **options: Any) -> Page:
    """Open the search at a query, and wait for what is found."""
    page = visit(f"search/?{urlencode({'q': query})}", **options)
    expect(said(page)).to_have_text(ANSWERED)
    return page


def ask(page: Page, query: str) -> None:
    """Search for something else, and wait for what is found."""
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_title(re.compile(f"^{re.escape(query)} — "))
    expect(said(page)).to_have_text(ANSWERED)


def said(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("status")


def finds(page: Page) -> dict[str, str]:
    """The words of each link among the finds, unfolded or not, by its address within the site."""
    links = page.locator(".d-finds li > a")
    return {address(link): text for link, text in links.evaluate_all(ADDRESSES_AND_TEXTS)}


def address(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path.lstrip('/')}#{parts.fragment}" if parts.fragment else parts.path[1:]


def marked(page: Page) -> set[str]:
    return {text.lower() for text in page.locator(".d-results mark").all_text_contents()}


# Words ---------------------------------------------------------------------------------------


def test_all_forms_of_a_word_find_it(visit: Visit) -> None:
    page = visit("search/")
    for query in ("опрос", "опросы", "ОПРОСОВ", "опросами", "опро"):
        ask(page, query)
        assert SURVEY in finds(page), query
        assert {"опросить", "опросы"} <= marked(page), query


FORMS = {
    "отчет": {"отчёт", "отчёта"},
    "отчёт": {"отчёт", "отчёта"},
    "сайт": {"сайт", "сайта", "сайте", "сайтом"},
    "новый": {"новые", "новый"},
    "прием": {"приём", "приёма"},
    "инфоматы": {"инфомата", "инфоматами"},
}


def test_words_are_found_whatever_their_ending_and_with_or_without_dots(visit: Visit) -> None:
    page = visit("search/")
    for query, forms in FORMS.items():
        ask(page, query)
        assert forms <= marked(page), query


def test_words_that_only_begin_alike_are_not_found(visit: Visit) -> None:
    page = visit("search/")
    for query, begin in {"сайт": "сайт", "приём": "при[её]м"}.items():
        ask(page, query)
        assert marked(page)
        assert [word for word in marked(page) if not re.search(rf"\b{begin}", word)] == []


def test_what_no_document_says_is_not_found(visit: Visit) -> None:
    page = visit("search/")
    for query in ("калибровка", "опросыффф", "сайт калибровка", "п", "1.2.999"):
        ask(page, query)
        expect(said(page)).to_have_text(NOTHING)
        expect(page.get_by_role("heading", name="Все документы")).to_be_visible()


def test_a_measure_is_found_by_its_number(visit: Visit) -> None:
    page = visit("search/")
    for query in ("1.2.3", "№ 1.2.3", "№1.2.3"):
        ask(page, query)
        assert len(finds(page)) == 3
        assert all(text.startswith("1.2.3 ") for text in finds(page).values())


def test_an_act_is_found_by_its_number(visit: Visit) -> None:
    page = search(visit, "№ 442")
    assert marked(page) == {"442"}
    expect(said(page)).to_have_text("Найдено 3 места в 3 документах.")


def test_all_words_stand_in_one_passage(visit: Visit) -> None:
    page = search(visit, "терминалы очередь")
    items = [text.lower() for text in page.locator(".d-finds li").all_text_contents()]
    assert len(items) > 5
    assert all("терминал" in item and "очеред" in item for item in items)


def test_words_of_the_title_count_for_each_passage(visit: Visit) -> None:
    assert list(finds(search(visit, "опрос Янтарьэнергосбыт 2026"))) == [SURVEY]


def test_quoted_words_follow_one_another(visit: Visit) -> None:
    page = visit("search/")
    for query in ('"обращения клиентов"', "«обращения клиентов»"):
        ask(page, query)
        expect(said(page)).to_have_text("Найдено 6 мест в 3 документах.")
        items = page.locator(".d-finds li").all_text_contents()
        assert all(re.search(r"обращени\w+\W+клиент", item, re.IGNORECASE) for item in items)


def test_html_in_a_query_is_text(visit: Visit) -> None:
    page = search(visit, '<img src=x onerror="alert(1)"> сайт <b>')
    expect(said(page)).to_have_text(NOTHING)
    assert page.locator("main :is(img, b)").count() == page.locator(".d-demo b").count()


def test_html_in_data_is_shown_as_text(visit: Visit) -> None:
    page = search(visit, "alert мероприятие", site="example")
    assert '<script>alert("мероприятие")</script>' in "".join(finds(page).values())
    assert page.locator(".d-results script").count() == 0


def test_a_very_long_query_is_cut_and_answered(visit: Visit) -> None:
    page = search(visit, "сайт " * 2000)
    assert len(page.get_by_role("searchbox").input_value()) == 200
    expect(said(page)).to_have_text(re.compile(r"^Найдено \d+ мест"))


# What is shown -------------------------------------------------------------------------------


def test_finds_are_grouped_by_supplier_and_document_and_counted(visit: Visit) -> None:
    page = search(visit, "опросы")
    expect(said(page)).to_have_text("Найдено 4 места в 3 документах.")
    headings = page.locator(".d-results").get_by_role("heading").all_text_contents()
    assert headings[0] == "АО «Янтарьэнергосбыт»"
    assert sorted(headings[1:]) == ["Отчёт, 2025 год", "Программа, 2025 год", "Программа, 2026 год"]
    expect(page.get_by_role("heading", name="Все документы")).to_be_hidden()


def test_the_count_is_said_in_right_forms(visit: Visit) -> None:
    expect(said(search(visit, "онлайн-форма"))).to_have_text("Найдено 1 место в 1 документе.")


def test_a_find_leads_to_the_measure_itself(visit: Visit) -> None:
    page = search(visit, "опросы")
    page.locator(f'.d-finds a[href$="{SURVEY}"]').click()
    page.wait_for_url(f"**/{SURVEY}")
    expect(page.locator("tr:target")).to_contain_text("Опросить потребителей")
    expect(page.locator("tr:target")).to_be_in_viewport()


def test_a_document_is_found_by_its_title(visit: Visit) -> None:
    page = search(visit, "программа 2026")
    first = page.locator(".d-finds").first
    expect(first.get_by_role("link").first).to_have_text("Программа, 2026 год")
    expect(first.locator("> p")).to_contain_text("на 2026 год")


def test_many_finds_in_a_document_unfold(visit: Visit) -> None:
    page = search(visit, "клиенты")
    document = page.locator(".d-finds").first
    expect(document.locator("li:visible")).to_have_count(5)
    rest = document.locator("summary")
    hidden = int(re.sub(r"\D", "", rest.inner_text()))
    rest.click()
    expect(document.locator("li:visible")).to_have_count(5 + hidden)


@pytest.mark.parametrize("width", [320, 1280])
def test_finds_need_no_scrolling_sideways(width: int, visit: Visit) -> None:
    page = search(visit, "клиенты сайт", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_finds_are_accessible_in_every_scheme(width: int, visit: Visit) -> None:
    page = search(visit, "клиенты", width=width, reduced_motion="reduce")  # no half-way colours
    page.locator("summary", has_text="Ещё").first.click()
    assert axe(page) == []
    for scheme in SCHEMES:
        wear(page, scheme)
        assert axe(page, ".d-page") == [], scheme


def test_many_documents_are_read_in_parts(visit: Visit, example: Checkout, tmp_path: Path) -> None:
    site = shutil.copytree(example.site, tmp_path / "site")
    shutil.rmtree(site / "pagefind")
    record = document_record(view("programmes/2024")).encode()
    for file in search_index(Artifact(f"{number}/index.html", record) for number in range(25)):
        target = site / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    page = search(visit, "опрос", site=site)
    expect(page.locator(".d-finds")).to_have_count(20)
    expect(said(page)).to_contain_text("в 20 документах, просмотрены не все документы.")
    further = page.get_by_role("button", name="Искать в остальных документах")
    further.click()
    expect(page.locator(".d-finds")).to_have_count(25)
    expect(said(page)).to_have_text(re.compile("в 25 документах.$"))
    expect(further).to_be_hidden()
    expect(page.locator(".d-finds a:focus")).to_have_text("Программа, 2024 год")


def test_a_site_of_one_supplier_has_the_search_too(visit: Visit) -> None:
    page = search(visit, "мероприятие", site="example")
    assert "programmes/2025/" in {link.split("#")[0] for link in finds(page)}


# The address ---------------------------------------------------------------------------------


def test_a_query_can_be_linked_and_gone_back_to(visit: Visit) -> None:
    page = visit("search/")
    field = page.get_by_role("searchbox", name="Что найти")
    for query in ("опросы", "инфоматы & «сайт»"):
        ask(page, query)
        assert parse_qs(urlsplit(page.url).query) == {"q": [query]}
    page.go_back()
    expect(field).to_have_value("опросы")
    expect(said(page)).to_have_text("Найдено 4 места в 3 документах.")
    page.go_back()
    expect(field).to_have_value("")
    expect(page.locator(".d-results")).to_be_empty()
    page.go_forward()
    expect(field).to_have_value("опросы")
    expect(said(page)).to_have_text("Найдено 4 места в 3 документах.")


def test_back_from_a_find_shows_the_finds_again(visit: Visit) -> None:
    page = search(visit, "опросы")
    page.locator(".d-finds li > a").first.click()
    page.wait_for_url("**/#m-*")
    page.go_back()
    expect(said(page)).to_have_text("Найдено 4 места в 3 документах.")
    expect(page.locator(".d-finds")).to_have_count(3)


def test_an_empty_query_says_what_to_do(visit: Visit) -> None:
    page = visit("search/")
    expect(said(page)).to_be_empty()
    page.get_by_role("button", name="Найти").click()
    expect(said(page)).to_have_text("Введите слово, которое нужно найти.")


# Without a mouse, without JavaScript, without the index --------------------------------------


def test_a_find_is_reached_by_keyboard_alone(visit: Visit) -> None:
    page = visit("search/", width=320)
    page.get_by_role("searchbox").focus()
    page.keyboard.type("опросы")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Найдено 4 места в 3 документах.")
    for name in ("Найти", "Программа, 2025 год"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text(name)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#m-loyalty-survey")


def test_nothing_of_the_index_is_loaded_before_a_search(visit: Visit) -> None:
    page = visit("search/")
    page.wait_for_load_state("networkidle")
    assert [asked.path for asked in visit.requests(page) if "pagefind" in asked.path] == []
    ask(page, "опросы")
    loaded = [asked for asked in visit.requests(page) if "pagefind" in asked.path]
    assert loaded
    assert sum(asked.size for asked in loaded) < 150_000


def test_without_javascript_all_documents_are_listed_by_supplier(visit: Visit) -> None:
    page = visit("search/?q=опросы", js=False)
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.locator(".d-all h3")).to_have_count(4)
    expect(page.locator(".d-all li a")).to_have_count(7)
    page.get_by_role("link", name="Программа, 2026 год").click()
    page.wait_for_url("**/yantarenergosbyt/programmes/2026/")


@pytest.mark.parametrize(
    "part",
    ["pagefind.js", "pagefind-entry.json", "*.pf_meta", "wasm.*", "index/*", "fragment/*"],
)
def test_a_part_of_the_index_that_fails_to_load_is_told(part: str, visit: Visit) -> None:
    page = visit("search/")
    broken = True

    def answer(route: Route) -> None:
        if broken:
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    page.route(f"**/pagefind/{part}", answer)
    page.route(f"**/pagefind/{part}?*", answer)
    ask(page, "опросы")
    expect(said(page)).to_have_text(re.compile("^Поиск не загрузился"))
    expect(page.get_by_role("heading", name="Все документы")).to_be_visible()
    broken = False
    page.get_by_role("button", name="Найти").click()
    expect(said(page)).to_have_text("Найдено 4 места в 3 документах.")
    visit.expect("Failed to load|Pagefind")


def test_an_index_that_cannot_be_reached_is_told(visit: Visit) -> None:
    page = visit("search/")
    page.route("**/pagefind/index/*", lambda route: route.abort())
    ask(page, "опросы")
    expect(said(page)).to_have_text(re.compile("^Поиск не загрузился"))
    visit.expect("Failed to load")


def test_a_change_of_fragment_leaves_what_is_typed(visit: Visit) -> None:
    page = visit("search/?q=опросы")
    expect(page.get_by_role("status").last).to_contain_text("Найдено")
    page.get_by_role("searchbox").fill("терминалы")
    page.evaluate("location.hash = 'main'")
    expect(page.get_by_role("searchbox")).to_have_value("терминалы")


def test_the_name_of_a_find_keeps_its_spaces(visit: Visit) -> None:
    page = visit("search/?q=опросы")
    link = page.locator(".d-finds li a").first
    link.wait_for()
    assert link.evaluate("link => [...link.childNodes].every(node => node.data !== ' ')")
