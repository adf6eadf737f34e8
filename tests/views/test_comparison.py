from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from disclosure.folder import read_folder
from disclosure.model import Answer, Disclosure, Programme, Report, SupplierFolder
from disclosure.views.comparison import comparisons
from disclosure.views.document import Prose, SectionView
from disclosure.views.page import PageView
from disclosure.views.table import Cell, Link, Table
from tests import samples
from tests.building import DEMONSTRATION

DATA = DEMONSTRATION

OLD = [
    {"id": "kept", "number": "1", "text": "Отвечать на звонки", "deadline": "ежемесячно"},
    {"id": "chairs", "number": "2", "text": "Заменить кресла", "deadline": "2 квартал 2024"},
    {"id": "kiosk", "text": "Поставить терминал в офисе", "deadline": "2024 год"},
    {"id": "bus", "number": "4", "text": "Купить автобус", "deadline": "2024 год"},
]
NEW = [
    {**OLD[0], "number": "7", "continues": "kept"},
    {**OLD[1], "deadline": "3 квартал 2025", "continues": "chairs"},
    {
        **OLD[2],
        "text": "Поставить два терминала в офисе",
        "deadline": "1 квартал 2025",
        "continues": "kiosk",
    },
    {"id": "ramp", "number": "8", "text": "Построить пандус", "deadline": "2025 год"},
]


def _page(
    old: list[dict[str, str]] = OLD,
    new: list[dict[str, str]] = NEW,
    *,
    statuses: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    draft: str | None = None,
    earlier: str = "2024",
) -> PageView:
    """Return the page that compares two programmes, the first of them with a report if given."""
    example = read_folder(samples.EXAMPLE).disclosure
    reports = {}
    if statuses is not None:
        answers = [_answer(name, status) for name, status in statuses.items()]
        said = {"title": "Отчёт", "programme": earlier, "measures": answers}
        said |= {"draft": draft} if draft else {}
        reports = {earlier: Report.model_validate(said)}
    dropped = [{"id": name, "reason": reason} for name, reason in (reasons or {}).items()]
    supplier = SupplierFolder(
        slug="primer",
        supplier=example.suppliers[0].supplier,
        programmes={
            earlier: _programme(old),
            "2025": _programme(new, dropped=dropped),
        },
        reports=reports,
    )
    (page,) = comparisons(example, supplier, "")
    return page


def _programme(measures: list[dict[str, str]], **more: Any) -> Programme:
    return Programme.model_validate({"title": "Программа", "plan": {"items": measures}} | more)


def _answer(name: str, status: str) -> dict[str, str]:
    """Read «перенесено: нет денег» as a status with its reason."""
    said, _, reason = status.partition(": ")
    return {"id": name, "status": said} | ({"reason": reason} if reason else {})


def _section(page: PageView, anchor: str) -> SectionView:
    return next(section for section in page.sections if section.anchor == anchor)


def _said(page: PageView, anchor: str = "short") -> str:
    """Return the sentences of a section."""
    return " ".join(b.text for b in _section(page, anchor).blocks if isinstance(b, Prose))


def _table(page: PageView, anchor: str) -> Table:
    (table,) = (b for b in _section(page, anchor).blocks if isinstance(b, Table))
    return table


def _read(cell: Cell) -> str:
    """Return all that a cell says, what was deleted in [brackets], what inserted in {braces}."""
    signs = {"": "{}", "del": "[{}]", "ins": "{{{}}}"}
    text = "".join(signs[run.edit].format(run.text) for run in cell.runs) or cell.plain
    return "; ".join([text] * bool(text) + [f"{k}: {_read(part)}" for k, part in cell.parts])


def _rows(page: PageView, anchor: str) -> list[list[str]]:
    table = _table(page, anchor)
    return [[_read(row[column.key]) for column in table.columns] for row in table.rows]


def _example() -> PageView:
    """Return the page of the example: its first programme is a list, its second has groups."""
    pages = samples.example().pages
    return next(page for page in pages if page.path == "programmes/2025/since-2024/")


# The page ---------------------------------------------------------------------------------------


