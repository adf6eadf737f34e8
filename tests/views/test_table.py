from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.views.table import EMPTY, Cell, Column, Link, Row, Table, cell, row

NOTED = Cell("текст", notes=("Раз.", "Два."), links=(Link("сайт", "https://a.example"),))


@pytest.mark.parametrize(
    ("shown", "plain"),
    [
        (EMPTY, ""),
        (Cell("текст"), "текст"),
        (Cell(links=(Link("a", "tel:1"), Link("b", "tel:2"))), "a; b"),
        (NOTED, "текст; сайт"),
    ],
)
def test_a_cell_as_plain_text(shown: Cell, plain: str) -> None:
    assert shown.plain == plain


@pytest.mark.parametrize(
    ("filled", "value"),
    [
        (False, EMPTY),
        (True, Cell("0")),
        (True, Cell(notes=("Раз.",))),
        (True, Cell(links=(Link("a", "tel:1"),))),
        (True, Cell(parts=(("Эффект", Cell("текст")),))),
    ],
)
def test_a_cell_is_filled_by_whatever_stands_in_it(filled: bool, value: Cell) -> None:
    assert bool(value) is filled


def test_a_cell_shows_a_value_and_leaves_out_what_is_not_given() -> None:
    assert cell(None, None, "Раз.") == Cell("", notes=("Раз.",))
    assert cell(0) == Cell("0")


def test_a_row_takes_cells_as_they_are_and_has_all_others_empty() -> None:
    number = Cell("1", number=Decimal(1))
    made = row({"a": number, "b": "текст", "c": None})
    assert made.cells == {"a": number, "b": Cell("текст"), "c": EMPTY}
    assert made["no such"] == EMPTY


def test_a_part_of_a_table_keeps_only_the_columns_that_are_filled() -> None:
    columns = (Column("name", "Имя"), Column("must", "Нужно"), Column("may", "Можно", True))
    one, other = (Row({"name": Cell("а")}), Row({"name": Cell("б"), "may": Cell("в")}))
    table = Table("key", "Всё", columns, (one, other), "name")

    def shown(rows: list[Row], *keys: str) -> list[str]:
        return [column.key for column in table.shown(rows, "Часть", keys).columns]

    assert shown([one, other], "name", "must", "may") == ["name", "must", "may"]
    assert shown([one], "name", "must", "may") == ["name", "must"]
    assert shown([one, other], "name") == ["name"]
