"""What the print of a document must tell, and as what: composed from its view, not its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from lxml import html

from disclosure.render.prose import prose
from disclosure.render.templates import is_short
from disclosure.values import say_date
from disclosure.verify.difference import differences, instead, packed, quoted
from disclosure.verify.node import Line, Node, Piece, pieces
from disclosure.verify.tags import Area, Tags, read_tags, structure
from disclosure.views.document import (
    DEMO_NOTICE,
    DRAFT_NOTICE,
    Block,
    Caption,
    Chart,
    DocumentView,
    Facts,
    Kind,
    Leads,
    NoRows,
    Prose,
    SectionView,
    say_checksum,
)
from disclosure.views.table import NOTE, Cell, Table


def compare(
    view: DocumentView, large: bool, within: Mapping[str, bytes], content: bytes
) -> tuple[list[Piece], list[str]]:
    """Return what a print must tell and its faults; `within` are the files embedded in it."""
    tags = read_tags(content)
    wanted = pieces(root := told(view, large=large, pages=tags.places))
    faults = [*differences(wanted, pieces(structure(tags))), *_faults(view, tags)]
    faults += [f"закладки: {fault}" for fault in differences(_bookmarks(root), _outline(tags))]
    faults += margin_faults(view, tags, large=large)
    for name in within.keys() | tags.embedded.keys():
        if within.get(name) != tags.embedded.get(name):
            faults.append(f"вложенный файл {name}: не тот, что на сайте")
    return wanted, faults


def _faults(view: DocumentView, tags: Tags) -> Iterator[str]:
    """Yield what is wrong besides the structure: the properties, dead links, text out of it."""
    properties = (
        ("название (Title)", view.title, tags.said["title"]),
        ("автор (Author)", view.supplier.full_name, tags.said["author"]),
    )
    for name, wanted, said in properties:
        if said != wanted:
            yield f"{name}: {instead(wanted, str(said))}"
    for area in (a for element in tags.root.walk() for a in element.children):
        if isinstance(area, Area) and area.target[:1] == "#" and area.target[1:] not in tags.places:
            yield f"ссылка {quoted(area.words)} не ведёт никуда"
    told = {(piece.page, piece.number) for piece in tags.root.pieces()}
    for number, page in enumerate(tags.pages):
        lost = [text for mark, text in page.marks.items() if (number, mark) not in told]
        for text in (*lost, *page.unmarked):
            yield f"страница {number + 1}: лишнее: {quoted(text)}"


def _bookmarks(root: Node) -> list[Piece]:
    """Tell the bookmarks: every heading, without its notes."""
    headings = root.within(*(f"H{level}" for level in range(1, 7)))
    return [Line(f"закладка {each.tag[1:]}", each.text("Reference", "Note")) for each in headings]


def _outline(tags: Tags) -> list[Piece]:
    return [Line(f"закладка {depth}", words) for depth, words, _ in tags.outline]


def margin_faults(view: DocumentView, tags: Tags, *, large: bool) -> Iterator[str]:
    """Yield each page on which other words are for the eye alone than those that must be.

    These are the code, the title, the number of the page, the heads of tables that go on from the
    page before.
    """
    code = " · ".join(filter(None, [view.supplier.name, view.code, view.access]))
    title = "" if large else view.place.title
    demo = " · демонстрационные данные" if view.supplier.demo else ""
    repeated = _repeated(tags)
    for number, page in enumerate(tags.pages):
        heads = "".join(repeated.get(number, []))
        wanted = f"{heads}{code}{title}{demo}Страница {number + 1} из {len(tags.pages)}"
        found = " ".join(page.artifacts)
        if packed(wanted) != packed(found):
            yield f"страница {number + 1}: на полях {instead(wanted, found)}"


def _repeated(tags: Tags) -> dict[int, list[str]]:
    """Return the heads of tables that each page repeats."""
    repeated: dict[int, list[str]] = {}
    for table in tags.root.all("Table"):
        for head in table.all("THead"):
            for page in table.pages("Note"):
                if page > max(head.pages(), default=page):
                    repeated.setdefault(page, []).append(head.text())
    return repeated


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
        shown += _paragraphs(*(f"О выполнении программы: {place.years}." for place in programmes))
        shown += self.prose(view.description or "")
        draft = f"{view.draft_words}. {DRAFT_NOTICE}" if view.draft else ""
        demo = DEMO_NOTICE if supplier.demo else ""
        shown += _paragraphs(draft, demo, view.imprint or view.place.years)
        if view.address:
            shown.append(Node("P", ["На сайте: ", _link(view.address, view.address)]))
        edition = "Издание с крупным шрифтом." if self.large else ""
        published = f"Опубликован {say_date(view.published)}." if view.published else ""
        dated = f"Файл документа изменён {say_date(view.dated)}." if view.dated else ""
        shown += _paragraphs(
            " ".join(filter(None, [edition, published, dated])),
            "Данные документа вложены в этот файл: CSV и JSON.",
            f"Контрольная сумма данных (SHA-256, начало): {say_checksum(view.checksum)}.",
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
                return [self.facts((row["name"].text, row["value"]) for row in block.rows)]
            case NoRows():
                return [Node("P", [f"{block.title}: {block.text}", *self.notes(block.notes)])]
            case Prose():
                return self.clause(block)
            case Caption() | Chart():
                return _caption(block)
            case Leads():
                raise ValueError("links to further pages are no part of a document")

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
        said = Node("Span", [cell.text], cell.spoken) if cell.spoken else cell.text
        shown: list[Node | str] = [said]
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
        page = html.fragment_fromstring(prose(text), create_parent="div")
        notes = {str(item.get("id")): item for item in page.find_class("footnote-item")}
        for name in ("footnote-backref", "footnotes-sep", "footnotes"):
            for found in page.find_class(name):
                found.drop_tree()
        return [node for node in self.inner(page, notes) if not isinstance(node, str)]

    def inner(self, element: Any, notes: Mapping[str, Any]) -> list[Node | str]:
        shown: list[Node | str] = [element.text or ""]
        for child in element:
            shown += [*self.html(child, notes), child.tail or ""]
        return shown

    def html(self, found: Any, notes: Mapping[str, Any]) -> list[Node | str]:
        match found.tag:
            case "sup":
                (call,) = found.iter("a")
                return self.note([_flat(notes, call.get("href")[1:], ())])
            case "p":
                return [Node("P", self.inner(found, notes))]
            case "a":
                return [Node("Link", [found.text_content()], f"→ {found.get('href')}")]
            case "ul" | "ol":
                return [self.items(found, notes)]
            case _:
                return self.inner(found, notes)

    def items(self, found: Any, notes: Mapping[str, Any]) -> Node:
        ordered = found.tag == "ol"
        items: list[Node | str] = []
        for number, item in enumerate(found.iterchildren("li"), int(found.get("start", "1"))):
            label = Node("Lbl", [f"{number}." if ordered else "–"])
            items.append(Node("LI", [label, Node("LBody", self.inner(item, notes))]))
        return Node("L", items, "Decimal" if ordered else "Disc")


def _flat(notes: Mapping[str, Any], name: str, outer: tuple[str, ...]) -> str:
    """Return the text of a footnote; one that it calls stands in brackets."""
    return "" if name in outer else " ".join(_said(notes[name], notes, (*outer, name)).split())


def _said(element: Any, notes: Mapping[str, Any], outer: tuple[str, ...]) -> str:
    if element.tag == "sup":
        (call,) = element.iter("a")
        said = _flat(notes, call.get("href")[1:], outer)
        return f" ({said})" if said else ""
    parts = [element.text or ""]
    if element.tag == "li" and "footnote-item" not in element.get("class", ""):
        place = len([*element.itersiblings("li", preceding=True)]) + 1
        parts.insert(0, f" {place}. " if element.getparent().tag == "ol" else " – ")
    for child in element:
        parts += [_said(child, notes, outer), child.tail or ""]
    return "".join(parts)


def _unfolded(facts: Iterable[tuple[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    """Yield names and values, and the parts of a value after it."""
    for name, cell in facts:
        yield name, cell
        yield from _unfolded(cell.parts)


def _long(notes: Iterable[str]) -> Iterator[str]:
    return (note for note in notes if not is_short(note))


def _caption(block: Caption | Chart) -> list[Node | str]:
    if isinstance(block, Caption):
        return _paragraphs(block.text)
    return _paragraphs(block.caption, *(bar.read for bar in block.bars))


def _paragraphs(*texts: str) -> list[Node | str]:
    return [Node("P", [text]) for text in texts if text]


def _link(label: str, address: str) -> Node | str:
    return Node("Link", [label], f"→ {address}") if address else label
