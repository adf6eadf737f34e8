"""What the print of a document must tell, and as what: composed from its view, not its template."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from disclosure.render.prose import prose
from disclosure.render.tables import render_json
from disclosure.render.templates import is_short
from disclosure.values import say_date
from disclosure.views.document import (
    DEMO_NOTICE,
    Block,
    Caption,
    DocumentView,
    Facts,
    Kind,
    NoRows,
    Prose,
    SectionView,
)
from disclosure.views.table import NOTE, Cell, Table


@dataclass
class Node:
    """An element of the structure: its tag, what is said of it, what it holds.

    `place` is the name by which links lead to it.
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

    def texts(self, *without: str) -> Iterator[str]:
        """Yield the text within it, but for that of elements that have one of some tags."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in without:
                yield from child.texts(*without)

    def text(self, *without: str) -> str:
        """Return the text within it, with all spaces alike."""
        return " ".join("".join(self.texts(*without)).split())


def told(view: DocumentView, *, large: bool, pages: Mapping[str, int]) -> Node:
    """Return all that a print tells; `pages` are those of its places, counted from 0."""
    teller = _Teller(large)
    cover, contents = Node("Sect", teller.cover(view)), Node("Sect")
    contents.children = [Node("H2", ["Содержание"], place="contents")]
    contents.children += _contents(view.sections, pages)
    return Node("Document", [cover, contents, *(teller.section(s, 2) for s in view.sections)])


def _contents(sections: Iterable[SectionView], pages: Mapping[str, int]) -> list[Node | str]:
    items = [
        Node("TOCI", [Node("Reference", _entry(section, pages)), *_contents(inner, pages)])
        for section in sections
        for inner in [section.sections]
    ]
    return [Node("TOC", [*items])] if items else []


def _entry(section: SectionView, pages: Mapping[str, int]) -> list[Node | str]:
    number = pages.get(section.anchor, -1) + 1
    return [Node("Link", [section.heading], f"→ #{section.anchor}"), f" {number}"]


class _Teller:
    """Tells the parts of a print one after another, and numbers its notes."""

    def __init__(self, large: bool) -> None:
        self.large = large
        self._numbers = count(1)

    def notes(self, texts: Iterable[str]) -> list[Node | str]:
        return [node for text in texts for node in self.note([text])]

    def note(self, content: list[Node | str]) -> list[Node | str]:
        """Return a call, and right behind it what it calls."""
        number = next(self._numbers)
        sign = f"[{number}]" if self.large else f"{number}"
        call = Node("Link", [sign], f"→ #note-{number}")
        back = Node("Link", [f"{number}"], f"→ #call-{number}")
        return [
            Node("Reference", [call], place=f"call-{number}"),
            Node("Note", [Node("Lbl", [back]), " ", *content], f"#note-{number}", f"note-{number}"),
        ]

    def cover(self, view: DocumentView) -> list[Node | str]:
        supplier = view.supplier
        said = [*view.approval, " · ".join(supplier.brand), supplier.full_name]
        shown: list[Node | str] = _paragraphs(*said)
        shown.append(Node("H1", [view.title, *self.notes(view.notes)]))
        programmes = [place for place in view.related if place.kind is Kind.PROGRAMME]
        shown += _paragraphs(*(f"Отвечает на программу: {place.years}." for place in programmes))
        shown += self.prose(view.description or "")
        demo = DEMO_NOTICE if supplier.demo else ""
        shown += _paragraphs(demo, view.imprint or view.place.years)
        if view.address:
            shown.append(Node("P", ["На сайте: ", _link(view.address, view.address)]))
        edition = "Издание с крупным шрифтом." if self.large else ""
        dated = f"Файл документа изменён {say_date(view.dated)}." if view.dated else ""
        checksum = hashlib.sha256(render_json(view)).hexdigest()[:16]
        shown += _paragraphs(
            f"{edition} {dated}".strip(),
            "Данные документа вложены в этот файл: CSV и JSON.",
            f"Контрольная сумма JSON (SHA-256, начало): {checksum}.",
        )
        return shown

    def section(self, view: SectionView, level: int) -> Node:
        shown: list[Node | str] = [Node(f"H{level}", [view.heading], place=view.anchor)]
        for block in view.blocks:
            shown += self.block(block, level + 1)
        return Node("Sect", [*shown, *(self.section(inner, level + 1) for inner in view.sections)])

    def block(self, block: Block, level: int) -> list[Node | str]:
        match block:
            case Table() if self.large and len(block.columns) > 2:
                return self.cards(block, level)
            case Table():
                return [self.table(block), *self.noted(_long(block.notes))]
            case Facts():
                facts = [(row["name"].text, row["value"]) for row in block.rows]
                return [self.facts(facts)]
            case Caption():
                return _paragraphs(block.text)
            case NoRows():
                return [Node("P", [f"{block.title}: {block.text}", *self.notes(block.notes)])]
            case Prose():
                return self.clause(block)

    def clause(self, block: Prose) -> list[Node | str]:
        number = _paragraphs(block.number or "")
        return [*number, *self.prose(block.text), *self.noted(block.notes)]

    def noted(self, texts: Iterable[str]) -> list[Node | str]:
        """Return notes that no text calls, or too long for their title: each in a paragraph."""
        return [Node("P", [NOTE, *self.notes([text])]) for text in texts]

    # Tables

    def table(self, table: Table) -> Node:
        caption = Node("Caption", [table.caption, *self.notes(filter(is_short, table.notes))])
        heads = [Node("TH", [column.title], "Column") for column in table.columns]
        return Node(
            "Table",
            [
                caption,
                Node("THead", [Node("TR", [*heads])]),
                Node("TBody", [self.row(table, line) for line in range(1, len(table.rows) + 1)]),
            ],
        )

    def row(self, table: Table, line: int) -> Node:
        """Return a row; each of its cells names the head of the row and that of its column."""
        keys = [column.key for column in table.columns]
        head = f"{line}:{keys.index(table.header)}" if table.header in keys else ""
        cells: list[Node | str] = []
        for column, key in enumerate(keys):
            content = self.content(table.rows[line - 1][key])
            if key == table.header:
                cells.append(Node("TH", content, "Row"))
            else:
                cells.append(Node("TD", content, " ".join(filter(None, [f"0:{column}", head]))))
        return Node("TR", cells)

    def content(self, cell: Cell) -> list[Node | str]:
        shown = self.words(cell)
        for label, inner in cell.parts:
            shown.append(Node("P", [f"{label}: ", *self.content(inner)]))
        return shown

    def words(self, cell: Cell) -> list[Node | str]:
        shown: list[Node | str] = [cell.text]
        for link in cell.links:
            shown += [" ", _link(link.label, link.address)]
        return [*shown, *self.notes(cell.notes)]

    def cards(self, table: Table, level: int) -> list[Node | str]:
        """Return a small table for each row, which has no empty cells."""
        caption = Node(f"H{level}", [table.caption, *self.notes(filter(is_short, table.notes))])
        shown = [caption, *self.noted(_long(table.notes))]
        filled = [
            [(column.title, row[column.key]) for column in table.columns if row[column.key]]
            for row in table.rows
        ]
        return [*shown, *map(self.facts, filled)]

    def facts(self, facts: Iterable[tuple[str, Cell]]) -> Node:
        mark = ":" if self.large else ""
        rows = [
            Node("TR", [Node("TH", [name, mark], "Row"), Node("TD", self.words(cell), f"{line}:0")])
            for line, (name, cell) in enumerate(_unfolded(facts))
        ]
        return Node("Table", [Node("TBody", [*rows])])

    # Prose

    def prose(self, text: str) -> list[Node | str]:
        """Return prose as its page has it, but with each note where it is called."""
        html = BeautifulSoup(prose(text), "html.parser")
        notes = {str(item["id"]): item for item in html.select(".footnote-item")}
        for block in html.select(".footnotes, .footnotes-sep, .footnote-backref"):
            block.extract()
        return [node for node in self.inner(html, notes) if not isinstance(node, str)]

    def inner(self, element: Tag, notes: Mapping[str, Tag]) -> list[Node | str]:
        return [node for child in element.children for node in self.html(child, notes)]

    def html(self, found: Any, notes: Mapping[str, Tag]) -> list[Node | str]:
        if not isinstance(found, Tag):
            return [str(found)]
        match found.name:
            case "sup":
                (call,) = found.select("a")
                return self.note([_flat(notes, str(call["href"])[1:], ())])
            case "p":
                return [Node("P", self.inner(found, notes))]
            case "a":
                return [Node("Link", [found.get_text()], f"→ {found['href']}")]
            case "ul" | "ol":
                return [self.items(found, notes)]
            case _:
                return self.inner(found, notes)

    def items(self, found: Tag, notes: Mapping[str, Tag]) -> Node:
        ordered = found.name == "ol"
        first = int(str(found.get("start", "1")))
        items: list[Node | str] = []
        for number, item in enumerate(found.find_all("li", recursive=False), first):
            label = Node("Lbl", [f"{number}." if ordered else "–"])
            items.append(Node("LI", [label, Node("LBody", self.inner(item, notes))]))
        return Node("L", items, "Decimal" if ordered else "Disc")


def _flat(notes: Mapping[str, Tag], name: str, outer: tuple[str, ...]) -> str:
    """Return the text of a footnote; one that it calls stands in brackets."""
    if name in outer:
        return ""
    copy = BeautifulSoup(str(notes[name]), "html.parser")
    for call in copy.select("sup"):
        (link,) = call.select("a")
        said = _flat(notes, str(link["href"])[1:], (*outer, name))
        call.replace_with(f" ({said})" if said else "")
    for item in copy.select("li li"):
        ordered = item.parent is not None and item.parent.name == "ol"
        place = len(item.find_previous_siblings("li")) + 1
        item.insert(0, f"{place}. " if ordered else "– ")
    return " ".join(copy.get_text(" ").split())


def _unfolded(facts: Iterable[tuple[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    """Yield names and values, and the parts of a value after it."""
    for name, cell in facts:
        yield name, cell
        yield from _unfolded(cell.parts)


def _long(notes: Iterable[str]) -> Iterator[str]:
    return (note for note in notes if not is_short(note))


def _paragraphs(*texts: str) -> list[Node | str]:
    return [Node("P", [text]) for text in texts if text]


def _link(label: str, address: str) -> Node | str:
    return Node("Link", [label], f"→ {address}") if address else label
