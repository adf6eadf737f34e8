"""What changed in a document since it was published, edition by edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from disclosure.model import Disclosure, Edition, Programme, Report, SupplierFolder
from disclosure.values import say_date
from disclosure.views.document import (
    Block,
    DocumentView,
    Facts,
    Kind,
    Leads,
    Place,
    Prose,
    SectionView,
    brief,
    say_checksum,
)
from disclosure.views.edits import edits
from disclosure.views.page import PageView
from disclosure.views.programme import programme_view
from disclosure.views.report import report_view
from disclosure.views.table import NOTE, Cell, Column, Link, Row, Run, Table, row

CHANGES: Final = "changes"
"""The anchor of the section that lists the revisions of a document."""

_REVISIONS: Final = (
    Column("edition", "Редакция"),
    Column("date", "Дата"),
    Column("what", "Что изменено"),
    Column("why", "Почему", optional=True),
    Column("checksum", "Контрольная сумма", optional=True),
)
_CHANGED: Final = (Column("where", "Где"), Column("was", "Было"), Column("now", "Стало"))

# Tables -------------------------------------------------------------------------------------

_WRITTEN: Final = {
    "document",
    "text",
    "about",
    "legal_references",
    "terms",
    "figures",
    "channels",
    "measures",
    "dropped",
    "conclusions",
    "indicators",
}
"""The tables of what editors wrote: all others count and repeat what these say."""

_DERIVED: Final[Mapping[str, set[str]]] = {
    "channels": {"schedule"},
    "indicators": {"number", "words", "change", "percent"},
    "measures": {"id", "parent", "starts", "due", "frequency", "continues", "late"},
}
"""Columns for programs, which follow from what stands in the other columns."""

_NAMED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "measures": ("group_number", "group"),  # a group without measures
    "text": ("section_number", "section", "number"),
    "legal_references": ("act", "number"),
    "terms": ("name", "abbreviation"),
    "indicators": ("group", "name", "year"),
}
"""The columns that name a row for readers, where it is not named by its own header."""


def say_edition(number: int) -> str:
    """Name an edition for readers by the number of revisions it has."""
    return f"Изменение {number}" if number else "Первоначальная"


def with_changes(view: DocumentView, editions: Sequence[Edition]) -> DocumentView:
    """Return the view of a document that tells its revisions, if it has any."""
    if len(editions) < 2:
        return view
    rows = tuple(_revision(number, edition) for number, edition in enumerate(editions))
    table = Table("revisions", "Изменения документа", _REVISIONS, rows, "edition")
    shown = table.shown(rows, table.caption, [column.key for column in _REVISIONS])
    blocks: tuple[Block, ...] = (shown, Prose(_CHECKSUM), *_lost(editions))
    section = SectionView(CHANGES, "Изменения", None, blocks)
    return replace(view, sections=(*view.sections, section), tables=(*view.tables, table))


_CHECKSUM: Final = (
    "Контрольная сумма считается по данным документа: изменится хоть слово — изменится и она."
)


def with_comparison(view: DocumentView) -> DocumentView:
    """Return what the page of a document shows: its revisions lead to what they changed."""
    address = editions_path(view.place)
    if not any(link.address == address for link in view.leads):
        return view
    lead = Leads((Link("Сравнить каждую редакцию с прежней", address),))
    sections = tuple(
        replace(section, blocks=(*section.blocks, lead)) if section.anchor == CHANGES else section
        for section in view.sections
    )
    return replace(view, sections=sections)


def _revision(number: int, edition: Edition) -> Row:
    revision = edition.revision
    return row(
        {
            "edition": say_edition(number),
            "date": say_date(edition.day) if edition.day else "не указана",
            "what": revision.what if revision else "Документ опубликован",
            "why": revision.why if revision else None,
            "checksum": edition.checksum and say_checksum(edition.checksum),
        }
    )


def _lost(editions: Sequence[Edition]) -> Iterator[Prose]:
    lost = [say_edition(n).lower() for n, edition in enumerate(editions) if not edition.document]
    if lost:
        said = "Текст этих редакций здесь недоступен, поэтому сравнить с ними нельзя"
        yield Prose(f"{said}: {', '.join(lost)}.")


def editions_path(place: Place) -> str:
    """Return the address of the page that compares the editions of a document."""
    return f"{place.path}editions/"


def editions_pages(
    disclosure: Disclosure,
    folder: SupplierFolder,
    places: Iterable[Place],
    editions: Mapping[str, Sequence[Edition]],
) -> Iterator[PageView]:
    """Yield, for each document with revisions, the page that compares its editions.

    `places` are those of a supplier's documents, `editions` those of all documents, by file.
    """
    for place in places:
        own = editions[folder.file(place.kind.folder, place.period)]
        if len(own) > 1:
            views = [_drawn(disclosure, folder, place, edition, editions) for edition in own]
            yield _page(folder, place, own, views)


def _page(
    folder: SupplierFolder,
    place: Place,
    own: Sequence[Edition],
    views: Sequence[DocumentView | None],
) -> PageView:
    sections = [
        _section(number, own[number - 1 : number + 1], views[number - 1 : number + 1])
        for number in range(1, len(own))
    ]
    return PageView(
        brief(folder.slug, folder.supplier),
        place.home,
        editions_path(place),
        "Что изменилось в документе",
        f"{place.title}: каждая редакция рядом с прежней.",
        tuple(reversed(sections)),
        (Link(place.title, place.path),),
    )


def _drawn(
    disclosure: Disclosure,
    folder: SupplierFolder,
    place: Place,
    edition: Edition,
    editions: Mapping[str, Sequence[Edition]],
) -> DocumentView | None:
    """Return the view of an edition, None where it is lost or refers to what is not there.

    Today's rules were never asked about an old text.
    """
    try:
        match edition.document:
            case Programme() as programme:
                folder = _holding(folder, programmes={place.period: programme})
                return programme_view(disclosure, folder, place)
            case Report() as report:
                answered = _answered(report, folder, editions)
                folder = _holding(folder, {report.programme: answered}, {place.period: report})
                return report_view(disclosure, folder, place)
    except LookupError:
        return None
    return None


def _holding(
    folder: SupplierFolder,
    programmes: Mapping[str, Programme],
    reports: Mapping[str, Report] | None = None,
) -> SupplierFolder:
    held = {
        "programmes": {**folder.programmes, **programmes},
        "reports": {**folder.reports, **(reports or {})},
    }
    return folder.model_copy(update=held)


def _answered(
    report: Report, folder: SupplierFolder, editions: Mapping[str, Sequence[Edition]]
) -> Programme:
    """Return the newest edition of a report's programme that has all measures it answers."""
    file = folder.file(Kind.PROGRAMME.folder, report.programme)
    ids = {answer.id for answer in report.measures}
    for edition in reversed(editions[file]):
        programme = edition.document
        if isinstance(programme, Programme) and ids <= {m.id for _, m in programme.measures()}:
            return programme
    return folder.programmes[report.programme]


