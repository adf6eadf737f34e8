"""HTML in, the structure of the PDF out."""

from __future__ import annotations

import inspect
from pathlib import Path
from pydoc import locate
from types import FunctionType
from typing import Any

import pypdfium2
import pytest
import weasyprint

from disclosure.render import pdf
from disclosure.render.footnotes import Footnotes
from disclosure.render.structure import PRIVATE
from disclosure.render.templates import OVERRIDES
from disclosure.verify.tags import Area, Element, Piece, Tags, read_tags


def _typeset(body: str) -> bytes:
    html = f'<html lang="ru"><head><title>Проба</title></head><body>{body}</body></html>'
    return pdf.typeset(html, large=False, attachments=[])


def _read(body: str) -> Tags:
    return read_tags(_typeset(body))


def _outline(element: Element) -> Any:
    """Return an element as its tag with what it holds: [tag, inner…], its text as it is."""
    inner: list[Any] = []
    for child in element.children:
        if isinstance(child, Piece):
            inner.append(child.text)
        elif isinstance(child, Element):
            inner.append(_outline(child))
    return [element.tag, *inner]


def _shown(body: str) -> Any:
    return _outline(_read(body).root)[1:]


# Elements ------------------------------------------------------------------------------------


def test_elements_have_the_tags_of_their_html() -> None:
    assert _shown("<section><h2>Раздел</h2><p>Текст</p></section>") == [
        ["Sect", ["H2", "Раздел"], ["P", "Текст"]]
    ]


def test_an_element_without_a_meaning_is_left_out_and_its_text_stays() -> None:
    assert _shown("<div><p>один <b>два</b><span> три</span></p></div>") == [
        ["P", "один ", "два", " три"]
    ]


def test_an_element_can_say_its_tag() -> None:
    assert _shown('<div data-tag="BlockQuote"><p data-tag="Note" id="n">Текст</p></div>') == [
        ["BlockQuote", ["Note", "Текст"]]
    ]


def test_a_paragraph_over_two_pages_is_one() -> None:
    tags = _read("<p>" + "Строка.<br>" * 60 + "</p>")
    (paragraph,) = tags.root.children
    assert isinstance(paragraph, Element)
    assert paragraph.tag == "P"
    assert paragraph.text() == "Строка." * 60
    assert paragraph.pages() == [0, 1]


def test_running_heads_and_numbers_of_pages_are_artifacts() -> None:
    tags = _read('<p class="running-code">КОД</p><p class="running-title">Год</p><p>Текст</p>')
    assert _outline(tags.root) == ["Document", ["P", "Текст"]]
    assert tags.pages[0].artifacts == ["КОД", "Год", "Страница 1 из 1"]


# Lists ---------------------------------------------------------------------------------------


def test_lists_have_labels_bodies_and_a_numbering() -> None:
    tags = _read(
        '<div class="prose"><ul><li>точка<ol><li>раз</li><li>два</li></ol></li></ul>'
        "<ol><li><p>абзац</p><p>ещё</p></li></ol></div>"
    )
    inner = [
        "L",
        ["LI", ["Lbl", "1. "], ["LBody", "раз"]],
        ["LI", ["Lbl", "2. "], ["LBody", "два"]],
    ]
    assert _outline(tags.root)[1:] == [
        ["L", ["LI", ["Lbl", "–  "], ["LBody", "точка", inner]]],
        ["L", ["LI", ["Lbl", "1. "], ["LBody", ["P", "абзац"], ["P", "ещё"]]]],
    ]
    numberings = [found.entries["ListNumbering"] for found in tags.root.all("L")]
    assert numberings == ["/Disc", "/Decimal", "/Decimal"]


def test_a_list_is_numbered_from_where_it_starts() -> None:
    tags = _read('<ol style="counter-reset: list-item 2"><li>три</li><li>четыре</li></ol>')
    assert [label.text() for label in tags.root.all("Lbl")] == ["3. ", "4. "]


# Links and notes -----------------------------------------------------------------------------


def test_a_link_over_two_lines_is_one_and_each_area_says_all_its_words() -> None:
    words = " ".join(["слово"] * 20)
    tags = _read(f'<p>до <a href="https://primer.example/">{words}</a> после</p>')
    (link,) = tags.root.all("Link")
    assert len([child for child in link.children if isinstance(child, Piece)]) == 2
    areas = [child for child in link.children if isinstance(child, Area)]
    assert [(area.words, area.target) for area in areas] == [(words, "https://primer.example/")] * 2
    assert [tags.parents[area.parent] for area in areas] == [link.key] * 2


def test_a_note_is_right_behind_its_call_wherever_it_is_set() -> None:
    note = Footnotes()
    tags = _read(f"<p>раз{note('Первое.')} два{note('Второе.')}</p><p>три</p>")
    assert _outline(tags.root)[1:] == [
        [
            "P",
            "раз",
            ["Reference", ["Link", "1"]],
            ["Note", ["Lbl", ["Link", "1"]], " Первое."],
            " два",
            ["Reference", ["Link", "2"]],
            ["Note", ["Lbl", ["Link", "2"]], " Второе."],
        ],
        ["P", "три"],
    ]
    notes = {note.entries["ID"]: note.key for note in tags.root.all("Note")}
    assert notes == tags.identified
    assert list(tags.identified) == sorted(tags.identified)


