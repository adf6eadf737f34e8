"""Views → pages that only lead on from an address that was renamed."""

from __future__ import annotations

from disclosure.render.templates import environment
from disclosure.views.redirects import RedirectView
from gate.headers import PAGE_POLICY


def redirect_page(view: RedirectView, site: str | None) -> str:
    """Return a whole HTML page, since what MkDocs makes of Markdown is listed and indexed."""
    context = {"view": view, "site": site, "here": view.path, "POLICY": PAGE_POLICY}
    return environment().get_template("redirect.html").render(**context)
