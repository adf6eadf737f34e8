from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.views.document import DocumentView, Place
from disclosure.views.outcomes import with_outcomes
from disclosure.views.table import Cell, Table
from tests import samples


def _tables(anchor: str) -> list[Table]:
    sections = samples.view("reports/2024").sections
    section = next(section for section in sections if section.anchor == anchor)
    return [block for block in section.blocks if isinstance(block, Table)]


def test_each_measure_is_answered_in_the_order_of_the_programme() -> None:
    (answers,) = _tables("section-1")
    programme = samples.view("programmes/2024").tables[-1]
    assert [row.anchor for row in answers.rows] == [row.anchor for row in programme.rows]
    assert [column.title for column in answers.columns] == [
        "№",
        "Мероприятие",
        "Срок",
        "Статус",
        "Результат",
    ]


@pytest.mark.parametrize(
    ("measure", "where", "text", "notes"),
    [
        ("kept", ["status"], "выполнено", ("По данным журнала.",)),
        ("kept", ["status", "Дата факта"], "05.12.2024", ()),
        ("kept", ["result"], "Ответы отправлены", ()),
        ("kept", ["result", "Эффект"], "Жалоб вдвое меньше", ()),
        ("parent", ["status"], "выполнено", ("У пункта нет срока.",)),
        ("redesign", ["status", "Дата факта"], "15.05.2024", ("Сделано позже срока.",)),
        ("redesign", ["status", "Опоздание, дней"], "45", ()),
        ("survey", ["deadline"], "до 31.12", ()),
        ("survey", ["deadline", "Новый срок"], "март 2025; 31.09.2025", ("Такого дня нет.",)),
        ("kiosks", ["result", "Причина отклонения"], "Нет поставщика", ()),
        ("leaflets", ["result"], "", ()),
        (
            "leaflets",
            ["result", "Причина отклонения"],
            "не указана",
            ("Почему, в документе не сказано.",),
        ),
    ],
)
def test_an_answer_stands_beside_its_measure(
    measure: str, where: list[str], text: str, notes: tuple[str, ...]
) -> None:
    cell = _answer(measure, *where)
    assert (cell.text, cell.notes) == (text, notes)


def test_only_what_was_done_after_its_deadline_is_late() -> None:
    (answers,) = _tables("section-1")
    late = {row.anchor for row in answers.rows if "late" in {f.value for f in row.facets}}
    assert late == {"m-redesign"}
    table = next(t for t in samples.view("reports/2024").tables if t.key == "measures")
    assert {row.anchor: row["late"].text for row in table.rows if row["late"]} == {
        "m-redesign": "45"
    }


def test_what_is_done_in_part_after_its_deadline_is_not_late(tmp_path: Path) -> None:
    old, new = "date: 01.06.2024", "date: 05.06.2024"
    site = samples.edited(tmp_path / "data", "reports/2024", old, new)
    view = next(view for view in site.documents if view.place.path == "reports/2024/")
    table = next(table for table in view.tables if table.key == "measures")
    repairs = next(row for row in table.rows if row.anchor == "m-repairs")
    assert (repairs["date"].text, repairs["late"].text) == ("05.06.2024", "")


def test_evidence_is_linked_to() -> None:
    assert [link.address for link in _answer("kept", "result", "Подтверждение").links] == [
        "https://primer.example/otvety",
        "https://primer.example/otvety-2",
    ]


def _answer(measure: str, column: str, part: str | None = None) -> Cell:
    """Return a cell of a measure's row, or what it takes in under a name of its own."""
    (answers,) = _tables("section-1")
    cell = next(row for row in answers.rows if row.anchor == f"m-{measure}")[column]
    return dict(cell.parts)[part] if part else cell


def test_indicators_have_a_column_for_each_year() -> None:
    common, by_phone = _tables("indicators")
    assert [common.caption, by_phone.caption] == ["Общие показатели", "По телефону"]
    assert [column.title for column in by_phone.columns] == [
        "Показатель",
        "Единица",
        "2023 год",
        "2024 год",
    ]
    assert [row["year_2024"].text for row in common.rows] == ["0", "95,5"]
    waiting = by_phone.rows[0]
    assert waiting["name"].notes == ("В среднем.",)
    assert waiting["year_2023"].notes == ()
    assert waiting["year_2024"].notes == ("Секунд больше 59.",)


def test_a_programme_and_its_report_lead_to_each_other() -> None:
    def related(path: str) -> list[Place]:
        return list(samples.view(path).related)

    assert related("programmes/2024") == [samples.view("reports/2024").place]
    assert related("reports/2024") == [samples.view("programmes/2024").place]
    assert related("programmes/2025") == []


# Drafts --------------------------------------------------------------------------------------


def _draft(tmp_path: Path) -> tuple[DocumentView, DocumentView]:
    """Return the draft of the example without one of its answers, and its programme."""
    unanswered = (
        "  - id: leaflets\n    status: нет сведений\n    waiver:\n"
        "      reason: Почему, в документе не сказано.\n"
    )
    site = samples.edited(tmp_path / "data", "reports/2024", unanswered, "")
    named = {view.place.path: view for view in site.documents}
    return named["reports/2024/"], named["programmes/2024/"]


def test_a_draft_says_that_it_is_one(tmp_path: Path) -> None:
    view, _ = _draft(tmp_path)
    assert view.draft_words == "Черновик на 20.12.2024"
    facts = {row["name"].text: row["value"].text for row in view.tables[0].rows}
    assert facts["Черновик"].startswith("на 20.12.2024. Отчёт ещё составляют")
    assert samples.view("programmes/2024").draft_words is None


def test_a_measure_that_a_draft_does_not_answer_yet_says_so(tmp_path: Path) -> None:
    view, programme = _draft(tmp_path)
    table = next(table for table in view.tables if table.key == "measures")
    leaflets = next(row for row in table.rows if row.anchor == "m-leaflets")
    assert leaflets["status"].text == "ответа пока нет"
    assert "unanswered" in {facet.value for facet in leaflets.facets}

    (section,) = with_outcomes(programme, view).sections
    (plan,) = (block for block in section.blocks if isinstance(block, Table))
    outcome = next(row for row in plan.rows if row.anchor == "m-leaflets")["status"]
    assert outcome.text == "ответа пока нет"
