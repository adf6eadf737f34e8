"""The composition: a data folder in, artifacts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from disclosure.artifact import Artifact
from disclosure.editions import read_editions
from disclosure.finding import DataError, Finding, Severity
from disclosure.folder import read_folder
from disclosure.history import last_changes
from disclosure.life import Life, life, life_artifacts, moved
from disclosure.model import Disclosure, Edition, SupplierFolder
from disclosure.opendata import described, markups, sized
from disclosure.published import MANIFEST, file_of, manifest
from disclosure.render import DATA_FORMATS, FORMATS
from disclosure.render.fonts import drawn
from disclosure.render.page import (
    Download,
    accessibility_page,
    document_page,
    plain_page,
    portal_page,
    search_page,
    supplier_page,
)
from disclosure.render.record import document_record, supplier_record
from disclosure.render.robots import robots
from disclosure.render.style import suppliers_style
from disclosure.rules import check
from disclosure.search import search_index
from disclosure.settings import build_date, site_address
from disclosure.tools import tool_versions
from disclosure.views.accessibility import PATH as ACCESSIBILITY
from disclosure.views.accessibility import AccessibilityView
from disclosure.views.comparison import comparisons
from disclosure.views.datasets import SupplierData, supplier_data
from disclosure.views.document import DocumentView, Kind, Place
from disclosure.views.editions import editions_pages, with_changes, with_comparison
from disclosure.views.moved import MovedView
from disclosure.views.openness import data_page
from disclosure.views.outcomes import with_outcomes
from disclosure.views.page import PageView
from disclosure.views.programme import programme_view
from disclosure.views.report import report_view
from disclosure.views.standing import with_standing
from disclosure.views.supplier import SEARCH, PortalView, SupplierView, supplier_view
from disclosure.views.table import Link
from disclosure.workshop import Job, Workshop


@dataclass(frozen=True)
class Site:
    """A data folder that may be published: its views, and the warnings about it."""

    documents: tuple[DocumentView, ...]
    suppliers: tuple[SupplierView, ...]
    pages: tuple[PageView, ...]
    warnings: tuple[Finding, ...]
    editions: Mapping[str, tuple[Edition, ...]]
    lives: tuple[Life, ...]
    moved: tuple[MovedView, ...]
    data: tuple[SupplierData, ...]

    @property
    def portal(self) -> bool:
        """Whether the site has several suppliers, each below its own address."""
        return len(self.suppliers) > 1

    @property
    def demo(self) -> bool:
        """Whether all of the site is a demonstration."""
        return all(view.supplier.demo for view in self.suppliers)

    def jobs(self) -> list[Job]:
        """Every download of every document, and of the data of every supplier."""
        documents = [Job(view, form) for view in self.documents for form in FORMATS]
        return documents + [
            Job(data, form) for data in self.data for form in DATA_FORMATS if data.has(form.ending)
        ]


def build(root: Path, *, only: str | None = None, cache: Path) -> Iterator[Artifact]:
    """Yield all artifacts of a data folder, of all suppliers or only of the one of that slug.

    Downloads rendered before are taken from the folder `cache`. Raises DataError with all
    findings where the data cannot be published; nothing is yielded before they were checked.
    """
    site = read_site(root, only=only)
    yield from artifacts(site, dict(downloads(site, Workshop(cache))))


def read_site(root: Path, *, only: str | None = None) -> Site:
    """Read and check a data folder, or raise DataError with all findings.

    The days of the documents come from its history, their addresses from the environment.
    """
    folder = read_folder(root, only)
    today = build_date()
    findings = check(folder, drawn(), today)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DataError(findings)
    folders = folder.disclosure.suppliers
    days, address = last_changes(root), site_address()
    editions = read_editions(root, folder.disclosure)
    views: list[DocumentView] = []
    suppliers: list[SupplierView] = []
    pages: list[PageView] = []
    lives: list[Life] = []
    data: list[SupplierData] = []
    for supplier in folders:
        home = f"{supplier.slug}/" if len(folders) > 1 else ""
        told = _documents(folder.disclosure, supplier, home)
        told = (with_changes(view, editions[file_of(view)]) for view in told)
        published = (_published(view, days, address) for view in told)
        documents = tuple(with_standing(published, today))
        lives.append(life(folder.disclosure.duties, supplier, home, documents, editions))
        further = (
            lives[-1].page,
            *([data_page(supplier_data(supplier, home, documents, address))] if documents else []),
            *_pages(folder.disclosure, supplier, home, documents, editions),
        )
        led = [_with_leads(view, further) for view in documents]
        views += led
        data += [supplier_data(supplier, home, led, address)] if led else []
        suppliers.append(supplier_view(supplier, home, documents, further))
        pages += further
    renamed = moved(folder.disclosure, suppliers, views, pages)
    return Site(
        *(tuple(views), tuple(suppliers), tuple(pages), tuple(findings), editions),
        *(tuple(lives), renamed, tuple(data)),
    )


def downloads(site: Site, workshop: Workshop) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of every download, rendering those that are missing."""
    for job, content in workshop.render(site.jobs()):
        yield job.path, content