def test_a_programme_with_one_before_it_has_a_page_below_its_own() -> None:
    page = _example()
    assert page.title == "Что изменилось с 2024 года"
    assert page.lede == "Программа на 2025 год в сравнении с программой на 2024 год."
    assert page.crumbs == (Link("Программа, 2025 год", "programmes/2025/"),)
    leads = {view.place.path: view.leads for view in samples.example().documents}
    assert Link(page.title, page.path) in leads["programmes/2025/"]
    assert Link(page.title, page.path) not in leads["programmes/2024/"]


def test_a_period_of_several_years_is_named_in_the_genitive() -> None:
    assert _page(earlier="2023-2024").title == "Что изменилось с 2023–2024 годов"


def test_only_what_happened_has_a_section_and_what_did_not_change_is_the_last() -> None:
    assert [section.heading for section in _page().sections] == [
        "Кратко",
        "Изменён срок",
        "Изменено содержание",
        "Новые",
        "Не продолжены",
        "Без изменений",
    ]


# In short ---------------------------------------------------------------------------------------


def test_the_page_begins_with_how_many_measures_went_on() -> None:
    assert _said(_page()) == (
        "Из 4 мероприятий программы на 2024 год в программу на 2025 год перешли 3,"
        " из них без изменений 1. Не продолжено 1 мероприятие. Добавлено 1 новое мероприятие."
        " У 1 мероприятия изменений несколько: оно стоит в нескольких таблицах."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            OLD[:1],
            NEW[:1],
            "Из 1 мероприятия программы на 2024 год в программу на 2025 год перешло 1"
            " без изменений. Новых мероприятий нет.",
        ),
        (
            OLD[1:2],
            NEW[1:2],
            "Из 1 мероприятия программы на 2024 год в программу на 2025 год перешло 1"
            " с изменениями. Новых мероприятий нет.",
        ),
        (
            OLD[:2],
            NEW[3:],
            "Ни одно мероприятие программы на 2024 год не перешло в программу на 2025 год."
            " Не продолжены 2 мероприятия. Добавлено 1 новое мероприятие.",
        ),
    ],
    ids=["the same", "changed", "nothing"],
)
def test_it_is_said_in_words_of_the_right_number(
    old: list[dict[str, str]], new: list[dict[str, str]], said: str
) -> None:
    assert _said(_page(old, new)) == said


def test_measures_are_counted_with_links_to_their_sections() -> None:
    table = _table(_page(), "short")
    counted = [(row["text"].plain, row.depth, row["count"].text) for row in table.rows]
    assert counted == [
        ("Перешли", 0, "3"),
        ("Без изменений", 1, "1"),
        ("Изменён срок", 1, "2"),
        ("Изменено содержание", 1, "1"),
        ("Новые", 0, "1"),
        ("Не продолжены", 0, "1"),
    ]
    anchors = {f"#{section.anchor}" for section in _page().sections}
    assert {link.address for row in table.rows for link in row["text"].links} < anchors


def test_a_measure_that_two_others_continue_is_counted_once() -> None:
    twice = [NEW[0], {**NEW[0], "id": "again"}]
    page = _page(OLD[:1], twice)
    assert "Из 1 мероприятия" in _said(page)
    assert "перешло 1 без изменений" in _said(page)
    assert len(_rows(page, "none")) == 2


def test_it_is_told_where_groups_cannot_be_compared() -> None:
    page = _example()
    assert "переход из группы в группу не показан" in _said(page)
    assert "переход" not in _said(_page())


# Measure by measure -----------------------------------------------------------------------------


def test_each_changed_field_is_shown_as_it_was_and_as_it_is() -> None:
    page = _page()
    assert [column.title for column in _table(page, "redated").columns] == [
        "№",
        "Мероприятие",
        "Что изменилось",
    ]
    assert [row[2] for row in _rows(page, "redated")] == [
        "Срок: [2 квартал 2024]{3 квартал 2025}",
        "Срок: [2024 год]{1 квартал 2025}; Также: изменено содержание",
    ]
    assert [row[2] for row in _rows(page, "reworded")] == [
        "Мероприятие: Поставить [терминал]{два терминала} в офисе; Также: изменён срок"
    ]


