"""What robots are asked: not to take the files of demonstrations.

Their pages ask to stay out of indexes themselves, which a robot must read them to learn.
"""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.render import FORMATS
from disclosure.views.supplier import SupplierView


def robots(suppliers: Iterable[SupplierView]) -> str:
    """Return robots.txt (RFC 9309)."""
    suffixes = dict.fromkeys(form.suffix for form in FORMATS)
    closed = [
        f"Disallow: /{view.path}*.{suffix}$"
        for view in suppliers
        if view.supplier.demo
        for suffix in suffixes
    ]
    return "\n".join(["User-agent: *", *(closed or ["Allow: /"])]) + "\n"
