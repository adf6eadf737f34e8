"""Documents to render: those of tests/example, and small ones made here."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from disclosure.site import Site, read_site
from disclosure.views.document import Block, DocumentView, SectionView
from disclosure.views.table import Column, Table, row

EXAMPLE = Path(__file__).parent / "example"


@cache
def example() -> Site:
    """Return the views of tests/example."""
    return read(EXAMPLE)


def read(folder: Path) -> Site:
    """Return the views of a data folder, whatever git knows of it."""
    site = read_site(folder)
    return replace(site, documents=tuple(replace(view, dated=None) for view in site.documents))


def view(path: str) -> DocumentView:
    """Return the view of a document of the example, such as «programmes/2024»."""
    return next(view for view in example().documents if view.place.path == f"{path}/")


def edited(folder: Path, path: str, old: str, new: str) -> Site:
    """Return the example with one document changed, copied to a new folder."""
    shutil.copytree(EXAMPLE, folder)
    file = folder / "suppliers" / "primer" / f"{path}.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return read(folder)


def document(*blocks: Block) -> DocumentView:
    """Return a document of one section that holds some blocks."""
    tables = tuple(block for block in blocks if isinstance(block, Table))
    section = SectionView("section-1", "Раздел", "1.", blocks)
    return replace(view("programmes/2024"), sections=(section,), tables=tables)


def table(*texts: str) -> Table:
    """Return a table with a row for each text, numbered from 1."""
    columns = (Column("number", "№"), Column("text", "Мероприятие"))
    rows = (row({"number": number, "text": text}) for number, text in enumerate(texts, 1))
    return Table("measures", "Мероприятия", columns, tuple(rows), "text")