# Tables --------------------------------------------------------------------------------------

HEAD = '<thead><tr><th scope="col">№</th><th scope="col">Дело</th></tr></thead>'


def _table(rows: int) -> str:
    lines = (f'<tr><td>{n}</td><th scope="row">Дело {n}</th></tr>' for n in range(1, rows + 1))
    return f"<table><caption>Таблица</caption>{HEAD}<tbody>{''.join(lines)}</tbody></table>"


def test_a_table_over_five_pages_is_one_and_its_repeated_heads_are_artifacts() -> None:
    tags = _read(_table(150))
    (table,) = tags.root.all("Table")
    assert len(tags.pages) == 5
    assert [child.tag for child in table.children if isinstance(child, Element)] == [
        "Caption",
        "THead",
        "TBody",
    ]
    rows = [["".join(cell.text() for cell in row.all("TD", "TH"))] for row in table.all("TR")]
    assert rows == [["№Дело"], *([f"{n}Дело {n}"] for n in range(1, 151))]
    assert [page.artifacts[:2] == ["№", "Дело"] for page in tags.pages] == [False, *[True] * 4]


def test_each_cell_names_the_heads_of_its_row_and_of_its_column() -> None:
    tags = _read(_table(2) + _table(1))
    names = {key: name for name, key in tags.identified.items()}
    heads = {names[head.key]: head.text() for head in tags.root.all("TH")}
    scopes = [head.entries["Scope"] for head in tags.root.all("TH")]
    assert scopes == ["/Column", "/Column", "/Row", "/Row", "/Column", "/Column", "/Row"]
    said = [[heads[name] for name in cell.entries["Headers"]] for cell in tags.root.all("TD")]
    assert said == [["Дело 1", "№"], ["Дело 2", "№"], ["Дело 1", "№"]]
    assert len(heads) == len(scopes)


# Spoken words, pictures for the eye alone --------------------------------------------------------


def test_what_is_spoken_is_the_expansion_of_its_text() -> None:
    tags = _read('<p>Ждали <span data-tag="Span" data-spoken="1 минута">1:00</span></p>')
    (span,) = tags.root.all("Span")
    assert (span.text(), span.entries["E"]) == ("1:00", "1 минута")


def test_a_picture_for_the_eye_alone_is_no_part_of_the_structure() -> None:
    bar = '<svg aria-hidden="true" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert _shown(f"<p>До</p><div>{bar}</div><p>После</p>") == [["P", "До"], ["P", "После"]]


# Figures -------------------------------------------------------------------------------------

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><title>Схема & план</title>'
    '<rect width="200" height="100"/></svg>'
).replace("&", "&amp;")


@pytest.mark.parametrize(
    "body",
    [f"<p>До</p><div>{DRAWING}</div>", '<p>До</p><img src="drawing.svg" alt="Схема & план">'],
    ids=["svg", "img"],
)
def test_a_figure_has_words_and_the_box_of_its_drawing(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf._style("style.css")  # before the folder that it is read from is another one
    monkeypatch.setattr(pdf, "_PRINT", _assets(tmp_path))
    content = _typeset(body)
    (figure,) = read_tags(content).root.all("Figure")
    assert figure.entries["Alt"] == "Схема & план"
    assert [float(corner) for corner in figure.entries["BBox"]] == pytest.approx(_drawn(content))


def _assets(folder: Path) -> Path:
    (folder / "drawing.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "ua.xmp").write_bytes((OVERRIDES / "print" / "ua.xmp").read_bytes())
    return folder


def _drawn(content: bytes) -> list[float]:
    """Return the box of the one thing on the first page that is drawn, as PDFium sees it."""
    with pypdfium2.PdfDocument(content) as document:
        found = list(document[0].get_objects(max_depth=3))
        (path,) = (item for item in found if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH)
        return list(path.get_bounds())


# The engine ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PRIVATE)
def test_the_private_parts_of_the_engine_are_where_they_were(path: str) -> None:
    place, _, name = path.rpartition(".")
    owner = locate(place)
    used = {
        used
        for function in vars(owner).values()
        if isinstance(function, FunctionType)
        for used in inspect.unwrap(function).__code__.co_names
    }
    assert hasattr(owner, name) or name in used, (
        f"WeasyPrint {weasyprint.__version__} has no {path} any more. Read what it does now, mend"
        " render/structure.py and its PRIVATE, then run tests/pdf: they read every tree back."
    )


def test_the_tree_of_the_engine_itself_is_not_made() -> None:
    tags = _read("<p>Текст</p>")
    assert [element.tag for element in tags.root.walk()] == ["Document", "P"]
