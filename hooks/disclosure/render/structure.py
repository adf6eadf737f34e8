"""The structure tree of a PDF: what each piece of text is, for readers who do not see the page.

WeasyPrint tags each page by itself: a table over five pages is five tables, its cells name the
heads of one page, a note is nothing, a running head is text. Since its own tree keeps no trace of
the HTML, it cannot be mended; this one is made in its place from the boxes that were laid out, so
that pieces of one element on several pages are one element. It uses what the engine does not
promise to keep, named in PRIVATE; the version is pinned, and the tests read the tree back.

Sources: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pydyf
import weasyprint.pdf
from weasyprint import Document
from weasyprint.formatting_structure import boxes

PRIVATE: Final = (
    "weasyprint.pdf.add_tags",  # left out: this module makes the tree
    "weasyprint.document.Page._page_box",  # the boxes of a page
    "weasyprint.pdf.stream.Stream._tags",  # the mark of each box in the content of its page
    "weasyprint.pdf.stream.Stream.marked",  # how a mark stands in the content
    "weasyprint.formatting_structure.boxes.Box.element_tag",
    "weasyprint.formatting_structure.boxes.Box.link_annotation",
    "weasyprint.formatting_structure.boxes.Box.descendants",
    "weasyprint.formatting_structure.boxes.FootnoteAreaBox",
    "weasyprint.formatting_structure.boxes.MarginBox",
)
"""What is used of the engine, here and in `layout`, that it does not promise to keep."""

weasyprint.pdf.add_tags = lambda *_: None

_TAGS: Final = {
    **{name: name.upper() for name in ("p", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6")},
    "section": "Sect",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "a": "Link",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "img": "Figure",
}
"""What the elements of the prints are in a PDF; `data-tag` says it where HTML has no word for it,
and any other element is left out, its content being that of the element around it."""

_NUMBERING: Final = {"ul": "Disc", "ol": "Decimal"}
_SVG_TITLE: Final = "{http://www.w3.org/2000/svg}title"
_POINTS: Final = 0.75  # of a CSS pixel


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page's content, by the number of the page and its own."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Area:
    """Where a link can be pressed on a page."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(eq=False, slots=True)
