"""Hard documents: what a layout breaks at, and every way of saying something in a document."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

from disclosure.views.document import (
    Bar,
    Block,
    Caption,
    Chart,
    DocumentView,
    Facts,
    NoRows,
    Prose,
    SectionView,
)
from disclosure.views.table import Cell, Column, Link, Row, Table, cell, row
from tests import samples

WAIVED = Path(__file__).parents[1] / "cases"
WORDS = """\
поставщик отвечает на обращения потребителей в срок и сообщает о результатах письмом или по
телефону, если потребитель не просил иного; в 2024 году, ООО «Ёлка» № 7/15-а (далее – Общество)
обслужит 12 345,67 тыс. человек, т.е. 99,5 % от всех
"""


def text(words: int, start: int = 0) -> str:
    """Return running text of so many words; another start gives another text."""
    said = " ".join(islice(cycle(WORDS.split()), start, start + words))
    return said[:1].upper() + said[1:]


def section(title: str, *blocks: Block) -> SectionView:
    """Return a section without a number."""
    return SectionView(f"s-{zlib.crc32(title.encode())}", title, blocks=blocks)


def document(*sections: SectionView) -> DocumentView:
    """Return a document that shows some sections; the data embedded in it are few."""
    return replace(samples.document(samples.table("Дело")), sections=sections)


COLUMNS = (
    Column("number", "№"),
    Column("text", "Мероприятие"),
    Column("deadline", "Срок"),
    Column("status", "Статус"),
    Column("result", "Результат"),
)


def measures(caption: str, rows: int, *, first: int = 1) -> Table:
    """Return a table of five columns, as a report has them."""
    made = (
        row(
            {
                "number": f"{number}.",
                "text": text(9 + number % 7, number % 40),
                "deadline": f"до {1 + number % 28:02}.{1 + number % 12:02}.2024",
                "status": ("выполнено", "не выполнено", "выполняется")[number % 3],
                "result": text(3 + number % 5, number % 43) if number % 4 else "",
            }
        )
        for number in range(first, first + rows)
    )
    return Table("measures", caption, COLUMNS, tuple(made), "text")


# Long ----------------------------------------------------------------------------------------


def _many_rows() -> DocumentView:
    return document(section("Группа из 120 мероприятий", measures("Большая группа", 120)))


def _four_hundred_pages() -> DocumentView:
    """26 groups of 47 measures, each with a long result."""
    groups = [
        SectionView(f"group-{group}", f"Вид {group}", blocks=(_wordy(group),))
        for group in range(26)
    ]
    return document(
        *(
            SectionView(f"part-{part}", f"Часть {part}", sections=tuple(groups[part::4]))
            for part in range(4)
        )
    )


def _wordy(group: int) -> Table:
    table = measures(f"Группа {group}", 47, first=47 * group + 1)
    rows = (
        replace(row, cells={**row.cells, "result": cell(text(60 + number % 5, number))})
        for number, row in enumerate(table.rows, group)
    )
    return replace(table, rows=tuple(rows))


def _long_cells() -> DocumentView:
    """Cells that no page can hold: first below a heading, between others, in each column."""
    long = text(1500)
    rows = measures("Длинные ячейки", 5).rows
    first = Row({**rows[0].cells, "text": cell(long)})
    inner = Row({**rows[2].cells, "result": cell(text(900, 7)), "text": cell(text(700, 5))})
    last = Row({**rows[4].cells, "status": cell("выполнено", text(30))}, depth=1)
    table = replace(measures("Длинные ячейки", 5), rows=(first, rows[1], inner, rows[3], last))
    return document(
        section("Сразу под заголовком", table),
        section("В сведениях", Facts((row({"name": "Описание", "value": cell(long)}),))),
        section("В двух столбцах", samples.table(long, "Короткое дело")),
        section("В прозе", Prose(long)),
    )


def _unbreakable() -> DocumentView:
    """Words wider than a column, a line and a page."""
    word, address = "Энерго" * 40, "https://primer.example/" + "very-long-path/" * 20
    rows = (
        row(
            {"number": "1." * 15, "text": word, "deadline": "31.12.2024" * 5, "status": "выполнено"}
        ),
        row({"text": "Сайт", "result": Cell(links=(Link(address, address),))}),
    )
    return document(
        section(
            f"Раздел {word}",
            Prose(f"Слово {word} в строке. [Ссылка {word}]({address})"),
            replace(measures(word, 0), rows=rows),
            Facts((row({"name": word, "value": word}),)),
            NoRows(word, word),
        )
    )


# Notes ---------------------------------------------------------------------------------------


def _notes() -> DocumentView:
    """Notes wherever a document may have one, many on a page, and longer than a page."""
    return replace(
        document(
            section("Во всех ячейках", replace(_noted(measures("Таблица", 5)), notes=())),
            section(
                "Длиннее страницы",
                replace(measures("Короткая таблица", 2), notes=(text(1100), text(20, 3))),
                Prose("Пункт.", "1.1.", (text(900, 2),)),
            ),
            section(
                "В прозе",
                Prose("Сказано[^1] и ещё раз[^1].\n\n- в списке[^a]\n\n[^1]: Так.\n[^a]: Тоже.\n"),
                Prose("", "2.", ("Пункт без текста.",)),
                Prose("", None, ("Раздел без текста.", "И без номера.")),
            ),
            section("В сведениях", Facts(_noted(_facts(), "value").rows)),
            section("В двух столбцах", _noted(samples.table("Дело", "Ещё дело"))),
        ),
        notes=("О документе: " + text(12), "О нём же."),
        description="Описание с примечанием[^1].\n\n[^1]: Примечание описания.",
    )


def _noted(table: Table, *keys: str) -> Table:
    """Return a table with two notes in each cell of some columns, of all if none is named."""
    rows = (
        replace(
            row,
            cells={
                key: found.noted(f"О «{key}»: {text(5)}", "И ещё.")
                if key in (keys or row.cells)
                else found
                for key, found in row.cells.items()
            },
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows), notes=("О таблице.", "Ещё о таблице."))


def _facts() -> Table:
    rows = (
        row({"name": "Офисов", "value": "3"}),
        row({"name": "Сотрудников в офисах обслуживания", "value": text(40)}),
        row(
            {"name": "Сайт", "value": Cell("См. также", (), (Link("сайт", "https://a.example/"),))}
        ),
    )
    columns = (Column("name", "Сведение"), Column("value", "Значение"))
    return Table("figures", "Показатели", columns, rows, "name")


# Empty ---------------------------------------------------------------------------------------


def _empty_groups() -> DocumentView:
    """Groups without measures: alone, one after another, among tables, each with notes too."""
    said = ("нет мероприятий", "нет мероприятий (в документе: «1.2 –»). Офисы закрыты.", text(300))
    groups = [NoRows(f"{n}. Группа {n}", words) for n, words in enumerate(said, 1)]
    noted = [replace(group, notes=("Группа пуста.", text(40))) for group in groups]
    return document(
        section("Пустые", *groups),
        section("С пояснениями", *noted),
        section("Среди прочих", groups[0], measures("Полная группа", 2), noted[1]),
        section("Много", *[replace(groups[0], title=f"{n}. Группа") for n in range(1, 80)]),
        section("Ничего"),
        section("Только раздел"),
    )


# Waivers -------------------------------------------------------------------------------------


def _waivers() -> DocumentView:
    """All documents with waivers that tests/cases/waived has, as sections of one."""
    found = list(_waived())
    return replace(
        document(
            *(
                SectionView(f"case-{n}", name, sections=(_numbered(view.sections, f"case-{n}")))
                for n, (name, view) in enumerate(found)
            )
        ),
        notes=tuple(note for _, view in found for note in view.notes),
    )


def _waived() -> Iterator[tuple[str, DocumentView]]:
    """Yield each case and the document that it changes."""
    for case in sorted((WAIVED / "waived").iterdir()):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            for layer in (WAIVED / "good", case):
                shutil.copytree(
                    layer / "data", data, dirs_exist_ok=True, copy_function=shutil.copyfile
                )
            (changed,) = (case / "data" / "suppliers" / "primer").glob("*/*.yml")
            path = f"{changed.parent.name}/{changed.stem}/"
            views = samples.read(data).documents
            yield case.name, next(view for view in views if view.place.path == path)


def _numbered(sections: tuple[SectionView, ...], prefix: str) -> tuple[SectionView, ...]:
    """Return sections and measures with anchors that no other document has, and links to them."""

    def linked(cell: Cell) -> Cell:
        links = (replace(x, address=x.address.replace("#", f"#{prefix}-")) for x in cell.links)
        return replace(cell, links=tuple(links))

    def numbered(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        rows = (
            replace(
                row,
                anchor=row.anchor and f"{prefix}-{row.anchor}",
                cells={key: linked(cell) for key, cell in row.cells.items()},
            )
            for row in block.rows
        )
        return replace(block, rows=tuple(rows))

    return tuple(
        replace(
            section,
            anchor=f"{prefix}-{section.anchor}",
            blocks=tuple(map(numbered, section.blocks)),
            sections=_numbered(section.sections, prefix),
        )
        for section in sections
    )


# Prose, numbers, sub-items -------------------------------------------------------------------

PROSE = f"""\
Абзац с *курсивом*, **жирным** и [ссылкой](https://primer.example/a "Заголовок ссылки").
Вторая строка того же абзаца[^one].

- Первый пункт [с ссылкой на много слов, которая займёт две строки, потому что она длинная,
  длиннее одной строки в обоих изданиях](https://primer.example/b)
  - вложенный пункт[^two]
    - ещё глубже

      второй абзац того же пункта
- Второй пункт

1. Первое: {text(30)}
2. Второе
   1. внутри
   2. {text(20, 4)}

7) Список с седьмого
8) и восьмого

