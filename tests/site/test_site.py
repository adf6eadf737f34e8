"""What is published, as a visitor meets it: addresses, headings, tables, downloads.

Whether every link, anchor and embedded file is there is asked by tests/verify.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from disclosure.folder import TAKEN
from disclosure.output import artifacts
from disclosure.site import read_site
from disclosure.verify.links import file_at
from disclosure.verify.markup import resolved
from gate.headers import PAGE_POLICY
from tests.building import DEMONSTRATION, REPOSITORY, Checkout
from tests.site.shown import PRINTS

Pages = dict[str, BeautifulSoup]

BY_HAND = {file.stem for file in (REPOSITORY / "content").glob("*.md")}
SITE = {
    "index.html",
    "404.html",
    *(f"{name}/index.html" for name in BY_HAND),
    "accessibility/index.html",
    "publication/index.html",
    "search/index.html",
}
"""What every site has besides its documents."""

DOCUMENTS = (
    "altaienergosbyt/programmes/2024/",
    "omskenergosbyt/programmes/2025/",
    "saratovenergo/programmes/2023-2024/",
    "saratovenergo/reports/2023-2024/",
    "yantarenergosbyt/programmes/2025/",
    "yantarenergosbyt/programmes/2026/",
    "yantarenergosbyt/reports/2025/",
)
SUPPLIERS = ("altaienergosbyt/", "omskenergosbyt/", "saratovenergo/", "yantarenergosbyt/")
_PAGES = ("data", "data/dictionary", "deadlines")
FURTHER = (
    *(f"{supplier}{page}/" for supplier in SUPPLIERS for page in _PAGES),
    "yantarenergosbyt/programmes/2026/since-2025/",
)
"""The pages that are no documents."""


# Addresses -----------------------------------------------------------------------------------


def test_each_page_has_its_lasting_address(pages: Pages) -> None:
    published = SUPPLIERS + DOCUMENTS + FURTHER
    assert set(pages) == SITE | {f"{path}index.html" for path in published}


def test_no_supplier_can_take_an_address_of_the_site(portal: Checkout) -> None:
    """Those of content/ are refused by the build."""
    files = (path.split("/") for path in portal.files())
    theirs = {each.removesuffix("/") for each in SUPPLIERS} | BY_HAND
    assert {path[0] for path in files if len(path) > 1} - theirs == TAKEN


def test_one_supplier_has_the_same_addresses_at_the_root(portal: Checkout, tmp_path: Path) -> None:
    site = portal.copy(tmp_path / "one").built(SUPPLIER="yantarenergosbyt")
    found = {path for path in site.files() if path.endswith((".html", ".pdf"))}
    assert found == SITE | {
        "data/index.html",
        "data/dictionary/index.html",
        "deadlines/index.html",
        "programmes/2025/index.html",
        "programmes/2025/yantarenergosbyt-programme-2025.pdf",
        "programmes/2025/yantarenergosbyt-programme-2025-large.pdf",
        "programmes/2026/index.html",
        "programmes/2026/since-2025/index.html",
        "programmes/2026/yantarenergosbyt-programme-2026.pdf",
        "programmes/2026/yantarenergosbyt-programme-2026-large.pdf",
        "reports/2025/index.html",
        "reports/2025/yantarenergosbyt-report-2025.pdf",
        "reports/2025/yantarenergosbyt-report-2025-large.pdf",
    }


@pytest.mark.parametrize("supplier", SUPPLIERS)
def test_each_supplier_can_have_a_site_of_its_own(supplier: str) -> None:
    site = read_site(DEMONSTRATION, only=supplier.strip("/"))
    found = {artifact.path for artifact in artifacts(site, {}) if artifact.path.endswith(".md")}
    published = DOCUMENTS + FURTHER
    ours = [path.removeprefix(supplier) for path in published if path.startswith(supplier)]
    generated = {"index.md", "accessibility/index.md", "publication/index.md", "search/index.md"}
    assert found == generated | {f"{path}index.md" for path in ours}


# Downloads and hosts -------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS)
def test_each_download_exists_and_says_its_format_and_size(
    path: str, pages: Pages, portal: Checkout
) -> None:
    links = pages[f"{path}index.html"].select("a[download]")
    supplier, kind, period = path.strip("/").split("/")
    stem = f"{supplier}-{kind.removesuffix('s')}-{period}"
    assert {str(link["href"]).removeprefix(stem): _named(link) for link in links} == {
        ending: f"{name} {_kib(portal.site / path / f'{stem}{ending}')} КБ"
        for ending, name in DOWNLOADS.items()
    }


DOWNLOADS = {
    ".pdf": "PDF",
    "-large.pdf": "PDF, крупный шрифт",
    ".xlsx": "XLSX",
    ".csv": "CSV",
    ".json": "JSON",
}
"""The endings of a document's files and how they are named."""


def _named(link: Tag) -> str:
    return " ".join(link.get_text(" ").split())


def _kib(file: Path) -> int:
    return max(1, round(file.stat().st_size / 1024))


