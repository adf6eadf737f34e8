from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from disclosure.render.footnotes import Footnotes


def test_a_note_is_a_call_and_a_footnote_linked_both_ways() -> None:
    html = BeautifulSoup(Footnotes()("Основной акт."), "html.parser")
    (call,), (footnote,) = html.select("[data-tag=Reference]"), html.select("[data-tag=Note]")
    assert call.get_text() == "1"
    assert footnote.get_text() == "1 Основной акт."
    (there,), (back,) = call.select("a"), footnote.select("[data-tag=Lbl] > a")
    assert back.get_text() == "1"
    assert there["href"] == f"#{footnote['id']}"
    assert back["href"] == f"#{there['id']}"


def test_notes_are_numbered_in_the_order_in_which_they_are_asked_for() -> None:
    note = Footnotes()
    notes = [BeautifulSoup(note(text), "html.parser") for text in ("Раз.", "Раз.", "Два.")]
    assert [html.get_text(" ", strip=True) for html in notes] == [
        "1 1 Раз.",
        "2 2 Раз.",
        "3 3 Два.",
    ]
    ids = [element["id"] for html in notes for element in html.select("[id]")]
    assert len(set(ids)) == len(ids) == 6


def test_each_document_counts_from_one() -> None:
    assert Footnotes()("Раз.") == Footnotes()("Раз.")


def test_a_call_has_the_sign_of_its_edition() -> None:
    html = BeautifulSoup(Footnotes("[{}]")("Раз."), "html.parser")
    assert html.get_text() == "[1]1 Раз."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>1 < 2</b> & всё", "<b>1 < 2</b> & всё"),
        ("{0} {} {text}", "{0} {} {text}"),
        ("&lt;", "&lt;"),
        (Markup("a<br>b"), "ab"),
    ],
)
def test_text_is_shown_as_it_is_and_markup_is_kept(text: str, shown: str) -> None:
    footnote = BeautifulSoup(Footnotes()(text), "html.parser").select_one(".note")
    assert footnote is not None
    assert footnote.get_text() == f"1 {shown}"
