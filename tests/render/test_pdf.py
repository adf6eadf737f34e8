from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from jinja2 import DictLoader, Environment

from disclosure.render import RenderError, pdf
from disclosure.render.pdf import render_large_pdf, render_pdf
from disclosure.render.tables import render_csv, render_json
from disclosure.render.templates import OVERRIDES
from disclosure.views.document import DocumentView, Prose, say_checksum
from tests import samples
from tests.pdf.paper import read_paper

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def programme() -> bytes:
    return render_pdf(samples.view("programmes/2025"))


@pytest.fixture(scope="module")
def large() -> bytes:
    return render_large_pdf(samples.view("programmes/2025"))


def _opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def _pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


# What it claims to be --------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["programme", "large"])
def test_it_claims_to_be_accessible_and_to_last(
    edition: str, request: pytest.FixtureRequest
) -> None:
    with _opened(request.getfixturevalue(edition)) as document:
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["dc:title"] == samples.view("programmes/2025").title
        assert document.Root.Lang == "ru"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle


DATED = replace(samples.view("programmes/2025"), dated=date(2025, 3, 7))


def test_it_is_dated_as_its_data_are() -> None:
    with _opened(render_pdf(DATED)) as document:
        dates = [str(document.docinfo[key])[:10] for key in ("/CreationDate", "/ModDate")]
        for file in document.Root.AF:
            params = file.EF.F.Params
            dates += [str(params[key])[:10] for key in ("/CreationDate", "/ModDate")]
        with document.open_metadata() as metadata:
            said = [metadata[f"xmp:{key}"][:10] for key in ("CreateDate", "ModifyDate")]
    assert dates == ["D:20250307"] * 6
    assert said == ["2025-03-07"] * 2


def test_without_a_date_its_data_have_a_fixed_one(programme: bytes) -> None:
    with _opened(programme) as document:
        assert "/CreationDate" not in document.docinfo
        assert {str(file.EF.F.Params.ModDate)[:10] for file in document.Root.AF} == {"D:20000101"}


# The data within -------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["programme", "large"])
def test_its_data_are_embedded(edition: str, request: pytest.FixtureRequest) -> None:
    view = samples.view("programmes/2025")
    with _opened(request.getfixturevalue(edition)) as document:
        found = {
            name: (str(file.obj.AFRelationship), file.get_file().read_bytes())
            for name, file in document.attachments.items()
        }
        listed = [str(file.UF) for file in document.Root.AF]
    assert found == {
        "primer-programme-2025.csv": ("/Data", render_csv(view)),
        "primer-programme-2025.json": ("/Data", render_json(view)),
    }
    assert sorted(listed) == sorted(found)


def test_the_cover_says_where_its_data_are_from() -> None:
    address = "https://primer.example/kachestvo/programmes/2025/"
    cover = read_paper(render_pdf(replace(DATED, address=address))).root.text.split("Содержание")[0]
    assert f"На сайте: {address}" in cover
    assert "Файл документа изменён 07.03.2025." in cover
    assert "Данные документа вложены в этот файл: CSV и JSON." in cover
    checksum = say_checksum(DATED.checksum)
    assert f"Контрольная сумма данных (SHA-256, начало): {checksum}." in cover


def test_the_cover_says_nothing_that_is_not_known(programme: bytes) -> None:
    (cover, *_) = _pages(programme)
    assert "На сайте" not in cover
    assert "изменён" not in cover


# What PDF/UA-1 asks for ------------------------------------------------------------------------


@pytest.mark.parametrize("render", [render_pdf, render_large_pdf])
def test_the_declared_faces_are_embedded_and_only_they(
    render: Callable[[DocumentView], bytes],
) -> None:
    words = Prose("обычный **жирный** *наклонный* ***оба*** → **→**")
    with _opened(render(samples.document(words))) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile2" in font for font in described)
        names = {str(font.FontName).split("+")[1] for font in described}
    sans = {f"PT-Sans{face}" for face in ("", "-Bold", "-Italic", "-Bold-Italic")}
    assert names == sans | {"DejaVu-Sans", "DejaVu-Sans-Bold"}


# The edition in large print --------------------------------------------------------------------


def test_large_print_has_cards_in_place_of_wide_tables(large: bytes) -> None:
    root = read_paper(large).root
    columns = [len(list(head.within("/TH"))) for head in root.within("/THead")]
    assert columns == [2]
    facts = [row.text for row in root.within("/TR")]
    assert "Мероприятие: Нанять операторов" in facts
    assert "Срок: в течение 2025 года" in facts


def test_lines_of_both_editions_are_left_aligned() -> None:
    text = "Сделать полезное дело для потребителей. " * 30
    for render in (render_pdf, render_large_pdf):
        (paragraph,) = (
            found
            for found in read_paper(render(samples.document(Prose(text)))).root.within("/P")
            if "полезное" in found.text
        )
        lines = list(paragraph.pieces())
        assert len({round(line.start[0]) for line in lines}) == 1
        assert len({round(line.right) for line in lines}) > 3


# What readers find their way by ----------------------------------------------------------------