def _section(
    number: int, editions: Sequence[Edition], views: Sequence[DocumentView | None]
) -> SectionView:
    """Return what a revision changed; the two editions and their views are given."""
    (old, new), (was, now) = editions, views
    revision = new.revision
    told = {
        "Что изменено": revision and revision.what,
        "Почему": revision and revision.why,
        "Контрольная сумма до": old.checksum and say_checksum(old.checksum),
        "Контрольная сумма после": new.checksum and say_checksum(new.checksum),
    }
    facts = Facts(tuple(row({"name": k, "value": v}) for k, v in told.items() if v))
    blocks: tuple[Table | Prose, ...] = (Prose(_NO_TEXT),)
    if was and now:
        rows = tuple(changed_rows(was, now))
        caption = f"{say_edition(number)}: что было и что стало"
        table = Table("changes", caption, _CHANGED, rows, "where")
        blocks = (table if rows else Prose(_SAME),)
    since = f" от {say_date(new.day)}" if new.day else ""
    title = f"{say_edition(number)}{since}"
    return SectionView(f"edition-{number}", title, None, (facts, *blocks))


_NO_TEXT: Final = "Текст одной из двух редакций здесь недоступен, поэтому сравнить их нельзя."
_SAME: Final = "Слова и числа документа остались прежними."

# What changed -------------------------------------------------------------------------------


def changed_rows(old: DocumentView, new: DocumentView) -> Iterator[Row]:
    """Yield a row for each value that two editions of a document do not share."""
    yield from changed_values(old.tables, new.tables)


def changed_values(old: Iterable[Table], new: Iterable[Table]) -> Iterator[Row]:
    """Yield a row for each value that is not the same in tables of the same keys."""
    before, after = ({t.key: t for t in tables} for tables in (old, new))
    for key in (key for key in {**after, **before} if key in _WRITTEN):
        table = after.get(key) or before[key]
        was, now = (found.get(key) or replace(table, rows=()) for found in (before, after))
        yield from _table_changes(table, list(_pairs(was, now)))


