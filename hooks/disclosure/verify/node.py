"""What a reading tells: a tree of elements, and the values that it comes to in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final


@dataclass
class Node:
    """An element of a structure: its tag, what is said of it, what it holds.

    The tags are those of PDF, for a page too. `place` is the name by which links lead to it.
    """

    tag: str
    children: list[Node | str] = field(default_factory=list)
    more: str = ""
    place: str = ""

    def walk(self) -> Iterator[Node]:
        """Yield it and all elements within it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def within(self, *tags: str) -> Iterator[Node]:
        """Yield all elements within it that have one of some tags."""
        return (node for node in self.walk() if node.tag in tags)

    def texts(self, *without: str) -> Iterator[str]:
        """Yield the text within it, but for that of elements that have one of some tags."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in without:
                yield from child.texts(*without)

    def text(self, *without: str) -> str:
        """Return the text within it, with all spaces alike."""
        return _plain("".join(self.texts(*without)))

    def words(self) -> str:
        """Return the text within it with the targets of links and, in place of its call, a note."""
        return _plain("".join(map(_said, self.children)))


@dataclass(frozen=True)
class Line:
    """A value by itself: a heading, a paragraph, an item of a list."""

    kind: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table: its caption, the heads of its columns, the cells of its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = Line | Grid

TEXT: Final = "текст"
PARAGRAPH: Final = "абзац"
ITEM: Final = "пункт списка"
NAME: Final = "название"
VALUE: Final = "значение"
CHART: Final = "диаграмма"

_KINDS: Final = {
    **{f"H{level}": f"заголовок {level}-го уровня" for level in range(1, 7)},
    "P": PARAGRAPH,
    "LI": ITEM,
    "TOCI": ITEM,
    "Dt": NAME,
    "Dd": VALUE,
    "Figure": CHART,
}
_INLINE: Final = {"Span", "Link", "Reference", "Note", "Lbl"}


def heading(level: int) -> str:
    """Return the kind of a heading."""
    return _KINDS[f"H{level}"]


def linked(words: str, target: str | None) -> str:
    """Return words with the address that they lead to, None where they lead nowhere."""
    return words if target is None else f"{words} ⟨{target}⟩"


def pieces(node: Node) -> list[Piece]:
    """Return all that an element tells, in reading order."""
    return [*_pieces(node, TEXT)]


def _pieces(node: Node, kind: str) -> Iterator[Piece]:
    if node.tag == "Table":
        yield _grid(node)
        return
    kind = _KINDS.get(node.tag, kind)
    text: list[str] = []
    for child in node.children:
        if isinstance(child, str) or child.tag in _INLINE:
            text.append(_said(child))
        else:
            yield from _line(kind, text)
            text = []
            yield from _pieces(child, kind)
    yield from _line(kind, text)


def _line(kind: str, text: list[str]) -> Iterator[Line]:
    if said := _plain("".join(text)):
        yield Line(kind, said)


def _grid(table: Node) -> Grid:
    caption = " ".join(found.words() for found in table.within("Caption"))
    heads = [cell.words() for head in table.within("THead") for cell in head.within("TH", "TD")]
    bodies = [*table.within("TBody")]
    lines = [row for body in bodies for row in body.within("TR")]
    rows = [tuple(cell.words() for cell in row.within("TH", "TD")) for row in lines]
    if any(row.place for row in lines):
        heads = ["", *heads]
        rows = [(row.place, *cells) for row, cells in zip(lines, rows, strict=True)]
    return Grid(caption, tuple(heads), tuple(rows))


def _said(child: Node | str) -> str:
    if isinstance(child, str):
        return child
    match child.tag:
        case "Lbl":
            return ""
        case "Reference" if any(link.more.startswith("→ #note-") for link in child.within("Link")):
            return ""  # the note stands right behind its call
        case "Note":
            return f" [{child.words()}]"
        case "Link":
            return f"{linked(child.words(), child.more.removeprefix('→ '))} "
    text = "".join(map(_said, child.children))
    heard = f" ({child.more})" if child.more not in {"", "None"} else ""
    return f"{text}{heard}" if child.tag == "Span" else f" {text} "


def _plain(text: str) -> str:
    return " ".join(text.split())
