"""The layout of a print, with all of its text on its pages.

WeasyPrint keeps a block whole by sending it to a page of its own, where its heading does not
follow, and loses the end of a note that is longer than a page. It learns only by trying what does
not fit; so the style is told by a class, and the print is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure import boxes

TALL: Final = "tall"
"""The class of a block that no page can hold whole, and of a note that its page has no room for."""

LONE: Final = "lone"
"""The class of a heading that would be the last on its page."""

_HEADINGS: Final = {"h2", "h3", "h4", "h5", "h6"}


def lay_out(html: HTML, styles: list[CSS]) -> Document:
    """Lay out a print; each round marks one element more at least, so there is a last one."""
    while True:
        document = html.render(stylesheets=styles, pdf_variant="pdf/a-3a")
        tall = [*_split_blocks(document), *_unfit_notes(html, document)]
        marked = [_mark(element, TALL) for element in tall]
        if not any(marked):
            marked = [_mark(element, LONE) for element in _lone_headings(document)]
        if not any(marked):
            return document


def _mark(element: Any, name: str) -> bool:
    """Add a class to an element, and tell whether it is new."""
    classes = element.get("class", "").split()
    element.set("class", " ".join([*classes, name]))
    return name not in classes


def _lone_headings(document: Document) -> Iterator[Any]:
    """Yield the headings that end their page, away from what they head."""
    for page in document.pages[:-1]:
        box, *_ = page._page_box.children
        while box.children and not isinstance(box.children[-1], boxes.LineBox):
            box = box.children[-1]
        if box.element_tag in _HEADINGS:
            yield box.element


def _split_blocks(document: Document) -> Iterator[Any]:
    """Yield what was split although its style forbids it."""
    before: set[int] = set()
    for page in document.pages:
        whole = {id(box.element): box.element for box in _whole(page._page_box)}
        yield from (element for key, element in whole.items() if key in before)
        before = set(whole)


def _whole(box: Any) -> Iterator[Any]:
    """Yield the boxes that their style keeps whole, but for heads, which are repeated."""
    for child in box.children:
        if isinstance(child, boxes.LineBox) or child.element_tag == "thead":
            continue
        if child.style["break_inside"] == "avoid":
            yield child
        else:
            yield from _whole(child)


def _unfit_notes(html: HTML, document: Document) -> Iterator[Any]:
    """Yield the footnotes that are set over the text, or on another page than their call."""
    fit = set()
    for page in document.pages:
        for area in page._page_box.children:
            if isinstance(area, boxes.FootnoteAreaBox) and _ends(page) <= area.position_y:
                called = {name.removeprefix("call-") for name in page.anchors}
                fit |= {name for name in page.anchors if name.removeprefix("note-") in called}
    for note in html.etree_element.iter("span"):
        if note.get("class") == "note" and note.get("id") not in fit:
            yield note


def _ends(page: Any) -> float:
    """Return how far down the text of a page goes; at the top of its content at least."""
    body, *_ = page._page_box.children
    lines = (box for box in body.descendants() if isinstance(box, boxes.LineBox))
    bottoms = (line.position_y + line.height for line in lines)
    return float(max(bottoms, default=page._page_box.content_box_y()))
