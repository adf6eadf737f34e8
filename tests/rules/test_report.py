from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import pytest

from disclosure.finding import Severity
from disclosure.model import Entity, Loc, Programme, Report, Status, Supplier, SupplierFolder
from disclosure.rules.problem import WAIVE, Problem
from disclosure.rules.report import check_answers, check_carried_on, check_report
from disclosure.source import parse
from disclosure.validation import validate

E = TypeVar("E", bound=Entity)

PROGRAMME = """\
title: t
plan:
  items:
    - id: a
      text: Обучить
      deadline: {deadline}
      items:
        - id: b
          text: Обучить офис
"""
NEXT = """\
title: t
plan:
  items:
    - id: c
      text: Учить дальше
"""
REPORT = """\
title: t
programme: 2024
measures:
  - id: a
    status: {a}
  - id: b
    status: {b}
"""


def problems(
    a: str = "выполнено",
    b: str = "выполнено",
    deadline: str = "2024",
    head: str = "",
    then: str = "",
) -> list[Problem]:
    """Return what is wrong with answers to an item and its sub-item.

    `head` is more of the report, `then` more of the only measure of the next programme.
    """
    folder = supplier(deadline, NEXT + then)
    report = read(head + REPORT.replace("{a}", a).replace("{b}", b), Report)
    return [*check_answers(report, folder), *check_carried_on(report, folder)]


def supplier(deadline: str = "2024", then: str | None = None) -> SupplierFolder:
    """Return a supplier with one programme, or with a second one too."""
    programmes = {"2024": read(PROGRAMME.replace("{deadline}", deadline), Programme)}
    if then is not None:
        programmes["2025"] = read(then, Programme)
    about = Supplier.model_validate({"name": "s"})
    return SupplierFolder(slug="s", supplier=about, programmes=programmes)


def read(text: str, entity: type[E]) -> E:
    checked = validate(parse(text.encode(), "f.yml"), entity, (2024,))
    assert checked.findings == []
    assert checked.value is not None
    return checked.value


def said(problems: Iterable[Problem]) -> list[str]:
    """Say where each problem is, and the first part of what it says."""
    return [
        f"{'/'.join(map(str, problem.loc[1:]))}: {problem.message.split('. ')[0]}"
        for problem in problems
    ]


@pytest.mark.parametrize(
    ("deadline", "date"),
    [
        ("01.06.2024", "01.06.2024"),
        ("2 квартал", "30.06.2024"),
        ("[01.03.2024, 01.09.2024]", "31.08.2024"),
        ("1–4 кварталы", "31.12.2024"),
        ("постоянно", "31.12.2030"),
        ("31.09.2024", "31.12.2030"),
    ],
)
def test_done_in_time(deadline: str, date: str) -> None:
    assert problems(f"выполнено\n    date: {date}", deadline=deadline) == []


@pytest.mark.parametrize(
    ("deadline", "date", "due"),
    [
        ("01.06.2024", "02.06.2024", "01.06.2024"),
        ("2 квартал", "01.07.2024", "30.06.2024"),
        ("[01.03.2024, 01.09.2024]", "02.09.2024", "01.09.2024"),
        ("ежемесячно в течение 2024 года", "01.01.2025", "31.12.2024"),
    ],
)
def test_done_late(deadline: str, date: str, due: str) -> None:
    (problem,) = problems(f"выполнено\n    date: {date}", deadline=deadline)
    assert problem.message == (
        f"выполнено {date}, позже срока {due}. Проверьте дату или добавьте пояснение"
        " в поле «waiver»."
    )


DEVIATING = [
    status for status in Status if status not in {Status.DONE, Status.UNKNOWN, Status.POSTPONED}
]


@pytest.mark.parametrize("status", DEVIATING)
def test_a_reason_is_asked_where_not_all_is_done(status: Status) -> None:
    asked = f"1: статус «{status}», а причина не названа"
    then = "      continues: b\n"
    assert said(problems(DEVIATING[0], status, then=then)) == [asked]
    assert problems(DEVIATING[0], f"{status}\n    reason: Нет людей", then=then) == []


@pytest.mark.parametrize(
    ("head", "answer", "loc"),
    [
        ("", "нет сведений", ("measures", 1)),
        ("waiver: {title: Так надо}\n", "нет сведений", ("measures", 1)),
        ("waiver: {reason: Журнала нет}\n", "нет сведений", ()),
        ("waiver: {reason: Журнала нет}\n", "не выполнено", ("measures", 1)),
    ],
)
def test_the_report_may_say_once_why_it_knows_nothing(head: str, answer: str, loc: Loc) -> None:
    (problem,) = problems("не выполнено", answer, head=head)
    assert (problem.loc, problem.waiver) == (loc, "reason")
    assert (*problem.loc, *problem.place) == ("measures", 1, "status")


