"""Which files a site must have, and how each is compared with its view."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final

from disclosure.render import FORMATS
from disclosure.render.passport import STRUCTURED
from disclosure.render.templates import say_size
from disclosure.settings import build_date, site_address
from disclosure.site import Site, shown
from disclosure.values import say_date, say_moment
from disclosure.verify import datasets, descriptions, following, links, markup, pages
from disclosure.verify import files as formats
from disclosure.verify.difference import differences, instead, packed, verbatim
from disclosure.verify.files import fields
from disclosure.verify.links import file_at
from disclosure.verify.node import Line, Piece, pieces
from disclosure.verify.record import digest
from disclosure.views.datasets import SupplierData
from disclosure.views.document import DocumentView
from disclosure.views.opendata import with_sizes
from disclosure.views.publication import PATH as PUBLICATION
from disclosure.views.supplier import SEARCH, PortalView

Files = Mapping[str, bytes]

_FOLDERS: Final = ("programmes", "reports", "data", "deadlines")
"""What below the page of a supplier holds nothing but what the data tell."""

Compared = tuple[list[Piece], Iterable[str]]
"""What a file must tell, and its faults."""


@dataclass(frozen=True)
class Check:
    """A file of a format, and how its content is compared; `depends` stands for the data."""

    path: str
    format: str
    depends: str
    compare: Callable[[bytes], Compared]


def checks(site: Site, files: Files) -> Iterator[Check]:
    """Yield a check for each file that shows data."""
    yield from _pages(site, files)
    for view in site.documents:
        yield from _downloads(view, files)
    yield from _following(site)
    for data in site.data:
        yield from _open_data(data, files)
    yield _check("pagefind/pagefind-entry.json", "поиск", _found(site), _read_found)
    told = descriptions.told_catalogue(site.data, files)
    yield _check("catalog.jsonld", "JSON-LD", told, descriptions.read_catalogue)


def _check(
    path: str,
    form: str,
    wanted: list[Piece],
    read: Callable[[bytes], list[Piece]],
    same: Callable[[str], str] = verbatim,
) -> Check:
    """Return a check of a file; one for machines may change nothing of its texts."""

    def compare(content: bytes) -> Compared:
        return wanted, differences(wanted, read(content), same)

    return Check(path, form, repr(wanted), compare)


def strays(site: Site, files: Files, known: Container[str]) -> Iterator[str]:
    """Yield the files that lie where only what is `known` may lie."""
    homes = [supplier.path for supplier in site.suppliers]
    ours = tuple(f"{home}{folder}/" for home in homes for folder in _FOLDERS)
    yield from (path for path in files if path.startswith(ours) and path not in known)


# Pages ---------------------------------------------------------------------------------------


def _pages(site: Site, files: Files) -> Iterator[Check]:
    portal = site.portal
    if portal:
        yield _page("", pages.portal(PortalView(site.suppliers, site.demo)), "")
    searched = pages.searched(site.suppliers, portal=portal)
    yield _page(SEARCH, searched, "Поиск", within="d-all")
    register = sha256(files.get("editions.json", b"")).hexdigest()
    publication = pages.publication(site.publication, register)
    yield _page(PUBLICATION, publication, "О публикации", within="d-told")
    for supplier in site.suppliers:
        title = supplier.supplier.name if portal else ""  # a front page is called as the site is
        yield _page(supplier.path, pages.supplier(supplier, portal=portal), title)
    described = dict(_described(site.data))
    for view in site.documents:
        sizes = {path: len(files.get(path, b"")) for path in downloads(view)}
        told = pages.document(shown(view, site.documents), sizes, portal=portal)
        yield _page(view.place.path, told, view.place.title, described[view.place.path])
    said = {path: say_size(len(content)) for path, content in files.items()}
    for page in site.pages:
        offered = with_sizes(page, said) if page.path == f"{page.home}data/" else page
        told = pages.plain(offered, portal=portal)
        yield _page(page.path, told, page.title, described.get(page.path, ()))
    for redirect in site.redirects:
        read = partial(following.read_redirect, redirect.path)
        onward = following.told_redirect(redirect, site_address())
        yield _check(file_at(redirect.path), "HTML", onward, read, packed)


def _page(
    address: str,
    told: Iterable[Piece],
    title: str,
    described: Iterable[Piece] = (),
    *,
    within: str = markup.SHOWN,
) -> Check:
    """Return a check of what a page has within elements of a class.

    `described` is what it says of its data to search engines.
    """
    wanted = [*told, *described]
    compare = partial(_compare_page, address, title, within, wanted)
    return Check(file_at(address), "HTML", f"{title} {wanted}", compare)


def _described(suppliers: Iterable[SupplierData]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield the paths of pages, and what each says of its data to search engines."""
    for data in suppliers:
        yield data.place.path, descriptions.told_catalogue_markup(data)
        for document in data.documents:
            yield document.path, descriptions.told_markup(data, document)


