"""Views → bytes: one module a format, one entry each in the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from disclosure.views.datasets import SupplierData
from disclosure.views.document import DocumentView


class RenderError(Exception):
    """A document that could not be rendered without fault; the text says why in Russian."""


@dataclass(frozen=True)
class Format:
    """A download: its name for readers, the end of its file name, the function that renders it.

    `renderer` is «module:function» and is imported at the first use, since pandas and WeasyPrint
    each cost half a second that a build with nothing changed need not pay.
    """

    name: str
    ending: str
    renderer: str

    @property
    def suffix(self) -> str:
        """The kind of file: «pdf»."""
        return self.ending.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """The kind of file by the register of IANA: «application/pdf»."""
        return _MEDIA_TYPES[self.suffix]

    def render(self, view: DocumentView | SupplierData) -> bytes:
        """Return a document, or the data of a supplier, in this format."""
        module, function = self.renderer.split(":")
        renderer = cast("Callable[[object], bytes]", getattr(import_module(module), function))
        return renderer(view)


_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


FORMATS: Final = (
    Format("PDF", ".pdf", "disclosure.render.pdf:render_pdf"),
    Format("PDF, крупный шрифт", "-large.pdf", "disclosure.render.pdf:render_large_pdf"),
    Format("XLSX", ".xlsx", "disclosure.render.workbook:render_xlsx"),
    Format("CSV", ".csv", "disclosure.render.tables:render_csv"),
    Format("JSON", ".json", "disclosure.render.tables:render_json"),
)
"""What readers of a document can download."""

DATA_FORMATS: Final = (
    Format("Документы", "documents.csv", "disclosure.render.stacks:render_documents"),
    Format("Мероприятия программ", "measures.csv", "disclosure.render.stacks:render_measures"),
    Format("Выполнение по отчётам", "statuses.csv", "disclosure.render.stacks:render_statuses"),
    Format("Группы мероприятий", "groups.csv", "disclosure.render.stacks:render_groups"),
    Format("Показатели качества", "indicators.csv", "disclosure.render.stacks:render_indicators"),
    Format("Всё о поставщике", "supplier.json", "disclosure.render.stacks:render_supplier"),
)
"""What machines can download of all documents of a supplier: tables, and all in one."""
