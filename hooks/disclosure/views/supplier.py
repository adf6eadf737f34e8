"""A supplier as a reader sees it: what is current, how to reach it, all its years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeGuard

from disclosure.model import Status, Supplier, SupplierFolder
from disclosure.values.russian import plural
from disclosure.views.channels import channels_shown, channels_table
from disclosure.views.document import Block, Chart, DocumentView, Kind, Place, SupplierBrief, brief
from disclosure.views.page import PageView
from disclosure.views.table import Cell, Link, Row, Table, row

SEARCH = "search/"
"""The address of the page that searches the documents of all suppliers of a site."""


@dataclass(frozen=True)
class DocumentLink:
    """A document in a list: where it is, one line about it, how it stands among its kind."""

    place: Place
    summary: str
    standing: str = ""


@dataclass(frozen=True)
class SupplierView:
    """A supplier's page; `path` is below the site's root, empty for the root itself.

    `draft` is its latest report that is not complete yet; `leads` are its pages that are about no
    single document.
    """

    supplier: SupplierBrief
    colour: str
    path: str
    facts: tuple[Row, ...]
    contacts: Table | None
    hours: Table | None
    hours_source: DocumentLink | None
    programme: DocumentLink | None
    report: DocumentLink | None
    draft: DocumentLink | None
    indicators: tuple[Table | Chart, ...]
    indicators_source: DocumentLink | None
    archive: tuple[DocumentLink, ...]
    leads: tuple[Link, ...] = ()


@dataclass(frozen=True)
class PortalView:
    """The front page of a site of several suppliers; `demo` where all are demonstrations."""

    suppliers: tuple[SupplierView, ...]
    demo: bool


def supplier_view(
    folder: SupplierFolder,
    path: str,
    documents: tuple[DocumentView, ...],
    pages: tuple[PageView, ...] = (),
) -> SupplierView:
    """Return the view of a supplier's page, given the views of its documents."""
    archive = sorted(documents, key=lambda view: (view.place.period, view.place.kind), reverse=True)
    reports = [view for view in archive if view.place.kind is Kind.REPORT]
    programme = next((view for view in archive if view.place.kind is Kind.PROGRAMME), None)
    report = next((view for view in reports if not view.draft), None)
    draft = next((view for view in reports if view.draft), None)
    stating = next((view for view in archive if _table(view, "channels")), None)
    measuring = next((view for view in archive if _table(view, "indicators")), None)
    hours = _table(stating, "channels") if stating else None
    contacts = replace(channels_table(folder.supplier.contacts), caption="Контакты")
    return SupplierView(
        brief(folder.slug, folder.supplier),
        folder.supplier.colour,
        path,
        supplier_facts(folder.supplier),
        channels_shown(contacts) if contacts.rows else None,
        channels_shown(hours) if hours else None,
        document_link(stating) if stating else None,
        document_link(programme) if programme else None,
        document_link(report) if report else None,
        document_link(draft) if draft else None,
        _indicators(measuring) if measuring else (),
        document_link(measuring) if measuring else None,
        tuple(map(document_link, archive)),
        tuple(Link(page.title, page.path) for page in pages if not page.crumbs),
    )


def document_link(view: DocumentView) -> DocumentLink:
    """Return how a document is listed."""
    return DocumentLink(view.place, _summary(view), view.standing)


def _summary(view: DocumentView) -> str:
    table = _table(view, "measures")
    rows = [row for row in table.rows if row.anchor] if table else []
    said = plural(len(rows), "мероприятие", "мероприятия", "мероприятий")
    if view.place.kind is Kind.PROGRAMME:
        return said
    done = sum(row["status"].text == Status.DONE for row in rows)
    answered = f"{said}, выполнено {done}"
    return f"{view.draft_words}: {answered}" if view.draft_words else answered


def _table(view: DocumentView, key: str) -> Table | None:
    return next((table for table in view.tables if table.key == key), None)


def _indicators(view: DocumentView) -> tuple[Table | Chart, ...]:
    """Return the tables of indicators, each with the charts that follow it."""
    showing = (s.blocks for s in view.sections if any(map(_is_indicators, s.blocks)))
    blocks = (block for blocks in showing for block in blocks)
    return tuple(b for b in blocks if isinstance(b, Chart) or _is_indicators(b))


def _is_indicators(block: Block) -> TypeGuard[Table]:
    return isinstance(block, Table) and block.key == "indicators"


def supplier_facts(supplier: Supplier) -> tuple[Row, ...]:
    """Return what is known of a supplier, by name and value."""
    values = [
        ("Полное наименование", supplier.full_name),
        ("Организационно-правовая форма", supplier.legal_form),
        ("Город", supplier.city),
        ("Регионы", ", ".join(supplier.regions)),
        *((fact.name, fact.value) for fact in supplier.facts),
        ("ИНН", supplier.inn),
        ("Сайт", supplier.site and Cell(links=(Link(supplier.site, supplier.site),))),
    ]
    return tuple(row({"name": name, "value": value}) for name, value in values if value)
