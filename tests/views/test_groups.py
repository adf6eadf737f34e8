from __future__ import annotations

from disclosure.views.groups import groups_table
from disclosure.views.table import Cell, Column, Row, Table, row
from tests import samples
from tests.building import DEMONSTRATION

COLUMNS = tuple(Column(key, key) for key in ("section", "group", "segment", "text"))
STATUS = Column("status", "Статус")


def _rows(table: Table, *keys: str) -> list[tuple[str, ...]]:
    return [tuple(row[key].text for key in keys) for row in table.rows]


def _measure(group: str, anchor: str | None = "m-1", **cells: object) -> Row:
    return row({"section": "Очное", "group": group, **cells}, anchor)


def _table(*rows: Row, answered: bool = False) -> Table:
    columns = COLUMNS + ((STATUS,) if answered else ())
    return Table("measures", "Мероприятия", columns, rows, "text")


def test_measures_are_counted_by_group_in_printed_order() -> None:
    rows = [_measure("Офис B2B", segment="B2B"), _measure("Офис B2B", segment="B2B")]
    found = groups_table(_table(_measure("Телефон"), *rows))
    assert _rows(found, "group", "segment", "measures") == [
        ("Телефон", "", "1"),
        ("Офис B2B", "B2B", "2"),
    ]


def test_a_group_without_measures_has_none_and_says_why() -> None:
    found = groups_table(_table(_measure("Офис", None, text="нет мероприятий. Ремонт")))
    assert _rows(found, "measures", "text") == [("0", "нет мероприятий. Ремонт")]


def test_a_report_counts_what_became_of_them() -> None:
    late = _measure("Офис", status="выполнено", late=Cell("3"))
    others = [_measure("Офис", status=said) for said in ("выполнено", "перенесено")]
    found = groups_table(_table(late, *others, answered=True))
    keys = ("measures", "done", "late", "postponed", "not_done")
    assert _rows(found, *keys) == [("3", "2", "1", "1", "0")]


def test_a_flat_plan_has_no_groups() -> None:
    assert groups_table(_table(row({"text": "Открыть офис"}, "m-1"))).rows == ()


def test_the_groups_of_a_document_add_up_to_its_measures() -> None:
    for view in samples.read(DEMONSTRATION).documents:
        tables = {table.key: table for table in view.tables}
        measures = [row for row in tables["measures"].rows if row.anchor and row["group"]]
        groups = tables["groups"].rows if "groups" in tables else ()
        assert sum(int(group["measures"].text) for group in groups) == len(measures)