@pytest.mark.parametrize(
    ("status", "deadline", "asked"),
    [
        ("выполняется", "31.12.2024", False),
        ("выполняется", "01.09.2024", False),
        ("выполняется", "постоянно", False),
        ("выполняется", "31.08.2024", True),
        ("не выполнено", "31.12.2024", True),
    ],
)
def test_a_draft_need_not_say_why_what_is_not_due_is_not_done(
    status: str, deadline: str, asked: bool
) -> None:
    text = REPORT.replace("{a}", status).split("  - id: b")[0]
    report = read(f"draft: 01.09.2024\n{text}", Report)
    found = [p.message.split(":")[0] for p in check_answers(report, supplier(deadline))]
    said = [f"статус «{status}», а причина не названа. Допишите reason или {WAIVE}"] * asked
    assert found == [*said, "черновик"]


MOVED = "перенесено\n    reason: Нет людей"


@pytest.mark.parametrize(
    ("answer", "said_"),
    [
        (f"{MOVED}\n    new_deadline: 2025 год", []),
        (f"{MOVED}\n    new_deadline: постоянно", []),
        (MOVED, ["0: статус «перенесено», а новый срок не назван"]),
        (
            f"{MOVED}\n    new_deadline: 4 квартал 2024",
            ["0: новый срок 31.12.2024 не позже прежнего 31.12.2024"],
        ),
        (f"{MOVED}\n    new_deadline: [март 2024, март 2025]", []),
        (
            "отменено\n    reason: Нет людей\n    new_deadline: 2025 год",
            ["0: статус «отменено», а указан новый срок"],
        ),
        ("не выполнено\n    reason: Нет людей\n    new_deadline: 2025 год", []),
        (
            f"{MOVED}\n    new_deadline: 2025 год\n    date: 01.06.2024",
            ["0: статус «перенесено», а указана дата факта 01.06.2024"],
        ),
        ("выполнено частично\n    reason: Нет людей\n    date: 01.06.2024", []),
    ],
)
def test_status_and_dates_agree(answer: str, said_: list[str]) -> None:
    then = "      continues: a\n"
    assert said(problems(answer, "не выполнено\n    reason: Нет людей", then=then)) == said_


@pytest.mark.parametrize(
    ("parent", "item", "said_"),
    [
        ("выполнено", "выполнено", []),
        ("не выполнено", "выполнено", ["0: все подпункты выполнены, а у самого пункта статус"]),
        ("выполняется", "отменено", []),
        ("выполнено", "отменено", ["0: пункт отмечен выполненным, а подпункт «b» – нет"]),
    ],
)
def test_an_item_is_done_as_its_sub_items_are(parent: str, item: str, said_: list[str]) -> None:
    found = said(problems(parent, item if item == "выполнено" else f"{item}\n    reason: Так"))
    assert [each.split(" «не")[0] for each in found] == said_


def test_an_item_leaves_the_new_deadline_to_its_sub_items() -> None:
    then = "dropped: [{id: a, reason: Так}, {id: b, reason: Так}]\n"
    assert problems(MOVED, f"{MOVED}\n    new_deadline: 2025 год", then=then) == []
    assert said(problems(MOVED, "отменено\n    reason: Так", then=then)) == [
        "0: статус «перенесено», а новый срок не назван"
    ]


def test_an_item_may_be_under_way_while_a_draft_is_silent_of_a_sub_item() -> None:
    programme = PROGRAMME.replace("{deadline}", "2024") + "        - {id: c, text: Ещё офис}\n"
    folder = SupplierFolder(
        slug="s",
        supplier=Supplier.model_validate({"name": "s"}),
        programmes={"2024": read(programme, Programme)},
    )
    report = REPORT.replace("{a}", "выполняется").replace("{b}", "выполнено")
    (problem,) = check_answers(read(f"draft: 01.09.2024\n{report}", Report), folder)
    assert problem.message.startswith("черновик: ")


def test_sub_items_of_which_a_draft_is_silent_say_nothing_of_their_item() -> None:
    text = REPORT.replace("{a}", "выполнено").split("  - id: b")[0]
    (problem,) = check_answers(read(f"draft: 01.09.2024\n{text}", Report), supplier())
    assert problem.message.startswith("черновик: нет ответа на 1 мероприятие программы за 2024: b.")


LATER = f"{MOVED}\n    new_deadline: 2025 год"
GOING = "выполняется\n    reason: Нет людей"


