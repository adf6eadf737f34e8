"""Views → records: what the search reads of a page, passage by passage, without its dress."""

from __future__ import annotations

import re

from disclosure.render.templates import environment
from disclosure.views.document import DocumentView
from disclosure.views.supplier import SupplierView


def document_record(view: DocumentView) -> str:
    """Return the HTML of which the search knows a programme or a report."""
    return _record("document.record.html", view)


def supplier_record(view: SupplierView) -> str:
    """Return the HTML of which the search knows a supplier's own page."""
    return _record("supplier.record.html", view)


def _record(template: str, view: DocumentView | SupplierView) -> str:
    """Fill a template; a sign of number stands apart, so that «№2» is found by its digit."""
    html = environment().get_template(template).render(view=view)
    html = re.sub(r"\s*(</?p>)\s*", r"\1", html)  # where Pagefind looks for the last sign
    return re.sub(r"№(?=\w)", "№ ", html)
