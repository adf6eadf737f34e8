"""The page of a supplier's deadlines as of a stated day: what is overdue, what is due next."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from disclosure.model import Owed
from disclosure.values import say_date, say_day
from disclosure.values.russian import plural
from disclosure.views.document import (
    Block,
    DocumentView,
    Leads,
    Prose,
    SectionView,
    SupplierBrief,
)
from disclosure.views.dues import CALENDAR, FOLDER, Due
from disclosure.views.duties import duties_table
from disclosure.views.facets import UNANSWERED
from disclosure.views.feed import FEED
from disclosure.views.measures import say_deadlines
from disclosure.views.page import PageView
from disclosure.views.table import Cell, Column, Link, Row, Table, row

SOON = 90
"""How many days ahead is soon."""

TITLE = "Сроки мероприятий и публикаций"

_FOLLOWING = (
    "Эти ссылки для программ, которые сами следят за новым. Скопируйте адрес ссылки и добавьте его:"
    " первый — в календарь телефона или компьютера, второй — в программу для чтения новостей."
)
_COLUMNS = (
    Column("text", "Мероприятие"),
    Column("deadline", "Срок"),
    Column("status", "В отчёте", optional=True),
)
_TABLE = Table("dues", "", _COLUMNS, (), "text")


def deadlines_page(
    supplier: SupplierBrief, home: str, dues: tuple[Due, ...], owed: tuple[Owed, ...], today: date
) -> PageView:
    """Return the page of what is due, as it stands when a day begins."""
    path = f"{home}{FOLDER}"
    return PageView(
        supplier,
        home,
        path,
        TITLE,
        f"Что и к какому дню должно быть сделано и опубликовано. Сведения на {say_day(today)}.",
        tuple(part for part in _sections(path, home, dues, owed, today) if part.blocks),
    )


def _files(home: str) -> tuple[Link, ...]:
    """Return the links to the files that programs look into again and again."""
    return (
        Link("Календарь сроков (файл ICS)", f"{home}{CALENDAR}"),
        Link("Новые документы и изменения (лента Atom)", f"{home}{FEED}"),
    )


def _sections(
    path: str, home: str, dues: tuple[Due, ...], owed: tuple[Owed, ...], today: date
) -> Iterator[SectionView]:
    soon = today + timedelta(days=SOON)
    awaited = sorted((due for due in dues if due.open), key=_order(today))
    dated = [(day, due) for due in awaited if (day := due.next(today))]
    between = f"С {say_day(today)} по {say_day(soon)}"
    overdue = [due for day, due in dated if day < today]
    coming = [due for day, due in dated if today <= day <= soon]
    regular = [due for due in awaited if due.regular and _runs(due, today)]
    yield _section("overdue", "Срок прошёл", _overdue(overdue, path))
    said = Prose(f"{between}." if coming else f"{between} сроков нет.")
    yield _section("soon", "Ближайшие сроки", (said, *_tables(coming, path)))
    yield _section(
        "later", "Более поздние сроки", _tables((due for day, due in dated if day > soon), path)
    )
    yield _section("regular", "Регулярно и постоянно", _tables(regular, path))
    undated = (due for due in awaited if not due.days and not due.regular)
    yield _section("undated", "Срок без точного дня", _tables(undated, path))
    yield _section("duties", "Публикация документов", [duties_table(owed, today)] if owed else [])
    yield _section("subscribe", "Узнавать о новом", [Prose(_FOLLOWING), Leads(_files(home))])


def _section(anchor: str, title: str, blocks: Iterable[Block]) -> SectionView:
    return SectionView(anchor, title, blocks=tuple(blocks))


def _runs(due: Due, today: date) -> bool:
    """Tell whether the period of a measure's programme has not ended."""
    return int(due.programme.place.period[-4:]) >= today.year


def _order(today: date) -> Callable[[Due], tuple[str, date]]:
    """Return the order of measures: by programme, then by the day they are due."""
    return lambda due: (due.programme.place.period, due.next(today) or date.max)


def _overdue(dues: list[Due], path: str) -> Iterator[Block]:
    """Yield what is overdue, and say in words of which programmes there is no report."""
    if not dues:
        yield Prose("Нет мероприятий, срок которых прошёл без отчёта о выполнении.")
    for table, programme, chosen in _by_programme(dues, path):
        yield Prose(_say_overdue(programme, chosen))
        yield table


def _tables(dues: Iterable[Due], path: str) -> Iterator[Table]:
    yield from (table for table, *_ in _by_programme(dues, path))


def _by_programme(
    dues: Iterable[Due], path: str
) -> Iterator[tuple[Table, DocumentView, list[Due]]]:
    """Yield a table for each programme, with the programme and its measures."""
    for programme, group in groupby(dues, key=lambda due: due.programme):
        chosen = list(group)
        count = plural(len(chosen), "мероприятие", "мероприятия", "мероприятий")
        caption = f"{programme.place.title}: {count}"
        rows = tuple(_row(due, path) for due in chosen)
        keys = [column.key for column in _COLUMNS]
        yield _TABLE.shown(rows, caption, keys), programme, chosen


def _say_overdue(programme: DocumentView, chosen: list[Due]) -> str:
    """Say what is known of measures whose time is over, and no more than that."""
    one = len(chosen) == 1
    over = f"Срок {'этого мероприятия' if one else 'этих мероприятий'} прошёл."
    if any(due.report for due in chosen):
        fate = "оно выполнено, отменено" if one else "они выполнены, отменены"
        moved = "перенесено" if one else "перенесены"
        return f"{over} В отчёте не сказано, что {fate} или {moved} на более поздний срок."
    done = "выполнено ли оно" if one else "выполнены ли они"
    missing = f"Отчёта о программе ({programme.place.years}) на этом сайте нет"
    return f"{over} {missing}, поэтому неизвестно, {done}."


def _row(due: Due, path: str) -> Row:
    address = posixpath.relpath(due.programme.place.path, path)
    shown = due.row
    link = Link(_name(shown), f"{address}/#{shown.anchor}")
    where = (("Канал", Cell(shown["group"].text)),) if shown["group"] else ()
    return row(
        {
            "text": Cell(links=(link,), parts=where),
            "deadline": _deadline(due),
            "status": _status(due),
        }
    )


def _name(shown: Row) -> str:
    number = shown["number"].text
    return f"{number} {shown['text'].text}" if number else shown["text"].text


def _deadline(due: Due) -> Cell:
    """Say a deadline in the words of the document, with its last day and the one it had before."""
    words = say_deadlines(due.deadlines)
    parts: list[tuple[str, Cell]] = []
    last = [say_date(day) for day in due.days]
    if last and ", ".join(last) != words:
        title = "Последний день" if len(last) == 1 else "Последние дни"
        parts.append((title, Cell(", ".join(last))))
    if due.postponed:
        former = replace(due.row["deadline"], parts=())
        parts += [("Прежний срок", former)] if former else []
        return Cell(words, parts=tuple(parts))
    return replace(due.row["deadline"], parts=tuple(parts))


def _status(due: Due) -> Cell:
    """Say what the report says of a measure, nothing where there is no report."""
    if due.report is None:
        return Cell()
    said = due.answer.status if due.answer else UNANSWERED
    draft = due.report.draft
    return Cell(said, parts=(("Черновик на", Cell(say_date(draft))),) if draft else ())
