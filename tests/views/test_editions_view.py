from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from disclosure.folder import read_folder
from disclosure.model import (
    Answer,
    Document,
    Edition,
    Plan,
    Programme,
    Report,
    Revision,
    SupplierFolder,
)
from disclosure.source import parse
from disclosure.validation import validate
from disclosure.views.document import Facts, Kind, Leads, Place, Prose, say_checksum
from disclosure.views.editions import (
    changed_rows,
    editions_pages,
    with_changes,
    with_comparison,
)
from disclosure.views.page import PageView
from disclosure.views.table import Cell, Column, Link, Row, Table, row
from tests.samples import EXAMPLE, example, view

DISCLOSURE = read_folder(EXAMPLE).disclosure
FOLDER = DISCLOSURE.suppliers[0]
PROGRAMME, REPORT = Place(Kind.PROGRAMME, "2024", ""), Place(Kind.REPORT, "2024", "")
REVISION = Revision(date="01.03.2025", what="перенос срока", why="приказ № 1")


def marked(cell: Cell) -> str:
    """Return what a cell says, deleted words in [-…-], inserted ones in {+…+}."""
    signs = {"": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    runs = "".join(signs[run.edit].format(run.text) for run in cell.runs)
    return " | ".join([runs or cell.text, *(f"{k}: {marked(part)}" for k, part in cell.parts)])


def changes(old: Table, new: Table) -> list[str]:
    """Return what is told of a document whose only table changed."""
    document = view("programmes/2024")
    before, after = (replace(document, tables=(table,)) for table in (old, new))
    return [
        f"{each['where'].text}: {marked(each['was'])} → {marked(each['now'])}"
        for each in changed_rows(before, after)
    ]


def table(key: str, *rows: Row) -> Table:
    titles = {"number": "№", "text": "Мероприятие", "name": "Термин", "definition": "Определение"}
    columns = {
        "measures": ("number", "text", "due", "deadline", "group"),
        "terms": ("name", "definition"),
        "text": ("section", "number", "text"),
        "summary": ("text",),
    }
    shown = tuple(Column(each, titles.get(each, each)) for each in columns[key])
    header = {"measures": "text", "terms": "definition", "text": "section", "summary": "text"}[key]
    return Table(key, "Таблица", shown, rows, header)


def measure(anchor: str, number: str, text: str, **more: str) -> Row:
    return row({"number": number, "text": text, **more}, f"m-{anchor}")


A, B = measure("a", "1.", "Открыть офис"), measure("b", "2.", "Обучить людей")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ((A, B), (A, B), []),
        ((A, B), (B, A), []),
        (
            (A, B),
            (measure("a", "1.", "Открыть два офиса"), B),
            [
                "Таблица — № 1 «Открыть два офиса» — Мероприятие:"
                " Открыть [-офис-] → Открыть {+два офиса+}"
            ],
        ),
        (
            (A,),
            (measure("a", "2.", "Открыть офис"),),
            ["Таблица — № 2 «Открыть офис» — Номер: [-1-]. → {+2+}."],
        ),
        (
            (A,),
            (A, B),
            [
                "Таблица — № 2 «Обучить людей»: не было → "
                " | №: {+2.+} | Мероприятие: {+Обучить людей+}"
            ],
        ),
        (
            (A, B),
            (A,),
            [
                "Таблица — № 2 «Обучить людей»:"
                "  | №: [-2.-] | Мероприятие: [-Обучить людей-] → убрано"
            ],
        ),
        (
            (A,),
            (measure("b", "1.", "Открыть офис"),),
            [
                "Таблица — № 1 «Открыть офис»: не было → "
                " | №: {+1.+} | Мероприятие: {+Открыть офис+}",
                "Таблица — № 1 «Открыть офис»:"
                "  | №: [-1.-] | Мероприятие: [-Открыть офис-] → убрано",
            ],
        ),
        (
            (A,),
            (measure("a", "1.", "Открыть офис", deadline="1 кв.", due="2025-03-31"),),
            ["Таблица — № 1 «Открыть офис» — deadline: не было → {+1 кв.+}"],
        ),
        (
            (measure("a", "1.", "Офис", group="Очно"), measure("b", "2.", "Зал", group="Очно")),
            (measure("a", "1.", "Офис", group="Лично"), measure("b", "2.", "Зал", group="Лично")),
            ["Таблица — № 1 «Офис», № 2 «Зал» — group: [-Очно-] → {+Лично+}"],
        ),
        (
            (row({"group": "Телефон", "text": "нет мероприятий"}),),
            (row({"group": "Телефон", "text": "нет мероприятий. Закрыт"}),),
            ["Таблица — Телефон — Мероприятие: нет мероприятий → нет мероприятий{+. Закрыт+}"],
        ),
    ],
    ids=[
        *("same", "moved", "reworded", "renumbered", "added", "removed", "another"),
        *("filled", "alike", "nameless"),
    ],
)
def test_changes_of_measures(old: tuple[Row, ...], new: tuple[Row, ...], told: list[str]) -> None:
    assert changes(table("measures", *old), table("measures", *new)) == told


