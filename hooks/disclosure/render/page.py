"""Views → pages: Markdown files of front matter for the theme and one raw element as body."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from disclosure.render.templates import environment
from disclosure.views.accessibility import PATH as ACCESSIBILITY
from disclosure.views.accessibility import AccessibilityView
from disclosure.views.document import DocumentView
from disclosure.views.feed import FEED
from disclosure.views.filters import filters_of
from disclosure.views.page import PageView
from disclosure.views.publication import PATH as PUBLICATION
from disclosure.views.publication import PublicationView
from disclosure.views.supplier import SEARCH, PortalView, SupplierView
from gate.manifest import MANIFEST, SIGNATURE


@dataclass(frozen=True)
class Download:
    """A file offered beside a page; the size is unknown while a preview has not made it yet."""

    name: str
    file: str
    size: int | None


def document_page(
    view: DocumentView,
    downloads: tuple[Download, ...],
    *,
    portal: bool,
    markup: Mapping[str, object] | None = None,
) -> str:
    """Return the page of a programme or a report; `markup` says what it is to search engines."""
    place = view.place
    title = f"{place.title} — {view.supplier.name}"
    filters = filters_of(view)
    context = {
        "view": view,
        "downloads": downloads,
        "here": place.path,
        "portal": portal,
        "filters": filters,
    }
    assets = ("filters",) if filters else ()
    feed = f"{place.home}{FEED}"
    front = {"assets": assets, "feed": feed, "markup": markup}
    return _page("document.html", title, view.supplier.demo, context, **front)


def plain_page(view: PageView, *, portal: bool, markup: Mapping[str, object] | None = None) -> str:
    """Return a page of a supplier that is no document."""
    title = f"{view.title} — {view.supplier.name}"
    context = {"view": view, "here": view.path, "portal": portal}
    front = {"feed": f"{view.home}{FEED}", "markup": markup}
    return _page("page.html", title, view.supplier.demo, context, **front)


def supplier_page(view: SupplierView, *, portal: bool) -> str:
    """Return the page of a supplier."""
    context = {"view": view, "here": view.path, "portal": portal}
    feed = f"{view.path}{FEED}"
    return _page("supplier.html", view.supplier.name, view.supplier.demo, context, feed=feed)


def portal_page(view: PortalView) -> str:
    """Return the front page of a site of several suppliers."""
    return _page("portal.html", "Поставщики электроэнергии", view.demo, {"view": view, "here": ""})


def search_page(view: PortalView) -> str:
    """Return the page that searches all documents, and lists them."""
    context = {"view": view, "here": SEARCH}
    return _page("search.html", "Поиск", view.demo, context, assets=("search",))


def accessibility_page(view: AccessibilityView) -> str:
    """Return the accessibility statement of a site."""
    context = {"view": view, "here": ACCESSIBILITY}
    return _page("accessibility.html", "Доступность сайта", view.demo, context)


def publication_page(view: PublicationView) -> str:
    """Return the page that tells what the site was made of, and how to check it."""
    context = {
        "view": view,
        "here": PUBLICATION,
        "HEADS": ("Документ", "Опубликован", "Файл изменён", "Контрольная сумма"),
        "MANIFEST": MANIFEST,
        "SIGNATURE": SIGNATURE,
    }
    return _page("publication.html", "О публикации", view.demo, context)


def _page(
    template: str,
    title: str,
    demo: bool,
    context: Mapping[str, object],
    **more: object,
) -> str:
    """Fill a template; JSON is YAML, so the front matter needs no more than HTML's escaping.

    Of `more` the frame of the page knows `assets`, the style sheets and scripts that only this page
    has; `feed`, in which its supplier tells what is new; `markup`, its data for search engines.
    """
    body = environment().get_template(template).render(**context)
    front = {
        "title": escape(title),
        "robots": "noindex, nofollow" if demo else "all",
        **more,
    }
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{_one_element(body)}\n"


def _one_element(html: str) -> str:
    """Drop blank lines and indentation, so that Markdown takes the whole for one raw element."""
    return re.sub(r"\n\s*", "\n", html.strip())
