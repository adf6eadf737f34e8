"""A document's tables as a workbook, XLSX, with all that the page shows."""

from __future__ import annotations

import io

import pandas as pd

from disclosure.render.tables import CREATED, columns_of, records_of
from disclosure.views.document import DocumentView


def render_xlsx(view: DocumentView) -> bytes:
    """Return a workbook with a sheet for each table; a text is never a formula."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(stream, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        book = writer.book
        book.set_properties({"title": view.title, "author": view.supplier.name, "created": CREATED})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for table in view.tables:
            data = pd.DataFrame(records_of(table), columns=columns_of(table), dtype=object).fillna(
                ""
            )
            data.to_excel(writer, sheet_name=table.caption[:31], index=False, freeze_panes=(1, 0))
            sheet = writer.sheets[table.caption[:31]]
            for number, name in enumerate(data.columns):
                sheet.set_column(number, number, _width(data[name].tolist(), name), wrap)
            sheet.autofilter(0, 0, len(data), len(data.columns) - 1)
    return stream.getvalue()


def _width(values: list[object], heading: str) -> int:
    longest = max((len(str(value)) for value in values), default=0)
    return min(60, max(len(heading), longest) + 2)