def test_a_changed_note_is_told() -> None:
    noted = row({"number": "1.", "text": Cell("Открыть офис", notes=("Перенос.",))}, "m-a")
    assert changes(table("measures", A), table("measures", noted)) == [
        "Таблица — № 1 «Открыть офис» — Мероприятие:"
        " Открыть офис → Открыть офис{+ Примечание: Перенос.+}"
    ]


def test_a_row_without_an_anchor_is_known_by_its_name() -> None:
    old = row({"name": "ЦОК", "definition": "центр"}), row({"name": "КЦ", "definition": "колл"})
    new = row({"name": "КЦ", "definition": "контакт"}), row({"name": "ЦОК", "definition": "центр"})
    assert changes(table("terms", *old), table("terms", *new)) == [
        "Таблица — КЦ — Определение: [-колл-] → {+контакт+}"
    ]


def test_a_row_of_the_same_name_is_the_same_though_all_else_changed() -> None:
    columns = tuple(Column(key, key) for key in ("name", "contacts", "hours"))
    old = row({"name": "Офис", "contacts": "1", "hours": "будни"})
    new = row({"name": "Офис", "contacts": "2", "hours": "всегда"})
    before, after = (Table("channels", "Каналы", columns, (each,), "name") for each in (old, new))
    assert changes(before, after) == [
        "Каналы — Офис — contacts: [-1-] → {+2+}",
        "Каналы — Офис — hours: [-будни-] → {+всегда+}",
    ]


def test_a_row_that_got_another_name_is_known_by_the_rest() -> None:
    old, new = (row({"name": name, "definition": "центр"}) for name in ("ЦОК", "Офис"))
    assert changes(table("terms", old), table("terms", new)) == [
        "Таблица — Офис — Термин: [-ЦОК-] → {+Офис+}"
    ]


def test_a_paragraph_put_in_before_another_is_the_only_change() -> None:
    first, second = (row({"section": "Общее", "text": text}) for text in ("Один", "Два"))
    assert changes(table("text", second), table("text", first, second)) == [
        "Таблица — Общее: не было →  | section: {+Общее+} | Мероприятие: {+Один+}"
    ]


def test_what_only_counts_is_not_told() -> None:
    assert changes(table("summary", row({"text": "1"})), table("summary", row({"text": "2"}))) == []


# A document and its editions --------------------------------------------------------------------


def edition(place: Place, old: str = "", new: str = "", folder: Path = EXAMPLE) -> Document:
    """Return a document of the example with some words replaced."""
    file = folder / FOLDER.file(place.kind.folder, place.period)
    text = file.read_text(encoding="utf-8")
    assert old in text
    entity = Programme if place.kind is Kind.PROGRAMME else Report
    source = parse(text.replace(old, new).encode(), file.name)
    found = validate(source, entity, (int(place.period),)).value
    assert found
    return found


def page(place: Place, *own: Edition, folder: SupplierFolder = FOLDER) -> PageView:
    editions = {file: [Edition(each)] for file, each in folder.documents()}
    editions[folder.file(place.kind.folder, place.period)] = [*own]
    (found,) = editions_pages(DISCLOSURE, folder, [place], editions)
    return found


def test_a_document_without_revisions_tells_none() -> None:
    found = view("programmes/2024")
    assert with_changes(found, [Edition(edition(PROGRAMME))]) == found
    assert with_comparison(found) == found
    editions = {file: (Edition(each),) for file, each in FOLDER.documents()}
    assert list(editions_pages(DISCLOSURE, FOLDER, [PROGRAMME, REPORT], editions)) == []


def test_a_document_tells_its_revisions() -> None:
    present = edition(PROGRAMME)
    found = view("programmes/2024")
    first = Edition(edition(PROGRAMME, "title:", "title: Прежняя"), published=date(2025, 1, 15))
    changed = with_changes(found, [first, Edition(present, REVISION)])
    assert [table.key for table in changed.tables[len(found.tables) :]] == ["revisions"]
    section = changed.sections[-1]
    assert (section.anchor, section.title) == ("changes", "Изменения")
    shown, explained = section.blocks
    assert isinstance(shown, Table)
    assert isinstance(explained, Prose)
    assert [[cell.text for cell in row.cells.values()] for row in shown.rows] == [
        [
            "Первоначальная",
            "15.01.2025",
            "Документ опубликован",
            "",
            say_checksum(first.checksum or ""),
        ],
        ["Изменение 1", "01.03.2025", "перенос срока", "приказ № 1", say_checksum(found.checksum)],
    ]


def test_an_edition_that_is_lost_is_told_in_words() -> None:
    changed = with_changes(
        view("programmes/2024"), [Edition(None), Edition(edition(PROGRAMME), REVISION)]
    )
    shown, _, lost = changed.sections[-1].blocks
    assert isinstance(shown, Table)
    assert [shown.rows[0][key].text for key in ("date", "checksum")] == ["не указана", ""]
    assert lost == Prose(
        "Текст этих редакций здесь недоступен, поэтому сравнить с ними нельзя: первоначальная."
    )