def artifacts(site: Site, files: dict[str, bytes]) -> Iterator[Artifact]:
    """Yield the pages, the style and the given downloads of a site."""
    files = files | dict(described(site.data, files, build_date()))
    markup = markups(site.data)
    if site.portal:
        page = portal_page(PortalView(site.suppliers, site.demo))
        yield Artifact("index.md", page.encode(), menu="Поставщики")
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
        about = markup.get(further.path)
        page = plain_page(sized(further, files), portal=site.portal, markup=about)
        yield Artifact(f"{further.path}index.md", page.encode())
    statement = AccessibilityView(build_date(), tool_versions(), site.suppliers, site.demo)
    yield Artifact(f"{ACCESSIBILITY}index.md", accessibility_page(statement).encode())
    page = search_page(PortalView(site.suppliers, site.demo))
    yield Artifact(f"{SEARCH}index.md", page.encode(), menu="Поиск")
    yield from search_index(_records(site))
    style = suppliers_style(site.suppliers)
    yield Artifact("assets/suppliers.css", style.encode())
    yield Artifact(MANIFEST, manifest(site.documents, site.editions))
    yield Artifact("robots.txt", robots(site.suppliers).encode())
    yield from life_artifacts(site.lives, site.moved)
    for path, content in files.items():
        yield Artifact(path, content)


def _records(site: Site) -> Iterator[Artifact]:
    for supplier in site.suppliers:
        yield Artifact(f"{supplier.path}index.html", supplier_record(supplier).encode())
    for view in site.documents:
        yield Artifact(f"{view.place.path}index.html", document_record(view).encode())


def _documents(
    disclosure: Disclosure, supplier: SupplierFolder, home: str
) -> Iterator[DocumentView]:
    for period in supplier.programmes:
        yield programme_view(disclosure, supplier, Place(Kind.PROGRAMME, period, home))
    for period in supplier.reports:
        yield report_view(disclosure, supplier, Place(Kind.REPORT, period, home))


def _pages(
    disclosure: Disclosure,
    supplier: SupplierFolder,
    home: str,
    documents: tuple[DocumentView, ...],
    editions: Mapping[str, tuple[Edition, ...]],
) -> Iterator[PageView]:
    """Yield the pages of a supplier that are no documents."""
    yield from comparisons(disclosure, supplier, home)
    yield from editions_pages(disclosure, supplier, [view.place for view in documents], editions)


def _with_leads(view: DocumentView, pages: tuple[PageView, ...]) -> DocumentView:
    """Return a document whose page leads to the pages below its own address."""
    below = (page for page in pages if page.path.startswith(view.place.path))
    return replace(view, leads=tuple(Link(page.title, page.path) for page in below))


def _published(view: DocumentView, days: Mapping[str, date], site: str | None) -> DocumentView:
    """Return a view that knows the day of its own file and its address on the web."""
    address = site and f"{site}{view.place.path}"
    return replace(view, dated=days.get(file_of(view)), address=address)


def shown(view: DocumentView, documents: tuple[DocumentView, ...]) -> DocumentView:
    """Return what the page of a document shows: a programme is joined with its latest report.

    Its revisions lead to what they changed.
    """
    related = [other for other in documents if other.place in view.related]
    reports = [other for other in related if other.place.kind is Kind.REPORT]
    return with_comparison(with_outcomes(view, reports[-1]) if reports else view)


def _offered(view: DocumentView, files: dict[str, bytes]) -> Iterator[Download]:
    for form in FORMATS:
        path = Job(view, form).path
        content = files.get(path)
        name = path.removeprefix(view.place.path)
        yield Download(form.name, name, None if content is None else len(content))
