from __future__ import annotations

from datetime import date

import pytest

from disclosure.model import Duties, Duty, SupplierFolder, owed
from disclosure.views.deadlines import deadlines_page
from disclosure.views.document import Prose, brief
from disclosure.views.dues import dues
from disclosure.views.page import PageView
from disclosure.views.table import Row, Table
from tests.folders import Said, programme, report, supplier, views

TODAY = date(2025, 11, 21)


def page(folder: SupplierFolder, *duties: Duty) -> PageView:
    due = tuple(dues(folder, views(folder)))
    publications = tuple(owed(folder, Duties(duties=duties), TODAY))
    return deadlines_page(brief("primer", folder.supplier), "", due, publications, TODAY)


def tables(page: PageView) -> dict[str, list[Table]]:
    return {s.anchor: [b for b in s.blocks if isinstance(b, Table)] for s in page.sections}


def words(page: PageView, anchor: str) -> list[str]:
    (section,) = (section for section in page.sections if section.anchor == anchor)
    return [block.text for block in section.blocks if isinstance(block, Prose)]


def listed(folder: SupplierFolder) -> dict[str, list[str]]:
    """Return the measures of each section in their order."""
    return {
        anchor: [row["text"].plain for table in shown for row in table.rows]
        for anchor, shown in tables(page(folder)).items()
        if any(table.rows for table in shown)
    }


def only_row(folder: SupplierFolder, anchor: str) -> Row:
    (table,) = tables(page(folder))[anchor]
    (row,) = table.rows
    return row


def answered(status: str, deadline: str = "30.06.2025", **fields: object) -> SupplierFolder:
    measures: Said = {"id": "any", "deadline": deadline}
    answer: Said = {"id": "any", "status": status, **fields}
    return supplier({"2025": programme("2025", measures)}, {"2025": report("2025", answer)})


def test_the_page_says_its_day_in_words() -> None:
    assert page(supplier({})).lede.endswith("Сведения на 21 ноября 2025 года.")


@pytest.mark.parametrize(
    ("deadline", "section"),
    [
        ("20.11.2025", "overdue"),
        ("21.11.2025", "soon"),
        ("19.02.2026", "soon"),
        ("20.02.2026", "later"),
        ("3 квартал", "overdue"),
        ("4 квартал", "soon"),
        ("ежемесячно", "regular"),
        ("постоянно", "regular"),
        ("31.09.2025", "undated"),
    ],
)
def test_each_deadline_has_its_section(deadline: str, section: str) -> None:
    folder = supplier({"2025": programme("2025", {"id": "any", "deadline": deadline})})
    assert listed(folder) == {section: ["any"]}


@pytest.mark.parametrize(
    ("status", "overdue"),
    [
        ("выполнено", False),
        ("отменено", False),
        ("выполняется", True),
        ("выполнено частично", True),
        ("не выполнено", True),
        ("перенесено", True),
        ("нет сведений", True),
    ],
)
def test_a_measure_is_awaited_until_a_report_says_it_is_done_or_cancelled(
    status: str, overdue: bool
) -> None:
    assert ("overdue" in listed(answered(status))) == overdue


def test_what_is_postponed_has_its_new_deadline_and_its_former_one() -> None:
    folder = answered("перенесено", new_deadline="1 квартал 2026")
    assert listed(folder) == {"later": ["any"]}
    deadline = only_row(folder, "later")["deadline"]
    assert deadline.text == "1 квартал 2026"
    assert [(label, inner.text) for label, inner in deadline.parts] == [
        ("Последний день", "31.03.2026"),
        ("Прежний срок", "30.06.2025"),
    ]


def test_a_deadline_that_only_the_report_gives_is_listed_without_a_former_one() -> None:
    answer: Said = {"id": "any", "status": "перенесено", "new_deadline": "1 квартал 2026"}
    folder = supplier({"2025": programme("2025")}, {"2025": report("2025", answer)})
    deadline = only_row(folder, "later")["deadline"]
    assert deadline.text == "1 квартал 2026"
    assert [label for label, _ in deadline.parts] == ["Последний день"]


def test_a_new_deadline_that_has_passed_is_not_denied() -> None:
    shown = page(answered("перенесено", new_deadline="30.09.2025"))
    assert words(shown, "overdue") == [
        "Срок этого мероприятия прошёл."
        " В отчёте не сказано, что оно выполнено, отменено или перенесено на более поздний срок."
    ]


def test_a_day_that_two_deadlines_share_is_said_once() -> None:
    same = ["до 01.06.2026", "не позднее 01.06.2026"]
    folder = supplier({"2025": programme("2025", {"id": "any", "deadline": same})})
    assert only_row(folder, "later")["deadline"].parts[0][1].text == "01.06.2026"