class Element:
    """An element of the structure, made of all pieces of one HTML element, pages over."""

    tag: str
    source: Any = None
    page: int = 0
    children: list[Element | Mark | Area] = field(default_factory=list)
    entries: dict[str, object] = field(default_factory=dict)

    def within(self, *tags: str) -> Iterator[Element]:
        """Yield the nearest elements within it that have one of some tags, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.within(*tags)


def add_structure(document: Document, pdf: pydyf.PDF) -> None:
    """Add the structure of a document to its PDF; what is there for the eye alone is no part of it.

    Raises ValueError for text that lies in no box, which would be lost.
    """
    tree = _Tree(document, pdf)
    for page in range(len(document.pages)):
        tree.read_page(page)
    for number, table in enumerate(tree.root.within("Table"), 1):
        _relate_cells(table, f"t{number}")
    _write(pdf, tree)


# Reading the boxes ---------------------------------------------------------------------------


class _Tree:
    """Gathers the elements of a document from the boxes of its pages."""

    def __init__(self, document: Document, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self.root = Element("Document")
        self.pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self._boxes = [page._page_box for page in document.pages]
        self._contents = [referred(pdf, page["Contents"]) for page in self.pages]
        self.marks = [len(content._tags) for content in self._contents]
        self._elements: dict[tuple[int, str], Element] = {}
        self._left_out: list[set[int]] = [set() for _ in self.pages]

    def read_page(self, page: int) -> None:
        """Add what is on a page, and leave out its margins."""
        for box in self._boxes[page].children:
            if isinstance(box, boxes.MarginBox):
                self._leave_out(box, page)
            else:
                self._read(box, self.root, page)
        content = self._contents[page]
        if content._tags:
            raise ValueError(f"page {page + 1} has text that is in no box")
        _make_artifacts(content.stream, self._left_out[page])
        self._pdf.objects[content.number] = _Written(content)

    def _read(self, box: Any, parent: Element, page: int) -> None:
        """Add a box, and what is within it, to the element around it."""
        if isinstance(box, boxes.TextBox):
            self._add_mark(box, parent, page)
            return
        if box.element is not None and box.element.get("aria-hidden") == "true":
            self._leave_out(box, page)
            return
        element = self._element(box, parent, page)
        if element.tag == "THead" and element.page != page:
            self._leave_out(box, page)
            return
        if box.link_annotation:
            element.children.append(Area(page, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            self._add_mark(box, element, page)
        for child in box.children:
            self._read(child, element, page)

    def _element(self, box: Any, parent: Element, page: int) -> Element:
        """Return the element that a box is a piece of: its parent, where it has no meaning.

        A note is a child of what calls it, wherever it is set.
        """
        source, name = box.element, (box.element_tag or "").removesuffix("::footnote-call")
        if source is None or (tag := _tag(name, source)) is None:
            return parent
        if (id(source), name) not in self._elements:
            element = Element(tag, source, page, entries=self._entries(tag, box, page))
            self._elements[id(source), name] = element
            (parent if tag == "Lbl" else _body(parent)).children.append(element)
        return self._elements[id(source), name]

    def _entries(self, tag: str, box: Any, page: int) -> dict[str, object]:
        """Return what is known of an element by itself."""
        source = box.element
        if tag == "Figure":
            area = _attributes("Layout", BBox=self._place(box, page), Placement="/Block")
            return {"Alt": pydyf.String(_alternative(source)), "A": area}
        if tag == "L":
            return {"A": _attributes("List", ListNumbering=f"/{_NUMBERING[source.tag]}")}
        if tag == "Note":
            return {"ID": pydyf.String(source.get("id"))}
        if spoken := source.get("data-spoken"):
            return {"E": pydyf.String(spoken)}
        return {}

    def _place(self, box: Any, page: int) -> pydyf.Array:
        """Return the corners of a box in points, from the lower left corner of its page."""
        left = box.content_box_x()
        top = self._boxes[page].margin_height() - box.content_box_y()
        corners = (left, top - box.height, left + box.width, top)
        return pydyf.Array(corner * _POINTS for corner in corners)

    def _add_mark(self, box: Any, element: Element, page: int) -> None:
        number = self._contents[page]._tags.pop(box)["mcid"]
        _body(element).children.append(Mark(page, number))

    def _leave_out(self, box: Any, page: int) -> None:
        """Take what is within a box out of the structure."""
        for inner in box.descendants():
            if isinstance(inner, boxes.TextBox | boxes.ReplacedBox):
                self._left_out[page].add(self._contents[page]._tags.pop(inner)["mcid"])


def _make_artifacts(content: list[Any], numbers: set[int]) -> None:
    """Make artifacts of the marks of some numbers in the content of a page."""
    for place, item in enumerate(content):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in numbers:
            content[place - 1] = "/Artifact"
            content[place] = pydyf.Dictionary({"Type": "/Pagination"})


class _Written(pydyf.Stream):  # type: ignore[misc]  # the engine is not typed
    """A stream that is packed once, though the engine asks for its bytes twice."""

    def __init__(self, stream: pydyf.Stream) -> None:
        super().__init__()
        self.number = stream.number
        self._bytes: bytes = stream.data

    @property
    def data(self) -> bytes:
        return self._bytes


def _tag(name: str, source: Any) -> str | None:
    """Return what a box of an HTML element is, None where it is only a part of what is around."""
    said = source.get("data-tag") if name == source.tag else None
    return said or _TAGS.get(name)


def _body(parent: Element) -> Element:
    """Return what holds the children of an element: of an item in a list, its body."""
    if parent.tag != "LI":
        return parent
    body = next(parent.within("LBody"), None)
    if body is None:
        body = Element("LBody", page=parent.page)
        parent.children.append(body)
    return body


def _alternative(source: Any) -> str:
    """Return the words that replace a picture: its `alt`, or the title of an SVG."""
    title = source.find(_SVG_TITLE)
    return str(source.get("alt", "") if title is None else title.text)


def _words(source: Any) -> str:
    """Return the text of an HTML element on one line."""
    return " ".join("".join(source.itertext()).split())


def _attributes(owner: str, **values: object) -> pydyf.Dictionary:
    return pydyf.Dictionary({"O": f"/{owner}", **values})


def referred(pdf: pydyf.PDF, reference: bytes) -> Any:
    """Return the object of a PDF that a reference is to."""
    return pdf.objects[int(reference.split()[0])]


# Tables --------------------------------------------------------------------------------------


def _relate_cells(table: Element, name: str) -> None:
    """Say of each head what it heads, and of each cell the heads of its row and column.

    Our tables have no merged cells: the place of a cell in its row is its column.
    """
    columns: dict[int, pydyf.String] = {}
    for line, row in enumerate(table.within("TR")):
        cells = list(row.within("TH", "TD"))
        heads: list[pydyf.String] = []
        for column, cell in enumerate(cells):
            if cell.tag == "TH":
                head = pydyf.String(f"{name}-{line}-{column}")
                scope = cell.source.get("scope")
                cell.entries = {
                    "ID": head,
                    "A": _attributes("Table", Scope="/Row" if scope == "row" else "/Column"),
                }
                if scope == "row":
                    heads.append(head)
                else:
                    columns[column] = head
        for column, cell in enumerate(cells):
            if cell.tag == "TD":
                named = [*heads, *([columns[column]] if column in columns else [])]
                cell.entries = {"A": _attributes("Table", Headers=pydyf.Array(named))}


# Writing -------------------------------------------------------------------------------------


def _write(pdf: pydyf.PDF, tree: _Tree) -> None:
    """Add the objects of the structure to the PDF."""
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    writer = _Writer(pdf, tree)
    root["K"] = pydyf.Array([writer.write(tree.root, root)])
    root["ParentTree"] = pydyf.Dictionary({"Nums": writer.parents()})
    root["IDTree"] = pydyf.Dictionary({"Names": writer.identified()})
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


class _Writer:
    """Writes elements as objects of a PDF, and remembers where each mark and area went."""

    def __init__(self, pdf: pydyf.PDF, tree: _Tree) -> None:
        self._pdf = pdf
        self._pages = [page.reference for page in tree.pages]
        self._marked: list[list[object]] = [[b"null"] * count for count in tree.marks]
        self._areas: list[bytes] = []
        self._named: dict[str, bytes] = {}

    def write(self, element: Element, parent: pydyf.Dictionary) -> bytes:
        """Add an element and all within it; return the reference to it."""
        page = next((c.page for c in element.children if not isinstance(c, Element)), element.page)
        written = pydyf.Dictionary({"S": f"/{element.tag}", "P": parent.reference})
        written["Pg"] = self._pages[page]
        self._pdf.add_object(written)
        written.update(element.entries)
        if "ID" in written:
            self._named[written["ID"].string] = written.reference
        written["K"] = pydyf.Array(
            self._child(child, element, written, page) for child in element.children
        )
        return bytes(written.reference)

    def _child(
        self, child: Element | Mark | Area, element: Element, parent: pydyf.Dictionary, page: int
    ) -> object:
        if isinstance(child, Element):
            return self.write(child, parent)
        on_page = {"Pg": self._pages[child.page]}
        if isinstance(child, Area):
            child.annotation["StructParent"] = len(self._marked) + len(self._areas)
            child.annotation["Contents"] = pydyf.String(_words(element.source))
            self._areas.append(parent.reference)
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": child.annotation.reference, **on_page})
        self._marked[child.page][child.number] = parent.reference
        if child.page == page:
            return child.number
        return pydyf.Dictionary({"Type": "/MCR", "MCID": child.number, **on_page})

    def parents(self) -> pydyf.Array:
        """Return the element of each mark by page, then that of each area."""
        found = pydyf.Array()
        for key, parents in enumerate([*map(pydyf.Array, self._marked), *self._areas]):
            found.extend((key, parents))
        return found

    def identified(self) -> pydyf.Array:
        """Return the elements that have an identifier, ordered by it."""
        found = pydyf.Array()
        for name in sorted(self._named):
            found.extend((pydyf.String(name), self._named[name]))
        return found