@pytest.mark.parametrize(
    ("item", "then", "head", "severity"),
    [
        (LATER, "", "", Severity.ERROR),
        (LATER, "      continues: a\n", "", Severity.ERROR),
        (LATER, "", "draft: 01.12.2024\n", Severity.ERROR),
        (LATER, "      continues: b\n", "", None),
        (LATER, "dropped: [{id: b, reason: Обойдёмся}]\n", "", None),
        (GOING, "", "", Severity.WARNING),
        (GOING, "      continues: b\n", "", None),
        (GOING, "", "draft: 01.12.2024\n", None),
        ("не выполнено\n    reason: Нет людей", "", "", None),
        ("отменено\n    reason: Нет людей", "", "", None),
    ],
)
def test_the_next_programme_carries_on_what_is_postponed(
    item: str, then: str, head: str, severity: Severity | None
) -> None:
    found = problems(item, item, head=head, then=then)
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    for problem in found:
        assert (problem.loc, problem.waiver) == (("measures", 1), "status")
        assert problem.beside == (
            "следующая программа",
            "suppliers/s/programmes/2025.yml",
            ("plan",),
        )


def test_the_last_report_on_a_measure_tells_whether_it_must_go_on() -> None:
    """A programme of two years may have a report in each of them."""
    folder = supplier(then=NEXT)
    first = read(REPORT.replace("{a}", "выполняется").replace("{b}", LATER), Report)
    for answer, asked in (("выполнено", 0), (LATER, 1)):
        last = read(REPORT.replace("{a}", answer).replace("{b}", answer), Report)
        both = folder.model_copy(update={"reports": {"2024": first, "2025": last}})
        assert list(check_carried_on(first, both)) == []
        assert len(list(check_carried_on(last, both))) == asked


def test_what_no_next_programme_can_carry_on_is_left_alone() -> None:
    report = read(REPORT.replace("{a}", LATER).replace("{b}", LATER), Report)
    assert [*check_answers(report, supplier()), *check_carried_on(report, supplier())] == []


def test_every_problem_with_an_answer_names_its_measure() -> None:
    found = problems("не выполнено", "отменено\n    date: 01.06.2024")
    assert len(found) == 2
    below = ("plan", "items", 0, "items", 0)
    assert {p.beside for p in found} == {("программа", "suppliers/s/programmes/2024.yml", below)}


SUCCESS = "2024\n      success: {measure: Обучено, target: 100}"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("выполнено", True),
        ("выполнено частично\n    reason: Нет людей", True),
        ("выполнено\n    effect: Жалоб меньше", False),
        ("выполнено\n    result: Обучены все", False),
        ("отменено\n    reason: Нет людей", False),
    ],
)
def test_a_target_asks_for_what_was_reached(answer: str, asked: bool) -> None:
    below = "выполнено" if answer.startswith("выполнено\n") or answer == "выполнено" else GOING
    found = problems(answer, below, deadline=SUCCESS, then="      continues: b\n")
    assert [problem.waiver for problem in found] == ["effect"] * asked


@pytest.mark.parametrize("status", ["выполняется", "выполнено частично"])
def test_only_what_is_done_is_called_so(status: str) -> None:
    answer = f"{status}\n    date: 15.01.2025\n    reason: Нет людей"
    then = "      continues: a\n"
    (told,) = said(problems(answer, "не выполнено\n    reason: Нет людей", then=then))
    assert told == "0: дата факта 15.01.2025 позже срока 31.12.2024"


def test_a_date_of_fact_before_the_programme_may_be_a_slip() -> None:
    (told,) = said(problems("выполнено\n    date: 20.12.2014"))
    assert told == "0: дата факта 20.12.2014 раньше начала программы, 01.01.2024"
    assert problems("выполнено\n    date: 01.01.2024") == []


@pytest.mark.parametrize(
    ("programme", "years", "other"),
    [
        ("2024", (2024,), False),
        ("2023-2024", (2024,), False),
        ("2024", (2023, 2024), False),
        ("2023", (2024,), True),
        ("2023-2024", (2025,), True),
        ("2025", (2024,), True),
    ],
)
def test_a_report_on_a_programme_of_other_years_may_be_a_copy(
    programme: str, years: tuple[int, ...], other: bool
) -> None:
    report = read(
        REPORT.replace("2024", programme).replace("{a}", GOING).replace("{b}", GOING), Report
    )
    told = [problem.message for problem in check_report(report, years)]
    message = f"период отчёта {years[-1]}, а отвечает он на программу за {programme}."
    assert [each.startswith(message) for each in told] == ([True] if other else [])
