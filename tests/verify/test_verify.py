"""A site that says what the data say passes; a loss or an invention in any format is named."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from disclosure.render.passport import STRUCTURED
from disclosure.site import Site, read_site
from disclosure.verify import Verified, verify, verify_files
from disclosure.verify.checks import checks
from disclosure.verify.record import Record
from tests.building import DATED, YEARS_BUILT, Checkout

PROGRAMME = "programmes/2025/primer-programme-2025"
REPORT = "reports/2024/primer-report-2024"
BUILT = {"SOURCE_DATE_EPOCH": DATED}
PAGE = "reports/2024/index.html"

Files = dict[str, bytes]
Plant = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Published:
    """A built site, its views, and a record of its verification, which found nothing."""

    files: Files
    site: Site
    record: Path

    def findings(self, files: Files) -> list[str]:
        """Return what is wrong with changed files."""
        return [str(finding) for finding in self.verified(files, self.site).findings]

    def verified(self, files: Files, site: Site) -> Verified:
        """Verify other files or views; the record stays as it is."""
        return verify_files(files, site, _ReadOnly(self.record))


class _ReadOnly(Record):
    def save(self) -> None:
        pass


def verified(
    checkout: Checkout, record: Path | None = None, environment: Mapping[str, str] = BUILT
) -> Verified:
    with pytest.MonkeyPatch.context() as patch:
        for name, text in environment.items():
            patch.setenv(name, text)
        return verify(checkout.site, read_site(checkout.data), record)


@pytest.fixture(scope="module")
def published(example: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    record = tmp_path_factory.mktemp("verify") / "verified.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DATED)
        site = read_site(example.data)
        files = example.files()
        assert verify_files(files, site, Record(record)).findings == ()
        yield Published(files, site, record)


# Sites that are right --------------------------------------------------------------------------


def test_the_portal_says_what_the_data_say(portal: Checkout) -> None:
    found = verified(portal)
    assert found.findings == ()
    assert (found.documents, found.formats) == (7, 10)
    assert found.values > 20_000
    assert found.links > 1000


def test_the_site_of_three_years_says_what_the_data_say(years: Checkout) -> None:
    assert verified(years, environment=YEARS_BUILT).findings == ()


def test_the_example_says_what_the_data_say(published: Published) -> None:
    assert published.findings(published.files) == []


# Losses ----------------------------------------------------------------------------------------


def replaced(old: str, new: str, count: int = 1) -> Plant:
    """Return a fault: some words for others."""

    def plant(content: bytes) -> bytes:
        text = content.decode()
        changed, times = re.subn(old, new, text, count=count, flags=re.DOTALL)
        assert times
        return changed.encode()

    return plant


def cell(change: Callable[[list[list[str]]], object]) -> Plant:
    """Return a fault in the records of a CSV."""

    def plant(content: bytes) -> bytes:
        rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")]
        change(rows)
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    return plant


def sheet(change: Callable[[Any], object]) -> Plant:
    """Return a fault in a workbook."""

    def plant(content: bytes) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(content))
        change(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return plant


def value(change: Callable[[Any], object]) -> Plant:
    """Return a fault in JSON."""

    def plant(content: bytes) -> bytes:
        read = json.loads(content)
        change(read)
        return json.dumps(read, ensure_ascii=False).encode()

    return plant


def printed(change: Callable[[pikepdf.Pdf], None]) -> Plant:
    """Return a fault in a PDF."""

    def plant(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as document:
            change(document)
            stream = io.BytesIO()
            document.save(stream)
        return stream.getvalue()

    return plant


def measures(book: Any) -> Any:
    return book["Мероприятия"]


def swapped(rows: list[list[str]]) -> None:
    rows[1][2], rows[1][3] = rows[1][3], rows[1][2]


def without(tag: str, at: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Return a loss: an element of the structure of a PDF, by its place among those of its tag."""

    def change(document: pikepdf.Pdf) -> None:
        found = [e for e in elements(document.Root.StructTreeRoot.K[0]) if tag == e.S][at]
        kept = [child for child in found.P.K if not is_same(child, found)]
        found.P.K = pikepdf.Array(kept)

    return change


