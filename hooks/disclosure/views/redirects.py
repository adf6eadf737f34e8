"""Addresses that pages had before a supplier or a document was renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Redirects


@dataclass(frozen=True)
class RedirectView:
    """A page that only leads from the address it had to the one it has, and what is there."""

    path: str
    target: str
    title: str
    supplier: str


def redirect_views(
    redirects: Redirects, pages: Mapping[str, tuple[str, str]], only: str | None = None
) -> tuple[RedirectView, ...]:
    """Return a page for each address that led somewhere before a renaming.

    `pages` are those of the site: the title and the supplier by address, below the root. On the
    site of `only` one supplier its pages have no slug before them, so that only documents can move.
    """
    found: dict[str, str] = {}
    ordered = sorted(redirects.redirects, key=lambda one: "/" not in one.old)
    for redirect in ordered:  # documents first, so that those of a renamed supplier lead on
        if only and redirect.new.partition("/")[0] != only:
            continue
        old, new = _address(redirect.old, only), _address(redirect.new, only)
        if not old or not new:
            continue
        known = {path: path for path in pages} | found
        for path, target in known.items():
            if path.startswith(new):
                found.setdefault(old + path.removeprefix(new), target)
    live = {path: target for path, target in found.items() if path not in pages}
    return tuple(RedirectView(path, to, *pages[to]) for path, to in sorted(live.items()))


def _address(named: str, only: str | None) -> str:
    """Return the address of what a redirect names, empty for the root of a site."""
    path = f"{named}/"
    return path.partition("/")[2] if only else path