def _table_changes(table: Table, found: list[tuple[Row | None, Row | None]]) -> Iterator[Row]:
    """Yield the values that were replaced, each once for all rows it is in, then whole rows."""
    replaced: dict[tuple[str, str, str], list[str]] = {}
    for was, now in found:
        for key, title in _columns(table):
            if was and now and (before := _said(was[key])) != (after := _said(now[key])):
                column = "" if key == "value" else title.replace("№", "Номер")
                replaced.setdefault((column, before, after), []).append(_name(table, now))
    for (column, before, after), names in replaced.items():
        parts = [table.caption, ", ".join(filter(None, names)), column]
        yield _told(parts, _sides(before, after))
    for was, now in found:
        if now and not was:
            yield _told([table.caption, _name(table, now)], (_NOT_YET, _whole(table, now, "ins")))
        if was and not now:
            yield _told([table.caption, _name(table, was)], (_whole(table, was, "del"), _NO_MORE))


def _told(where: Iterable[str], sides: tuple[Cell, Cell]) -> Row:
    was, now = sides
    return row({"where": " — ".join(filter(None, where)), "was": was, "now": now})


def _sides(was: str, now: str) -> tuple[Cell, Cell]:
    """Return the cells of two wordings, in each the words that the other does not have marked."""
    runs = edits(was, now)
    old = Cell(was, runs=tuple(run for run in runs if run.edit != "ins"))
    new = Cell(now, runs=tuple(run for run in runs if run.edit != "del"))
    return (old if was else _NOT_YET), (new if now else _NO_MORE)


def _whole(table: Table, row: Row, edit: Literal["del", "ins"]) -> Cell:
    """Return the cell that tells all that a row says, which was added or removed."""
    said = ((title, _said(row[key])) for key, title in _columns(table))
    filled = ((title, Cell(text, runs=(Run(text, edit),))) for title, text in said if text)
    return Cell(parts=tuple(filled))


_NOT_YET: Final = Cell("не было")
_NO_MORE: Final = Cell("убрано")


def _columns(table: Table) -> list[tuple[str, str]]:
    derived = _DERIVED.get(table.key, ())
    return [(column.key, column.title) for column in table.columns if column.key not in derived]


def _said(cell: Cell) -> str:
    """Say all that a cell does, its notes included."""
    return " ".join(filter(None, [cell.plain, *(f"{NOTE}: {note}" for note in cell.notes)]))


def _name(table: Table, row: Row) -> str:
    """Name a row for readers: a measure by its number and its words."""
    if row.anchor:
        number = row["number"].text.rstrip(".")
        words = f"«{_short(row[table.header].text)}»"
        return f"№ {number} {words}" if number else words
    keys = _NAMED_BY.get(table.key, (table.header,))
    return _short(" ".join(filter(None, (row[key].text for key in keys))))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rstrip()}…"


_LONGEST_NAME: Final = 60


def _pairs(before: Table, after: Table) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield each row with what it was, the new ones with None, and those that are no more."""
    left = list(before.rows)
    found: dict[int, Row] = {}
    for alike in (_same_anchor, _same_words, _same_name, _mostly_same):
        for index, now in enumerate(after.rows):
            was = next((was for was in left if alike(after, was, now)), None)
            if index not in found and was is not None:
                found[index] = was
                left.remove(was)
    for index, now in enumerate(after.rows):
        yield found.get(index), now
    for was in left:
        yield was, None


def _same_anchor(_: Table, was: Row, now: Row) -> bool:
    return was.anchor is not None and was.anchor == now.anchor


def _same_words(table: Table, was: Row, now: Row) -> bool:
    keys = [key for key, _ in _columns(table)]
    return was.anchor == now.anchor and all(_said(was[key]) == _said(now[key]) for key in keys)


def _same_name(table: Table, was: Row, now: Row) -> bool:
    name = _name(table, now)
    return was.anchor == now.anchor and name != "" and name == _name(table, was)


def _mostly_same(table: Table, was: Row, now: Row) -> bool:
    said = [(_said(was[key]), _said(now[key])) for key, _ in _columns(table)]
    same = sum(old == new for old, new in said if old or new)
    return was.anchor == now.anchor and 2 * same >= sum(1 for old, new in said if old or new)
