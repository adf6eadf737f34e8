from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from jinja2 import DictLoader, Environment

from disclosure.render import RenderError, pdf
from disclosure.render.pdf import render_pdf
from disclosure.views.document import DocumentView, SectionView
from tests import samples

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def programme() -> bytes:
    return render_pdf(samples.view("programmes/2025"))


@pytest.fixture(scope="module")
def long() -> bytes:
    """A table of 80 rows, each of two lines."""
    return render_pdf(samples.document(samples.table(*["Сделать полезное дело. " * 8] * 80)))


def _opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def _pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


# What PDF/UA-1 asks for ------------------------------------------------------------------------


def test_it_claims_to_be_accessible(programme: bytes) -> None:
    with _opened(programme) as document:
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == samples.view("programmes/2025").title
        assert document.Root.Lang == "ru"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle


def test_its_tags_say_what_is_what(programme: bytes) -> None:
    with _opened(programme) as document:
        tags = list(_tags(document.Root.StructTreeRoot))
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 4
    assert {"/P", "/L", "/LI", "/Link", "/Table", "/Caption", "/THead", "/TH", "/TD"} <= set(tags)


def _tags(element: pikepdf.Object) -> Iterator[str]:
    """Yield the name of each element of the structure."""
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S)
            yield from _tags(child)


def test_only_declared_fonts_are_embedded(programme: bytes) -> None:
    with _opened(programme) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile2" in font for font in described)
        names = {str(font.FontName).split("+")[1] for font in described}
    assert names == {"PT-Sans", "PT-Sans-Bold", "PT-Sans-Italic", "DejaVu-Sans"}


# What readers find their way by ----------------------------------------------------------------


def test_bookmarks_mirror_the_headings(programme: bytes) -> None:
    view = samples.view("programmes/2025")
    with _opened(programme) as document, document.open_outline() as outline:
        (title,) = outline.root
        assert title.title == view.title
        contents, *sections = title.children
        assert contents.title == "Содержание"
        assert _outlined(sections) == _headings(view.sections)


Headings = list[tuple[str, "Headings"]]


def _outlined(items: Iterable[pikepdf.OutlineItem]) -> Headings:
    return [(item.title, _outlined(item.children)) for item in items]


def _headings(sections: Iterable[SectionView]) -> Headings:
    return [(section.heading, _headings(section.sections)) for section in sections]


def test_the_contents_name_the_page_of_each_section(programme: bytes) -> None:
    contents, *pages = _pages(programme)[1:]
    listed = dict(re.findall(r"^(.+) (\d+)\s*$", contents, re.MULTILINE))
    titles = [section.heading for section in samples.view("programmes/2025").sections]
    for title in titles:
        assert title in pages[int(listed[title]) - 3]


def test_each_page_says_its_number(long: bytes) -> None:
    pages = _pages(long)
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert f"Страница {number} из {len(pages)}" in text


def test_each_page_names_the_supplier_and_the_code_of_the_document(programme: bytes) -> None:
    for text in _pages(programme):
        assert "АО «Пример» · ПР-01 · Для всех" in text
        assert "Программа, 2025 год" in text


def test_the_cover_shows_the_approval(programme: bytes) -> None:
    lines = [line.strip() for line in _pages(programme)[0].splitlines()]
    approval = ["УТВЕРЖДАЮ", "Директор АО «Пример»", "И.И. Иванова", "29.12.2024"]
    assert lines[lines.index("УТВЕРЖДАЮ") :][:4] == approval


def test_the_head_of_a_long_table_is_repeated_on_each_page(long: bytes) -> None:
    pages = _pages(long)[2:]  # after the cover and the contents
    assert len(pages) > 3
    assert [page.count("№ Мероприятие") for page in pages] == [1] * len(pages)
    numbers = [int(found) for page in pages for found in re.findall(r"^(\d+) С", page, re.M)]
    assert numbers == list(range(1, 81))


# What is refused -------------------------------------------------------------------------------


def test_a_letter_that_no_font_has_is_refused() -> None:
    with pytest.raises(RenderError, match=r"programmes/2024/: PDF: .*U\+6F22"):
        render_pdf(samples.document(samples.table("Опросить клиентов 漢")))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/x.png" alt="">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="attachment" href="https://example.org/style.css">',
        '<link rel="attachment" href="../../data/channels.yml">',
        '<link rel="attachment" href="%2e%2e%2f%2e%2e%2fdata%2fchannels.yml">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<p style="background: url(//example.org/x.png)">текст</p>',
        '<p style="no-such-property: 1px">текст</p>',
    ],
)
def test_what_the_engine_warns_of_is_refused(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = f'<html lang="ru"><head><title>т</title></head><body>{html}</body></html>'
    loader = DictLoader({"document.print.html": page})
    monkeypatch.setattr(pdf, "environment", lambda: Environment(loader=loader, autoescape=True))
    with pytest.raises(RenderError, match="programmes/2024/: PDF: "):
        render_pdf(samples.view("programmes/2024"))


# The same bytes --------------------------------------------------------------------------------

ANOTHER_PROCESS = """
import hashlib, pathlib, sys
from disclosure.render.fonts import declare_fonts
declare_fonts(pathlib.Path(sys.argv[1]))
from disclosure.render.pdf import render_pdf, warm_up
from tests import samples
warm_up()
print(hashlib.sha256(render_pdf(samples.view("programmes/2025"))).hexdigest())
"""


def test_another_process_gives_the_same_bytes(programme: bytes, tmp_path: Path) -> None:
    path = f"{REPOSITORY}:{REPOSITORY / 'hooks'}"
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, tmp_path],
        cwd=tmp_path,
        env={"PYTHONPATH": path, "PYTHONHASHSEED": "4242", "TZ": "Asia/Omsk"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(programme).hexdigest()


def test_another_text_gives_other_bytes() -> None:
    one, other = (_small(text) for text in ("Первое", "Второе"))
    assert render_pdf(one) != render_pdf(other)


def _small(text: str) -> DocumentView:
    return samples.document(samples.table(text))
