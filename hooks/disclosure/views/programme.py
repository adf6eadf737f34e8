"""A programme as a reader sees it."""

from __future__ import annotations

from disclosure.model import Disclosure, Measure, Part, SupplierFolder
from disclosure.views.document import DocumentView, Kind, Place, say_years
from disclosure.views.measures import MeasureRows
from disclosure.views.parts import common_tables
from disclosure.views.sections import document_view, sections


def programme_view(disclosure: Disclosure, folder: SupplierFolder, place: Place) -> DocumentView:
    """Return the view of a supplier's programme, to be published at `place`."""
    programme = folder.programmes[place.period]
    measures = MeasureRows(programme, disclosure.vocabulary, earlier=_earlier(folder, place.period))
    tables = common_tables(programme, folder.supplier)
    return document_view(
        programme,
        folder,
        place,
        sections(programme, tables, {Part.PLAN: measures.content("План мероприятий")}),
        (*tables.values(), measures.table),
        [
            place.beside(Kind.REPORT, period)
            for period, report in folder.reports.items()
            if report.programme == place.period
        ],
    )


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
