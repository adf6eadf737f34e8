"""The groups of a plan as a table: how many measures each has, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from disclosure.views.facets import LATE, STATUSES, status_facet
from disclosure.views.table import Cell, Column, Row, Table, numbered

_KEYS = ("section_number", "section", "group_number", "group", "segment")
_MARKS = {said: status_facet(said).value.replace("-", "_") for said in STATUSES}
_COUNTS = tuple(Column(key, said.capitalize()) for said, key in _MARKS.items())


def groups_table(measures: Table) -> Table:
    """Return a row for each group of a plan, of whose measures `measures` has all rows.

    A flat plan has no groups and so no rows. A report counts the measures by status; one that is
    late is counted as done, too.
    """
    answered = any(column.key == "status" for column in measures.columns)
    columns = tuple(column for column in measures.columns if column.key in _KEYS)
    columns += (Column("measures", "Мероприятий"), Column("text", "Если мероприятий нет"))
    rows = tuple(_rows(measures, answered=answered))
    return Table("groups", "Группы", columns + (_COUNTS if answered else ()), rows, "group")


def _rows(measures: Table, *, answered: bool) -> Iterator[Row]:
    grouped = (row for row in measures.rows if row["group"])
    for _, found in groupby(grouped, lambda row: [row[key] for key in _KEYS]):
        rows = list(found)
        named = {key: rows[0][key] for key in _KEYS}
        promised = [row for row in rows if row.anchor]
        cells = named | {"measures": numbered(len(promised))}
        if not promised:
            cells["text"] = rows[0]["text"]
        yield Row(cells | (_counts(promised) if answered else {}))


def _counts(rows: list[Row]) -> dict[str, Cell]:
    said = [row["status"].text for row in rows] + [LATE for row in rows if row["late"]]
    return {key: numbered(said.count(status)) for status, key in _MARKS.items()}
