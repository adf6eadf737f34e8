from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from disclosure.render.prose import ATTRIBUTES, SCHEMES, TAGS, print_prose, prose

EXAMPLES = [
    # paragraphs
    ("Один", "<p>Один</p>"),
    ("Один\nи он же", "<p>Один\nи он же</p>"),
    ("Один\n\nДругой", "<p>Один</p>\n<p>Другой</p>"),
    # emphasis
    ("*важно* и **очень**", "<p><em>важно</em> и <strong>очень</strong></p>"),
    ("_важно_, snake_case_id", "<p><em>важно</em>, snake_case_id</p>"),
    (r"\*как есть\*", "<p>*как есть*</p>"),
    # lists
    ("- один\n- два", "<ul>\n<li>один</li>\n<li>два</li>\n</ul>"),
    ("3. три\n4. четыре", '<ol start="3">\n<li>три</li>\n<li>четыре</li>\n</ol>'),
    ("1. раз\n   - два", "<ol>\n<li>раз\n<ul>\n<li>два</li>\n</ul>\n</li>\n</ol>"),
    # links
    ("[сайт](https://a.example/б)", '<p><a href="https://a.example/%D0%B1">сайт</a></p>'),
    ("[звонок](tel:+78000000001)", '<p><a href="tel:+78000000001">звонок</a></p>'),
    ("[почта](mailto:a@a.example)", '<p><a href="mailto:a@a.example">почта</a></p>'),
    ("[](https://a.example/)", '<p><a href="https://a.example/">https://a.example/</a></p>'),
    # what no browser takes for an address is text
    ("[х](https://a.example:99999/)", "<p>[х](https://a.example:99999/)</p>"),
    ("[х](https://300.1.2.3/)", "<p>[х](https://300.1.2.3/)</p>"),
    # what is no part of the subset is text
    ("# не заголовок", "<p># не заголовок</p>"),
    ("`не код`", "<p>`не код`</p>"),
    ("> не цитата", "<p>&gt; не цитата</p>"),
    ("| не | таблица |\n|---|---|", "<p>| не | таблица |\n|---|---|</p>"),
    ("https://a.example", "<p>https://a.example</p>"),
    ("<b>не HTML</b>", "<p>&lt;b&gt;не HTML&lt;/b&gt;</p>"),
    ("&lt; &amp; &nbsp;", "<p>&amp;lt; &amp;amp; &amp;nbsp;</p>"),
    ("<!-- не пометка -->", "<p>&lt;!-- не пометка --&gt;</p>"),
    ("[х](javascript:alert(1))", "<p>[х](javascript:alert(1))</p>"),
    ("[х](JaVaScRiPt:alert)", "<p>[х](JaVaScRiPt:alert)</p>"),
    ("[х](data:text/html,1)", "<p>[х](data:text/html,1)</p>"),
    ("[х](ftp://a.example)", "<p>[х](ftp://a.example)</p>"),
    ("[х](../2024/)", "<p>[х](../2024/)</p>"),
    ("[х](//a.example)", "<p>[х](//a.example)</p>"),
    ("[х](http://[a)", "<p>[х](http://[a)</p>"),
    ("[х](https:///a)", "<p>[х](https:///a)</p>"),
    ('[х](https://a.example "да")', '<p><a href="https://a.example">х</a> (да)</p>'),
    ("![х](https://a.example/x.png)", '<p>!<a href="https://a.example/x.png">х</a></p>'),
]


@pytest.mark.parametrize(("text", "html"), EXAMPLES)
def test_the_markdown_subset(text: str, html: str) -> None:
    assert prose(text).strip() == html


def test_footnotes_of_two_proses_on_a_page_are_told_apart() -> None:
    text = "Срок[^1].\n\n[^1]: В рабочих днях."
    one, other = (BeautifulSoup(prose(text, anchor), "lxml") for anchor in ("a", "b"))
    assert _ids(one)
    assert _ids(other)
    assert not _ids(one) & _ids(other)
    for soup in (one, other):
        assert {str(link["href"]) for link in soup.select("a")} == {f"#{i}" for i in _ids(soup)}


def _ids(soup: BeautifulSoup) -> set[str]:
    return {str(element["id"]) for element in soup.select("[id]")}


# On paper --------------------------------------------------------------------------------------


def _set(text: str) -> str:
    """Return prose for paper, its footnotes in braces where they are called."""
    return print_prose(text, lambda note: Markup("{{{}}}").format(note)).strip()