def _compare_page(
    address: str, title: str, within: str, wanted: list[Piece], content: bytes
) -> Compared:
    page = markup.parsed(content)
    found = [piece for node in markup.shown(page, address, within) for piece in pieces(node)]
    for data in links.described(page):
        found += fields(data, descriptions.SCHEMA)
    said = " ".join((page.findtext(".//title") or "").split())
    faults = (*_title_faults(title, said), *_label_faults(page), *_time_faults(page))
    return wanted, (*faults, *differences(wanted, found, packed))


def _title_faults(wanted: str, found: str) -> Iterator[str]:
    if not found.startswith(wanted):
        yield f"название (title): {instead(wanted, found)}"


def _label_faults(page: Any) -> Iterator[str]:
    for table, head, label in markup.mislabelled(page):
        shown = f"подпись на узком экране: {instead(head, label)}"
        yield f"таблица «{table}», столбец «{head}»: {shown}"


def _time_faults(page: Any) -> Iterator[str]:
    """Yield where programs are told another time than readers."""
    for time in page.iter("time"):
        at, words = datetime.fromisoformat(time.get("datetime")), time.text_content().strip()
        wanted = say_moment(at) if at.tzinfo else say_date(at)
        if words != wanted:
            yield f"время (time): {instead(wanted, words)}"


# What is made of all documents ---------------------------------------------------------------


def _following(site: Site) -> Iterator[Check]:
    address = site_address()
    for each in site.parts:
        told = following.told_calendar(each.calendar, address)
        yield _check(each.calendar.path, "iCalendar", told, following.read_calendar)
        read = partial(following.read_feed, each.feed.home)
        yield _check(each.feed.path, "Atom", following.told_feed(each.feed, address), read)
    told = following.told_editions(site.documents, site.editions)
    yield _check("editions.json", "JSON", told, following.read_editions)


def _open_data(data: SupplierData, files: Files) -> Iterator[Check]:
    path = data.place.path
    for stack in data.stacks:
        told = datasets.told_stack(stack)
        yield _check(f"{path}{stack.name}.csv", "CSV", told, datasets.read_stack)
        told = descriptions.told_passport(data, stack, build_date())
        yield _check(f"{path}{stack.name}/meta.csv", "CSV", told, descriptions.read_passport)
        structure = f"{path}{stack.name}/structure-{STRUCTURED:%Y%m%d}.csv"
        told = descriptions.told_structure(stack)
        yield _check(structure, "CSV", told, descriptions.read_structure)
    told = datasets.told_supplier(data)
    yield _check(f"{path}supplier.json", "JSON", told, datasets.read_supplier)
    told = descriptions.told_package(data, files)
    yield _check(f"{path}datapackage.json", "Data Package", told, descriptions.read_package)


def _found(site: Site) -> list[Piece]:
    """Tell the index of the search, of which only how many pages it knows can be read."""
    return [Line("страниц в указателе поиска", str(len(site.suppliers) + len(site.documents)))]


def _read_found(content: bytes) -> list[Piece]:
    languages = json.loads(content)["languages"].values()
    return [Line("страниц в указателе поиска", str(found["page_count"])) for found in languages]


# Downloads -----------------------------------------------------------------------------------


def downloads(view: DocumentView) -> list[str]:
    """Return the paths of all downloads of a document."""
    return [f"{view.place.path}{view.file_stem}{form.ending}" for form in FORMATS]


_DATA: Final = {
    ".csv": (formats.told_csv, formats.read_csv),
    ".xlsx": (formats.told_xlsx, formats.read_xlsx),
    ".json": (formats.told_json, formats.read_json),
}


def _downloads(view: DocumentView, files: Files) -> Iterator[Check]:
    stem = f"{view.place.path}{view.file_stem}"
    within = {f"{view.file_stem}{end}": files.get(f"{stem}{end}", b"") for end in (".csv", ".json")}
    depends = digest([view.digest, *within.values()])
    for ending, large in ((".pdf", False), ("-large.pdf", True)):
        compare = partial(_compare_print, view, large, within)
        yield Check(f"{stem}{ending}", "PDF", depends, compare)
    for ending, (tell, read) in _DATA.items():
        compare = partial(_compare_data, view, tell, read)
        yield Check(f"{stem}{ending}", ending.removeprefix(".").upper(), view.digest, compare)


def _compare_data(
    view: DocumentView,
    tell: Callable[[DocumentView], list[Piece]],
    read: Callable[[bytes], list[Piece]],
    content: bytes,
) -> Compared:
    wanted = tell(view)
    return wanted, differences(wanted, read(content), verbatim)


def _compare_print(
    view: DocumentView, large: bool, within: Mapping[str, bytes], content: bytes
) -> Compared:
    from disclosure.verify.prints import compare  # noqa: PLC0415  # loads pikepdf

    return compare(view, large, within, content)