def is_same(one: Any, other: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.objgen == other.objgen


def elements(element: Any) -> Iterator[Any]:
    yield element
    for child in element.get("/K", []):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from elements(child)


def glyphs_swapped(document: pikepdf.Pdf) -> None:
    """Swap two letters of one word in the content of the last page."""
    stream = document.pages[-1].Contents
    for found in re.finditer(rb"<((?:[0-9a-f]{4})+)>", stream.read_bytes()):
        glyphs = [found[1][at : at + 4] for at in range(0, len(found[1]), 4)]
        if len(glyphs) > 1 and glyphs[0] != glyphs[1]:
            turned = b"".join([glyphs[1], glyphs[0], *glyphs[2:]])
            content = stream.read_bytes()
            stream.write(content[: found.start(1)] + turned + content[found.end(1) :])
            return
    raise AssertionError("no word to spoil")


def added_on_paper(document: pikepdf.Pdf) -> None:
    """Repeat on the last page what stands there first, outside of all marks."""
    stream = document.pages[-1].Contents
    found = re.search(rb"BT.*?ET", stream.read_bytes(), re.DOTALL)
    assert found
    stream.write(stream.read_bytes() + b"\n" + found[0])


def titled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Документ"


def authored(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Кто-то"


def without_a_bookmark(document: pikepdf.Pdf) -> None:
    first = document.Root.Outlines.First.First
    first.Next = first.Next.Next


def unheard(document: pikepdf.Pdf) -> None:
    found = next(e for e in elements(document.Root.StructTreeRoot.K[0]) if "/E" in e)
    found.E = pikepdf.String("Иное")


def as_text(name: str, kind: type) -> Callable[[Any], None]:
    """Return a loss: the first value of a kind on a sheet, said as a text."""

    def change(book: Any) -> None:
        found = next(c for row in book[name].iter_rows() for c in row if isinstance(c.value, kind))
        found.value = str(found.value).removesuffix(" 00:00:00")

    return change


def nothing_embedded(document: pikepdf.Pdf) -> None:
    for name in list(document.attachments):
        del document.attachments[name]


FAULTS: dict[str, tuple[str, Plant, str]] = {
    "page: a row lost": (
        PAGE,
        replaced(r'<tr id="m-.*?</tr>', ""),
        "таблица «.+»: нет строки 1: «m-",
    ),
    "page: a digit": (
        PAGE,
        replaced(r"(<td[^>]*><div>[^<]*\d\d\.)2024", r"\g<1>2025"),
        r"строка \d+ \(«m-.*2024.*, а здесь .*2025",
    ),
    "page: a note lost": (
        PAGE,
        replaced(r'<span class="d-note">.*?</span>', ""),
        "в данных «.*Примечание",
    ),
    "page: a cell invented": (PAGE, replaced(r'd-empty"(.*?)<div>', r'"\1<div>Да'), "а здесь «Да»"),
    "page: a row invented": (
        PAGE,
        replaced(r"</tbody>", "<tr><th>9</th><td>Нет</td></tr></tbody>"),
        "лишняя строка",
    ),
    "page: a paragraph invented": (
        PAGE,
        replaced("<h2", "<p>Всё выполнено.</p><h2"),
        "лишнее: абзац «Всё выполнено",
    ),
    "page: a caption lost": (
        PAGE,
        replaced(r"<caption>.*?</caption>", "<caption></caption>"),
        "подпись: в данных «.+», а здесь пусто",
    ),
    "page: a column lost": (
        "index.html",
        replaced(r'<th scope="col"[^>]*>[^<]*</th>\s*(</tr>\s*</thead>)', r"\1"),
        "нет столбца",
    ),
    "page: a paragraph lost": (
        PAGE,
        replaced(r'<div class="d-prose">\s*<div>\s*<p>.*?</p>', '<div class="d-prose"><div>'),
        "нет: абзац «",
    ),
    "page: a heading": (PAGE, replaced(r"<h1>[^<]+", "<h1>Программа"), "заголовок 1-го уровня"),
    "page: the title": (PAGE, replaced(r"<title>[^<]*", "<title>"), "нет названия страницы"),
    "page: a fact": ("index.html", replaced(r"<dd>[^<]+</dd>", "<dd>0</dd>"), "значение: в данных"),
    "page: the size of a download": (
        PAGE,
        replaced(r'd-size">\d+', 'd-size">1'),
        "пункт списка: в данных «PDF",
    ),
    "page: what search engines are told": (
        PAGE,
        replaced(r'"name": "[^"]+", "publisher"', '"name": "Данные", "publisher"'),
        "schema.org",
    ),
    "page: a checksum for search engines": (
        PAGE,
        replaced('"version": "', '"version": "0'),
        r"в данных «schema\.org\.version",
    ),
    "page: the length of a bar": (PAGE, replaced(r'<rect width="[^"]+', '<rect width="7'), "▮ 7 %"),
    "page: a label of a narrow screen": (
        PAGE,
        replaced('data-label="[^"]+', 'data-label="Иное'),
        "подпись на узком экране: в данных «.+», а здесь «Иное»",
    ),
    "page: what a row is chosen by": (PAGE, replaced(' data-status="[^"]+"', ""), "status="),
    "page: the value of an option": (
        PAGE,
        replaced('<option value="[^"]+', '<option value="x'),
        r"а здесь «.*\[x\]",
    ),
    "page: a dead link": (
        "404.html",
        replaced(r'href="/', 'href="/nowhere/'),
        "ссылка «nowhere/[^»]*»: такого файла на сайте нет",
    ),
    "page: a dead anchor": (
        "404.html",
        replaced('href="#main"', 'href="#body"'),
        "ссылка «404.html#body»: такого якоря на странице нет",
    ),
    "page: no address": (
        "404.html",
        replaced(r'href="/[^"]*"', 'href="http:///"'),
        "это не адрес",
    ),
    "page: an anchor twice": ("404.html", replaced("<h1", '<h1 id="main"'), "якорь «#main» есть"),
    "page: broken": (PAGE, lambda _: b"", "не прочитать"),
    "page: a time for programs": (
        "publication/index.html",
        replaced('datetime="[^"]{10}', 'datetime="2020-01-01'),
        r"время \(time\): в данных «0[12]\.01\.2020.*», а здесь «",
    ),
    "publication: a checksum": (
        "publication/index.html",
        replaced(r"<code>[0-9a-f]{8}", "<code>00000000"),
        "значение: в данных «.*», а здесь «00000000",
    ),
    "publication: a document lost": (
        "publication/index.html",
        replaced(r"<tr>\s*<th scope=\"row\".*?</tr>", ""),
        "нет строки 1: «Программа",
    ),
    "publication: a command": (
        "publication/index.html",
        replaced("\\| sha256sum", "| md5sum"),
        "текст: в данных «.*sha256sum»",
    ),
    "search: a document lost": (
        "search/index.html",
        replaced(r'<ul class="d-archive">\s*<li>.*?</li>', '<ul class="d-archive">'),
        "нет: пункт списка «Программа, 2025 год",
    ),
    "deadlines: a date": (
        "deadlines/index.html",
        replaced(r"\d\d\.\d\d\.2024", "01.01.2024"),
        "01.01.2024",
    ),
    "CSV: a row lost": (f"{PROGRAMME}.csv", cell(lambda rows: rows.pop(2)), "нет строки 2"),
    "CSV: a row twice": (
        f"{PROGRAMME}.csv",
        cell(lambda rows: rows.insert(3, rows[2])),
        "лишняя строка",
    ),
    "CSV: cells swapped": (f"{PROGRAMME}.csv", cell(swapped), "строка 1 .*: в данных «"),
    "CSV: a formula": (
        f"{REPORT}.csv",
        cell(lambda rows: rows[1].__setitem__(1, "=2*500")),
        r"а здесь «=2\*500 \(формула\)»",
    ),
    "CSV: no mark of its encoding": (
        f"{REPORT}.csv",
        lambda content: content.removeprefix(b"\xef\xbb\xbf"),
        "нет: кодировка",
    ),
    "CSV: a space": (
        f"{PROGRAMME}.csv",
        replaced("Пример", "При мер"),
        "а здесь «.*При мер",
    ),
    "XLSX: a cell changed": (
        f"{PROGRAMME}.xlsx",
        sheet(lambda book: measures(book).cell(3, 9, "Иное")),
        "таблица «Мероприятия», строка 2 .*а здесь «Иное»",
    ),
    "XLSX: the title": (
        f"{PROGRAMME}.xlsx",
        sheet(lambda book: setattr(book.properties, "title", "Иное")),
        "название файла: в данных",
    ),
    "XLSX: a sheet lost": (
        f"{PROGRAMME}.xlsx",
        sheet(lambda book: book.remove(measures(book))),
        "нет: таблица «Мероприятия»",
    ),
    "XLSX: a column lost": (
        f"{PROGRAMME}.xlsx",
        sheet(lambda book: measures(book).delete_cols(2)),
        "нет столбца",
    ),
    "XLSX: a number as text": (
        f"{REPORT}.xlsx",
        sheet(as_text("Итоги выполнения", int)),
        r"в данных «(\d+)», а здесь «\1 \(текст\)»",
    ),
    "XLSX: a day as text": (
        f"{REPORT}.xlsx",
        sheet(as_text("Мероприятия", datetime)),
        r"в данных «([\d-]+) \(дата\)», а здесь «\1»",
    ),
    "XLSX: broken": (f"{PROGRAMME}.xlsx", lambda content: content[:100], "не прочитать"),
    "JSON: a row lost": (
        f"{REPORT}.json",
        value(lambda read: read["tables"]["measures"]["rows"].pop()),
        "таблица «.+»: нет строки",
    ),
    "JSON: a note lost": (
        f"{REPORT}.json",
        value(lambda read: [row.pop("notes", None) for row in read["tables"]["measures"]["rows"]]),
        "столбец «Примечание».*а здесь пусто",
    ),
    "JSON: a number as text": (
        f"{REPORT}.json",
        value(lambda read: read["tables"]["summary"]["rows"][0].update(count="1")),
        r"столбец «count»: в данных «\d+», а здесь «1 \(текст\)»",
    ),
    "JSON: a value invented": (
        f"{REPORT}.json",
        value(lambda read: read.update(rating=5)),
        "лишнее: поле «rating: 5»",
    ),
    "PDF: a row lost": (f"{PROGRAMME}.pdf", printed(without("/TR", 4)), "нет строки"),
    "PDF: a note lost": (f"{PROGRAMME}.pdf", printed(without("/Note")), "в данных «"),
    "PDF: a paragraph lost": (f"{PROGRAMME}.pdf", printed(without("/P", 1)), "нет: абзац"),
    "PDF: a caption lost": (f"{PROGRAMME}.pdf", printed(without("/Caption")), "подпись: в данных"),
    "PDF: letters swapped": (
        f"{PROGRAMME}.pdf",
        printed(glyphs_swapped),
        "в данных «|лишний столбец",
    ),
    "PDF: words invented": (f"{PROGRAMME}.pdf", printed(added_on_paper), "страница .*: лишнее"),
    "PDF: the title": (f"{PROGRAMME}.pdf", printed(titled), r"название \(Title\): в данных"),
    "PDF: what is heard": (f"{REPORT}.pdf", printed(unheard), r"а здесь «.*\(Иное\)"),
    "PDF: the author": (f"{PROGRAMME}.pdf", printed(authored), r"автор \(Author\): в данных"),
    "PDF: a bookmark lost": (
        f"{PROGRAMME}.pdf",
        printed(without_a_bookmark),
        "закладки: нет: закладка 2",
    ),
    "PDF: no data within": (f"{PROGRAMME}.pdf", printed(nothing_embedded), "вложенный файл"),
    "PDF in large print: a heading lost": (
        f"{REPORT}-large.pdf",
        printed(without("/H2", 1)),
        "нет: заголовок 2-го уровня",
    ),
    "calendar: an event lost": (
        "deadlines.ics",
        replaced(r"BEGIN:VEVENT.*?END:VEVENT\r\n", ""),
        "сроки»: нет строки 1",
    ),
    "calendar: a day": (
        "deadlines.ics",
        replaced(r"(DTSTART;VALUE=DATE:\d{6})\d\d", r"\g<1>09"),
        "столбец «день»",
    ),
    "calendar: the day of the last change": (
        "deadlines.ics",
        replaced(r"DTSTAMP:\d{4}", "DTSTAMP:1999"),
        "столбец «изменено»",
    ),
    "feed: a name": (
        "feed.xml",
        replaced("(<entry>.*?urn:uuid:)....", r"\g<1>0000"),
        "столбец «имя»",
    ),
    "feed: the title": ("feed.xml", replaced("<title>[^<]+", "<title>Лента"), "подпись: в данных"),
    "feed: broken": ("feed.xml", replaced("</feed>", ""), "не прочитать"),
    "editions: a checksum": (
        "editions.json",
        value(lambda read: read["documents"][0].update(sha256="0")),
        "поле: в данных «programmes/2024/.sha256",
    ),
    "open data: a row lost": (
        "data/measures.csv",
        replaced(r"\r\n[^\r]+\r\n", "\r\n"),
        "нет строки 1",
    ),
    "open data: a document lost": (
        "data/supplier.json",
        value(lambda read: read["documents"].pop()),
        "нет: поле «report-2024",
    ),
    "open data: the package": (
        "data/datapackage.json",
        value(lambda read: read["resources"][0].update(bytes=7)),
        "столбец «размер»: в данных .*а здесь «7»",
    ),
    "open data: the catalogue": (
        "catalog.jsonld",
        value(lambda read: read["@graph"].pop()),
        "нет строки",
    ),
    "open data: the type of a column": (
        "data/datapackage.json",
        value(lambda read: read["resources"][0]["schema"]["fields"][8].update(type="string")),
        "таблица «Документы», строка 9 .*столбец «тип»: в данных «date», а здесь «string»",
    ),
    "open data: a key of the package": (
        "data/datapackage.json",
        value(lambda read: read["resources"][1]["schema"].pop("foreignKeys")),
        "столбец «ссылается»: в данных «.+», а здесь пусто",
    ),
    "open data: a year of the catalogue": (
        "catalog.jsonld",
        replaced("2024-12-31", "2034-12-31"),
        "столбец «по»: в данных «2024-12-31», а здесь «2034-12-31»",
    ),
    "open data: a data set that is not listed": (
        "catalog.jsonld",
        value(lambda read: read["@graph"][0]["dcat:dataset"].pop()),
        "нет: набор в каталоге",
    ),
    "open data: the type in a structure": (
        f"data/documents/structure-{STRUCTURED:%Y%m%d}.csv",
        replaced(",date\r", ",string\r"),
        "столбец «тип»: в данных «date»",
    ),
    "open data: whom to call": (
        "data/measures/meta.csv",
        replaced("publisherphone,[^\r]*", "publisherphone,"),
        "в данных «publisherphone",
    ),
    "open data: the passport": (
        "data/measures/meta.csv",
        replaced("title,[^\r]*", "title,Набор"),
        "поле: в данных «title",
    ),
    "search: fewer pages": (
        "pagefind/pagefind-entry.json",
        replaced(r'"page_count":\d+', '"page_count":1'),
        "страниц в указателе поиска: в данных «4», а здесь «1»",
    ),
}
"""What was planted: the file, how it was changed, and what the finding says besides its name."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named(fault: str, published: Published) -> None:
    path, plant, said = FAULTS[fault]
    files = published.files | {path: plant(published.files[path])}
    assert files != published.files
    found = published.findings(files)
    assert any(re.search(f"^{re.escape(path)}: .*{said}", line) for line in found), found


@pytest.mark.parametrize("path", [f"{PROGRAMME}.csv", f"{REPORT}-large.pdf", PAGE, "feed.xml"])
def test_a_missing_file_is_named(path: str, published: Published) -> None:
    files = {name: content for name, content in published.files.items() if name != path}
    assert f"{path}: нет файла" in published.findings(files)


def test_a_file_that_no_data_have_is_named(published: Published) -> None:
    files = published.files | {"programmes/2023/index.html": published.files[PAGE]}
    found = published.findings(files)
    assert "programmes/2023/index.html: лишний файл: таких данных нет" in found


def test_other_data_are_told_briefly(published: Published) -> None:
    """All values of a file may differ: the first are named, the others counted."""
    files = published.files | {PAGE: published.files["programmes/2025/index.html"]}
    found = [line for line in published.findings(files) if line.startswith(PAGE)]
    assert len(found) == 13
    assert re.fullmatch(rf"{PAGE}: и ещё \d+", found[-1])


def test_a_register_that_has_another_checksum_is_named(published: Published) -> None:
    register = published.files["editions.json"] + b"\n"
    found = published.findings(published.files | {"editions.json": register})
    assert {line.partition(": ")[0] for line in found} == {"publication/index.html"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"(Версия \(коммит Git\).*?<code>).", r"\g<1>x"),
        ("SHA256:.", "SHA256:-"),
        (r"Действует до</dt>.*?</dd>", "Действует до</dt><dd>31.12.2035</dd>"),
        ("AAAAC3NzaC1lZDI1NTE5AAAA", "AAAAC3NzaC1lZDI1NTE5BBBB"),
        ("-I disclosure", "-I nobody"),
        (r"site=https://years\.example/", "site=https://other.example/"),
        (r'href="\.\./SHA256SUMS"', 'href="../SHA256SUMS.txt"'),
    ],
)
def test_a_release_that_is_told_otherwise_is_named(old: str, new: str, years: Checkout) -> None:
    path = "publication/index.html"
    page = replaced(old, new)((years.site / path).read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        for name, text in YEARS_BUILT.items():
            patch.setenv(name, text)
        site = read_site(years.data)
        (check,) = (check for check in checks(site, years.files()) if check.path == path)
        assert [*check.compare(page)[1]]


def test_data_that_changed_are_missing_from_the_site(published: Published) -> None:
    (part,) = published.site.parts
    first, *others = part.documents
    told = replace(part, documents=(replace(first, title="Иное"), *others))
    changed = replace(published.site, parts=(told,))
    found = published.verified(published.files, changed).findings
    named = {finding.path for finding in found if "Иное" in finding.message}
    ours = {path for path in published.files if path.startswith(first.place.path)}
    assert {path for path in ours if not path.endswith((".csv", ".xlsx"))} <= named


# The record ------------------------------------------------------------------------------------


def test_only_what_changed_is_read_again(
    example: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "record" / "verified.json"
    first = verified(example, record)

    def nothing_is_read(*_: object) -> None:
        raise AssertionError

    for module, function in (("verify.checks", "differences"), ("verify", "read_page")):
        monkeypatch.setattr(sys.modules[f"disclosure.{module}"], function, nothing_is_read)
    assert verified(example, record) == first


def test_a_loss_is_never_recorded(example: Checkout, tmp_path: Path) -> None:
    shutil.copytree(example.site, tmp_path / "site")
    lossy = Checkout(tmp_path)
    shutil.copytree(example.data, lossy.data)
    (lossy.site / PAGE).write_bytes(b"<p>")
    record = tmp_path / "verified.json"
    found = verified(lossy, record).findings
    assert found
    assert verified(lossy, record).findings == found


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"key": "1"}', b'{"key": true}'])
def test_a_broken_record_is_no_record(content: bytes, example: Checkout, tmp_path: Path) -> None:
    record = tmp_path / "verified.json"
    record.write_bytes(content)
    assert Record(record).passed("key") is None
