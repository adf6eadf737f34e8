from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from disclosure.render.page import document_page
from disclosure.views.document import Bar, Chart, DocumentView
from disclosure.views.outcomes import with_outcomes
from disclosure.views.table import Column, Row, Table, row
from tests import samples


def _page(view: DocumentView) -> tuple[dict[str, Any], Tag]:
    """Return the front matter and the body of a page."""
    _, front, body = document_page(view, (), portal=False).split("---\n", 2)
    return json.loads(front), BeautifulSoup(body, "lxml")


def _one(page: Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


# Tables --------------------------------------------------------------------------------------


def _wide(columns: int) -> DocumentView:
    keys = ["text", *(f"year_{year}" for year in range(1, columns))]
    table = Table(
        "indicators",
        "Показатели по годам",
        tuple(Column(key, key) for key in keys),
        (row(dict.fromkeys(keys, "0")),),
        "text",
    )
    return samples.document(table)


def test_a_table_of_many_columns_scrolls_within_a_named_region() -> None:
    _, page = _page(_wide(9))
    region = _one(page, "div:has(> table)")
    assert region["class"] == ["d-scroll"]
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"] == "Показатели по годам"


def test_a_table_that_fits_is_no_stop_of_the_keyboard() -> None:
    _, page = _page(_wide(8))
    assert _one(page, "div:has(> table)").attrs == {"class": ["d-fit", "d-fit--wide"]}


def _permalinks(*measures: Row) -> list[str]:
    _, page = _page(samples.document(replace(samples.table(), rows=measures)))
    return [str(link["aria-label"]) for link in page.select(".d-permalink")]


def test_a_permalink_is_named_by_the_number_of_its_measure() -> None:
    assert _permalinks(row({"number": "1.1.2", "text": "Обучить"}, "m-a")) == [
        "Ссылка на мероприятие № 1.1.2"
    ]


def test_a_permalink_of_a_measure_without_number_is_named_by_text_and_place() -> None:
    twice = {"text": "Обучить сотрудников работать в информационной системе и в чатах"}
    assert _permalinks(row({"text": "Обучить"}, "m-a"), row(twice, "m-b"), row(twice, "m-c")) == [
        "Ссылка на мероприятие «Обучить», строка 1 таблицы «Мероприятия»",
        *(
            f"Ссылка на мероприятие «Обучить сотрудников работать в…», строка {line} таблицы"
            " «Мероприятия»"
            for line in (2, 3)
        ),
    ]


# Outcomes ------------------------------------------------------------------------------------


def test_the_outcome_of_a_measure_is_a_link_with_a_name_of_its_own() -> None:
    view = with_outcomes(samples.view("programmes/2024"), samples.view("reports/2024"))
    _, page = _page(view)
    link = _one(page, "#m-survey .d-col-status a")
    assert link["href"] == "../../reports/2024/#m-survey"
    assert link.get_text() == "перенесено\n (отчёт о мероприятии № 010)"
    assert _one(link, ".d-status")["class"] == ["d-status", "d-status--postponed"]


# Results -------------------------------------------------------------------------------------


def test_a_bar_is_heard_once_and_drawn_only_where_there_is_a_value() -> None:
    bars = (
        Bar("2023 год", None, "нет данных"),
        Bar("2024 год", Decimal(87), "1:27", "1 минута 27 секунд"),
    )
    _, page = _page(samples.document(samples.table("Дело"), Chart("Ждали", bars)))
    assert _one(page, ".d-beside > .d-fit + .d-charts figcaption").get_text() == "Ждали"
    nothing, drawn = page.select(".d-bar")
    assert nothing.get_text() == "2023 год: нет данных"
    assert nothing.find(["svg", "span"]) is None
    assert _one(drawn, "span[aria-hidden]").get_text() == "2024 год: 1:27"
    assert _one(drawn, "svg[role=img] > title").get_text() == "2024 год: 1 минута 27 секунд"
    assert _one(drawn, "rect")["width"] == "100.00"


def test_no_line_breaks_a_number() -> None:
    chart = Chart("Обращения, шт.", (Bar("2024 год", Decimal(12400), "12 400", "12 400 штук"),))
    figures = Table("t", "Т", (Column("text", "А"),), (row({"text": "с 2023 по 12 400 300"}),), "")
    _, page = _page(samples.document(chart, figures))
    assert _one(page, ".d-bar > span").get_text() == "2024 год: 12\N{NO-BREAK SPACE}400"
    cell = _one(page, ".d-table--t td").get_text(strip=True)
    assert cell == "с 2023 по 12\N{NO-BREAK SPACE}400\N{NO-BREAK SPACE}300"


def test_tables_of_numbers_do_not_scroll_however_many_columns_they_have() -> None:
    columns = tuple(Column(key, key) for key in ("name", *"abcdefghi"))
    table = Table("services", "По видам", columns, (row({"name": "Очное"}),), "name")
    _, page = _page(samples.document(table))
    assert _one(page, "div:has(> table)")["class"] == ["d-fit", "d-fit--wide"]


def test_a_draft_says_so_at_its_top_and_a_late_measure_beside_its_status() -> None:
    _, page = _page(samples.view("reports/2024"))
    assert _one(page, ".d-kicker").get_text().endswith("Черновик на 20.12.2024")
    assert _one(page, ".d-notice").get_text().startswith("Черновик на 20.12.2024. Отчёт ещё")
    late = _one(page, "#m-redesign .d-col-status .d-late")
    assert " ".join(late.get_text().split()) == "Опоздание, дней: 45"
    programme, report = samples.view("programmes/2024"), samples.view("reports/2024")
    _, page = _page(with_outcomes(programme, report))
    assert _one(page, "#m-redesign .d-col-status .d-late")


# Filters -------------------------------------------------------------------------------------


def _facets(element: Tag) -> dict[str, str]:
    return {
        key.removeprefix("data-"): str(value)
        for key, value in element.attrs.items()
        if key.startswith("data-") and not key.startswith("data-pagefind")
    }


def test_measures_and_empty_groups_carry_what_they_are_filtered_by() -> None:
    _, page = _page(samples.view("programmes/2025"))
    assert _facets(_one(page, "#m-formulas")) == {
        "service": "in-person",
        "segment": "B2B",
        "due": "2025 2025-Q1",
    }
    assert [_facets(group) for group in page.select(".d-none")] == [
        {"service": "in-person", "segment": "B2C"},
        {"service": "in-person", "segment": "B2B B2C"},
        {"service": "remote", "segment": "B2B"},
    ]
    _, flat = _page(samples.view("programmes/2024"))
    assert _facets(_one(flat, "#m-search")) == {"due": "2024 2024-Q2 2024-Q4", "depth": "1"}


def test_filters_stand_before_the_plan_and_are_hidden_until_a_script_shows_them() -> None:
    front, page = _page(samples.view("programmes/2025"))
    assert _one(page, "form").has_attr("hidden")
    assert _one(page, "form + *").get_text() == "Таблица 1. План"
    assert front["assets"] == ["filters"]


@pytest.mark.parametrize("path", ["programmes/2024", "reports/2024"])
def test_every_select_has_a_label(path: str) -> None:
    _, page = _page(samples.view(path))
    labels = {label["for"]: label.get_text() for label in page.select("form label")}
    selects = page.select("form select")
    assert selects
    assert labels.keys() == {select["id"] for select in selects}
    assert all(select.option and select.option["value"] == "" for select in selects)


def test_a_page_without_filters_asks_for_no_script() -> None:
    front, page = _page(samples.document(samples.table("Одно")))
    assert page.select("form") == []
    assert front["assets"] == []


# About the document --------------------------------------------------------------------------


def _about(view: DocumentView) -> dict[str, str]:
    _, page = _page(view)
    facts = page.select("[aria-labelledby=approval] .d-facts > div")
    return {_one(fact, "dt").get_text(): _one(fact, "dd").get_text() for fact in facts}


def test_the_day_of_the_data_is_told_where_it_is_known() -> None:
    view = samples.view("programmes/2024")
    dated = replace(view, changed=datetime(2025, 3, 8, 21, 5, tzinfo=UTC))
    said = "09.03.2025, 00:05 (московское время)"
    assert _about(dated) == _about(view) | {"Файл документа изменён": said}
    assert _one(_page(dated)[1], "dl time")["datetime"] == "2025-03-08T21:05:00+00:00"
    assert "Файл документа изменён" not in _about(view)
