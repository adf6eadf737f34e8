"""A document as a PDF for everyone: PDF/UA-1 and PDF/A-3a at once, with its data embedded.

Set by WeasyPrint from overrides/print. Import it after the fonts are declared, since it loads
Pango; the import costs half a second.
"""

from __future__ import annotations

import gc
import logging
import re
import warnings
from datetime import UTC, datetime, time
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

import pydyf
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from disclosure.render import RenderError
from disclosure.render.footnotes import Footnotes
from disclosure.render.layout import lay_out
from disclosure.render.structure import add_structure, referred
from disclosure.render.tables import CREATED, render_csv, render_json
from disclosure.render.templates import OVERRIDES, environment
from disclosure.views.document import DocumentView

BASE: Final = "https://print.invalid/"
"""Where the templates' own files seem to lie; no other address can be read."""

_PRINT: Final = OVERRIDES / "print"
_END_OF_CLAIMS: Final = b"</rdf:RDF>"

SELDOM: Final = (200_000, 20, 100)
"""When garbage is collected: boxes live as long as their document, and looking at them costs."""


def render_pdf(view: DocumentView) -> bytes:
    """Return a document as a PDF; the same view gives the same bytes.

    Raises RenderError where the engine warns of anything: a glyph or a file it lacks, a rule of
    style it does not know.
    """
    return _render(view, large=False)


def render_large_pdf(view: DocumentView) -> bytes:
    """Return a document in large print: at least 18 points, cards instead of wide tables.

    Raises RenderError as `render_pdf` does.
    """
    return _render(view, large=True)


def warm_up() -> None:
    """Load the styles and keep the engine out of the garbage collector's rounds."""
    warnings.filterwarnings("error", module="weasyprint")
    _style("style.css")
    _style("large.css")
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _render(view: DocumentView, *, large: bool) -> bytes:
    table, data = render_csv(view), render_json(view)
    html = print_html(view, large=large)
    files = {f"{view.file_stem}.csv": table, f"{view.file_stem}.json": data}
    with _Complaints() as complaints:
        content = typeset(html, large=large, attachments=_attachments(view, files))
    if complaints.messages:
        said = "; ".join(dict.fromkeys(map(_explain, complaints.messages)))
        raise RenderError(f"{view.place.path}: PDF: {said}")
    return content


def print_html(view: DocumentView, *, large: bool) -> str:
    """Return a document as the HTML that is set."""
    template = environment().get_template("document.print.html")
    note = Footnotes("[{}]" if large else "{}")
    return template.render(view=view, large=large, note=note)


def typeset(html: str, *, large: bool, attachments: list[Attachment]) -> bytes:
    """Return a print as a PDF that is tagged, archivable and holds the attachments."""
    styles = [_style("style.css"), *([_style("large.css")] if large else [])]
    document = lay_out(HTML(string=html, base_url=BASE, url_fetcher=_Fetcher()), styles)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the engine leaves its colours open
        content = document.write_pdf(
            finisher=_finish, pdf_variant="pdf/a-3a", attachments=attachments
        )
    return bytes(content)


def _attachments(view: DocumentView, files: dict[str, bytes]) -> list[Attachment]:
    """Return the data of a document as what its PDF is made from, dated as the data are."""
    dated = datetime.combine(view.dated, time(), UTC) if view.dated else CREATED
    return [
        Attachment(
            string=content,
            name=name,
            description=f"Данные документа: {view.title}",
            relationship="Data",
            created=dated,
            modified=dated,
        )
        for name, content in files.items()
    ]


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    """Put right what the engine leaves: the tags, the claim of PDF/UA, a file listed twice."""
    add_structure(document, pdf)
    metadata = referred(pdf, pdf.catalog["Metadata"])
    (claims,) = metadata.stream
    ours = (_PRINT / "ua.xmp").read_bytes()
    metadata.stream = [claims.replace(_END_OF_CLAIMS, ours + _END_OF_CLAIMS)]
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog.get("AF", ())))


def _explain(message: str) -> str:
    """Say in Russian what an editor can mend: a sign the faces lack; else what the engine says."""
    if "glyph" in message and (lacking := re.findall(r"U\+[0-9A-F]{4,6}", message)):
        signs = ", ".join(f"«{chr(int(sign[2:], 16))}» ({sign})" for sign in lacking)
        return f"в шрифтах нет знака {signs}. Замените его в данных."
    return (
        f"движок вёрстки предупреждает: {message}. Это ошибка оформления: сообщите разработчикам."
    )


@cache
def _style(name: str) -> CSS:
    return CSS(filename=_PRINT / name, base_url=BASE, url_fetcher=_Fetcher())


class _Fetcher(URLFetcher):  # type: ignore[misc]  # the engine is not typed
    """Reads a file of overrides/print, and nothing else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file, or raise ValueError, which the engine tells as a warning."""
        root = _PRINT.resolve()
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
