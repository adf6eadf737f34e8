"""The suppliers' colours as a style sheet, so that no page needs a style of its own."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.model import SupplierFolder


def suppliers_style(folders: Iterable[SupplierFolder]) -> str:
    """Return a rule for each supplier that sets its colour on its pages and their header."""
    return "".join(
        f".supplier-{folder.slug},:root:has(.d-page.supplier-{folder.slug})"
        f"{{--d-accent:{folder.supplier.colour}}}\n"
        for folder in folders
    )