Не ссылка: [плохая](javascript:alert(1)), не тег: <b>1 < 2</b> & всё.

[^one]: Примечание с примечанием[^inner] и *курсивом*.

    Второй абзац примечания.
[^two]: Список:

    - один
    - два
[^inner]: Внутреннее примечание.
"""


def _prose() -> DocumentView:
    """Lists in lists, notes in notes, links, clauses."""
    clauses = [Prose(text(60, number), f"1.{number}.") for number in range(1, 9)]
    view = document(
        section("Общие положения", Prose(PROSE), *clauses),
        SectionView(
            "deep",
            "Глубоко",
            "2.",
            (Caption("Таблица 1. План"),),
            (
                SectionView("deep-1", "Подраздел", "2.1.", (Prose(text(30)),)),
                SectionView(
                    "deep-2",
                    "Ещё подраздел",
                    None,
                    (Prose("- список\n- из одного слова"),),
                    (SectionView("deep-2-1", "Самый глубокий", "2.2.1.", (Prose("Слово."),)),),
                ),
            ),
        ),
    )
    return replace(view, description="Кратко: **важно**, [сайт](https://primer.example/)")


def _indicators() -> DocumentView:
    """Figures of nine years, too wide for an upright page, between upright sections."""
    years = range(2016, 2025)
    columns = (
        Column("name", "Показатель"),
        Column("unit", "Единица"),
        *(Column(f"year_{year}", f"{year} год") for year in years),
    )
    rows = tuple(
        row(
            {"name": f"{number}. {text(6, number)}", "unit": ("мин:сек", "%", "")[number % 3]}
            | {
                f"year_{year}": cell(f"{year % 7}:{number:02}", "Так." if year == 2020 else None)
                for year in years
                if (year + number) % 4
            }
        )
        for number in range(1, 41)
    )
    table = Table("indicators", "Показатели качества", columns, rows, "name")
    return document(
        section("До", Prose(text(50))),
        section("Показатели", table, replace(table, caption="Ещё", rows=rows[:3])),
        section("После", Prose(text(50))),
    )


def _charts() -> DocumentView:
    """Charts below tables: with zeros, without values, wordy, longer than a page; spoken cells."""
    bars = (
        Bar("2022 год", Decimal(0), "0:00", "0 секунд"),
        Bar("2023 год", None, "нет данных"),
        Bar(text(40), Decimal(87), "1:27", "1 минута 27 секунд"),
    )
    many = tuple(Bar(f"{year} год", Decimal(year), f"{year}") for year in range(1900, 1980))
    spoken = Cell("1:27", ("Так.",), spoken="1 минута 27 секунд")
    change = Cell(
        "−1:01 (−33,9\xa0%)", spoken="минус 1 минута 1 секунда, минус 33,9 процента", state="late"
    )
    rows = (
        row({"number": "1", "text": spoken, "status": Cell("0", parts=(("К 2023 году", change),))}),
        row({"number": "2", "text": Cell(links=(Link("К делу", "#m-deed"),))}),
        row({"number": "3", "text": "Дело"}, anchor="m-deed"),
    )
    table = replace(measures("Показатели", 0), rows=rows)
    return document(
        section("Коротко", table, Chart("Время ожидания", bars), Chart("Доля", bars[:1])),
        section("Длинно", measures("Мероприятия", 3), Chart(text(30), many, Decimal(4000))),
    )


def _sub_items() -> DocumentView:
    """Sub-items of depth 1 to 4, cells with parts, some empty."""
    rows = [
        replace(
            found,
            depth=number % 5,
            cells={
                **found.cells,
                "text": Cell(
                    found["text"].text,
                    ("Пояснение.",) if number % 2 else (),
                    parts=(
                        ("Ответственный", cell("Отдел сбыта", "Так напечатано.")),
                        ("Финансирование", cell(f"{number},5 тыс. руб.")),
                    ),
                ),
                "result": Cell(
                    parts=(
                        ("Эффект", cell(text(6))),
                        ("Подтверждение", Cell(links=_evidence(number))),
                    )
                ),
            },
        )
        for number, found in enumerate(measures("Пункты и подпункты", 20).rows)
    ]
    table = replace(measures("Пункты и подпункты", 0), rows=tuple(rows))
    return document(section("Пункты", table))


def _evidence(number: int) -> tuple[Link, ...]:
    addresses = [f"https://primer.example/{number}/{page}" for page in range(number % 3 + 1)]
    return (*(Link(address, address) for address in addresses), Link("без адреса", ""))


CASES: Mapping[str, Callable[[], DocumentView]] = {
    "400-pages": _four_hundred_pages,
    "120-rows": _many_rows,
    "long-cells": _long_cells,
    "long-words": _unbreakable,
    "notes": _notes,
    "empty-groups": _empty_groups,
    "waivers": _waivers,
    "prose": _prose,
    "indicators": _indicators,
    "sub-items": _sub_items,
    "charts": _charts,
}
"""Each hard document by its name, first that of 400 pages, which takes half a minute to set."""
