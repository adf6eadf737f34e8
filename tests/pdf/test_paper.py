"""What a reader sees of each PDF on paper: of the repository's data, the example, hard cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest

from disclosure.views.document import Caption, Facts, Prose, SectionView
from disclosure.views.table import Table
from tests.pdf.conftest import PRINTS, Print
from tests.pdf.paper import MM, Element, Paper, Piece, read_paper


class Read(NamedTuple):
    """A print and what was read of its pages."""

    print: Print
    paper: Paper

    @property
    def margins(self) -> tuple[float, float, float]:
        """How much of a page is left free above, below and beside its text, in points."""
        return (28 * MM, 26 * MM, 16 * MM) if self.print.large else (22 * MM, 20 * MM, 18 * MM)

    @property
    def sections(self) -> Iterator[SectionView]:
        yield from _nested(self.print.view.sections)


def _nested(sections: tuple[SectionView, ...]) -> Iterator[SectionView]:
    for section in sections:
        yield section
        yield from _nested(section.sections)


@pytest.fixture(scope="module", params=PRINTS, ids=" ".join)
def read(request: pytest.FixtureRequest, printed: Callable[[str, str], Print]) -> Read:
    found = printed(*request.param)
    return Read(found, read_paper(found.file))


# Pages ---------------------------------------------------------------------------------------


def test_pages_are_a4_and_upright_but_for_sections_with_a_wide_table(read: Read) -> None:
    sizes = {(round(page.width / MM), round(page.height / MM)) for page in read.paper.pages}
    assert sizes <= {(210, 297), (297, 210)}
    turned = {n for n, page in enumerate(read.paper.pages) if not page.upright}
    wide = [part for part in read.paper.root.within("/Sect") if any(map(_is_wide, part.children))]
    assert turned == {page for part in wide for page in part.pages}
    assert not (turned and read.print.large)


def _is_wide(found: Element | Piece) -> bool:
    """Tell a table of more than six columns; a section within another has a page of its own."""
    heads: Iterable[Element] = ()
    if isinstance(found, Element) and found.tag != "/Sect":
        heads = found.within("/THead")
    return any(len(list(head.within("/TH"))) > 6 for head in heads)


def test_each_page_says_its_number_and_the_document(read: Read) -> None:
    view = read.print.view
    name = " · ".join(filter(None, [view.supplier.name, view.code, view.access]))
    for number, page in enumerate(read.paper.pages, 1):
        assert f"Страница {number} из {len(read.paper.pages)}" in page.margins
        assert name in page.margins


def test_text_keeps_to_its_place(read: Read) -> None:
    """Running heads too: nothing is cut off, and no text lies over another."""
    above, below, beside = read.margins
    edge = 6 * MM
    tagged = Counter(piece.page for piece in read.paper.root.pieces())
    for number, page in enumerate(read.paper.pages):
        assert len(page.pieces) == len(page.artifacts) + tagged[number]
        heads = {id(piece) for piece in page.artifacts}
        for piece in page.pieces:
            low, high = (edge, edge) if id(piece) in heads else (below, above - 2)
            assert beside - 2 < piece.left < piece.right < page.width - beside + 2, piece
            assert low < piece.bottom < piece.top < page.height - high, piece
        assert list(_overlapping(page.pieces)) == []


def _overlapping(pieces: list[Piece]) -> Iterator[tuple[str, str]]:
    """Yield pieces of which one lies over the other by half a point or more."""
    open_: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.bottom):
        open_ = [other for other in open_ if other.top > piece.bottom + 0.5]
        for other in open_:
            if other.left < piece.right - 0.5 and piece.left < other.right - 0.5:
                yield other.text, piece.text
        open_.append(piece)


# Rows, cards, headings -----------------------------------------------------------------------


def test_rows_and_cards_are_whole_if_a_page_can_hold_them(read: Read) -> None:
    for whole in _whole(read):
        if len(whole.pages) > 1:
            assert _too_high(read, whole), whole.text[:80]


def _too_high(read: Read, *elements: Element) -> bool:
    """Tell whether elements with their notes hardly fit on a page together."""
    above, below, _ = read.margins
    page = read.paper.pages[elements[0].pages[0]]
    return sum(map(_height, elements)) > 0.8 * (page.height - above - below)


def _whole(read: Read) -> Iterator[Element]:
    """Yield what may not be split: cards, and rows but for the facts in large print."""
    kinds = [kind for section in read.sections for kind in _kinds(section, read.print.large)]
    tables = list(read.paper.root.within("/Table"))
    for kind, table in zip(kinds, tables, strict=True):
        if kind == "card":
            yield table
        elif kind == "table" or not read.print.large:
            yield from table.within("/TR")


def _kinds(section: SectionView, large: bool) -> Iterator[str]:
    """Yield what each table of a section is in the print."""
    for block in section.blocks:
        if isinstance(block, Facts):
            yield "facts"
        elif isinstance(block, Table):
            cards = large and len(block.columns) > 2
            yield from ["card"] * len(block.rows) if cards else ["table"]


def _height(element: Element) -> float:
    """Return how high an element is on all of its pages, with the notes that it calls."""
    ends: defaultdict[int, list[float]] = defaultdict(list)
    for piece in element.pieces("/Note"):
        ends[piece.page] += [piece.bottom, piece.top]
    own = sum(max(found) - min(found) for found in ends.values())
    return own + sum(_height(note) for note in element.within("/Note"))


def test_what_a_heading_heads_is_on_its_page(read: Read) -> None:
    """A row or a card is rather kept whole than begun beside its heading."""
    level = 0
    alone = []
    heads = set(_captions(read))
    for one, following in pairwise(_blocks(read.paper.root)):
        level = _level(one) or level
        if _level(one) or one.tag in {"/Caption", "/THead"} or _said(one) in heads:
            ended = 0 < _level(following) <= level
            apart = max(piece.page for piece in one.pieces()) != following.pages[0]
            if not ended and apart and not _too_high(read, one, following):
                alone.append((one.text, following.text[:60]))
    assert alone == []


def _captions(read: Read) -> Iterator[str]:
    """Yield what heads something though it is a paragraph: captions, numbers of clauses."""
    for section in read.sections:
        for block in section.blocks:
            if isinstance(block, Caption):
                yield block.text
            elif isinstance(block, Prose) and block.number and block.text:
                yield block.number


def _blocks(element: Element) -> Iterator[Element]:
    """Yield headings, paragraphs, rows, in reading order."""
    for child in element.children:
        if isinstance(child, Element) and child.tag in {"/Sect", "/Table", "/TBody"}:
            yield from _blocks(child)
        elif isinstance(child, Element) and any(child.pieces()):
            yield child


def _level(element: Element) -> int:
    return int(element.tag[2:]) if element.tag[:2] == "/H" and element.tag[2:].isdigit() else 0


def _said(element: Element) -> str:
    return " ".join("".join(p.text for p in element.pieces("/Note", "/Reference")).split())


def test_the_head_of_a_table_is_on_each_of_its_pages(read: Read) -> None:
    for table in read.paper.root.within("/Table"):
        for head in table.within("/THead"):
            words = _letters(head.pieces())
            repeated = set(table.pages) - set(head.pages)
            shown = [_letters(iter(read.paper.pages[page].artifacts)) for page in repeated]
            assert all(words in text for text in shown)


def _letters(pieces: Iterator[Piece]) -> str:
    return "".join("".join(piece.text for piece in pieces).split())


def test_no_line_is_alone_on_a_page(read: Read) -> None:
    alone = [
        element.text[:80]
        for element in read.paper.root.within("/P", "/LBody", "/TD", "/TH", "/Note")
        if len(lines := _lines(element)) > 1 and min(lines.values()) < 2
    ]
    assert alone == []


def _lines(element: Element) -> Counter[int]:
    """Count the lines of an element's own text by page."""
    own = [
        piece
        for child in element.children
        for piece in ([child] if isinstance(child, Piece) else _linked(child))
    ]
    return Counter(page for page, _ in {(piece.page, round(piece.start[1])) for piece in own})