@pytest.mark.parametrize("following", [["31.12.2025"], ["21.11.2025", "31.12.2026"]])
def test_of_several_deadlines_the_next_counts(following: list[str]) -> None:
    measure: Said = {"id": "any", "deadline": ["30.06.2025", *following]}
    assert listed(supplier({"2025": programme("2025", measure)})) == {"soon": ["any"]}


def test_the_latest_report_counts() -> None:
    folder = supplier(
        {"2024-2025": programme("2024-2025", {"id": "any", "deadline": "30.06.2025"})},
        {
            "2025": report("2024-2025", {"id": "any", "status": "выполнено"}),
            "2024": report("2024-2025", {"id": "any", "status": "выполняется"}),
        },
    )
    assert listed(folder) == {}


def test_what_the_next_programme_carries_on_is_listed_once_and_what_it_drops_never() -> None:
    ended: Said = {"deadline": "30.06.2024"}
    folder = supplier(
        {
            "2024": programme(
                "2024", *({"id": name, **ended} for name in ("kept", "gone", "lost"))
            ),
            "2025": programme(
                "2025",
                {"id": "kept", "continues": "kept", "deadline": "31.12.2025"},
                dropped=[{"id": "gone", "reason": "Не нужно"}],
            ),
        }
    )
    assert listed(folder) == {"overdue": ["lost"], "soon": ["kept"]}


def test_regular_measures_of_a_period_that_ended_are_not_awaited() -> None:
    measure: Said = {"id": "any", "deadline": "ежемесячно"}
    assert listed(supplier({"2024": programme("2024", measure)})) == {}


def test_a_row_leads_to_its_measure_and_names_its_number() -> None:
    measure: Said = {"id": "any", "number": "1.2", "text": "Мыть окна", "deadline": "30.06.2025"}
    (link,) = only_row(supplier({"2025": programme("2025", measure)}), "overdue")["text"].links
    assert (link.label, link.address) == ("1.2 Мыть окна", "../programmes/2025/#m-any")


def test_without_a_report_nobody_is_blamed() -> None:
    folder = supplier(
        {"2024": programme("2024", *({"id": name, "deadline": "1 квартал"} for name in "ab"))}
    )
    assert words(page(folder), "overdue") == [
        "Срок этих мероприятий прошёл. Отчёта о программе (2024 год) на этом сайте нет,"
        " поэтому неизвестно, выполнены ли они."
    ]
    (table,) = tables(page(folder))["overdue"]
    assert [column.key for column in table.columns] == ["text", "deadline"]


def test_what_a_report_says_is_told_and_that_it_is_a_draft() -> None:
    folder = supplier(
        {"2025": programme("2025", *({"id": n, "deadline": "1 квартал"} for n in ("a", "b")))},
        {"2025": report("2025", {"id": "a", "status": "выполняется"}, draft="01.10.2025")},
    )
    (table,) = tables(page(folder))["overdue"]
    told = [(row["status"].text, row["status"].parts[0][1].text) for row in table.rows]
    assert told == [("выполняется", "01.10.2025"), ("ответа пока нет", "01.10.2025")]
    assert words(page(folder), "overdue") == [
        "Срок этих мероприятий прошёл. В отчёте не сказано, что они выполнены, отменены"
        " или перенесены на более поздний срок."
    ]


def test_a_supplier_without_anything_due_is_told_so() -> None:
    shown = page(supplier({}))
    assert [section.anchor for section in shown.sections] == ["overdue", "soon", "subscribe"]
    assert words(shown, "overdue") == [
        "Нет мероприятий, срок которых прошёл без отчёта о выполнении."
    ]
    assert words(shown, "soon") == ["С 21 ноября 2025 года по 19 февраля 2026 года сроков нет."]


def test_publications_are_told_with_their_days_and_their_basis() -> None:
    duty = Duty.model_validate(
        {
            "document": "programme",
            "what": "Программа",
            "until": "01.11",
            "year": "до периода",
            "basis": "Вымышленный приказ № 0",
        }
    )
    folder = supplier({"2025": programme("2025", published="05.11.2024")})
    (table,) = tables(page(folder, duty))["duties"]
    keys = ("what", "period", "until", "status", "basis")
    assert [[row[key].text for key in keys] for row in table.rows] == [
        ["Программа", "2027 год", "01.11.2026", "срок не наступил", "Вымышленный приказ № 0"],
        ["Программа", "2026 год", "01.11.2025", "не опубликовано", "Вымышленный приказ № 0"],
        [
            "Программа",
            "2025 год",
            "01.11.2024",
            "опубликовано с опозданием",
            "Вымышленный приказ № 0",
        ],
    ]
    assert table.rows[2]["status"].parts[0][1].text == "05.11.2024"
