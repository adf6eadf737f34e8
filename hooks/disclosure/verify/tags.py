"""What a reader that does not see the pages gets of a PDF: its structure, with the text in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from disclosure.verify.node import Node

Key = tuple[int, int]
"""The number of an object in its file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one mark, as a rule a line or a part of it."""

    text: str
    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Area:
    """Where a link can be pressed: the words said of it, its address or the name of its place."""

    key: Key
    page: int
    words: str
    target: str
    parent: int


@dataclass(eq=False, slots=True)
class Element:
    """An element of the structure; `entries` are its own and those of its attributes."""

    tag: str
    key: Key
    page: int
    entries: dict[str, Any]
    children: list[Element | Piece | Area] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield it and all elements within it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list[Element]:
        """Return all elements within it that have one of some tags."""
        return [found for found in self.walk() if found.tag in tags]

    def pieces(self, *without: str) -> Iterator[Piece]:
        """Yield the text within it, but for that of elements that have one of some tags."""
        for child in self.children:
            if isinstance(child, Piece):
                yield child
            elif isinstance(child, Element) and child.tag not in without:
                yield from child.pieces(*without)

    def text(self, *without: str) -> str:
        """Return the text within it."""
        return "".join(piece.text for piece in self.pieces(*without))

    def pages(self, *without: str) -> list[int]:
        """Return the pages that it stands on."""
        return sorted({piece.page for piece in self.pieces(*without)})


@dataclass(slots=True)
class Page:
    """The text of a page: of each mark, of what is only for the eye, and of neither.

    `key` is that of its marks among the parents.
    """

    key: int
    marks: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    areas: list[Key] = field(default_factory=list)


@dataclass(slots=True)
class Tags:
    """A PDF as it was read; pages count from 0.

    `parents` has the elements of the marks of each page, then the element of each area;
    `identified` is by identifier, `places` by the name of a place: its page; `embedded` are files.
    """

    root: Element
    pages: list[Page]
    parents: dict[int, Key | list[Key | None]]
    identified: dict[str, Key]
    places: dict[str, int]
    outline: list[tuple[int, str, int]]
    said: dict[str, object]
    embedded: dict[str, bytes]


def read_tags(file: Path | bytes) -> Tags:
    """Read the structure of a PDF."""
    with pikepdf.open(file if isinstance(file, Path) else BytesIO(file)) as document:
        root = document.Root
        tree = root.StructTreeRoot
        numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(document.pages)}
        fonts: dict[Key, Letters] = {}
        pages = [_page(page, fonts) for page in document.pages]
        names = _pairs(root.Names.Dests.Names) if "/Dests" in root.get("/Names", {}) else []
        (top,) = tree.K
        return Tags(
            _element(top, 0, numbers, pages),
            pages,
            {int(key): _owners(value) for key, value in _pairs(tree.ParentTree.Nums)},
            {str(key): value.objgen for key, value in _pairs(tree.IDTree.Names)},
            {str(key): numbers[value[0].objgen] for key, value in names},
            list(_outline(root, numbers)),
            _said(document),
            {name: file.get_file().read_bytes() for name, file in document.attachments.items()},
        )


def _pairs(values: Any) -> list[tuple[Any, Any]]:
    """Return what a flat tree of names or numbers maps."""
    found = list(values)
    return list(zip(found[::2], found[1::2], strict=True))


def _owners(value: Any) -> Any:
    """Return the element of an area, or those of all marks of a page, None for a mark of none."""
    if isinstance(value, pikepdf.Array):
        return [None if owner is None else owner.objgen for owner in value]
    return value.objgen


def _said(document: pikepdf.Pdf) -> dict[str, object]:
    """Return what a document says of itself as a whole."""
    root: Any = document.Root
    return {
        "language": str(root.get("/Lang", "")),
        "marked": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        "title shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        "title": str(document.docinfo.get("/Title", "")),
        "author": str(document.docinfo.get("/Author", "")),
    }


def _outline(root: Any, numbers: dict[Key, int]) -> Iterator[tuple[int, str, int]]:
    """Yield the depth, the words and the page of each bookmark."""
    return _bookmarks(root.Outlines, 1, numbers) if "/Outlines" in root else iter(())


def _bookmarks(parent: Any, depth: int, numbers: dict[Key, int]) -> Iterator[tuple[int, str, int]]:
    item = parent.get("/First")
    while item is not None:
        place = item.Dest if "/Dest" in item else item.A.D
        yield depth, str(item.Title), numbers[place[0].objgen]
        yield from _bookmarks(item, depth + 1, numbers)
        item = item.get("/Next")


# Structure -----------------------------------------------------------------------------------


def structure(tags: Tags) -> Node:
    """Return the structure as a print is told: heads of cells by their row and column."""
    return _plain(tags.root, _heads(tags))


def _plain(element: Element, heads: dict[str, str]) -> Node:
    children: list[Node | str] = []
    for child in element.children:
        if isinstance(child, Element):
            children.append(_plain(child, heads))
        elif isinstance(child, Piece):
            children.append(child.text)
    return Node(element.tag, children, _more(element, heads))


def _more(element: Element, heads: dict[str, str]) -> str:
    """Return what is said of an element besides its tag, as the view would say it."""
    said = element.entries
    targets = {child.target for child in element.children if isinstance(child, Area)}
    found = {
        "TH": str(said.get("Scope"))[1:],
        "TD": " ".join(sorted(heads.get(name, name) for name in said.get("Headers", []))),
        "L": str(said.get("ListNumbering"))[1:],
        "Note": f"#{said.get('ID')}",
        "Link": f"→ {' '.join(sorted(targets))}",
        "Span": str(said.get("E")),
    }
    return found.get(element.tag, "")


def _heads(tags: Tags) -> dict[str, str]:
    """Return where in its table the cell of each identifier is: its row and column."""
    named = {key: name for name, key in tags.identified.items()}
    return {
        named[cell.key]: f"{line}:{column}"
        for table in tags.root.all("Table")
        for line, row in enumerate(table.all("TR"))
        for column, cell in enumerate(row.all("TH", "TD"))
        if cell.key in named
    }


# Elements ------------------------------------------------------------------------------------


def _element(found: Any, page: int, numbers: dict[Key, int], pages: list[Page]) -> Element:
    page = numbers[found.Pg.objgen] if "/Pg" in found else page
    element = Element(str(found.S)[1:], found.objgen, page, _entries(found))
    children = found.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if not isinstance(child, pikepdf.Dictionary):
            element.children.append(_piece(page, int(child), pages))
            continue
        there = numbers[child.Pg.objgen] if "/Pg" in child else page
        if "/S" in child:
            element.children.append(_element(child, page, numbers, pages))
        elif child.Type == "/MCR":
            element.children.append(_piece(there, int(child.MCID), pages))
        else:
            element.children.append(_area(child.Obj, there))
    return element


def _entries(found: Any) -> dict[str, Any]:
    entries = {key: value for key, value in found.items() if key in {"/ID", "/Alt", "/E"}}
    entries |= dict(found.get("/A", {}).items())
    return {key[1:]: _value(value) for key, value in entries.items()}


def _value(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [_value(item) for item in value]
    return str(value) if isinstance(value, pikepdf.Object) else value


def _piece(page: int, number: int, pages: list[Page]) -> Piece:
    return Piece(pages[page].marks.get(number, "⟨no such mark⟩"), page, number)


def _area(annotation: Any, page: int) -> Area:
    target = annotation.A.URI if "/A" in annotation else f"#{annotation.get('/Dest', '')}"
    words, parent = annotation.get("/Contents", ""), annotation.get("/StructParent", -1)
    return Area(annotation.objgen, page, str(words), str(target), int(parent))


# Text ----------------------------------------------------------------------------------------

Letters = dict[bytes, str]
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n")


def _page(page: pikepdf.Page, known: dict[Key, Letters]) -> Page:
    """Read the text of a page by its marks; `known` are the letters of the fonts before."""
    areas = [found.objgen for found in page.get("/Annots", [])]
    shown = Page(int(page.get("/StructParents", -1)), areas=areas)
    fonts: Any = page.obj.Resources.get("/Font", {})
    letters: Letters = {}
    within: list[int | None] = []
    content: Any = pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ Tj")
    for operands, operator in content:
        match str(operator):
            case "BDC" | "BMC":
                within.append(_mark(operands))
                if (number := within[-1]) is not None and number >= 0:
                    shown.marks.setdefault(number, "")
            case "EMC":
                within.pop()
            case "Tf":
                letters = _letters(fonts[str(operands[0])], known)
            case _:
                _add(shown, within, _decoded(operands[0], letters))
    return shown


def _mark(operands: Any) -> int | None:
    """Return the number of a mark, -1 where its content is an artifact, None for any other."""
    if str(operands[0]) == "/Artifact":
        return -1
    number = operands[1].get("/MCID") if len(operands) > 1 else None
    return None if number is None else int(number)


def _add(shown: Page, within: list[int | None], text: str) -> None:
    """Add text to the innermost mark that it is within."""
    number = next((found for found in reversed(within) if found is not None), None)
    if number is None:
        shown.unmarked.append(text)
    elif number < 0:
        shown.artifacts.append(text)
    else:
        shown.marks[number] += text


def _decoded(shown: Any, letters: Letters) -> str:
    """Return the text of a string of glyphs, two bytes each."""
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    glyphs = b"".join(bytes(found) for found in strings if isinstance(found, pikepdf.String))
    return "".join(letters[glyphs[at : at + 2]] for at in range(0, len(glyphs), 2))


def _letters(font: Any, known: dict[Key, Letters]) -> Letters:
    """Return which letters a font says its glyphs are."""
    said = font.ToUnicode
    if said.objgen not in known:
        known[said.objgen] = {
            bytes.fromhex(glyph.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for glyph, letters in _MAPPED.findall(said.read_bytes())
        }
    return known[said.objgen]
