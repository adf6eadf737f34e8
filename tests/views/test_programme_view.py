from __future__ import annotations

import pytest

from disclosure.model import Approval
from disclosure.views.approval import say_approval
from disclosure.views.document import (
    Block,
    Caption,
    Chart,
    Facts,
    Leads,
    NoRows,
    Prose,
    SectionView,
)
from disclosure.views.table import Table
from tests import samples


def _shape(sections: tuple[SectionView, ...]) -> list[object]:
    """Return the headings of sections with what stands below them."""
    return [
        (section.heading, [_kind(block) for block in section.blocks], *_shape(section.sections))
        for section in sections
    ]


def _kind(block: Block) -> str:
    match block:
        case Prose():
            return f"prose {block.number}" if block.number else "prose"
        case Facts() | Leads():
            return type(block).__name__.lower()
        case Caption():
            return f"caption: {block.text}"
        case NoRows():
            return f"nothing: {block.title}"
        case Chart():
            return f"chart: {block.caption}"
        case Table():
            return f"table: {block.caption}"


def test_sections_show_their_text_and_then_the_parts_they_name() -> None:
    assert _shape(samples.view("programmes/2025").sections) == [
        (
            "1. Общие положения",
            [
                "prose",
                "prose 1.1.",
                "facts",
                "table: Термины и сокращения",
                "table: Нормативные ссылки",
            ],
        ),
        ("Состояние", ["facts", "table: Каналы и режим работы"]),
        (
            "3. План",
            ["caption: Таблица 1. План"],
            (
                "I. Личный приём",
                [
                    "table: 1.1. Офис B2B",
                    "nothing: 1.2. Офис для граждан B2C",
                    "nothing: 1.3. Мобильный офис",
                ],
            ),
            ("Дистанционное обслуживание", ["nothing: Телефон B2B", "table: Телефон B2C"]),
        ),
        ("Не продолжено", ["table: Мероприятия прошлой программы, которых в этой нет"]),
        ("Изменения", ["table: Изменения документа", "prose", "prose"]),
    ]


def test_a_part_that_no_section_names_has_a_section_of_its_own() -> None:
    report = samples.view("reports/2024")
    assert [(section.anchor, section.heading) for section in report.sections] == [
        ("results", "Главное"),
        ("section-1", "Выполнение"),
        ("figures", "Показатели"),
        ("indicators", "Показатели качества обслуживания"),
    ]


# Measures --------------------------------------------------------------------------------------


def _group(caption: str) -> Table:
    (plan,) = [s for s in samples.view("programmes/2025").sections if s.sections]
    blocks = [block for section in plan.sections for block in section.blocks]
    return next(b for b in blocks if isinstance(b, Table) and b.caption == caption)


def test_a_table_is_narrow_and_its_cells_take_in_what_else_is_said() -> None:
    table = _group("1.1. Офис B2B")
    assert [column.title for column in table.columns] == [
        "№",
        "Предложение",
        "Мероприятие",
        "Срок",
        "Ожидаемый результат",
    ]
    kept = table.rows[0]
    assert [(title, cell.text) for title, cell in kept["text"].parts] == [
        ("Ответственный", "Отдел обращений"),
        ("Финансирование", "8.00 тыс. руб."),
        ("Продолжает", "№ 1, 2024 год"),
    ]
    assert [(title, cell.text) for title, cell in kept["expected"].parts] == [
        ("Показатель успеха", "Ответов в срок: 95 %")
    ]
    assert _group("Телефон B2C").rows[0]["text"].parts == ()


def test_a_measure_is_a_row_that_can_be_linked_to() -> None:
    rows = _group("1.1. Офис B2B").rows
    assert [(row.anchor, row["text"].text) for row in rows] == [
        ("m-kept", "Отвечать на обращения"),
        ("m-formulas", '=1+1 <script>alert("мероприятие")</script>'),
        ("m-politeness", "Отвечать на обращения"),
    ]


