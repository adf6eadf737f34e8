"""A document as a tagged PDF (PDF/UA-1), set by WeasyPrint from overrides/print.

Import it after the fonts are declared, since it loads Pango; the import costs half a second.
"""

from __future__ import annotations

import gc
import logging
import re
import warnings
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from disclosure.render import RenderError
from disclosure.render.templates import OVERRIDES, environment
from disclosure.views.document import DocumentView

BASE: Final = "https://print.invalid/"
"""Where the templates' own files seem to lie; no other address can be read."""


def render_pdf(view: DocumentView) -> bytes:
    """Return a document as PDF/UA-1; the same view gives the same bytes.

    Raises RenderError where the engine warns of anything: a glyph or a file it lacks, a rule of
    style it does not know.
    """
    html = environment().get_template("document.print.html").render(view=view)
    with _Complaints() as complaints:
        document = HTML(string=html, base_url=BASE, url_fetcher=_Fetcher())
        content = document.write_pdf(stylesheets=[_style()], pdf_variant="pdf/ua-1")
    if complaints.messages:
        said = "; ".join(dict.fromkeys(map(_explain, complaints.messages)))
        raise RenderError(f"{view.place.path}: PDF: {said}")
    return bytes(content)


def warm_up() -> None:
    """Load the style and keep the engine out of the garbage collector's rounds."""
    warnings.filterwarnings("error", module="weasyprint")
    _style()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _explain(message: str) -> str:
    """Say in Russian what an editor can mend: a sign the faces lack; else what the engine says."""
    if "glyph" in message and (lacking := re.search(r"U\+[0-9A-F]{4,6}", message)):
        sign = chr(int(lacking[0][2:], 16))
        return f"в шрифтах нет знака «{sign}» ({lacking[0]}). Замените его в данных."
    return message


@cache
def _style() -> CSS:
    return CSS(filename=OVERRIDES / "print" / "style.css", base_url=BASE, url_fetcher=_Fetcher())


class _Fetcher(URLFetcher):  # type: ignore[misc]  # the engine is not typed
    """Reads a file of overrides/print, and nothing else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file, or raise ValueError, which the engine tells as a warning."""
        root = (OVERRIDES / "print").resolve()
        file = (root / unquote(urlsplit(url).path).lstrip("/")).resolve()
        if not (url.startswith(BASE) and file.is_relative_to(root) and file.is_file()):
            raise ValueError(f"адрес вне оформления печати: {url}")
        return URLFetcherResponse(url, file.read_bytes())


class _Complaints(logging.Handler):
    """Collects what the engine complains of while it is entered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def __enter__(self) -> _Complaints:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())
