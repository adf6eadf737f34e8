"""What a page tells, read from its HTML: elements, the places that links lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html

from disclosure.verify.node import Node
from disclosure.views.facets import Choice

SHOWN: Final = "d-page"
"""The class of the element that holds what a page is about."""

_TAGS: Final = {
    **{name: name.upper() for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "tr", "th", "td")},
    "li": "LI",
    "ul": "L",
    "ol": "L",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "dt": "Dt",
    "dd": "Dd",
    "figure": "Figure",
    "a": "Link",
    **dict.fromkeys(("b", "em", "strong", "span", "sup", "del", "ins", "br", "time"), "Span"),
    **dict.fromkeys(("label", "select", "option", "button", "svg", "title", "rect"), "Span"),
}


def parsed(content: bytes | str) -> Any:
    """Return the root of a page."""
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def shown(page: Any, here: str, within: str = SHOWN) -> Iterator[Node]:
    """Yield what a page has within elements of a class; `here` is its address below the root."""
    return (node_of(found, here) for found in page.find_class(within))


def fragment(text: str) -> Node:
    """Return a piece of HTML as an element."""
    return node_of(html.fragment_fromstring(text, create_parent="div"), "")


def node_of(element: Any, here: str) -> Node:
    """Return an element with all within it that is shown."""
    node = Node(_TAGS.get(element.tag, "Div"), place=element.get("id", ""))
    facets = chosen((c, element.get(f"data-{c}")) for c in Choice if element.get(f"data-{c}"))
    node.place += facets if element.tag == "tr" else ""
    if node.tag == "Link":
        node.more = f"→ {resolved(element.get('href', ''), here)}"
        if "#fn" in node.more:
            node.tag, node.more = "Span", ""  # a footnote is called within its page alone
    node.children.append(element.text or "")
    if element.tag == "br":
        node.children.append(" ")
    if element.tag == "rect":
        node.children.append(drawn(element.get("width")))
    for child in element:
        if isinstance(child.tag, str) and not _silent(child):
            node.children.append(node_of(child, here))
        node.children.append(child.tail or "")
    if element.tag == "p":
        node.children.append(facets)
    if element.tag == "option" and element.get("value"):
        node.children.append(f" [{element.get('value')}] ")
    return node


def chosen(facets: Iterable[tuple[str, str]]) -> str:
    """Say what an element can be chosen by: names and values."""
    values: dict[str, list[str]] = {}
    for name, value in facets:
        values.setdefault(name, []).append(value)
    said = " ".join(f"{name}={' '.join(values[name])}" for name in Choice if name in values)
    return f" [{said}]" if said else ""


def drawn(share: object) -> str:
    """Say how long a bar is drawn, in per cent of the longest."""
    return f" ▮ {share} %"


def mislabelled(page: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the table, the head and the label of cells that a narrow screen labels otherwise."""
    for table in page.iter("table"):
        heads = [_words(head) for head in table.iterfind("thead/tr/th")]
        for row in table.iterfind("tbody/tr"):
            for head, cell in zip(heads, row, strict=False):
                if (label := cell.get("data-label", "")) != head:
                    yield _words(table.find("caption")), head, label


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _silent(element: Any) -> bool:
    """Tell whether an element says nothing of the data."""
    classes = element.get("class", "").split()
    within_link = "d-hidden" in classes and element.getparent().tag == "a"
    return element.tag in {"script", "style"} or "d-permalink" in classes or within_link


def resolved(address: str, here: str) -> str:
    """Return where a link of the page at `here` leads, below the site's root."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if not parts.path:
        return f"{here}{fragment}"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(f"/{here}"), parts.path)).lstrip("/")
    return f"{path}{'/' if parts.path.endswith(('/', '.')) and path else ''}{fragment}"