def _linked(element: Element) -> Iterator[Piece]:
    return element.pieces() if element.tag == "/Link" else iter(())


# Notes ---------------------------------------------------------------------------------------


def test_each_note_is_on_the_page_of_its_call(read: Read) -> None:
    for call, note in _notes(read.paper.root):
        assert call.pages == note.pages[:1], note.text[:80]
        assert call.text.strip("[]") == note.text.split()[0]


def test_notes_are_footnotes_unless_the_foot_cannot_hold_them(read: Read) -> None:
    """Such a note is in its place: right below the text that calls it."""
    notes = list(_notes(read.paper.root))
    texts = {id(piece): piece for piece in read.paper.root.pieces()}
    for piece in (piece for _, note in notes for piece in note.pieces()):
        texts.pop(id(piece), None)
    lowest: defaultdict[int, float] = defaultdict(lambda: 9999)
    for piece in texts.values():
        lowest[piece.page] = min(lowest[piece.page], piece.bottom)
    in_place = 0
    for call, note in notes:
        page = note.pages[0]
        top = max(piece.top for piece in note.pieces() if piece.page == page)
        if top >= lowest[page]:
            in_place += 1
            assert top < min(piece.top for piece in call.pieces()), note.text[:80]
    assert in_place <= len(notes) / 4


