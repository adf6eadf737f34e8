"""Prose in the Markdown subset → safe HTML: emphasis, links, lists, footnotes, paragraphs.

Everything else an editor writes, HTML included, is shown as the text it is.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.footnote import footnote_plugin

TAGS: Final = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "sup", "section", "hr"}
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(),
    "a": {"href", "id", "class"},
    "li": {"id", "class"},
    "ol": {"start", "class"},
    "section": {"class"},
    "sup": {"class"},
}
SCHEMES: Final = {"http", "https", "mailto", "tel"}


class _Markdown(MarkdownIt):
    """Takes for a link only what has an address that every format can show."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # as the library has it
        try:
            address = urlsplit(url)
        except ValueError:
            return False
        if address.scheme in {"http", "https"}:
            return bool(address.hostname) and "%" not in (address.hostname or "")
        return address.scheme in SCHEMES


def _say_titles(state: StateCore) -> None:
    """Put the title of a link behind it in brackets, since a tooltip is lost on paper."""
    for token in state.tokens:
        titles: list[str] = []
        said: list[Token] = []
        for child in token.children or ():
            said.append(child)
            if child.type == "link_open":
                titles.append(str(child.attrs.pop("title", "")))
            elif child.type == "link_close" and (title := titles.pop()):
                said.append(Token("text", "", 0, content=f" ({title})"))
        if said:
            token.children = said


def _parser() -> MarkdownIt:
    parser = _Markdown("zero", {"html": False})
    parser.enable(["emphasis", "balance_pairs", "fragments_join", "link", "list", "escape"])
    parser.core.ruler.push("titles", _say_titles)
    return parser.use(footnote_plugin)


_PARSER: Final = _parser()


def prose(text: str, anchor: str = "") -> Markup:
    """Render prose; `anchor` makes the ids of its footnotes unique within a page."""
    html = _PARSER.render(text, {"docId": anchor})
    return Markup(  # noqa: S704  # cleaned by the allow-list
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    )
