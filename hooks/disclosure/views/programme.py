"""A programme as a reader sees it."""

from __future__ import annotations

from disclosure.model import Disclosure, Part, SupplierFolder
from disclosure.views.document import (
    DocumentView,
    Place,
    common_tables,
    document_view,
    sections,
)
from disclosure.views.measures import MeasureRows


def programme_view(disclosure: Disclosure, folder: SupplierFolder, place: Place) -> DocumentView:
    """Return the view of a supplier's programme, to be published at `place`."""
    programme = folder.programmes[place.period]
    measures = MeasureRows(programme, disclosure.vocabulary)
    tables = common_tables(programme, folder.supplier)
    return document_view(
        programme,
        folder,
        place,
        sections(programme, tables, {Part.PLAN: measures.content("План мероприятий")}),
        (*tables.values(), measures.table),
    )