def test_each_page_names_the_supplier_and_the_code_of_the_document(programme: bytes) -> None:
    for text in _pages(programme):
        assert "АО «Пример» · ПР-01 · Для всех" in text
        assert "Программа, 2025 год" in text


def test_the_cover_shows_the_approval(programme: bytes) -> None:
    lines = [line.strip() for line in _pages(programme)[0].splitlines()]
    approval = ["УТВЕРЖДАЮ", "Директор АО «Пример»", "И.И. Иванова", "29.12.2024"]
    assert lines[lines.index("УТВЕРЖДАЮ") :][:4] == approval


# What is refused -------------------------------------------------------------------------------


def test_a_letter_that_no_font_has_is_refused() -> None:
    with pytest.raises(RenderError, match=r"programmes/2024/: PDF: .*U\+6F22"):
        render_pdf(samples.document(samples.table("Опросить клиентов 漢")))


XLINK = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


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
        '<img src="file:///etc/hostname" alt="">',
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">',
        '<img src="/etc/hostname" alt="">',
        '<img src="ftp://example.org/x.png" alt="">',
        '<img src="https://print.invalid.example.org/style.css" alt="">',
        '<img src="https://print.invalid@example.org/style.css" alt="">',
        '<img src="nowhere.png" alt="">',
        '<object data="https://example.org/x.svg"></object>',
        '<embed src="https://example.org/x.svg">',
        f'<svg {XLINK}><image xlink:href="file:///etc/hostname" width="9" height="9"/></svg>',
        f'<svg {XLINK}><image xlink:href="https://example.org/x.png" width="9" height="9"/></svg>',
        '<style>@import url("https://example.org/x.css");</style>',
        '<style>@import "file:///etc/hostname";</style>',
        "<style>@font-face { font-family: a; src: url(https://example.org/x.ttf) }</style>",
        "<style>@font-face { font-family: a; src: url(file:///etc/hostname) }</style>",
        '<style>@font-face { font-family: a; src: local("Liberation Serif") }</style>',
        "<style>p::before { content: url(https://example.org/x.png) }</style><p>текст</p>",
        "<style>li { list-style-image: url(../../data/channels.yml) }</style><ul><li>т</ul>",
        '<base href="file:///etc/"><img src="hostname" alt="">',
        '<p style="no-such-property: 1px">текст</p>',
    ],
)
def test_what_the_engine_warns_of_is_refused(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RenderError, match="programmes/2024/: PDF: "):
        _typeset(html, monkeypatch)


def test_a_drawing_of_another_file_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine passes over it without a warning."""
    asked: list[str] = []
    monkeypatch.setattr(pdf._Fetcher, "fetch", lambda _, url, headers=None: asked.append(url))
    for address in ("https://example.org/x.svg#a", "file:///etc/hostname#a", "x.svg#a"):
        _typeset(f'<svg {XLINK}><use xlink:href="{address}"/></svg>', monkeypatch)
        _typeset(f'<svg {XLINK}><use href="{address}"/></svg>', monkeypatch)
    assert asked == []


def test_no_link_leads_out_of_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(OVERRIDES / "print", tmp_path / "print")
    (tmp_path / "secret.txt").write_text("тайна", encoding="utf-8")
    (tmp_path / "print" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "print" / "in.txt").symlink_to(tmp_path / "print" / "ua.xmp")
    monkeypatch.setattr(pdf, "_PRINT", tmp_path / "print")
    _typeset('<link rel="attachment" href="in.txt">', monkeypatch)
    with pytest.raises(RenderError, match=r"адрес вне оформления печати: .*/out\.txt"):
        _typeset('<link rel="attachment" href="out.txt">', monkeypatch)


def _typeset(html: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Set a print of another template."""
    page = f'<html lang="ru"><head><title>т</title></head><body>{html}</body></html>'
    loader = DictLoader({"document.print.html": page})
    monkeypatch.setattr(pdf, "environment", lambda: Environment(loader=loader, autoescape=True))
    return render_pdf(samples.view("programmes/2024"))


# The same bytes --------------------------------------------------------------------------------

ANOTHER_PROCESS = """
import hashlib, pathlib, sys
from disclosure.render.fonts import declare_fonts
declare_fonts(pathlib.Path(sys.argv[1]))
from disclosure.render.pdf import render_large_pdf, render_pdf, warm_up
from tests import samples
warm_up()
for render in (render_pdf, render_large_pdf):
    print(hashlib.sha256(render(samples.view("programmes/2025"))).hexdigest())
"""


def test_another_process_gives_the_same_bytes(
    programme: bytes, large: bytes, tmp_path: Path
) -> None:
    path = f"{REPOSITORY}:{REPOSITORY / 'hooks'}"
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, tmp_path],
        cwd=tmp_path,
        env={"PYTHONPATH": path, "PYTHONHASHSEED": "4242", "TZ": "Asia/Omsk"},
        capture_output=True,
        text=True,
        check=True,
    )
    hashes = [hashlib.sha256(content).hexdigest() for content in (programme, large)]
    assert done.stdout.split() == hashes
