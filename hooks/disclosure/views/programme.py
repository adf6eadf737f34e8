"""A programme as a reader sees it."""

from __future__ import annotations

from disclosure.model import Disclosure, Measure, Part, SupplierFolder
from disclosure.views.document import DocumentView, Kind, Place, SectionView, say_years
from disclosure.views.groups import groups_table
from disclosure.views.measures import MeasureRows
from disclosure.views.parts import common_tables
from disclosure.views.sections import document_view, sections
from disclosure.views.table import Column, Table, row


def programme_view(disclosure: Disclosure, folder: SupplierFolder, place: Place) -> DocumentView:
    """Return the view of a supplier's programme, to be published at `place`."""
    programme = folder.programmes[place.period]
    measures = MeasureRows(programme, disclosure.vocabulary, earlier=_earlier(folder, place.period))
    groups = groups_table(measures.table)
    dropped = _dropped_table(folder, place.period)
    tables = common_tables(programme, folder.supplier)
    parts = sections(programme, tables, {Part.PLAN: measures.content("План мероприятий")})
    return document_view(
        programme,
        folder,
        place,
        (*parts, *([_dropped_section(dropped)] if dropped.rows else [])),
        (*tables.values(), *(t for t in (measures.table, groups, dropped) if t.rows)),
        [
            place.beside(Kind.REPORT, period)
            for period, report in folder.reports.items()
            if report.programme == place.period
        ],
    )


_DROPPED = (
    Column("id", "Идентификатор"),
    Column("number", "№", optional=True),
    Column("text", "Мероприятие"),
    Column("reason", "Почему не продолжено"),
)


def _dropped_table(folder: SupplierFolder, period: str) -> Table:
    """Return the measures of the programme before that a programme says it does not carry on."""
    before = folder.before(period)
    earlier = {m.id: m for _, m in folder.programmes[before].measures()} if before else {}
    texts = {name: m.text or earlier[m.same_as or name].text for name, m in earlier.items()}
    rows = tuple(
        row(
            {
                "id": each.id,
                "number": earlier[each.id].number,
                "text": texts[each.id],
                "reason": each.reason,
            }
        )
        for each in folder.programmes[period].dropped
    )
    return Table("dropped", "Не продолжено", _DROPPED, rows, "text")


def _dropped_section(table: Table) -> SectionView:
    """Return what readers get of it: they have no use for ids."""
    columns = [column.key for column in _DROPPED if column.key != "id"]
    caption = "Мероприятия прошлой программы, которых в этой нет"
    return SectionView("dropped", table.caption, None, (table.shown(table.rows, caption, columns),))


def _earlier(folder: SupplierFolder, period: str) -> dict[str, str]:
    """Name each measure of the programme before: «№ 3.1, 2025 год»."""
    before = folder.before(period)
    if before is None:
        return {}
    named = folder.programmes[before].measures()
    return {measure.id: f"{_name(measure)}, {say_years(before)}" for _, measure in named}


def _name(measure: Measure) -> str:
    return (
        f"№ {measure.number.rstrip('.')}" if measure.number else f"«{measure.text or measure.id}»"
    )
