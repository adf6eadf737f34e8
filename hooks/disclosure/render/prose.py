"""Prose in the Markdown subset → safe HTML: emphasis, links, lists, footnotes, paragraphs.

Everything else an editor writes, HTML included, is shown as the text it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape
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


def _is_kept(url: str) -> bool:
    """Tell whether the allow-list leaves an address as it is: a port or a number may be no such."""
    return "href=" in nh3.clean(f'<a href="{escape(url)}">', link_rel=None)


class _Markdown(MarkdownIt):
    """Takes for a link only what has an address that every format can show."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # as the library has it
        try:
            address = urlsplit(url)
        except ValueError:
            return False
        if address.scheme in {"http", "https"}:
            return bool(address.hostname) and "%" not in (address.hostname or "") and _is_kept(url)
        return address.scheme in SCHEMES


def _say_titles(state: StateCore) -> None:
    """Put the title of a link behind it in brackets, since a tooltip is lost on paper.

    A link without words gets its address for words.
    """
    for token in state.tokens:
        titles: list[str] = []
        said: list[Token] = []
        for child in token.children or ():
            if child.type == "link_close" and said[-1].type == "link_open":
                said.append(Token("text", "", 0, content=str(said[-1].attrs["href"])))
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
    return _clean(_PARSER.render(text, {"docId": anchor}), TAGS, ATTRIBUTES)


def print_prose(text: str, note: Callable[[str], Markup]) -> Markup:
    """Render prose for paper: `note` sets each of its footnotes where it is called."""
    environment: dict[str, Any] = {"note": note, "open": []}
    tokens = _PRINT_PARSER.parse(text, environment)
    body = [*takewhile(lambda token: token.type != "footnote_block_open", tokens)]
    environment["footnotes"] = dict(_footnotes(tokens[len(body) :]))
    html = _PRINT_PARSER.renderer.render(body, _PRINT_PARSER.options, environment)
    tags = TAGS | {"span"}
    attributes = ATTRIBUTES | {
        "span": {"class", "id", "data-tag"},
        "ol": ATTRIBUTES["ol"] | {"style"},
    }
    return _clean(html, tags, attributes)


def _clean(html: str, tags: set[str], attributes: dict[str, set[str]]) -> Markup:
    """Return HTML without what the allow-list does not name."""
    return Markup(  # noqa: S704  # cleaned here
        nh3.clean(html, tags=tags, attributes=attributes, url_schemes=SCHEMES, link_rel=None)
    )


def _footnotes(tokens: Iterable[Token]) -> Iterator[tuple[int, list[Token]]]:
    """Yield the number and the content of each footnote at the end of prose."""
    for token in tokens:
        if token.type == "footnote_open":
            content: list[Token] = []
            yield token.meta["id"], content
        elif token.type != "footnote_block_open":
            content.append(token)


def _set_footnote(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    environment: dict[str, Any],
) -> str:
    """Set a footnote where it is called, one that another calls in brackets within it."""
    number, outer = tokens[index].meta["id"], environment["open"]
    if number in outer:
        return ""
    outer.append(number)
    lines = "<br>".join(_lines(renderer, environment["footnotes"][number], options, environment))
    outer.pop()
    return f" ({lines})" if outer else environment["note"](Markup(lines))  # noqa: S704


def _open_list(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    environment: Any,
) -> str:
    """Open a list, with its first number in the style, where alone the engine looks for it."""
    if (start := tokens[index].attrGet("start")) is not None:
        tokens[index].attrSet("style", f"counter-reset: list-item {int(start) - 1}")
    return renderer.renderToken(tokens, index, options, environment)


def _lines(
    renderer: RendererHTML, tokens: Iterable[Token], options: OptionsDict, environment: Any
) -> Iterator[str]:
    """Yield the paragraphs of a footnote and the items of its lists."""
    sign = ""
    for token in tokens:
        if token.type == "list_item_open":
            sign = f"{token.info}{token.markup} " if token.info else "– "
        elif token.children:
            yield sign + renderer.renderInline(token.children, options, environment)
            sign = ""


_PRINT_PARSER: Final = _parser()
_PRINT_PARSER.add_render_rule("footnote_ref", _set_footnote)
_PRINT_PARSER.add_render_rule("ordered_list_open", _open_list)
