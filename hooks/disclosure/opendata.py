"""Open data: the files that describe the tables of suppliers, and what pages say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from disclosure.render.catalogue import CATALOGUE, catalogue
from disclosure.render.package import PACKAGE, data_package
from disclosure.render.passport import passports
from disclosure.render.schema_org import catalogue_markup, document_markup
from disclosure.render.templates import say_size
from disclosure.views.datasets import SupplierData
from disclosure.views.opendata import with_sizes
from disclosure.views.page import PageView


def described(
    suppliers: Sequence[SupplierData], files: Mapping[str, bytes], built: date
) -> Iterator[tuple[str, bytes]]:
    """Yield what describes the data of a site, given the downloads at hand, all by their paths."""
    for data in suppliers:
        yield f"{data.place.path}{PACKAGE}", data_package(data, files)
        yield from passports(data, built)
    yield CATALOGUE, catalogue(suppliers, files)


def markups(suppliers: Sequence[SupplierData]) -> dict[str, dict[str, Any]]:
    """Return what pages say of their data to search engines, by the paths of the pages."""
    of_pages = {data.place.path: catalogue_markup(data) for data in suppliers}
    of_documents = {d.path: document_markup(data, d) for data in suppliers for d in data.documents}
    return of_pages | of_documents


def sized(page: PageView, files: Mapping[str, bytes]) -> PageView:
    """Return a page of open data that says how large its files are, any other as it is."""
    if page.path != f"{page.home}data/":
        return page
    return with_sizes(page, {path: say_size(len(content)) for path, content in files.items()})