def test_nothing_is_asked_of_other_hosts(pages: Pages, portal: Checkout) -> None:
    asked = [
        str(element.get("href") or element.get("src"))
        for page in pages.values()
        for element in page.select("link[href], script[src], img[src], iframe[src], source[src]")
    ]
    styles = [content for path, content in portal.files().items() if path.endswith(".css")]
    asked += [
        match.decode() for style in styles for match in re.findall(rb"url\(['\"]?([^)'\"]+)", style)
    ]
    assert len(asked) > len(pages)
    assert [address for address in asked if re.match(r"(?!data:)[a-z]+:|//", address)] == []


@pytest.mark.parametrize("name", ["portal", "example", "years"])
def test_each_page_carries_the_policy_before_all_that_it_could_refuse(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Checkout = request.getfixturevalue(name)
    for path, content in site.files().items():
        if path.endswith(".html"):
            charset, policy, *_ = BeautifulSoup(content, "lxml").select("head > *")
            assert charset["charset"] == "utf-8", path
            assert policy["http-equiv"] == "Content-Security-Policy", path
            assert policy["content"] == PAGE_POLICY, path


def test_no_page_runs_a_script_of_its_own(pages: Pages) -> None:
    scripts = [script for page in pages.values() for script in page.select("script:not([src])")]
    assert {script["type"] for script in scripts} == {"application/ld+json"}


# The public address --------------------------------------------------------------------------

ADDRESS = "https://example.org/kachestvo/"


@pytest.fixture(scope="module")
def addressed(example: Checkout, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a site that knows its address, which is below that of its host."""
    root = tmp_path_factory.mktemp("addressed") / "checkout"
    return example.copy(root).built(SITE_URL=ADDRESS.rstrip("/")).files()


def test_each_page_names_its_public_address(addressed: dict[str, bytes]) -> None:
    pages = [path for path in addressed if path.endswith(".html") and path != "404.html"]
    named = {path: f"{ADDRESS}{path.removesuffix('index.html')}" for path in pages}
    assert {path: _canonical(addressed[path]) for path in pages} == {
        path: [address] for path, address in named.items()
    }
    sitemap = BeautifulSoup(addressed["sitemap.xml"], "xml")
    assert {loc.get_text() for loc in sitemap.select("loc")} == set(named.values())


def test_without_an_address_no_page_names_one(pages: Pages) -> None:
    assert [path for path, page in pages.items() if _canonical(str(page).encode())] == []


def _canonical(page: bytes) -> list[str]:
    return [str(link["href"]) for link in BeautifulSoup(page, "lxml").select("[rel=canonical]")]


def test_the_page_of_a_missing_address_leads_home_from_any(addressed: dict[str, bytes]) -> None:
    page = BeautifulSoup(addressed["404.html"], "lxml")
    found = page.select("a[href]:not([href^='#'], [href='./']), link[href], script[src]")
    links = [str(element.get("href") or element.get("src")) for element in found]
    assert len(links) > 10
    home = urlsplit(ADDRESS).path
    assert [link for link in links if not link.startswith(home)] == []
    targets = (resolved(f"/{link.removeprefix(home)}", "").partition("#")[0] for link in links)
    assert {file_at(target) for target in targets} <= addressed.keys()


# What every page owes its readers ------------------------------------------------------------


def test_each_page_is_in_russian(pages: Pages) -> None:
    assert {str(page.html["lang"]) for page in pages.values() if page.html} == {"ru"}


def test_headings_skip_no_level(pages: Pages) -> None:
    for path, page in pages.items():
        levels = [int(str(heading.name)[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, path
        skipped = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert skipped == [], path


def test_demonstration_data_are_said_to_be_and_hidden_from_robots(
    pages: Pages, portal: Checkout
) -> None:
    for path, page in pages.items():
        assert "Демонстрационные данные" in page.get_text(), path
        assert _robots(page) == ["noindex, nofollow"], path
    for path in DOCUMENTS:
        for print_ in PRINTS.values():
            assert "Демонстрационные данные" in print_(portal.site / path).whole, path
    closed = [
        f"Disallow: /{supplier}{file}$"
        for supplier in SUPPLIERS
        for file in ("*.pdf", "*.xlsx", "*.csv", "*.json", "deadlines.ics", "feed.xml")
    ]
    closed.append("Disallow: /catalog.jsonld$")
    assert portal.files()["robots.txt"].decode().splitlines() == ["User-agent: *", *closed]


def test_published_data_are_open_to_robots(example: Checkout) -> None:
    for path, content in example.files().items():
        if path.endswith(".html"):
            page = BeautifulSoup(content, "lxml")
            assert "Демонстрационные данные" not in page.get_text(), path
            assert _robots(page) in ([], ["all"]), path
    assert example.files()["robots.txt"].decode().splitlines() == ["User-agent: *", "Allow: /"]


def _robots(page: BeautifulSoup) -> list[str]:
    return [str(meta["content"]) for meta in page.select('meta[name="robots"]')]


def test_each_icon_stands_beside_its_words(pages: Pages) -> None:
    icons = [icon for page in pages.values() for icon in page.select("svg, .d-status")]
    assert {str(icon.name) for icon in icons} == {"svg", "span"}
    for icon in icons:
        drawn = icon.name == "svg" and icon.get("role") == "img"  # a bar of a chart
        assert icon.name != "svg" or drawn or icon["aria-hidden"] == "true"
        words = icon.title if drawn else icon.parent if icon.name == "svg" else icon
        assert words
        assert words.get_text(strip=True)


@pytest.mark.parametrize("supplier", SUPPLIERS)
def test_each_supplier_has_its_colour(supplier: str, pages: Pages, portal: Checkout) -> None:
    slug = supplier.strip("/")
    written = (portal.data / "suppliers" / slug / "supplier.yml").read_text(encoding="utf-8")
    (colour,) = re.findall(r'^colour: "(#\w{6})"$', written, re.MULTILINE)
    (sheet,) = portal.site.glob("assets/suppliers.*.css")
    style = sheet.read_text(encoding="utf-8")
    assert re.findall(rf"^\.supplier-{slug}\b.*({colour})", style, re.MULTILINE) == [colour]
    shown = [page.select_one(".d-page") for path, page in pages.items() if path.startswith(slug)]
    assert all(page and f"supplier-{slug}" in page["class"] for page in shown)


def test_the_name_of_a_style_or_a_script_tells_its_content(portal: Checkout) -> None:
    """A browser may keep it for good, since another content has another name."""
    files = [file for file in portal.site.glob("assets/*.*") if file.suffix in {".css", ".js"}]
    assert len(files) > 10
    digits = {file: hashlib.sha256(file.read_bytes()).hexdigest()[:8] for file in files}
    assert all(file.suffixes == [f".{digits[file]}", file.suffix] for file in files)


# Tables --------------------------------------------------------------------------------------


def _tables(pages: Pages) -> Iterator[tuple[str, Tag]]:
    for path, page in pages.items():
        for table in page.select("table"):
            yield path, table


def test_each_table_has_a_caption(pages: Pages) -> None:
    tables = list(_tables(pages))
    assert len(tables) > 40
    assert [path for path, table in tables if not table.caption or not table.caption.text] == []


def test_each_table_has_a_header_for_each_column_and_each_row(pages: Pages) -> None:
    for path, table in _tables(pages):
        columns = table.select("thead th")
        assert {str(head.get("scope")) for head in columns} == {"col"}, path
        for row in table.select("tbody tr"):
            assert [str(head.get("scope")) for head in row.select("th")] == ["row"], path
            assert len(row.select("th, td")) == len(columns), path


def test_no_cells_are_merged(pages: Pages) -> None:
    assert [path for path, table in _tables(pages) if table.select("[rowspan], [colspan]")] == []


# Measures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS)
def test_each_measure_has_a_permalink(path: str, pages: Pages) -> None:
    page = pages[f"{path}index.html"]
    rows = [f"#{row['id']}" for row in page.select("tr[id]")]
    links = page.select("a.d-permalink")
    assert rows
    assert rows == [str(link["href"]) for link in links]
    assert len({str(link["aria-label"]) for link in links}) == len(links), "names of their own"


@pytest.mark.parametrize(
    ("path", "groups"),
    [
        ("altaienergosbyt/programmes/2024/", 9),
        ("omskenergosbyt/programmes/2025/", 8),
        ("saratovenergo/programmes/2023-2024/", 3),
        ("saratovenergo/reports/2023-2024/", 3),
        ("yantarenergosbyt/programmes/2026/", 0),
    ],
)
def test_a_group_without_measures_says_so(
    path: str, groups: int, pages: Pages, portal: Checkout
) -> None:
    (shown,) = pages[f"{path}index.html"].select(".d-page")
    assert shown.get_text().count("нет мероприятий") == groups
    for print_ in PRINTS.values():
        assert print_(portal.site / path).whole.count("нет мероприятий") == groups


# Reproducible --------------------------------------------------------------------------------


def test_two_builds_are_identical(portal: Checkout, tmp_path: Path) -> None:
    elsewhere = portal.copy(tmp_path / "another" / "folder", cache=False)
    elsewhere.built(PYTHONHASHSEED="4242", TZ="Asia/Omsk", LC_ALL="C.UTF-8")
    _assert_same(elsewhere.files(), portal.files())


def test_properdocs_gives_the_same_site(portal: Checkout, tmp_path: Path) -> None:
    site = portal.copy(tmp_path / "properdocs").built("properdocs")
    _assert_same(_ungenerated(site.files()), _ungenerated(portal.files()))


def _assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert set(one) == set(other)
    assert [path for path in one if one[path] != other[path]] == []


def _ungenerated(files: dict[str, bytes]) -> dict[str, bytes]:
    tag = re.compile(rb'<meta name="generator" content="[^"]*">')
    return {path: tag.sub(b"", content, count=1) for path, content in files.items()}
