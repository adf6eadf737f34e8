"""Text of headings, paragraphs and lists: drawn as Markdown, and for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import Final, Literal


@dataclass(frozen=True)
class Span:
    """Some words: plain, bold, or as they stand in a file. They may come from anywhere."""

    text: str
    style: Literal["", "b", "code"] = ""


@dataclass(frozen=True)
class Line:
    """A heading of a level, a paragraph, or an item of a list of a level."""

    kind: Literal["heading", "paragraph", "item"]
    spans: tuple[Span, ...]
    level: int = 1

    @property
    def text(self) -> str:
        """The words alone, on one line."""
        return one_line("".join(span.text for span in self.spans))


def line(kind: Literal["heading", "paragraph", "item"], *said: str | Span, level: int = 1) -> Line:
    """Return a line of words and spans."""
    spans = (Span(each) if isinstance(each, str) else each for each in said)
    return Line(kind, tuple(spans), level)


def one_line(text: str) -> str:
    """Return a text on one line, without signs that nobody sees."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _says(each: Line) -> bool:
    return bool(each.text)


# Markdown -----------------------------------------------------------------------------------------

_SIGNS: Final = re.compile(r"[&<>`*_\[\]|~\\#!@$]|(?<=\w):(?=//)|(?<=\bwww)\.")
"""What begins a markup or an address somewhere in the Markdown of GitHub, GitLab or Forgejo."""
_OPENING: Final = re.compile(r"^(\s*\d*)([-+=.):])")
"""What makes a list or a heading of a line that begins with it."""


def markdown(lines: Iterable[Line]) -> str:
    """Draw lines as Markdown; words of any kind stay words."""
    drawn: list[str] = []
    last = None
    for each in filter(_says, lines):  # a dash alone would make a heading of the line above
        if last is not None and not (each.kind == last.kind == "item"):
            drawn.append("")
        said = "".join(map(_marked, each.spans))
        said = _OPENING.sub(lambda m: f"{m[1]}&#{ord(m[2])};", said)
        drawn.append(_before(each) + said)
        last = each
    return "\n".join(drawn) + "\n"


def _before(each: Line) -> str:
    match each.kind:
        case "heading":
            return "#" * each.level + " "
        case "item":
            return "    " * (each.level - 1) + "- "
        case _:
            return ""


def _marked(span: Span) -> str:
    text = re.sub(r"\s+", " ", "".join(c for c in span.text if c.isprintable() or c.isspace()))
    words = _SIGNS.sub(lambda found: f"&#{ord(found[0])};", text)
    return f"<{span.style}>{words}</{span.style}>" if span.style and words else words


# Terminal -----------------------------------------------------------------------------------------

_WIDTH: Final = 80


def plain(lines: Iterable[Line]) -> str:
    """Draw lines for a terminal of 80 columns; a word that is longer is left whole."""
    drawn: list[str] = []
    last = None
    for each in filter(_says, lines):
        if last is not None and not (each.kind == last.kind == "item"):
            drawn.append("")
        drawn += _wrapped(each)
        last = each
    return "\n".join(drawn) + "\n"


def _wrapped(each: Line) -> list[str]:
    first = "  " * each.level + "- " if each.kind == "item" else ""
    rows = wrap(
        each.text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
    under = {1: "=", 2: "-"}.get(each.level) if each.kind == "heading" else None
    return [*rows, under * max(map(len, rows))] if under and rows else rows
