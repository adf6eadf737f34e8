"""Prose in the Markdown subset → safe HTML: emphasis, links, lists, footnotes, paragraphs.

Everything else an editor writes, HTML included, is shown as the text it is.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
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
        return urlsplit(url).scheme in SCHEMES


def _parser() -> MarkdownIt:
    parser = _Markdown("zero", {"html": False})
    parser.enable(["emphasis", "balance_pairs", "fragments_join", "link", "list", "escape"])
    return parser.use(footnote_plugin)


_PARSER: Final = _parser()


def prose(text: str, anchor: str = "") -> Markup:
    """Render prose; `anchor` makes the ids of its footnotes unique within a page."""
    html = _PARSER.render(text, {"docId": anchor})
    return Markup(  # noqa: S704  # cleaned by the allow-list
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    )
