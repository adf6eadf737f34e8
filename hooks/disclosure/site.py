"""The composition, first half: a data folder in, all that is published of it out, as views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from disclosure.editions import read_editions
from disclosure.finding import DataError, Finding, Severity
from disclosure.folder import read_folder
from disclosure.history import head, last_changes
from disclosure.model import Disclosure, Edition, SupplierFolder, owed
from disclosure.register import file_of, register
from disclosure.render import DATA_FORMATS, FORMATS
from disclosure.render.fonts import drawn
from disclosure.rules import check
from disclosure.settings import build_date, build_time, site_address
from disclosure.values import moscow_day
from disclosure.views.calendar import CalendarView, calendar_view
from disclosure.views.comparison import comparisons
from disclosure.views.datasets import SupplierData, supplier_data
from disclosure.views.deadlines import deadlines_page
from disclosure.views.document import DocumentView, Kind, Place, brief
from disclosure.views.dues import dues
from disclosure.views.editions import editions_pages, with_changes, with_comparison
from disclosure.views.feed import FeedView, feed_view
from disclosure.views.opendata import data_pages
from disclosure.views.outcomes import with_outcomes
from disclosure.views.page import PageView
from disclosure.views.programme import programme_view
from disclosure.views.publication import PublicationView, Revision
from disclosure.views.redirects import RedirectView, redirect_views
from disclosure.views.report import report_view
from disclosure.views.results import with_opening
from disclosure.views.standing import with_standing
from disclosure.views.supplier import SupplierView, supplier_view
from disclosure.views.table import Link
from disclosure.workshop import Job

Editions = Mapping[str, tuple[Edition, ...]]
"""The editions of each document, by its file below the data folder."""


@dataclass(frozen=True)
class SupplierSite:
    """All that is published of one supplier; `data` is None where it has no document."""

    view: SupplierView
    documents: tuple[DocumentView, ...]
    pages: tuple[PageView, ...]
    calendar: CalendarView
    feed: FeedView
    data: SupplierData | None


@dataclass(frozen=True)
class Site:
    """A data folder that may be published: its views, and the warnings about it."""

    parts: tuple[SupplierSite, ...]
    redirects: tuple[RedirectView, ...]
    editions: Editions
    publication: PublicationView
    warnings: tuple[Finding, ...]

    @property
    def suppliers(self) -> tuple[SupplierView, ...]:
        """The page of every supplier."""
        return tuple(part.view for part in self.parts)

    @property
    def documents(self) -> tuple[DocumentView, ...]:
        """Every document of every supplier."""
        return tuple(view for part in self.parts for view in part.documents)

    @property
    def pages(self) -> tuple[PageView, ...]:
        """Every page of a supplier that is no document."""
        return tuple(page for part in self.parts for page in part.pages)

    @property
    def data(self) -> tuple[SupplierData, ...]:
        """The open data of every supplier that has a document."""
        return tuple(part.data for part in self.parts if part.data)

    @property
    def portal(self) -> bool:
        """Whether the site has several suppliers, each below its own address."""
        return len(self.parts) > 1

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


def read_site(root: Path, *, only: str | None = None) -> Site:
    """Read and check a data folder, or raise DataError with all findings.

    The days of the documents and their earlier editions come from its history, the addresses and
    the day of the build from the environment.
    """
    folder, today = read_folder(root, only), build_date()
    findings = check(folder, drawn(), today)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DataError(findings)
    disclosure = folder.disclosure
    editions = read_editions(root, disclosure)
    known = _Known(disclosure, editions, last_changes(root), site_address(), today)
    parts = tuple(_supplier(known, supplier) for supplier in disclosure.suppliers)
    publication = _publication(known, parts, _revision(root))
    redirects = _redirects(disclosure, parts)
    return Site(parts, redirects, editions, publication, tuple(findings))


def shown(view: DocumentView, documents: tuple[DocumentView, ...]) -> DocumentView:
    """Return what the page of a document shows: a programme is joined with its latest report.

    Its revisions lead to what they changed. A report says first what became of the measures.
    """
    if view.place.kind is Kind.REPORT:
        view = with_opening(view)
    related = [other for other in documents if other.place in view.related]
    reports = [other for other in related if other.place.kind is Kind.REPORT]
    return with_comparison(with_outcomes(view, reports[-1]) if reports else view)


@dataclass(frozen=True)
class _Known:
    """What the views of every supplier are made of; `changes` are the last ones of its files."""

    disclosure: Disclosure
    editions: Editions
    changes: Mapping[str, datetime]
    address: str | None
    today: date

    def home(self, supplier: SupplierFolder) -> str:
        """Return the address of a supplier's own page."""
        return f"{supplier.slug}/" if len(self.disclosure.suppliers) > 1 else ""