def test_a_measure_leads_to_its_rows_in_both_programmes() -> None:
    _, renamed = _table(_page(), "redated").rows
    assert renamed["text"].links == (
        Link("Поставить два терминала в офисе", "../#m-kiosk"),
        Link("Прежде: 2024 год", "../../2024/#m-kiosk"),
    )
    (new,) = _table(_page(), "new").rows
    assert new["text"].links == (Link("Построить пандус", "../#m-ramp"),)
    (dropped,) = _table(_page(), "dropped").rows
    assert dropped["text"].links == (Link("Купить автобус", "../../2024/#m-bus"),)


def test_a_long_text_is_not_told_twice_in_a_row() -> None:
    long = "Поставить терминал " + "там, где его ждут, " * 10
    page = _page(OLD[2:3], [{**NEW[2], "text": long}])
    (row,) = _table(page, "reworded").rows
    assert row["text"].links[0].label.endswith("…")
    assert _table(page, "redated").rows[0]["text"].links[0].label == long.strip()
    ((_, text), _) = row["changed"].parts
    assert text.text == long.strip()


def test_a_number_that_changed_is_read_as_two() -> None:
    (row,) = _table(_page(), "none").rows
    assert row["number"] == Cell("1 → 7", spoken="1, теперь 7")
    old, new = {**OLD[0], "number": "1."}, {**NEW[0], "number": "1"}
    (row,) = _table(_page([old], [new]), "none").rows
    assert row["number"] == Cell("1")
    assert row["text"].links[1].label == "Прежде: № 1, 2024 год"
    kiosk = {**NEW[2], "text": OLD[2]["text"], "deadline": "2025 год", "number": "9"}
    (row,) = _table(_page(OLD[2:3], [kiosk]), "none").rows
    assert row["number"].text == "без номера → 9"


def test_what_did_not_change_is_a_short_table() -> None:
    assert _rows(_page(), "none") == [
        ["1 → 7", "Отвечать на звонки; Прежде: № 1, 2024 год", "ежемесячно"]
    ]
    assert _said(_page(), "none") == (
        "Новый номер и тот же срок в новом году изменениями не считаются."
    )


# What a report said -----------------------------------------------------------------------------

STATUSES = {"kept": "выполняется", "chairs": "перенесено", "kiosk": "не выполнено"}


def test_a_dropped_measure_leads_to_what_the_report_says_of_it() -> None:
    page = _page(statuses={**STATUSES, "bus": "отменено: Нет денег"})
    table = _table(page, "dropped")
    assert [column.title for column in table.columns] == [
        "№",
        "Мероприятие",
        "Срок",
        "В отчёте за 2024 год",
        "Причина",
    ]
    (bus,) = table.rows
    assert bus["status"].links == (Link("отменено", "../../../reports/2024/#m-bus"),)
    assert _read(bus["reason"]) == "В отчёте: Нет денег"


def test_the_programme_says_why_a_measure_is_dropped_and_unknown_is_said_to_be() -> None:
    page = _page(OLD, NEW[:2], reasons={"bus": "Хватает такси"})
    assert [row[-1] for row in _rows(page, "dropped")] == ["не указана", "Хватает такси"]
    assert _said(page, "dropped") == "Отчёта о программе на 2024 год на сайте нет."


def test_it_is_told_that_no_reason_is_given() -> None:
    page = _page(statuses={**STATUSES, "bus": "выполнено"})
    assert _said(page, "dropped") == (
        "Почему эти мероприятия не продолжены, в программе не указано."
    )


def test_a_changed_measure_shows_what_the_report_says_of_it() -> None:
    page = _page(statuses={**STATUSES, "bus": "выполнено"})
    assert [row["status"].text for row in _table(page, "redated").rows] == [
        "перенесено",
        "не выполнено",
    ]


def test_the_last_of_several_reports_is_the_one_that_counts() -> None:
    example = read_folder(samples.EXAMPLE).disclosure
    (supplier,) = example.suppliers
    first, last = (
        supplier.reports["2024"].model_copy(
            update={"measures": (Answer.model_validate(_answer("kiosks", status)),)}
        )
        for status in ("выполняется", "выполнено")
    )
    told = supplier.model_copy(update={"reports": {"2024": first, "2025": last}})
    (page,) = comparisons(example, told, "")
    kiosks = _table(page, "dropped").rows[4]
    assert kiosks["status"].links == (Link("выполнено", "../../../reports/2025/#m-kiosks"),)