def _notes(element: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each note with its call, which stands before it."""
    inner = [child for child in element.children if isinstance(child, Element)]
    for one, following in pairwise(inner):
        if following.tag == "/Note":
            assert one.tag == "/Reference"
            yield one, following
    for child in inner:
        yield from _notes(child)


# Faces, sizes, colours -----------------------------------------------------------------------

DECLARED = {
    *(f"PT-Sans{style}" for style in ("", "-Bold", "-Italic", "-Bold-Italic")),
    *(f"DejaVu-Sans{style}" for style in ("", "-Bold")),
}


def test_all_text_is_in_the_declared_faces(read: Read) -> None:
    assert {piece.face for page in read.paper.pages for piece in page.pieces} <= DECLARED


def test_letters_are_of_the_least_size_or_larger(read: Read) -> None:
    """In points; a call is written small in the usual edition."""
    sizes = {piece.size for page in read.paper.pages for piece in page.pieces}
    assert min(sizes) > (18 if read.print.large else 7) - 0.01


def test_all_is_black_or_grey(read: Read) -> None:
    for page in read.paper.pages:
        assert {piece.colour for piece in page.pieces} == {(0, 0, 0, 255)}
        for red, green, blue, opacity in page.grounds | page.lines:
            assert red == green == blue
            assert opacity == 255
        assert page.others == []


def test_large_print_is_on_white(read: Read) -> None:
    grounds = {ground for page in read.paper.pages for ground in page.grounds}
    assert not (grounds and read.print.large)


# The two editions ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, edition in PRINTS if edition == "large"])
def test_both_editions_say_the_same(name: str, printed: Callable[[str, str], Print]) -> None:
    """All letters but those of heads of columns, which cards repeat, and numbers of pages."""
    usual, large = (printed(name, edition) for edition in ("usual", "large"))
    said = Counter("Изданиескрупнымшрифтом.")
    for table in _tables(usual.view.sections):
        for head in _heads(table) if len(table.columns) > 2 else ():
            said.update("".join(head.split()))
    said[":"] += _facts(usual.view.sections)
    assert _count(large) - _count(usual) == said
    assert _count(usual) - _count(large) == Counter()


def _count(print: Print) -> Counter[str]:
    root = read_paper(print.file).root
    return Counter(_letters(root.pieces("/THead", "/TOC", "/Reference")))


def _tables(sections: tuple[SectionView, ...]) -> Iterator[Table]:
    blocks = (block for section in _nested(sections) for block in section.blocks)
    return (block for block in blocks if isinstance(block, Table))


def _facts(sections: tuple[SectionView, ...]) -> int:
    """Return how many facts there are, each with a colon in large print."""
    blocks = (block for section in _nested(sections) for block in section.blocks)
    return sum(len(block.rows) for block in blocks if isinstance(block, Facts))


def _heads(table: Table) -> Iterator[str]:
    """Yield the heads that cards have: those of all cells that are not empty."""
    for row in table.rows:
        yield from (f"{column.title}:" for column in table.columns if row[column.key])
