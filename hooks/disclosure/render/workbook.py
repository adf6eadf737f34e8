"""A document's tables as a workbook, XLSX, with all that the page shows."""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Final

import pandas as pd

from disclosure.render import RenderError
from disclosure.render.tables import CREATED, columns_of, records_of, typed
from disclosure.views.dictionary import dictionary_table
from disclosure.views.document import DocumentView
from disclosure.views.table import Table

LONGEST: Final = 32_767
"""How many characters a cell of a workbook holds; what is longer would be cut without a word."""

_DATE: Final = "dd.mm.yyyy"


def render_xlsx(view: DocumentView) -> bytes:
    """Return a workbook: a sheet for each table, and the dictionary of their columns.

    A text is never a formula, a day is a date. Raises RenderError for a text that no cell holds.
    """
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"valign": "top"},
    }
    with pd.ExcelWriter(
        stream, engine="xlsxwriter", date_format=_DATE, engine_kwargs={"options": options}
    ) as writer:
        book = writer.book
        book.set_properties({"title": view.title, "author": view.supplier.name, "created": CREATED})
        wrap = book.add_format({"text_wrap": True})
        for table in (*view.tables, dictionary_table(view.tables)):
            _write(writer, table, wrap)
    return stream.getvalue()


def _write(writer: Any, table: Table, wrap: Any) -> None:
    """Add a sheet whose head stays in view and which can be filtered."""
    records = records_of(table, typed)
    data = pd.DataFrame(records, columns=columns_of(table), dtype=object).fillna("")
    widths = [_width(data[column].tolist(), column) for column in data.columns]
    name = table.caption[:31]  # a sheet's name is no longer
    data.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    sheet = writer.sheets[name]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, wrap)
    sheet.autofilter(0, 0, len(data), len(data.columns) - 1)


def _width(values: list[object], heading: str) -> int:
    longest = max((_length(value) for value in values), default=0)
    if longest > LONGEST:
        raise RenderError(
            f"В столбце «{heading}» текст длиннее {LONGEST} знаков: в ячейку XLSX он не войдёт."
            " Разделите его."
        )
    return min(60, max(len(heading), longest) + 2)


def _length(value: object) -> int:
    return len(_DATE) if isinstance(value, date) else len(str(value))