def test_the_reason_of_a_waiver_stands_beside_what_it_excuses() -> None:
    row = _group("1.1. Офис B2B").rows[2]
    assert {key: cell.notes for key, cell in row.cells.items() if cell.notes} == {
        "text": ("Одна ячейка на два предложения.",),
        "deadline": ("Такого дня нет.",),
        "expected": ("Результат не напечатан.",),
    }


def test_a_flat_list_shows_its_sub_items_below_their_parent() -> None:
    (section,) = samples.view("programmes/2024").sections
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert table.caption == "Перечень мероприятий"
    shown = [(row.depth, row["number"].text) for row in table.rows]
    assert shown[:5] == [(0, "1"), (0, "2"), (1, "2.1"), (1, "2.10"), (0, "010")]


@pytest.mark.parametrize(
    ("measure", "wording", "starts", "due", "frequency"),
    [
        ("kept", "ежемесячно", "", "", "ежемесячно"),
        ("parent", "", "", "", ""),
        ("redesign", "1 квартал 2024", "2024-01-01", "2024-03-31", ""),
        ("search", "2 квартал 2024; 4 квартал 2024", "2024-04-01", "2024-12-31", ""),
        ("survey", "до 31.12", "2024-12-31", "2024-12-31", ""),
        ("repairs", "01.03.2024–01.06.2024", "2024-03-01", "2024-06-01", ""),
    ],
)
def test_a_deadline_keeps_its_wording_and_has_dates_to_sort_by(
    measure: str, wording: str, starts: str, due: str, frequency: str
) -> None:
    table = samples.view("programmes/2024").tables[-1]
    row = next(row for row in table.rows if row.anchor == f"m-{measure}")
    cells = [row[key].text for key in ("deadline", "starts", "due", "frequency")]
    assert cells == [wording, starts, due, frequency]


def test_an_empty_group_says_why_and_what_the_document_prints() -> None:
    sections = samples.view("programmes/2025").sections[2].sections
    said = [b.text for section in sections for b in section.blocks if isinstance(b, NoRows)]
    assert said == [
        "нет мероприятий (в документе: «1.2.1 –»). Офисы закрыты на ремонт.",
        "нет мероприятий",
        "нет мероприятий (в документе: «Не планируется»)",
    ]


# Approval --------------------------------------------------------------------------------------

ORDER = {"organization": "АО «Пример»"}


@pytest.mark.parametrize(
    ("approval", "lines"),
    [
        ({"annex": "1"}, ["Приложение № 1"]),
        ({"order": ORDER}, ["Приказ АО «Пример» (дата и номер не указаны)"]),
        ({"order": ORDER | {"number": "7"}}, ["Приказ АО «Пример» № 7"]),
        (
            {"annex": "1", "order": ORDER | {"date": "01.02.2024", "number": "7"}},
            ["Приложение № 1 к приказу АО «Пример» от 01.02.2024 № 7"],
        ),
        ({"approver": {"position": "Директор"}}, ["УТВЕРЖДАЮ", "Директор"]),
        ({"signed": "01.02.2024"}, ["01.02.2024"]),
        ({"signed_year": "2024"}, ["2024 год (день подписи не указан)"]),
        ({}, []),
    ],
)
def test_an_approval_says_what_is_filled_in(approval: dict[str, object], lines: list[str]) -> None:
    assert list(say_approval(Approval.model_validate(approval))) == lines


def test_a_document_without_approval_says_nothing_of_it() -> None:
    assert say_approval(None) == ()


def test_a_programme_says_what_it_does_not_carry_on_and_why() -> None:
    view = samples.view("programmes/2025")
    section = next(section for section in view.sections if section.anchor == "dropped")
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert [[row[column.key].text for column in table.columns] for row in table.rows] == [
        ["010", "Опросить клиентов", "Опрос проведут вместе с соседним поставщиком."],
        ["", "Запустить приложение", "Хватает сайта."],
    ]
    whole = next(table for table in view.tables if table.key == "dropped")
    assert [row["id"].text for row in whole.rows] == ["survey", "app"]
    assert "dropped" not in {section.anchor for section in samples.view("programmes/2024").sections}