@pytest.mark.parametrize(
    ("text", "html"), [example for example in EXAMPLES if "[^" not in example[0]]
)
def test_paper_shows_what_the_page_shows(text: str, html: str) -> None:
    assert re.sub(r' style="[^"]*"', "", _set(text)) == html


@pytest.mark.parametrize("first", [0, 3])
def test_paper_numbers_a_list_from_where_it_starts(first: int) -> None:
    opened = f'<ol start="{first}" style="counter-reset: list-item {first - 1}">'
    assert opened in _set(f"{first}. дело")


ON_PAPER = [
    ("Срок[^1].\n\n[^1]: В днях.", "<p>Срок{В днях.}.</p>"),
    ("Срок[^a], цена[^b].\n\n[^b]: Б.\n[^a]: А.", "<p>Срок{А.}, цена{Б.}.</p>"),
    # whoever reads the second call need not look for the first
    ("Раз[^1], два[^1].\n\n[^1]: Так.", "<p>Раз{Так.}, два{Так.}.</p>"),
    ("- раз[^1]\n- два\n\n[^1]: Так.", "<ul>\n<li>раз{Так.}</li>\n<li>два</li>\n</ul>"),
    # notes within notes
    ("А[^1].\n\n[^1]: Б[^2].\n[^2]: В[^3].\n[^3]: Г.", "<p>А{Б (В (Г.).).}.</p>"),
    ("А[^1].\n\n[^1]: Б[^1].", "<p>А{Б.}.</p>"),
    ("А[^1].\n\n[^1]: Б[^2].\n[^2]: В[^1].", "<p>А{Б (В.).}.</p>"),
    # what a footnote may hold
    ("А[^1].\n\n[^1]: Б *в*.\n\n    Г.", "<p>А{Б <em>в</em>.<br>Г.}.</p>"),
    ("А[^1].\n\n[^1]: Б:\n\n    - в\n    - г", "<p>А{Б:<br>– в<br>– г}.</p>"),
    ("А[^1].\n\n[^1]: Б:\n\n    3. в\n    4. г", "<p>А{Б:<br>3. в<br>4. г}.</p>"),
    (
        "А[^1].\n\n[^1]: [б](https://a.example)",
        '<p>А{<a href="https://a.example">б</a>}.</p>',
    ),
    # what is no footnote, and what is not safe
    ("Срок[^1].", "<p>Срок[^1].</p>"),
    ("А[^1].\n\n[^1]: <b>1 < 2</b> &lt;", "<p>А{&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp;lt;}.</p>"),
    ("А[^1].\n\n[^1]: [х](javascript:alert(1))", "<p>А{[х](javascript:alert(1))}.</p>"),
    ("А[^1].\n\n[^1]: [х](file:///etc/hostname)", "<p>А{[х](file:///etc/hostname)}.</p>"),
]


@pytest.mark.parametrize(("text", "html"), ON_PAPER)
def test_footnotes_are_set_where_they_are_called(text: str, html: str) -> None:
    assert _set(text) == html


HTML = ("<script>", "</p>", "<img src=x onerror=", "<a href='", "<!--", "&lt;", "&#60;", '"', ">")
INLINE = ("[", "](", ")", "](javascript:", "](data:", "![", "*", "**", "_", "`", "\\", "слово")
BLOCKS = ("\n", "\n\n", "- ", "1. ", "# ", "> ", "[^1]", "[^1]: ", "    ", "alert(1)")
MARKUP = st.sampled_from(HTML + INLINE + BLOCKS)


@pytest.mark.parametrize("render", [prose, _set])
@given(text=st.lists(MARKUP | st.text(max_size=5), max_size=12).map("".join))
def test_no_text_gets_past_the_allow_list(render: Callable[[str], str], text: str) -> None:
    for tag in BeautifulSoup(render(text), "html.parser").find_all():
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES.get(tag.name, set()) | {"title"}
        assert urlsplit(str(tag.get("href", ""))).scheme in {"", *SCHEMES}


MARKS = "*_[]\\+-"
PLAIN = st.text(st.characters(exclude_characters=MARKS, categories=["L", "P", "S", "Zs"]))


@pytest.mark.parametrize("render", [prose, _set])
@given(text=PLAIN)
def test_text_without_marks_is_shown_as_it_is(render: Callable[[str], str], text: str) -> None:
    assert BeautifulSoup(render(text), "html.parser").get_text().split() == text.split()
