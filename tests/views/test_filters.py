from __future__ import annotations

from dataclasses import replace

import pytest

from disclosure.views.document import Caption, NoRows, Prose, SectionView
from disclosure.views.facets import Choice, Facet
from disclosure.views.filters import Filters, filters_of
from disclosure.views.table import Row, Table
from tests import samples

PHONE = Facet(Choice.SERVICE, "remote", "Дистанционное обслуживание")
OFFICE = Facet(Choice.SERVICE, "in-person", "Очное обслуживание")
SPRING = Facet(Choice.DUE, "2024-Q2", "2 квартал 2024 года")
SUMMER = Facet(Choice.DUE, "2024-Q3", "3 квартал 2024 года")


def _filters(*rows: tuple[Facet, ...]) -> Filters | None:
    table = replace(samples.table(), rows=tuple(Row({}, facets=facets) for facets in rows))
    return filters_of(samples.document(table))


def _offered(filters: Filters | None) -> dict[str, list[str]]:
    assert filters
    return {one.choice: [option.value for option in one.options] for one in filters.filters}


def test_a_flat_plan_is_filtered_by_deadline_alone() -> None:
    assert _offered(filters_of(samples.view("programmes/2024"))) == {
        "due": ["2024", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "regular", "undated"]
    }


def test_a_plan_of_sections_is_filtered_by_service_type_and_segment_too() -> None:
    assert _offered(filters_of(samples.view("programmes/2025"))) == {
        "service": ["in-person", "remote"],
        "segment": ["B2B", "B2C"],
        "due": ["2025", "2025-Q1", "2025-Q4", "regular", "undated"],
    }


def test_a_report_is_filtered_by_status() -> None:
    assert _offered(filters_of(samples.view("reports/2024")))["status"] == [
        "done",
        "late",
        "in-progress",
        "partly",
        "not-done",
        "postponed",
        "cancelled",
        "unknown",
    ]


def test_filters_have_labels_and_words() -> None:
    filters = filters_of(samples.view("programmes/2025"))
    assert filters
    assert [one.title for one in filters.filters] == ["Вид обслуживания", "Потребители", "Срок"]
    service = filters.filters[0]
    assert [o.words for o in service.options] == ["Личный приём", "Дистанционное обслуживание"]


def test_deadlines_are_offered_in_order_of_time_and_service_types_in_that_of_the_document() -> None:
    assert _offered(_filters((PHONE, SUMMER), (OFFICE, SPRING))) == {
        "service": ["remote", "in-person"],
        "due": ["2024-Q2", "2024-Q3"],
    }


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(SPRING,)],
        [(SPRING,), (SPRING,)],
        [(SPRING, SUMMER), (SPRING, SUMMER)],
        [(), ()],
    ],
)
def test_a_page_whose_measures_do_not_differ_has_no_filters(rows: list[tuple[Facet, ...]]) -> None:
    assert _filters(*rows) is None


def test_an_empty_group_can_be_chosen_but_is_no_measure() -> None:
    table = replace(samples.table(), rows=(Row({}, facets=(OFFICE,)),))
    filters = filters_of(samples.document(table, NoRows("Телефон", "нет", facets=(PHONE,))))
    assert filters
    assert _offered(filters) == {"service": ["in-person", "remote"]}
    assert filters.total == 1


def test_other_tables_are_not_filtered() -> None:
    other = replace(
        samples.table(), key="terms", rows=(Row({}, facets=(PHONE,)), Row({}, facets=(OFFICE,)))
    )
    assert filters_of(samples.document(other)) is None


@pytest.mark.parametrize(
    ("total", "words"), [(2, "2 мероприятий"), (21, "21 мероприятия"), (35, "35 мероприятий")]
)
def test_the_number_of_all_measures_is_said_as_in_iz(total: int, words: str) -> None:
    filters = _filters(*[(SPRING,)] * (total - 1), (SUMMER,))
    assert filters
    assert filters.total_words == words


def test_downloads_do_not_depend_on_facets() -> None:
    plan, nothing = replace(samples.table(), rows=(Row({}),)), NoRows("Телефон", "нет")
    chosen = replace(plan, rows=(Row({}, facets=(SPRING,)),))
    with_facets = samples.document(chosen, replace(nothing, facets=(PHONE,)))
    assert with_facets.digest == samples.document(plan, nothing).digest


def test_filters_stand_where_the_plan_begins() -> None:
    plan = replace(samples.table(), rows=(Row({}, facets=(SPRING,)), Row({}, facets=(SUMMER,))))
    text, summary = Prose("Текст"), replace(samples.table(), key="summary")

    def index(*blocks: Prose | Caption | Table, nested: tuple[SectionView, ...] = ()) -> int:
        section = SectionView("section-1", "План", None, blocks, nested)
        filters = filters_of(replace(samples.document(), sections=(section,)))
        assert filters
        assert filters.section == "section-1"
        return filters.index

    sections = (SectionView("plan-remote", "Дистанционное обслуживание", None, (plan,)),)
    assert index(plan) == 0
    assert index(text, summary, plan) == 2
    assert index(text, Caption("Таблица 1"), nested=sections) == 1
    assert index(text, nested=sections) == 1
    assert index(nested=sections) == 0
