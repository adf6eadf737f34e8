from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring
from markdown import markdown as python_markdown
from markdown_it import MarkdownIt

from disclosure.review.lines import Span, line, markdown, one_line, plain

HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- ",
    "| a | b |",
    "`код` и ```",
    "*звёзды* и **жирно** и _черта_ и __две__",
    "[слова](https://example.org) и ![вид](x.png) и [^1] и [x]: y",
    "~~зачёркнуто~~ и ~",
    "# заголовок",
    "- пункт",
    "+ пункт",
    "1. пункт",
    "2) пункт",
    "===",
    "---",
    "> цитата",
    "конец\\",
    "&amp; и &lt; и &#42;",
    "@someone и #12 и $x$ и $$y$$",
    "https://example.org и www.example.org",
    "первая\nвторая\r\nтретья\n\n- четвёртая",
    "\ttab",
    "    четыре пробела",
    "\u202eзадом наперёд\u202c",
    "\x1b[31mкрасный",
    "::error::x ##[error]y",
    ":::note",
    "```\n",
]


def rendered(text: str) -> list[str]:
    """Return a text as two libraries render it, GitHub's kind of Markdown the second."""
    github = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [python_markdown(text), github.render(text)]


def words(page: str) -> str:
    return one_line(fromstring(f"<div>{page}</div>").text_content())


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_any_kind_stay_words(text: str) -> None:
    lines = [
        line("heading", text),
        line("paragraph", text),
        line("item", "до ", Span(text, "b"), " после"),
        line("item", Span(text, "code"), level=2),
        line("item", text, level=2),
    ]
    for page in rendered(markdown(lines)):
        tags = set(re.findall(r"<(\w+)", page))
        assert tags <= {"h1", "p", "ul", "li", "b", "code"}
        assert not re.search(r"<\w+ ", page), "no tag has an attribute"
        said = one_line(text)
        assert words(page) == f"{said} {said} до {said} после {said} {said}".replace("\n", " ")


@given(st.text(alphabet=st.sampled_from("ab<>&`*_[]()|~\\#!@$-+=.:1 \n\t"), max_size=30))
def test_no_text_makes_a_markup(text: str) -> None:
    drawn = markdown([line("item", "x", text), line("item", Span(text, "b"))])
    for page in rendered(drawn):
        assert set(re.findall(r"<(\w+)", page)) <= {"ul", "li", "b", "p"}
        assert words(page).replace(" ", "") == f"x{text}{text}".replace("\n", "").replace(
            "\t", ""
        ).replace(" ", "")


def test_an_address_is_no_link() -> None:
    drawn = markdown([line("paragraph", "https://example.org www.example.org")])
    assert "://" not in drawn
    assert "www." not in drawn
    assert unescape(drawn) == "https://example.org www.example.org\n"


def test_blocks_stand_apart_and_items_together() -> None:
    lines = [
        line("heading", "Заголовок"),
        line("paragraph", "Абзац"),
        line("item", "пункт"),
        line("item", "подпункт", level=2),
        line("paragraph", "Ещё"),
    ]
    assert markdown(lines) == ("# Заголовок\n\nАбзац\n\n- пункт\n    - подпункт\n\nЕщё\n")
    assert plain(lines) == ("Заголовок\n=========\n\nАбзац\n\n  - пункт\n    - подпункт\n\nЕщё\n")


def test_a_terminal_of_eighty_columns() -> None:
    long = "слово " * 40
    drawn = plain([line("paragraph", long), line("item", long, level=2)]).splitlines()
    assert max(map(len, drawn)) <= 80
    assert [row[:7] for row in drawn if row.startswith(" ")] == [
        "    - с",
        *["      с"] * (sum(row.startswith(" ") for row in drawn) - 1),
    ]


def test_a_terminal_is_not_commanded() -> None:
    drawn = plain([line("paragraph", "\x1b[31mкрасный\u202e\x07 конец")])
    assert drawn == "[31mкрасный конец\n"
