"""What robots are asked: to stay away from demonstrations, files included."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.views.supplier import SupplierView


def robots(suppliers: Iterable[SupplierView]) -> str:
    """Return robots.txt (RFC 9309)."""
    closed = [f"Disallow: /{view.path}" for view in suppliers if view.supplier.demo]
    return "\n".join(["User-agent: *", *(closed or ["Allow: /"])]) + "\n"
