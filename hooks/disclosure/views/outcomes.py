"""What a report says became of the measures of a programme, for the page of the programme."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from disclosure.views.document import Block, DocumentView, SectionView
from disclosure.views.measures import TITLES, status_facets
from disclosure.views.table import EMPTY, Cell, Column, Link, Row, Table

_OUTCOME = Column("status", "В отчёте")


def with_outcomes(programme: DocumentView, report: DocumentView) -> DocumentView:
    """Return a programme's view in which each measure leads to its answer in a report.

    It is for the page alone: downloads of a programme do not change when its report appears.
    """
    address = posixpath.relpath(report.place.path, programme.place.path)
    outcomes = {
        row.anchor: _outcome(row, f"{address}/#{row.anchor}")
        for table in report.tables
        for row in table.rows
        if row.anchor and row["status"]
    }
    sections = tuple(_section(section, outcomes) for section in programme.sections)
    return replace(programme, sections=sections)


def _outcome(row: Row, address: str) -> Cell:
    """Return the status of a measure as the words of a link, and how late it was."""
    status, late = row["status"].text, row["late"]
    parts = ((TITLES["late"], late),) if late else ()
    return Cell(status, links=(Link(status, address),), parts=parts)


_Outcomes = Mapping[str, Cell]


def _section(section: SectionView, outcomes: _Outcomes) -> SectionView:
    return replace(
        section,
        blocks=tuple(_block(block, outcomes) for block in section.blocks),
        sections=tuple(_section(nested, outcomes) for nested in section.sections),
    )


def _block(block: Block, outcomes: _Outcomes) -> Block:
    """Put the outcome beside the deadline of each measure."""
    if not isinstance(block, Table) or block.key != "measures":
        return block
    after = 1 + next(i for i, column in enumerate(block.columns) if column.key == "deadline")
    return replace(
        block,
        columns=(*block.columns[:after], _OUTCOME, *block.columns[after:]),
        rows=tuple(_row(row, outcomes.get(row.anchor or "", EMPTY)) for row in block.rows),
    )


def _row(row: Row, outcome: Cell) -> Row:
    facets = status_facets(outcome.text, late=bool(outcome.parts)) if outcome else ()
    return replace(row, cells={**row.cells, "status": outcome}, facets=row.facets + facets)
