"""The composition, second half: the views of a site in, the artifacts that are published out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure.artifact import Artifact
from disclosure.opendata import described, markups, sized
from disclosure.register import REGISTER, register
from disclosure.render import FORMATS
from disclosure.render.calendar import render_calendar
from disclosure.render.feed import render_feed
from disclosure.render.page import (
    Download,
    accessibility_page,
    document_page,
    plain_page,
    portal_page,
    publication_page,
    search_page,
    supplier_page,
)
from disclosure.render.record import document_record, supplier_record
from disclosure.render.redirect import redirect_page
from disclosure.render.robots import robots
from disclosure.render.style import suppliers_style
from disclosure.search import search_index
from disclosure.settings import build_date, site_address
from disclosure.site import Site, read_site, shown
from disclosure.tools import tool_versions
from disclosure.views.accessibility import PATH as ACCESSIBILITY
from disclosure.views.accessibility import AccessibilityView
from disclosure.views.document import DocumentView
from disclosure.views.publication import PATH as PUBLICATION
from disclosure.views.supplier import SEARCH, PortalView
from disclosure.workshop import Job, Workshop

Files = Mapping[str, bytes]
"""Contents by path below the site's root."""


def build(root: Path, *, only: str | None = None, cache: Path) -> Iterator[Artifact]:
    """Yield all artifacts of a data folder, of all suppliers or only of the one of that slug.

    Downloads rendered before are taken from the folder `cache`. Raises DataError with all
    findings where the data cannot be published; nothing is yielded before they were checked.
    """
    site = read_site(root, only=only)
    yield from artifacts(site, dict(downloads(site, Workshop(cache))))


def downloads(site: Site, workshop: Workshop) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every download, rendering those that are missing."""
    for job, content in workshop.render(site.jobs()):
        yield job.path, content


def artifacts(site: Site, files: Files) -> Iterator[Artifact]:
    """Yield everything that is published of a site, the given downloads included."""
    all_files = {**files, **dict(described(site.data, files, build_date()))}
    if site.portal:
        page = portal_page(PortalView(site.suppliers, site.demo))
        yield Artifact("index.md", page.encode(), menu="Поставщики")
    yield from _supplier_pages(site, all_files)
    yield from _common_pages(site)
    yield from search_index(_records(site))
    yield from following(site)
    yield Artifact("assets/suppliers.css", suppliers_style(site.suppliers).encode())
    yield Artifact(REGISTER, register(site.documents, site.editions))
    yield Artifact("robots.txt", robots(site.suppliers).encode())
    for path, content in all_files.items():
        yield Artifact(path, content)


def following(site: Site) -> Iterator[Artifact]:
    """Yield what keeps readers with the suppliers: calendars, feeds, pages at former addresses."""
    address = site_address()
    for part in site.parts:
        yield Artifact(part.calendar.path, render_calendar(part.calendar, address))
        yield Artifact(part.feed.path, render_feed(part.feed, address))
    for page in site.redirects:
        yield Artifact(f"{page.path}index.html", redirect_page(page, address).encode())


def _supplier_pages(site: Site, files: Files) -> Iterator[Artifact]:
    markup = markups(site.data)
    for supplier in site.suppliers:
        page = supplier_page(supplier, portal=site.portal)
        yield Artifact(f"{supplier.path}index.md", page.encode(), menu=supplier.supplier.name)
    for view in site.documents:
        page = document_page(
            shown(view, site.documents),
            tuple(_offered(view, files)),
            portal=site.portal,
            markup=markup[view.place.path],
        )
        yield Artifact(f"{view.place.path}index.md", page.encode())
    for further in site.pages:
        page = plain_page(
            sized(further, files), portal=site.portal, markup=markup.get(further.path)
        )
        yield Artifact(f"{further.path}index.md", page.encode())


def _common_pages(site: Site) -> Iterator[Artifact]:
    """Yield the pages that every site has."""
    page = search_page(PortalView(site.suppliers, site.demo))
    yield Artifact(f"{SEARCH}index.md", page.encode(), menu="Поиск")
    statement = AccessibilityView(build_date(), tool_versions(), site.suppliers, site.demo)
    yield Artifact(f"{ACCESSIBILITY}index.md", accessibility_page(statement).encode())
    yield Artifact(f"{PUBLICATION}index.md", publication_page(site.publication).encode())


def _offered(view: DocumentView, files: Files) -> Iterator[Download]:
    for form in FORMATS:
        path = Job(view, form).path
        content = files.get(path)
        name = path.removeprefix(view.place.path)
        yield Download(form.name, name, None if content is None else len(content))


def _records(site: Site) -> Iterator[Artifact]:
    for supplier in site.suppliers:
        yield Artifact(f"{supplier.path}index.html", supplier_record(supplier).encode())
    for view in site.documents:
        yield Artifact(f"{view.place.path}index.html", document_record(view).encode())