def _supplier(known: _Known, supplier: SupplierFolder) -> SupplierSite:
    home, today = known.home(supplier), known.today
    documents = tuple(with_standing(_documents(known, supplier), today))
    about = brief(supplier.slug, supplier.supplier)
    due = tuple(dues(supplier, documents))
    owing = tuple(owed(supplier, known.disclosure.duties, today))
    data = supplier_data(supplier, home, documents, known.address) if documents else None
    pages = (
        deadlines_page(about, home, due, owing, today),
        *(data_pages(data) if data else ()),
        *comparisons(known.disclosure, supplier, home),
        *editions_pages(
            known.disclosure, supplier, [view.place for view in documents], known.editions
        ),
    )
    return SupplierSite(
        supplier_view(supplier, home, documents, pages),
        tuple(_with_leads(view, pages) for view in documents),
        pages,
        calendar_view(about, home, due, owing, today),
        feed_view(about, home, supplier, documents, known.editions, today),
        data,
    )


def _documents(known: _Known, supplier: SupplierFolder) -> Iterator[DocumentView]:
    """Yield the documents of a supplier, each with its days, its editions and its address."""
    disclosure, home = known.disclosure, known.home(supplier)
    programmes = (Place(Kind.PROGRAMME, period, home) for period in supplier.programmes)
    reports = (Place(Kind.REPORT, period, home) for period in supplier.reports)
    told = (
        *(programme_view(disclosure, supplier, place) for place in programmes),
        *(report_view(disclosure, supplier, place) for place in reports),
    )
    for view in told:
        changed = known.changes.get(file_of(view))
        yield replace(
            with_changes(view, known.editions[file_of(view)]),
            dated=changed and moscow_day(changed),
            changed=changed,
            address=known.address and f"{known.address}{view.place.path}",
        )


def _with_leads(view: DocumentView, pages: tuple[PageView, ...]) -> DocumentView:
    """Return a document whose page leads to the pages below its own address."""
    below = (page for page in pages if page.path.startswith(view.place.path))
    return replace(view, leads=tuple(Link(page.title, page.path) for page in below))


def _revision(root: Path) -> Revision | None:
    commit = head(root)
    return Revision(commit.name, commit.time, commit.clean) if commit else None


def _publication(
    known: _Known, parts: tuple[SupplierSite, ...], revision: Revision | None
) -> PublicationView:
    """Return what tells a site from any other, its register's checksum among it."""
    documents = [view for part in parts for view in part.documents]
    return PublicationView(
        revision,
        build_time(),
        hashlib.sha256(register(documents, known.editions)).hexdigest(),
        tuple((part.view.supplier.name, part.documents) for part in parts),
        known.disclosure.signers,
        known.address,
        all(part.view.supplier.demo for part in parts),
    )


def _redirects(disclosure: Disclosure, parts: Iterable[SupplierSite]) -> tuple[RedirectView, ...]:
    """Return a page for each address that a page of suppliers had before a renaming."""
    known: dict[str, tuple[str, str]] = {}
    for part in parts:
        name = part.view.supplier.name
        known[part.view.path] = "Страница поставщика", name
        known |= {view.place.path: (view.place.title, name) for view in part.documents}
        known |= {page.path: (page.title, name) for page in part.pages}
    only = disclosure.suppliers[0].slug if len(disclosure.suppliers) == 1 else None
    return redirect_views(disclosure.redirects, known, only)
