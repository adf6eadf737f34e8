"""The life of documents after they were published: deadlines, feeds, addresses they once had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from disclosure.artifact import Artifact
from disclosure.model import Disclosure, Duties, Edition, SupplierFolder, owed
from disclosure.render.calendar import render_calendar
from disclosure.render.feed import render_feed
from disclosure.render.redirect import redirect_page
from disclosure.settings import build_date, site_address
from disclosure.views.deadlines import deadlines_page
from disclosure.views.document import DocumentView, brief
from disclosure.views.dues import dues
from disclosure.views.events import CalendarView, calendar_view
from disclosure.views.moved import MovedView, moved_views
from disclosure.views.page import PageView
from disclosure.views.publications import FeedView, feed_view
from disclosure.views.supplier import SupplierView


@dataclass(frozen=True)
class Life:
    """What is due of one supplier as of a day, and what it has published."""

    page: PageView
    calendar: CalendarView
    feed: FeedView


def life(
    duties: Duties,
    supplier: SupplierFolder,
    home: str,
    documents: tuple[DocumentView, ...],
    editions: Mapping[str, Sequence[Edition]],
) -> Life:
    """Return the life of a supplier's documents, whose `editions` go by file."""
    today = build_date()
    about = brief(supplier.slug, supplier.supplier)
    due = tuple(dues(supplier, documents))
    publications = tuple(owed(supplier, duties, today))
    return Life(
        deadlines_page(about, home, due, publications, today),
        calendar_view(about, home, due, publications, today),
        feed_view(about, home, supplier, documents, editions, today),
    )


def moved(
    disclosure: Disclosure,
    suppliers: Iterable[SupplierView],
    documents: Iterable[DocumentView],
    pages: Iterable[PageView],
) -> tuple[MovedView, ...]:
    """Return a page for each address that a page of suppliers had before a renaming."""
    known = {view.path: ("Страница поставщика", view.supplier.name) for view in suppliers}
    known |= {view.place.path: (view.place.title, view.supplier.name) for view in documents}
    known |= {view.path: (view.title, view.supplier.name) for view in pages}
    only = disclosure.suppliers[0].slug if len(disclosure.suppliers) == 1 else None
    return moved_views(disclosure.redirects, known, only)


def life_artifacts(lives: Iterable[Life], pages: Iterable[MovedView]) -> Iterator[Artifact]:
    """Yield the calendars, the feeds and the pages that lead on from addresses of old."""
    address = site_address()
    for each in lives:
        yield Artifact(each.calendar.path, render_calendar(each.calendar, address))
        yield Artifact(each.feed.path, render_feed(each.feed, address))
    for page in pages:
        yield Artifact(f"{page.path}index.html", redirect_page(page, address).encode())
