"""Tables as a reader sees them: the one shape from which every format is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from disclosure.values import say_date
from disclosure.views.facets import Facet


@dataclass(frozen=True)
class Link:
    """Words and the address they lead to, empty where they lead nowhere."""

    label: str
    address: str


@dataclass(frozen=True)
class Run:
    """Some words of a text that was changed: kept, deleted or inserted."""

    text: str
    edit: Literal["", "del", "ins"] = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: text, links, the editor's notes, then further named cells.

    `spoken` is the text for readers who hear it, where that differs: «1 минута 27 секунд». `runs`
    are the words of the text, where some are marked as deleted or inserted. `state` tells apart
    what is no value, what the document misprints, and how late something is. `number` and `day` are
    what the text means, where it means one.
    """

    text: str = ""
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    number: Decimal | None = None
    parts: tuple[tuple[str, Cell], ...] = ()
    spoken: str | None = None
    runs: tuple[Run, ...] = ()
    state: Literal["", "absent", "misprint", "late"] = ""
    day: date | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.notes or self.links or self.parts)

    @property
    def plain(self) -> str:
        """The text with its links, for formats of plain text."""
        return "; ".join(part for part in [self.text, *(link.label for link in self.links)] if part)

    def noted(self, *notes: str | None) -> Cell:
        """Return the cell with further notes, the empty ones left out."""
        added = tuple(note for note in notes if note)
        return replace(self, notes=self.notes + added) if added else self


NOTE = "Примечание"
EMPTY = Cell()


@dataclass(frozen=True)
class Column:
    """A column: the key its cells go by and the heading readers see."""

    key: str
    title: str
    optional: bool = False
    """Left out of a page where no cell of it is filled."""


@dataclass(frozen=True)
class Row:
    """A row: its cells by column key; an anchor where it can be linked to; depth as a sub-item.

    `facets` are what a page lets readers choose it by.
    """

    cells: Mapping[str, Cell]
    anchor: str | None = None
    depth: int = 0
    facets: tuple[Facet, ...] = field(default=(), repr=False)  # no download shows them

    def __getitem__(self, key: str) -> Cell:
        return self.cells.get(key, EMPTY)


@dataclass(frozen=True)
class Table:
    """A captioned table; `header` is the key of the column that names each row."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: str
    notes: tuple[str, ...] = ()

    def shown(self, rows: Iterable[Row], caption: str, keys: Iterable[str]) -> Table:
        """Return some rows and columns of this table under a caption of their own."""
        chosen = tuple(rows)
        wanted = set(keys)
        columns = tuple(
            column
            for column in self.columns
            if column.key in wanted
            and not (column.optional and not any(row[column.key] for row in chosen))
        )
        return replace(self, caption=caption, columns=columns, rows=chosen)


def cell(value: object | None, *notes: str | None) -> Cell:
    """Return a cell that shows a value, or nothing for None."""
    day = value if isinstance(value, date) else None
    return Cell("" if value is None else str(value), day=day).noted(*notes)


def dated(day: date | None, *notes: str | None) -> Cell:
    """Return a cell that shows a day as documents print it, or nothing for None."""
    return Cell("" if day is None else say_date(day), day=day).noted(*notes)


def numbered(number: Decimal | int | None) -> Cell:
    """Return a cell that shows a number as programs write it, or nothing for None."""
    return EMPTY if number is None else Cell(str(number), number=Decimal(number))


def row(
    values: Mapping[str, object | None],
    anchor: str | None = None,
    depth: int = 0,
    facets: tuple[Facet, ...] = (),
) -> Row:
    """Return a row of values by column key; cells are taken as they are."""
    cells = {key: v if isinstance(v, Cell) else cell(v) for key, v in values.items()}
    return Row(cells, anchor, depth, facets)
