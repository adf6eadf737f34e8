"""A page of a supplier that is no document: what changed, what is due, what can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.views.document import SectionView, SupplierBrief
from disclosure.views.table import Link


@dataclass(frozen=True)
class PageView:
    """A page made of sections; `path` and the addresses of `crumbs` are below the site's root.

    `crumbs` lead from the supplier's own page to this one, both left out. `lede` says what the
    page is for.
    """

    supplier: SupplierBrief
    home: str
    path: str
    title: str
    lede: str
    sections: tuple[SectionView, ...]
    crumbs: tuple[Link, ...] = ()
