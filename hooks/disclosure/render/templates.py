"""The templates of pages and prints: an environment of their own, which escapes everything."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from disclosure.render.prose import print_prose, prose
from disclosure.values import say_date, say_moment
from disclosure.views.document import (
    DEMO,
    DEMO_NOTICE,
    DRAFT_NOTICE,
    Caption,
    Chart,
    Facts,
    Leads,
    NoRows,
    Prose,
    SectionView,
    say_checksum,
)
from disclosure.views.duties import SHOWN_AS
from disclosure.views.facets import status_facet
from disclosure.views.table import NOTE, Table

OVERRIDES: Final = Path(__file__).resolve().parents[3] / "overrides"

WIDEST: Final = 6
"""How many columns of a table an upright page holds."""

LONGEST_IN_TITLE: Final = 600
"""How many letters a note to a title has at most: in large print they take half a page."""

_BLOCKS: Final = {
    Prose: "prose",
    Facts: "facts",
    NoRows: "no_rows",
    Caption: "caption",
    Chart: "chart",
    Leads: "leads",
    Table: "table",
}


@cache
def environment() -> Environment:
    """Return the environment; undefined names are errors, text is escaped."""
    loader = FileSystemLoader([OVERRIDES / "pages", OVERRIDES / "print"])
    found = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "prose": prose,
        "print_prose": print_prose,
        "size": say_size,
        "date": say_date,
        "moment": say_moment,
        "checksum": say_checksum,
        "block": block_kind,
        "status_class": status_class,
        "unbroken": unbroken,
    }
    found.tests |= {"wide": is_wide, "short": is_short}
    found.globals |= {
        "relative": relative,
        "NOTE": NOTE,
        "DEMO": DEMO,
        "DRAFT_NOTICE": DRAFT_NOTICE,
        "COUNTED": ("services", "segments"),
        "DEMO_TEXT": DEMO_NOTICE.removeprefix(DEMO),
    }
    return found


def block_kind(block: object) -> str:
    """Name the component that shows a block."""
    return _BLOCKS[type(block)]


def is_wide(section: SectionView) -> bool:
    """Tell whether a section shows a table that an upright page is too narrow for."""
    tables = (block for block in section.blocks if isinstance(block, Table))
    return any(len(table.columns) > WIDEST for table in tables)


def is_short(note: str) -> bool:
    """Tell whether a note may stand in a title, which cannot go over to another page."""
    return len(note) <= LONGEST_IN_TITLE


def status_class(status: str) -> str:
    """Name the class of a status tag after the status: «done», «not-done»."""
    return SHOWN_AS.get(status) or status_facet(status.removeprefix("из них ")).value


def relative(target: str, here: str) -> str:
    """Return the link from the page at `here` to `target`, both below the site's root."""
    path = posixpath.relpath(target or ".", here or ".")
    return f"{path}/" if not target or target.endswith("/") else path


def unbroken(text: str) -> str:
    """Return a text whose numbers no line breaks: «12 400» keeps its digits together."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\N{NO-BREAK SPACE}", text)


def say_size(size: int) -> str:
    """Say the size of a file: «12 КБ», «1,2 МБ»."""
    kib = max(1, round(size / 1024))
    return f"{kib} КБ" if kib < 1000 else f"{kib / 1024:.1f} МБ".replace(".", ",")
