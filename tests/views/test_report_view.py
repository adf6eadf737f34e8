from __future__ import annotations

import pytest

from disclosure.views.document import Place, Prose
from disclosure.views.table import Cell, Table
from tests import samples


def _tables(anchor: str) -> list[Table]:
    sections = samples.view("reports/2024").sections
    section = next(section for section in sections if section.anchor == anchor)
    return [block for block in section.blocks if isinstance(block, Table)]


def test_a_report_opens_with_its_result() -> None:
    execution = samples.view("reports/2024").sections[0]
    prose = [block.text for block in execution.blocks if isinstance(block, Prose)]
    assert prose == ["Почти всё выполнено.", "Выполнено 3 из 9 мероприятий."]
    summary, _ = _tables("section-1")
    assert [(row["status"].text, row["count"].text) for row in summary.rows] == [
        ("выполнено", "3"),
        ("выполняется", "1"),
        ("выполнено частично", "1"),
        ("не выполнено", "1"),
        ("перенесено", "1"),
        ("отменено", "1"),
        ("нет сведений", "1"),
    ]


def test_each_measure_is_answered_in_the_order_of_the_programme() -> None:
    _, answers = _tables("section-1")
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
        ("survey", ["deadline"], "до 31.12", ()),
        ("survey", ["deadline", "Новый срок"], "март 2025; 31.09.2025", ("Такого дня нет.",)),
        ("kiosks", ["result", "Причина отклонения"], "Нет поставщика", ()),
        ("leaflets", ["result"], "", ()),
    ],
)
def test_an_answer_stands_beside_its_measure(
    measure: str, where: list[str], text: str, notes: tuple[str, ...]
) -> None:
    cell = _answer(measure, *where)
    assert (cell.text, cell.notes) == (text, notes)


def test_evidence_is_linked_to() -> None:
    assert [link.address for link in _answer("kept", "result", "Подтверждение").links] == [
        "https://primer.example/otvety",
        "https://primer.example/otvety-2",
    ]


def _answer(measure: str, column: str, part: str | None = None) -> Cell:
    """Return a cell of a measure's row, or what it takes in under a name of its own."""
    _, answers = _tables("section-1")
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


def test_values_of_indicators_are_numbers_where_they_are_clear() -> None:
    table = samples.view("reports/2024").tables[-1]
    assert [
        (row["value"].text, None if (number := row["number"].number) is None else str(number))
        for row in table.rows
    ] == [
        ("76 909", "76909"),
        ("0", "0"),
        ("не применимо", None),
        ("95,5", "95.5"),
        ("1:27", "87"),
        ("6:92", None),
        ("нет данных", None),
        ("И. Иванова", None),
    ]


def test_a_programme_and_its_report_lead_to_each_other() -> None:
    def related(path: str) -> list[Place]:
        return list(samples.view(path).related)

    assert related("programmes/2024") == [samples.view("reports/2024").place]
    assert related("reports/2024") == [samples.view("programmes/2024").place]
    assert related("programmes/2025") == []
