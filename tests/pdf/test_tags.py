"""The structure of each PDF is that of its view: nothing lost, nothing added, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice, zip_longest
from typing import Any

import pikepdf
import pytest

from disclosure.verify.node import Node
from disclosure.verify.prints import margin_faults, told
from disclosure.verify.tags import Area, Piece, Tags, read_tags, structure
from tests.pdf.conftest import PRINTS, Print

SHOWN = 12
"""How many lines of a difference, and how many faults, a failure shows."""


@dataclass(frozen=True)
class Read:
    """A print, what was read of it, and what it must tell."""

    print: Print
    tags: Tags = field(repr=False)
    told: Node = field(repr=False)


def _read(found: Print, content: bytes | None = None) -> Read:
    tags = read_tags(content or found.file)
    return Read(found, tags, told(found.view, large=found.large, pages=tags.places))


@pytest.fixture(params=PRINTS, ids=" ".join)
def read(request: pytest.FixtureRequest, printed: Callable[[str, str], Print]) -> Read:
    return _read(printed(*request.param))


# The tree ------------------------------------------------------------------------------------


def tree(read: Read) -> Iterator[str]:
    """Elements, their text, heads, labels, targets are those of the view, in its order."""
    shown = structure(read.tags)
    for line, pair in enumerate(zip_longest(_lines(read.told), _lines(shown), fillvalue="nothing")):
        if pair[0] != pair[1]:
            said, found = (
                islice(_lines(node), max(0, line - 4), None) for node in (read.told, shown)
            )
            yield "\n".join(
                ["The view has", *islice(said, SHOWN), "the PDF", *islice(found, SHOWN)]
            )
            return


def _lines(node: Node, depth: int = 0) -> Iterator[str]:
    """Yield the outline of an element, without any spaces of its text: a line may end at each."""
    start = "  " * depth
    head = f"{start}{node.tag} {node.more}".rstrip()
    inner: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str) and inner and isinstance(inner[-1], str):
            inner[-1] += child
        else:
            inner.append(child)
    packed = [c if isinstance(c, Node) else "".join(c.split()) for c in inner]
    yield f"{head}: {packed[0]}" if packed and isinstance(packed[0], str) and packed[0] else head
    for child in packed[1:] if packed and isinstance(packed[0], str) else packed:
        if isinstance(child, Node):
            yield from _lines(child, depth + 1)
        elif child:
            yield f"{start}  : {child}"


def identifiers(read: Read) -> Iterator[str]:
    """Each identifier is that of one element, and the tree of identifiers leads to it."""
    met: set[str] = set()
    for element in read.tags.root.walk():
        name = element.entries.get("ID")
        if name in met:
            yield f"two elements are «{name}»"
        if name and read.tags.identified.get(name) != element.key:
            yield f"«{name}» leads elsewhere"
        met |= {name} if name else set()
    yield from (f"«{name}» leads nowhere" for name in read.tags.identified.keys() - met)


def spaces(read: Read) -> Iterator[str]:
    """Words are apart as in the view, wherever no line ends between them."""
    said, at = " ".join(" ".join(read.told.texts()).split()), 0
    for piece in read.tags.root.pieces():
        words = " ".join(piece.text.split())
        at += said.startswith(" ", at)
        if not said.startswith(words, at):
            yield f"page {piece.page + 1}: «{words}», not «{said[at : at + len(words)]}»"
            return
        at += len(words)


# Marks ---------------------------------------------------------------------------------------


def marks(read: Read) -> Iterator[str]:
    """All text of a page is that of one element, to which its mark leads back, or an artifact."""
    owners = {
        (child.page, child.number): element.key
        for element in read.tags.root.walk()
        for child in element.children
        if isinstance(child, Piece)
    }
    pieces = list(read.tags.root.pieces())
    if len(pieces) != len(owners):
        yield f"{len(pieces) - len(owners)} marks are in two places"
    for number, page in enumerate(read.tags.pages):
        parents = read.tags.parents.get(page.key)
        for mark, text in page.marks.items():
            owner = owners.pop((number, mark), None)
            if owner is None:
                yield f"page {number + 1}: no element has «{text}»"
            elif not (isinstance(parents, list) and parents[mark : mark + 1] == [owner]):
                yield f"page {number + 1}: «{text}» leads back to another element"
        yield from (f"page {number + 1}: «{text}» has no mark" for text in page.unmarked)
    yield from (f"page {page + 1}: there is no mark {mark}" for page, mark in owners)


def artifacts(read: Read) -> Iterator[str]:
    """Only running heads, numbers of pages and repeated heads of tables are for the eye alone."""
    return margin_faults(read.print.view, read.tags, large=read.print.large)


# Links ---------------------------------------------------------------------------------------


def areas(read: Read) -> Iterator[str]:
    """Where a link can be pressed its words are said, and its element is found."""
    links = read.tags.root.all("Link")
    said = [_words(node) for node in read.told.walk() if node.tag == "Link"]
    met = []
    for words, link in zip(said, links, strict=False):
        found = [child for child in link.children if isinstance(child, Area)]
        if not found:
            yield f"«{words}» cannot be pressed"
        for area in found:
            met.append((area.page, area.key))
            if area.words != words:
                yield f"page {area.page + 1}: «{words}» is called «{area.words}»"
            if read.tags.parents.get(area.parent) != link.key:
                yield f"page {area.page + 1}: «{words}» leads back to another element"
            if area.target[:1] == "#" and area.target[1:] not in read.tags.places:
                yield f"page {area.page + 1}: «{words}» leads nowhere"
    shown = [(number, key) for number, page in enumerate(read.tags.pages) for key in page.areas]
    yield from (f"page {page + 1}: a link is no element" for page, _ in set(shown) - set(met))
    if len(met) != len(shown):
        yield f"{len(met)} areas of elements, {len(shown)} on pages"


def _words(link: Node) -> str:
    """Return the words of a link, but for the number of a page behind them."""
    return " ".join(str(link.children[0]).split())


HEADINGS = tuple(f"H{level}" for level in range(1, 7))


def places(read: Read) -> Iterator[str]:
    """Each place that links lead to is on the page where its element starts."""
    tags = (*HEADINGS, "Reference", "Note")
    named = [node for node in read.told.walk() if node.tag in tags]
    found = read.tags.root.all(*tags)
    for node, element in zip(named, found, strict=False):
        if node.place and read.tags.places.get(node.place) != min(element.pages(), default=-1):
            yield f"«{node.place}» is not where its element is"


def bookmarks(read: Read) -> Iterator[str]:
    """Bookmarks mirror the headings, and lead to their pages."""
    headings = [node for node in read.told.walk() if node.tag in HEADINGS]
    said = [(int(node.tag[1:]), node.text("Reference", "Note")) for node in headings]
    starts = [min(heading.pages(), default=-1) for heading in read.tags.root.all(*HEADINGS)]
    wanted = [(*words, page) for words, page in zip(said, starts, strict=False)]
    for one, other in zip_longest(wanted, read.tags.outline):
        if one != other:
            yield f"{one}, but the bookmark is {other}"


def whole(read: Read) -> Iterator[str]:
    """The document says its language, its title and whose it is, and that it has a structure."""
    view = read.print.view
    wanted = {
        "language": "ru",
        "marked": True,
        "title shown": True,
        "title": view.title,
        "author": view.supplier.full_name,
    }
    yield from (f"{key}: {found}" for key, found in read.tags.said.items() if found != wanted[key])


# All of it -----------------------------------------------------------------------------------

CHECKS: list[Callable[[Read], Iterator[str]]] = [
    tree,
    identifiers,
    spaces,
    marks,
    artifacts,
    areas,
    places,
    bookmarks,
    whole,
]


def test_the_structure(read: Read) -> None:
    """All checks in one test, since to read 400 pages takes longer than to check them."""
    found = {check.__doc__: list(islice(check(read), SHOWN)) for check in CHECKS}
    failed = ["\n".join([str(promise), *faults]) for promise, faults in found.items() if faults]
    assert not failed, "\n\n".join(failed)


# It can fail -----------------------------------------------------------------------------------

Spoil = Callable[[pikepdf.Pdf], None]


def _found(document: pikepdf.Pdf, tag: str, at: int = 0) -> Any:
    """Return an element of the structure by its place among those of its tag."""
    return [found for found in _elements(document.Root.StructTreeRoot.K[0]) if tag == found.S][at]


def _elements(element: Any) -> Iterator[Any]:
    yield element
    for child in element.K:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from _elements(child)


def _nothing(document: pikepdf.Pdf) -> None:
    pass


def _no_scope(document: pikepdf.Pdf) -> None:
    del _found(document, "/TH").A.Scope


def _heads_swapped(document: pikepdf.Pdf) -> None:
    one, other = (_found(document, "/TD", at).A for at in (0, 1))
    one.Headers, other.Headers = other.Headers, one.Headers


def _head_of_another_table(document: pikepdf.Pdf) -> None:
    _found(document, "/TD").A.Headers = _found(document, "/TD", -1).A.Headers


def _text_in_another_cell(document: pikepdf.Pdf) -> None:
    one, other = (_found(document, "/TD", at) for at in (0, 1))
    other.K.append(one.K[0])
    del one.K[0]


def _text_in_two_cells(document: pikepdf.Pdf) -> None:
    _found(document, "/TD", 1).K.append(_found(document, "/TD", 0).K[0])


def _paragraphs_swapped(document: pikepdf.Pdf) -> None:
    parent = _found(document, "/P").P
    parent.K[0], parent.K[1] = parent.K[1], parent.K[0]


def _paragraph_lost(document: pikepdf.Pdf) -> None:
    del _found(document, "/P").P.K[0]


def _table_in_two(document: pikepdf.Pdf) -> None:
    """As a table over two pages is left by the engine."""
    body = _found(document, "/TBody", -1)
    table, section = body.P, body.P.P
    half = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.TBody, K=[]))
    rest = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Table, P=section, K=[half]))
    half.P = rest
    half.K.append(body.K[-1])
    del body.K[-1]
    assert table.S == "/Table"
    at = [child.objgen for child in section.K].index(table.objgen)
    section.K.insert(at + 1, rest)


def _note_without_a_name(document: pikepdf.Pdf) -> None:
    del _found(document, "/Note").ID


def _notes_of_one_name(document: pikepdf.Pdf) -> None:
    _found(document, "/Note", 1).ID = _found(document, "/Note").ID


def _list_without_numbering(document: pikepdf.Pdf) -> None:
    del _found(document, "/L").A


def _mark_of_another(document: pikepdf.Pdf) -> None:
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    numbers[1][0] = numbers[1][-1]


def _number_of_page_not_marked(document: pikepdf.Pdf) -> None:
    _restream(document, rb"/Artifact(\s+<<)", rb"/Span\1")


def _number_of_page_lost(document: pikepdf.Pdf) -> None:
    _restream(document, rb"(/Artifact\s+<<[^>]*>>\s+BDC.*?)\[[^]]*\]", rb"\1[]")


def _spaces_lost(document: pikepdf.Pdf) -> None:
    _restream(document, rb"<((?:[0-9a-f]{4})*?)0003((?:[0-9a-f]{4})*)>", rb"<\1\2>")


def _restream(document: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    content = document.pages[-1].Contents
    changed, count = re.subn(old, new, content.read_bytes(), flags=re.DOTALL)
    assert count
    content.write(changed)


def _link(document: pikepdf.Pdf) -> Any:
    return next(found for page in document.pages for found in page.get("/Annots", []))


def _link_without_words(document: pikepdf.Pdf) -> None:
    _link(document).Contents = pikepdf.String("https://primer.example/")


def _link_of_another(document: pikepdf.Pdf) -> None:
    _link(document).StructParent = _link(document).StructParent + 1


def _link_outside(document: pikepdf.Pdf) -> None:
    page = document.pages[-1]
    page.Annots = [*page.get("/Annots", []), document.make_indirect(pikepdf.Dictionary())]


def _links_lead_nowhere(document: pikepdf.Pdf) -> None:
    document.Root.Names.Dests.Names = []


def _link_to_another_place(document: pikepdf.Pdf) -> None:
    _link(document).Dest = pikepdf.String("contents")


def _place_on_another_page(document: pikepdf.Pdf) -> None:
    names = document.Root.Names.Dests.Names
    at = [str(name) for name in names[::2]].index("note-1")
    names[2 * at + 1][0] = document.pages[1].obj


def _bookmark_renamed(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.First.Title = pikepdf.String("Оглавление")


def _bookmark_to_another_page(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.First.Dest[0] = document.pages[-1].obj


def _no_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


FAULTS: dict[Spoil, set[str]] = {
    _nothing: set(),
    _no_scope: {"tree"},
    _heads_swapped: {"tree"},
    _head_of_another_table: {"tree"},
    _text_in_another_cell: {"tree", "spaces", "marks"},
    _text_in_two_cells: {"tree", "spaces", "marks"},
    _paragraphs_swapped: {"tree", "spaces"},
    _paragraph_lost: {"tree", "spaces", "marks"},
    _table_in_two: {"tree"},
    _note_without_a_name: {"tree", "identifiers"},
    _notes_of_one_name: {"tree", "identifiers"},
    _list_without_numbering: {"tree"},
    _mark_of_another: {"marks"},
    _number_of_page_not_marked: {"marks", "artifacts"},
    _number_of_page_lost: {"artifacts"},
    _spaces_lost: {"spaces"},
    _link_without_words: {"areas"},
    _link_of_another: {"areas"},
    _link_outside: {"areas"},
    _links_lead_nowhere: {"tree", "spaces", "areas", "places"},
    _link_to_another_place: {"tree"},
    _place_on_another_page: {"places"},
    _bookmark_renamed: {"bookmarks"},
    _bookmark_to_another_page: {"bookmarks"},
    _no_language: {"whole"},
}
"""Each way to spoil a structure, and the checks that find it."""


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__[1:])
def test_a_planted_fault_is_found(spoil: Spoil, printed: Callable[[str, str], Print]) -> None:
    found = printed("programmes/2025", "usual")
    with pikepdf.open(found.file) as document, BytesIO() as spoilt:
        spoil(document)
        document.save(spoilt)
        read = _read(found, spoilt.getvalue())
    assert {check.__name__ for check in CHECKS if list(check(read))} == FAULTS[spoil]
