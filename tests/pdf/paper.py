"""What stands on the pages of a PDF: each piece of text, where, in which face, and what it is."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdfium2
from pypdfium2 import raw

MM: Final = 72 / 25.4

Colour = tuple[int, ...]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one face on one line: its box in points from the lower left, where it starts."""

    text: str
    page: int
    box: Box
    start: tuple[float, float]
    size: float
    face: str
    colour: Colour

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def bottom(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def top(self) -> float:
        return self.box[3]


@dataclass(slots=True)
class Element:
    """An element of the structure: its tag, and in reading order what it holds."""

    tag: str
    children: list[Element | Piece]

    def pieces(self, *without: str) -> Iterator[Piece]:
        """Yield its text but for that of some elements within it."""
        for child in self.children:
            if isinstance(child, Piece):
                yield child
            elif child.tag not in without:
                yield from child.pieces(*without)

    def within(self, *tags: str) -> Iterator[Element]:
        """Yield all elements within it that have one of some tags, outer before inner."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.within(*tags)

    @property
    def text(self) -> str:
        """Its text, with all spaces alike."""
        return " ".join("".join(piece.text for piece in self.pieces()).split())

    @property
    def words(self) -> list[str]:
        """Its words, parted at the ends of lines too."""
        return " ".join(piece.text for piece in self.pieces()).split()

    @property
    def pages(self) -> list[int]:
        """The pages it stands on, its notes aside."""
        return sorted({piece.page for piece in self.pieces("/Note")})


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points, all of its text, and what of it is no part of the structure.

    `grounds` and `lines` are the colours of what is filled and of what is drawn; `others` what is
    neither those nor text, such as pictures, as PDFium numbers them.
    """

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    artifacts: list[Piece] = field(default_factory=list)
    grounds: set[Colour] = field(default_factory=set)
    lines: set[Colour] = field(default_factory=set)
    others: list[int] = field(default_factory=list)

    @property
    def upright(self) -> bool:
        return self.height > self.width

    @property
    def margins(self) -> str:
        """What stands in its margins, and the repeated heads of tables."""
        return " ".join(" ".join(piece.text for piece in self.artifacts).split())


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF as it was read."""

    pages: list[Page]
    root: Element


def read_paper(file: Path | bytes) -> Paper:
    """Read a PDF."""
    marked: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    with pypdfium2.PdfDocument(file) as document:
        pages = [_page(page, number, marked) for number, page in enumerate(document)]
    with pikepdf.open(file if isinstance(file, Path) else BytesIO(file)) as document:
        numbers: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(document.pages)
        }
        (top,) = document.Root.StructTreeRoot.K
        return Paper(pages, _element(top, 0, numbers, marked))


def _page(page: Any, number: int, marked: dict[tuple[int, int], list[Piece]]) -> Page:
    reader = page.get_textpage()
    shown = Page(*page.get_size())
    for found in page.get_objects(textpage=reader):
        if found.type == raw.FPDF_PAGEOBJ_PATH:
            _add_path(shown, found)
        elif found.type == raw.FPDF_PAGEOBJ_TEXT:
            piece = _piece(found, number)
            shown.pieces.append(piece)
            mark = raw.FPDFPageObj_GetMarkedContentID(found.raw)
            (shown.artifacts if mark < 0 else marked[number, mark]).append(piece)
        else:
            shown.others.append(found.type)
    return shown


def _add_path(page: Page, path: Any) -> None:
    """Add the colours of a path; grounds alone are filled by the rule of windings."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.raw, fill, stroke)
    if fill.value:
        colours = page.grounds if fill.value == raw.FPDF_FILLMODE_WINDING else page.lines
        colours.add(_colour(path, raw.FPDFPageObj_GetFillColor))
    if stroke.value:
        page.lines.add(_colour(path, raw.FPDFPageObj_GetStrokeColor))


def _colour(found: Any, get: Any) -> Colour:
    """Return red, green, blue and opacity, each of 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    get(found.raw, *parts)
    return tuple(part.value for part in parts)


def _piece(found: Any, page: int) -> Piece:
    text = found.extract().replace("\x02", "-")  # thus PDFium marks a hyphen at a line's end
    matrix = found.get_matrix()
    return Piece(
        text,
        page,
        found.get_bounds(),
        (matrix.e, matrix.f),
        found.get_font_size() * matrix.d,
        found.get_font().get_base_name().partition("+")[2],
        _colour(found, raw.FPDFPageObj_GetFillColor),
    )


def _element(
    found: Any,
    page: int,
    numbers: dict[Any, int],
    marked: dict[tuple[int, int], list[Piece]],
) -> Element:
    """Return an element of the structure; its children that are numbers are marks of its page."""
    page = numbers[found.Pg.objgen] if "/Pg" in found else page
    children: list[Element | Piece] = []
    for child in found.get("/K", []):
        if not isinstance(child, pikepdf.Dictionary):
            children += marked[page, int(child)]
        elif "/S" in child:
            children.append(_element(child, page, numbers, marked))
        elif child.get("/Type") == "/MCR":
            children += marked[numbers[child.Pg.objgen], int(child.MCID)]
    return Element(str(found.S), children)