def test_a_draft_is_named_one_and_may_say_nothing_yet() -> None:
    page = _page(statuses=STATUSES, draft="20.12.2024")
    table = _table(page, "dropped")
    assert "В черновике отчёта за 2024 год" in [column.title for column in table.columns]
    assert [row["status"].text for row in table.rows] == ["ответа пока нет"]
    assert "в черновике отчёта о нём сказано: ответа пока нет" in _said(page)


@pytest.mark.parametrize(
    ("bus", "kiosk", "said"),
    [
        ("выполнено", "выполнено", "2 мероприятия, по отчёту выполнены все."),
        ("выполнено", "отменено", "2 мероприятия, из них по отчёту выполнено 1."),
        (
            "отменено",
            "нет сведений",
            "2 мероприятия, в отчёте ни одно не отмечено как выполненное.",
        ),
    ],
)
def test_it_is_said_how_many_of_the_dropped_are_done(bus: str, kiosk: str, said: str) -> None:
    page = _page(new=NEW[:2], statuses={**STATUSES, "bus": bus, "kiosk": kiosk})
    assert f"Не продолжены {said}" in _said(page)


# The documents of Yantar ------------------------------------------------------------------------


def test_eight_measures_of_yantar_went_on_unchanged() -> None:
    """Which they are is counted in the data, by tests/data/test_totals.py."""
    disclosure: Disclosure = read_folder(DATA).disclosure
    (supplier,) = (s for s in disclosure.suppliers if s.slug == "yantarenergosbyt")
    (page,) = comparisons(disclosure, supplier, "")
    assert _said(page) == (
        "Из 12 мероприятий программы на 2025 год в программу на 2026 год перешло 8,"
        " все без изменений. Не продолжены 4 мероприятия, по отчёту выполнены все."
        " Добавлено 7 новых мероприятий."
    )


def test_a_measure_that_several_continue_is_told_apart_from_those() -> None:
    kept, chairs = {**NEW[0], "number": "1"}, {**OLD[1], "continues": "chairs"}
    other = {**chairs, "id": "stools", "text": "Заменить табуреты"}
    page = _page(OLD[:2], [kept, chairs, other])
    assert "Из 2 мероприятий" in _said(page)
    assert "перешли 2, из них без изменений 1." in _said(page)
    assert "Их продолжают 3 мероприятия новой программы." in _said(page)
    for link, count in _counted(page).items():
        assert count == len(_table(page, link).rows)


def _counted(page: PageView) -> dict[str, int]:
    """Return how many measures the first table counts in each section."""
    rows = [row for row in _table(page, "short").rows if row["text"].links]
    return {row["text"].links[0].address[1:]: int(row["count"].text) for row in rows}


def test_nothing_is_said_of_several_where_each_measure_goes_on_as_one() -> None:
    assert "продолжа" not in _said(_page())


def test_a_measure_that_went_on_as_several_is_told_by_its_own_words() -> None:
    halves = [{**OLD[1], "id": name, "continues": "chairs"} for name in ("chairs", "stools")]
    said = _said(_page(OLD[1:2], halves))
    assert "перешло 1 без изменений. Его продолжают 2 мероприятия новой программы." in said


def test_a_programme_without_measures_has_none_to_carry_on() -> None:
    example = read_folder(samples.EXAMPLE).disclosure
    group = {"channel": "office-b2b", "no_measures": {"printed": "–"}}
    empty = {"sections": [{"service_type": "in-person", "groups": [group]}]}
    supplier = SupplierFolder(
        slug="primer",
        supplier=example.suppliers[0].supplier,
        programmes={
            "2024": Programme.model_validate({"title": "Программа", "plan": empty}),
            "2025": _programme([{"id": "ramp", "text": "Построить пандус"}]),
        },
    )
    (page,) = comparisons(example, supplier, "")
    assert "В программе на 2024 год мероприятий не было." in _said(page)