def test_the_revisions_of_a_page_lead_to_what_they_changed() -> None:
    changed = with_changes(
        view("programmes/2024"), [Edition(None), Edition(edition(PROGRAMME), REVISION)]
    )
    address = "programmes/2024/editions/"
    led = with_comparison(replace(changed, leads=(Link("Что изменилось", address),)))
    lead = led.sections[-1].blocks[-1]
    assert lead == Leads((Link("Сравнить каждую редакцию с прежней", address),))
    assert led.tables == changed.tables


def test_a_page_compares_each_edition_with_the_one_before() -> None:
    second = edition(PROGRAMME)
    titled = edition(PROGRAMME, second.title, "Прежнее название")
    found = page(PROGRAMME, Edition(None), Edition(titled, REVISION), Edition(second, REVISION))
    assert (found.path, found.crumbs) == (
        "programmes/2024/editions/",
        (Link("Программа, 2024 год", "programmes/2024/"),),
    )
    newest, first = found.sections
    assert [each.title for each in found.sections] == [
        "Изменение 2 от 01.03.2025",
        "Изменение 1 от 01.03.2025",
    ]
    facts, compared = newest.blocks
    assert isinstance(facts, Facts)
    assert [row["value"].text for row in facts.rows] == [
        *("перенос срока", "приказ № 1"),
        say_checksum(Edition(titled).checksum or ""),
        say_checksum(Edition(second).checksum or ""),
    ]
    assert isinstance(compared, Table)
    assert [row["where"].text for row in compared.rows] == ["Документ — Название"]
    assert first.blocks[1] == Prose(
        "Текст одной из двух редакций здесь недоступен, поэтому сравнить их нельзя."
    )


def test_a_revision_may_change_no_word() -> None:
    same = edition(PROGRAMME)
    (section,) = page(PROGRAMME, Edition(same), Edition(same, REVISION)).sections
    assert section.blocks[-1] == Prose("Слова и числа документа остались прежними.")


def test_what_a_report_answers_is_compared() -> None:
    new = edition(REPORT)
    assert isinstance(new, Report)
    old = new.model_copy(update={"measures": (*new.measures[:-1], _said_anew(new))})
    (section,) = page(REPORT, Edition(old), Edition(new, REVISION)).sections
    compared = section.blocks[-1]
    assert isinstance(compared, Table)
    assert any("прежний итог" in row["was"].text for row in compared.rows)


def _said_anew(report: Report) -> Answer:
    return report.measures[-1].model_copy(update={"result": "прежний итог"})


def test_an_old_text_that_refers_to_nothing_is_not_compared() -> None:
    """Today's rules were never asked about it."""
    new = edition(PROGRAMME)
    assert isinstance(new, Programme)
    (_, first), *_ = new.measures()
    astray = first.model_copy(update={"text": None, "same_as": "nowhere"})
    plan = new.plan.model_copy(update={"sections": (), "items": (astray,)})
    old = new.model_copy(update={"plan": plan})
    (section,) = page(PROGRAMME, Edition(old), Edition(new, REVISION)).sections
    assert isinstance(section.blocks[-1], Prose)


def test_every_table_of_the_example_is_compared_or_repeats_what_others_say() -> None:
    repeating = {"deviations", "effects", "groups", "revisions", "summary"}
    found = {table.key: table for each in example().documents for table in each.tables}
    for key in found.keys() - repeating:
        told = changes(replace(found[key], rows=()), found[key])
        assert len(told) == len(found[key].rows), key


def test_an_old_report_is_read_beside_the_programme_it_answered() -> None:
    """A measure that left both of them is told to be gone."""
    report, programme = edition(REPORT), FOLDER.programmes["2024"]
    assert isinstance(report, Report)
    first, second = (m.model_copy(update={"items": ()}) for _, m in [*programme.measures()][:2])
    programmes = [
        programme.model_copy(update={"plan": Plan(items=measures)})
        for measures in ((first, second), (first,))
    ]
    answers = {answer.id: answer for answer in report.measures}
    old, new = (
        report.model_copy(update={"measures": tuple(answers[m.id] for m in programme.plan.items)})
        for programme in programmes
    )
    folder = FOLDER.model_copy(update={"programmes": {"2024": programmes[1]}})
    editions = {
        folder.file("programmes", "2024"): [Edition(each) for each in programmes],
        folder.file("reports", "2024"): [Edition(old), Edition(new, REVISION)],
    }
    (found,) = editions_pages(DISCLOSURE, folder, [REPORT], editions)
    compared = found.sections[0].blocks[-1]
    assert isinstance(compared, Table)
    gone = [row["was"] for row in compared.rows if row["now"].text == "убрано"]
    assert any(part.text == second.text for was in gone for _, part in was.parts)
