"""Views → pages that only lead on from an address that was renamed."""

from __future__ import annotations

from disclosure.render.templates import environment
from disclosure.views.redirects import RedirectView


def redirect_page(view: RedirectView, site: str | None) -> str:
    """Return a whole HTML page, since what MkDocs makes of Markdown is listed and indexed."""
    return environment().get_template("redirect.html").render(view=view, site=site, here=view.path)
