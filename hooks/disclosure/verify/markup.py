"""What a page tells, read from its HTML: elements, the places that links lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import html

from disclosure.verify.node import Node

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
    if node.tag == "Link":
        node.more = f"→ {resolved(element.get('href', ''), here)}"
        if "#fn" in node.more:
            node.tag = "Span"  # a footnote is called within its page alone
    node.children.append(element.text or "")
    if element.tag == "br":
        node.children.append(" ")
    for child in element:
        if isinstance(child.tag, str) and not _silent(child):
            node.children.append(node_of(child, here))
        node.children.append(child.tail or "")
    return node


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
