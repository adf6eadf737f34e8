"""What robots are asked: not to take the files of demonstrations.

Their pages ask to stay out of indexes themselves, which a robot must read them to learn.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.render import FORMATS
from disclosure.render.catalogue import CATALOGUE
from disclosure.views.dues import CALENDAR
from disclosure.views.feed import FEED
from disclosure.views.supplier import SupplierView


def robots(suppliers: Sequence[SupplierView]) -> str:
    """Return robots.txt (RFC 9309)."""
    files = dict.fromkeys(f"*.{form.suffix}" for form in FORMATS)
    demo = [view for view in suppliers if view.supplier.demo]
    closed = [
        f"Disallow: /{view.path}{file}$" for view in demo for file in (*files, CALENDAR, FEED)
    ]
    if len(demo) == len(suppliers):
        closed.append(f"Disallow: /{CATALOGUE}$")
    return "\n".join(["User-agent: *", *(closed or ["Allow: /"])]) + "\n"
