"""How text is set on pages, in small prints made here; tests/pdf looks at all others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from weasyprint import HTML

from disclosure.bounds import BOUNDS, bounded
from disclosure.render.pdf import render_large_pdf, render_pdf
from disclosure.views.document import (
    Block,
    Caption,
    DocumentView,
    Facts,
    NoRows,
    Prose,
    SectionView,
)
from disclosure.views.table import Cell, Column, Table, cell, row
from tests import samples
from tests.pdf.paper import MM, Element, Paper, Piece, read_paper

Edition = Callable[[DocumentView], bytes]

EDITIONS = pytest.mark.parametrize("edition", [render_pdf, render_large_pdf])
SOON = replace(BOUNDS, seconds=20)
FULL: dict[Edition, int] = {render_pdf: 900, render_large_pdf: 280}
"""How many words no page can hold."""


def _read(edition: Edition, view: DocumentView) -> Paper:
    """Return what is set, if it is set at all."""
    return read_paper(bounded(lambda: edition(view), SOON))


def _sections(*contents: tuple[Block, ...]) -> DocumentView:
    sections = tuple(
        SectionView(f"section-{number}", f"Раздел {number}", blocks=blocks)
        for number, blocks in enumerate(contents, 1)
    )
    return replace(samples.document(), sections=sections)


def _words(number: int) -> str:
    return " ".join(f"слово{count}" for count in range(1, number + 1))


def _table(*cells: Cell, columns: int = 2) -> Table:
    """Return a table with a row for each cell, in its second column."""
    made = samples.table(*[""] * len(cells))
    more = tuple(Column(f"more_{number}", f"Ещё {number}") for number in range(columns - 2))
    rows = (
        replace(old, cells={**old.cells, "text": new, **{column.key: cell("1") for column in more}})
        for old, new in zip(made.rows, cells, strict=True)
    )
    return replace(made, columns=made.columns + more, rows=tuple(rows))


# Rows ----------------------------------------------------------------------------------------


def test_only_a_row_that_no_page_can_hold_is_split() -> None:
    sizes = [120] * 6 + [FULL[render_pdf]] + [90] * 6
    paper = _read(render_pdf, samples.document(samples.table(*map(_words, sizes))))
    rows = list(paper.root.within("/TR"))[1:]
    assert [number for number, row in enumerate(rows) if len(row.pages) > 1] == [6]
    assert rows[-1].pages[0] - rows[0].pages[0] > 2


def test_only_a_card_that_no_page_can_hold_is_split() -> None:
    sizes = [50] * 6 + [FULL[render_large_pdf]] + [50] * 6
    table = _table(*(cell(_words(size)) for size in sizes), columns=3)
    cards = list(_read(render_large_pdf, samples.document(table)).root.within("/Table"))
    assert [number for number, card in enumerate(cards) if len(card.pages) > 1] == [6]


LONG: dict[str, Callable[[str], Block]] = {
    "a clause": lambda text: Prose(text, "1.1."),
    "a caption": Caption,
    "an empty group": lambda text: NoRows("Группа", text),
    "a note of an empty group": lambda text: NoRows("Группа", "нет мероприятий", (text,)),
    "a fact": lambda text: Facts((row({"name": "Описание", "value": text}),)),
    "a title of a table": lambda text: replace(samples.table("Дело"), caption=text),
    "a note of a table": lambda text: replace(samples.table("Дело"), notes=(text,)),
    "a note of cards": lambda text: replace(_table(cell("Дело"), columns=3), notes=(text,)),
}


@pytest.mark.parametrize("what", LONG)
@EDITIONS
def test_nothing_is_too_long_to_be_set(edition: Edition, what: str) -> None:
    text = _words(FULL[edition])
    shown = _read(edition, samples.document(LONG[what](text))).root.words
    assert [word for word in shown if word.startswith("слово")] == text.split()


# Headings ------------------------------------------------------------------------------------


@EDITIONS
def test_no_heading_is_left_alone(edition: Edition) -> None:
    """Sections that start everywhere on a page: a heading goes with the rows, not their head."""
    view = _sections(
        *((Prose(_words(31 * n % 130)), samples.table(_words(60))) for n in range(1, 13))
    )
    paper = _read(edition, view)
    captions = [table for section in _parts(paper) for table in section.within("/Table")]
    assert len(captions) == len(view.sections)
    for section, table in zip(_parts(paper), captions, strict=True):
        (heading,) = section.within("/H2")
        (text,) = section.within("/P")
        (caption,) = table.within("/Caption")
        (rows,) = table.within("/TBody")
        assert heading.pages == text.pages[:1]
        assert caption.pages == rows.pages


@EDITIONS
def test_a_heading_that_ends_the_document_stays_where_it_is(edition: Edition) -> None:
    paper = _read(edition, _sections((Prose("Кратко."),), ()))
    one, empty = (heading.pages for heading in list(paper.root.within("/H2"))[1:])
    assert one == empty


@EDITIONS
def test_a_heading_goes_with_a_row_that_is_split(edition: Edition) -> None:
    view = _sections((Prose(_words(40)),), (samples.table(_words(FULL[edition]), "Дело"),))
    paper = _read(edition, view)
    before, section = _parts(paper)
    (heading,) = section.within("/H2")
    rows = list(section.within("/TR"))[1:]
    assert len(rows[0].pages) > 1
    assert before.pages == heading.pages == rows[0].pages[:1]


def _parts(paper: Paper) -> list[Element]:
    """Return the sections behind the cover and the contents."""
    return list(paper.root.within("/Sect"))[2:]


# Lines ---------------------------------------------------------------------------------------


@EDITIONS
def test_at_least_two_lines_of_a_paragraph_stay_together(edition: Edition) -> None:
    view = _sections(*((Prose(_words(23 * n % 70 + 30)),) for n in range(1, 31)))
    paper = _read(edition, view)
    split = [found for found in paper.root.within("/P") if len(found.pages) > 1]
    assert split
    for paragraph in split:
        for page in paragraph.pages:
            lines = {p.start[1] for p in paragraph.pieces() if p.page == page}
            assert len(lines) > 1


# Notes ---------------------------------------------------------------------------------------


@EDITIONS
def test_notes_are_at_the_foot_of_the_page_of_their_call(edition: Edition) -> None:
    """Or below the words that call them, where the foot has no room."""
    table = _table(*(Cell(_words(40), (f"Пояснение {number}.",)) for number in range(1, 17)))
    paper = _read(edition, samples.document(table))
    notes = list(paper.root.within("/Note"))
    calls = [cell for cell in paper.root.within("/TH", "/TD") if any(cell.within("/Reference"))]
    assert [note.words for note in notes[-16:]] == [
        [str(len(notes) - 16 + number), "Пояснение", f"{number}."] for number in range(1, 17)
    ]
    assert len({page for note in notes for page in note.pages}) > 1
    lowest = {page: min(p.bottom for p in _body(paper, page)) for page in range(len(paper.pages))}
    in_place = 0
    for call, note in zip(calls, notes[-16:], strict=True):
        (page,) = note.pages
        assert call.pages == [page]
        top = max(piece.top for piece in note.pieces())
        in_place += top > lowest[page]
        assert top < min(piece.bottom for piece in call.pieces("/Note"))
        assert min(piece.bottom for piece in note.pieces()) > 20 * MM
    assert in_place <= 4


def _body(paper: Paper, page: int) -> list[Piece]:
    return [piece for piece in paper.root.pieces("/Note") if piece.page == page]


@EDITIONS
def test_a_note_longer_than_a_page_stands_whole_in_its_place(edition: Edition) -> None:
    text = _words(FULL[edition])
    table = _table(Cell("До.", (text,)), cell("После."))
    paper = _read(edition, samples.document(table))
    (long,) = (note for note in paper.root.within("/Note") if len(note.pages) > 1)
    assert long.words[1:] == text.split()
    before, after = (cell for cell in paper.root.within("/TH") if "." in cell.text)
    assert before.pages == long.pages[:1]
    assert after.pages == long.pages[-1:]


# Wide tables ---------------------------------------------------------------------------------


def test_a_wide_table_lies_on_its_side_with_its_heading() -> None:
    wide = _table(*[cell(_words(60))] * 3, columns=7)
    paper = _read(render_pdf, _sections((Prose("До."),), (wide,), (Prose("После."),)))
    before, section, after = _parts(paper)
    turned = [number for number, page in enumerate(paper.pages) if not page.upright]
    assert section.pages == turned
    assert section.text.startswith("Раздел 2")
    assert (before.pages, after.pages) == ([turned[0] - 1], [turned[-1] + 1])


def test_six_columns_stay_upright() -> None:
    paper = _read(render_pdf, samples.document(_table(cell("Дело"), columns=6)))
    assert all(page.upright for page in paper.pages)


# The margins ---------------------------------------------------------------------------------


@EDITIONS
def test_each_page_says_its_number_and_the_document(edition: Edition) -> None:
    view = replace(
        samples.document(Prose(_words(2 * FULL[edition]))), code="ПР-01", access="Для всех"
    )
    pages = _read(edition, view).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        assert f"Страница {number} из {len(pages)}" in page.margins
        assert "АО «Пример» · ПР-01 · Для всех" in page.margins


# Rounds --------------------------------------------------------------------------------------


def test_a_print_where_all_fits_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = []

    def render(html: HTML, **options: object) -> object:
        rounds.append(options)
        return once(html, **options)

    once = HTML.render
    monkeypatch.setattr(HTML, "render", render)
    render_pdf(replace(samples.view("programmes/2025"), dated=date(2025, 1, 1)))
    assert len(rounds) == 1
