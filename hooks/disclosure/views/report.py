"""A report as a reader sees it: what became of each measure, and the figures of the year."""

from __future__ import annotations

from dataclasses import replace

from disclosure.model import Disclosure, Part, SupplierFolder
from disclosure.views.document import DocumentView, Kind, Place
from disclosure.views.groups import groups_table
from disclosure.views.indicators import indicator_blocks, indicators_table
from disclosure.views.measures import MeasureRows
from disclosure.views.parts import common_tables
from disclosure.views.results import results
from disclosure.views.sections import Content, document_view, sections


def report_view(disclosure: Disclosure, folder: SupplierFolder, place: Place) -> DocumentView:
    """Return the view of a supplier's report, to be published at `place`."""
    report = folder.reports[place.period]
    answers = {answer.id: answer for answer in report.measures}
    programme = folder.programmes[report.programme]
    measures = MeasureRows(programme, disclosure.vocabulary, answers)
    opening, indicators = results(report, measures.table), indicators_table(report)
    tables = common_tables(report, folder.supplier)
    parts = {Part.EXECUTION: measures.content("Выполнение мероприятий")}
    if report.indicators:
        blocks = (block for group in report.indicators for block in indicator_blocks(group))
        parts[Part.INDICATORS] = Content(tuple(blocks))
    view = document_view(
        report,
        folder,
        place,
        (opening.section, *sections(report, tables, parts)),
        (
            *tables.values(),
            *opening.tables,
            measures.table,
            *(table for table in (groups_table(measures.table), indicators) if table.rows),
        ),
        [place.beside(Kind.PROGRAMME, report.programme)],
    )
    return replace(view, draft=report.draft)
