"""The suppliers' colours as a style sheet, so that no page needs a style of its own."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.views.supplier import SupplierView


def suppliers_style(suppliers: Iterable[SupplierView]) -> str:
    """Return a rule for each supplier that sets its colour on its pages and their header."""
    return "".join(
        f".supplier-{view.supplier.slug},:root:has(.d-page.supplier-{view.supplier.slug})"
        f"{{--d-accent:{view.colour}}}\n"
        for view in suppliers
    )
