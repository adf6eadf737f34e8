from __future__ import annotations

from typing import Any

import pytest

from disclosure.model import Redirects, SupplierFolder
from disclosure.views.alterations import Chapter, Item, State, alterations, pages
from tests.folders import disclosure, programme, report, supplier

FILE = "suppliers/primer/programmes/2025.yml"


def state(folder: SupplierFolder, *unread: str, **fields: Any) -> State:
    return State(disclosure(folder).model_copy(update=fields), frozenset(unread))


def items(before: State, now: State, **former: list[str]) -> list[Item]:
    return [item for chapter in alterations(before, now, former) for item in chapter.items]


def said(item: Item) -> list[tuple[str, str]]:
    """What the details say: where, and the words, deleted ones in -…-, inserted ones in +…+."""
    signs = {"": "", "del": "-", "ins": "+"}
    return [
        (each.where, "".join(signs[r.edit] + r.text + signs[r.edit] for r in each.runs))
        for each in item.details
    ]


PLAN = state(supplier({"2025": programme("2025")}))


def test_what_is_as_it_was_is_not_told() -> None:
    assert alterations(PLAN, state(supplier({"2025": programme("2025")})), {}) == ()


def test_a_draft_that_is_finished_is_told_as_one() -> None:
    plans = {"2025": programme("2025")}
    draft = state(supplier(plans, {"2025": report("2025", draft="01.11.2025")}))
    ready = state(supplier(plans, {"2025": report("2025")}))
    (item,) = items(draft, ready)
    assert (item.title, item.path) == ("Отчёт, 2025 год", "reports/2025/")
    assert item.how == "был черновик, станет готовым документом"
    (other,) = items(ready, draft)
    assert other.how == "изменится"


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({"published": "01.02.2025"}, "изменятся даты"),
        ({"approval": {"order": {"organization": "АО", "date": "01.02.2025"}}}, "изменятся даты"),
        ({"published": "01.02.2025", "title": "План"}, "изменится"),
        ({"title": "План"}, "изменится"),
        ({"revisions": [{"date": "01.02.2025", "what": "а", "why": "б"}]}, "изменится"),
    ],
)
def test_dates_are_told_apart_from_words(fields: dict[str, Any], how: str) -> None:
    (item,) = items(PLAN, state(supplier({"2025": programme("2025", **fields)})))
    assert (item.how, item.path) == (how, "programmes/2025/")
    assert item.details


def test_a_fact_that_is_new_is_named_once() -> None:
    (item,) = items(PLAN, state(supplier({"2025": programme("2025", published="01.02.2025")})))
    assert said(item) == [("Документ — Опубликован", "+01.02.2025+")]


def test_what_has_no_words_is_told_as_such() -> None:
    first, second = {"title": "Цели"}, {"title": "План", "shows": ["plan"]}
    before = state(supplier({"2025": programme("2025", sections=[first, second])}))
    now = state(supplier({"2025": programme("2025", sections=[second, first])}))
    (item,) = items(before, now)
    assert said(item) == [("", "слова и числа прежние, изменилось их устройство в файле")]


def test_only_so_many_details_are_told() -> None:
    measures = [{"id": f"m{n}", "text": f"Мера {n}"} for n in range(14)]
    more = state(supplier({"2025": programme("2025", {"id": "any"}, *measures)}))
    (item,) = items(PLAN, more)
    assert (len(item.details), item.more) == (10, 4)


def test_a_report_does_not_repeat_what_its_programme_altered() -> None:
    reports = {"2025": report("2025")}
    before = state(supplier({"2025": programme("2025")}, reports))
    plans = {"2025": programme("2025", {"id": "any", "text": "Иначе"})}
    answered = report("2025", {"id": "any", "status": "выполнено", "effect": "лучше"})
    first, second = items(before, state(supplier(plans, {"2025": answered})))
    assert [where for where, _ in said(first)] == ["Мероприятия — «Иначе» — Мероприятие"]
    assert [words for _, words in said(second)] == ["+лучше+"]


def test_a_document_that_cannot_be_shown_is_told_all_the_same() -> None:
    before = state(supplier({"2025": programme("2025")}, {"2025": report("2025")}))
    lost = report("2025", {"id": "nobody", "status": "выполнено"}, programme="1999")
    (item,) = items(before, state(supplier({"2025": programme("2025")}, {"2025": lost})))
    assert said(item) == [("", "показать изменения по строкам нельзя: сначала исправьте ошибки")]


def test_a_file_with_mistakes_is_not_compared() -> None:
    now = state(supplier({"2025": programme("2025", title="Другое")}), FILE)
    (item,) = items(PLAN, now)
    assert item.how == "в файле есть ошибки; исправьте их, и станет видно, что изменится"
    (item,) = items(now, PLAN)
    assert item.how == "прежний текст по нынешним правилам не прочитать, сравните сами"


def test_a_renamed_document_is_told_where_it_came_from() -> None:
    former = {"suppliers/primer/programmes/2025-2026.yml": [FILE]}
    plan = programme("2025-2026", title="Программа на 2025")
    chapters = alterations(PLAN, state(supplier({"2025-2026": plan})), former)
    (item,) = [item for chapter in chapters for item in chapter.items]
    assert (item.how, item.path) == (
        "переедет, прежний адрес поведёт сюда",
        "programmes/2025-2026/",
    )


def test_former_addresses_that_are_forgotten_are_told() -> None:
    told = Redirects.model_validate({"redirects": [{"old": "old", "new": "primer"}]})
    before = state(supplier({"2025": programme("2025")}), redirects=told)
    (item,) = items(before, PLAN)
    assert (item.title, item.path) == ("Прежний адрес", "old/")
    assert items(PLAN, before) == []
    assert items(before, state(PLAN.disclosure.suppliers[0], "redirects.yml")) == []


@pytest.mark.parametrize(
    ("name", "title", "path"),
    [
        ("about.md", "О сайте", "about/"),
        ("index.md", "О сайте", ""),
        ("help/index.md", "О сайте", "help/"),
        ("help/README.md", "О сайте", "help/"),
        ("office.png", "office.png", "office.png"),
    ],
)
def test_pages_by_hand_are_named_as_readers_see_them(name: str, title: str, path: str) -> None:
    text = "Введение\n\n# О сайте\n\n# Ещё\n"
    by_hand = "Страницы, написанные вручную"
    assert pages({}, {name: text}) == Chapter(by_hand, (Item(title, "появится", path),))
    assert pages({name: text}, {}) == Chapter(by_hand, (Item(title, "исчезнет", path),))
    assert pages({name: ""}, {name: text}) == Chapter(by_hand, (Item(title, "изменится", path),))
    assert pages({name: text}, {name: text}) is None
