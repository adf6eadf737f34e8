"""Documents to render: those of tests/example, and small ones made here."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from disclosure.site import Site, read_site
from disclosure.views.document import Block, DocumentView, SectionView
from disclosure.views.table import Column, Table, row

EXAMPLE = Path(__file__).parent / "example"

TEXTS = st.text(
    st.characters(exclude_categories=["C"]) | st.sampled_from("=+-@'\"\n;,0"), max_size=20
).map(lambda text: unicodedata.normalize("NFC", text.strip()))
"""Texts as data may hold, many beginning with a sign that means something to a spreadsheet."""


@cache
def example() -> Site:
    """Return the views of tests/example."""
    return read(EXAMPLE)


def read(folder: Path) -> Site:
    """Return the views of a data folder, whatever git knows of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
        return read_site(folder)


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
