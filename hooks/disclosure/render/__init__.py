"""Views → bytes: one module a format, one entry each in the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

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

    def render(self, view: DocumentView) -> bytes:
        """Return a document in this format."""
        module, function = self.renderer.split(":")
        renderer = cast("Callable[[DocumentView], bytes]", getattr(import_module(module), function))
        return renderer(view)


FORMATS: Final = (
    Format("PDF", ".pdf", "disclosure.render.pdf:render_pdf"),
    Format("PDF, крупный шрифт", "-large.pdf", "disclosure.render.pdf:render_large_pdf"),
    Format("XLSX", ".xlsx", "disclosure.render.workbook:render_xlsx"),
    Format("CSV", ".csv", "disclosure.render.tables:render_csv"),
    Format("JSON", ".json", "disclosure.render.tables:render_json"),
)
