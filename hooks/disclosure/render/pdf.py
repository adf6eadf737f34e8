"""A document as a tagged PDF (PDF/UA-1), set by WeasyPrint from overrides/print."""

from __future__ import annotations

import gc
import logging
import warnings
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from disclosure.render import RenderError
from disclosure.render.templates import OVERRIDES, environment
from disclosure.views.document import DocumentView

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE: Final = "https://print.invalid/"
"""Where the templates' own files seem to lie; no other address can be read."""


def render_pdf(view: DocumentView) -> bytes:
    """Return a document as PDF/UA-1; the same view gives the same bytes.

    Raises RenderError where the engine warns of anything: a glyph or a file it lacks, a rule of
    style it does not know.
    """
    from weasyprint import HTML  # noqa: PLC0415  # half a second that only a missing PDF costs

    html = environment().get_template("document.print.html").render(view=view)
    with _Complaints() as complaints:
        document = HTML(string=html, base_url=BASE, url_fetcher=_fetcher())
        content = document.write_pdf(stylesheets=[_style()], pdf_variant="pdf/ua-1")
    if complaints.messages:
        raise RenderError(f"{view.place.path}: PDF: {'; '.join(complaints.messages)}")
    return bytes(content)


def warm_up() -> None:
    """Load the engine and keep it out of the garbage collector's rounds."""
    warnings.filterwarnings("error", module="weasyprint")
    _style()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@cache
def _style() -> CSS:
    from weasyprint import CSS  # noqa: PLC0415  # as above

    return CSS(filename=OVERRIDES / "print" / "style.css", base_url=BASE, url_fetcher=_fetcher())


def _fetcher() -> URLFetcher:
    """Return a fetcher that asks _fetch; the engine takes no plain function for one."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  # as above

    fetcher = URLFetcher()
    fetcher.fetch = _fetch
    return fetcher


def _fetch(url: str) -> URLFetcherResponse:
    """Read a file of overrides/print, and nothing else."""
    from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415  # as above

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
