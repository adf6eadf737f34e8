"""A page of each type, and what each may be made to wear."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

PAGES: Final[Mapping[str, str]] = {
    "front": "",
    "supplier": "yantarenergosbyt/",
    "programme": "omskenergosbyt/programmes/2025/",
    "report": "yantarenergosbyt/reports/2025/",
    "search": "search/",
    "accessibility": "accessibility/",
    "publication": "publication/",
    "about": "about/",
    "missing": "there/is/no/such/page/",
}
"""Paths in the portal."""

YEARS: Final[Mapping[str, str]] = {
    "results": "vymysel/reports/2024/",
    "draft": "vymysel/reports/2025/",
    "superseded": "vymysel/programmes/2024/",
    "comparison": "vymysel/programmes/2025/since-2024/",
    "amended": "nebyval/programmes/2025-2026/",
    "editions": "nebyval/programmes/2025-2026/editions/",
    "deadlines": "vymysel/deadlines/",
    "data": "vymysel/data/",
    "released": "publication/",
}
"""Paths in the site of tests/years, where documents live on: what the portal has not yet."""

REFRESH: Final = b'http-equiv="refresh"'
"""What a page has that was renamed."""

SCHEMES: Final = (
    "usual",
    "black-on-white",
    "white-on-black",
    "navy-on-sky",
    "brown-on-beige",
    "green-on-brown",
)
WIDTHS: Final = (320, 1280)


def worn(**settings: str) -> str:
    """Return a script that lets a page begin with settings a reader made before."""
    kept = json.dumps(json.dumps(settings))
    return f"if (location.protocol === 'http:') localStorage.setItem('disclosure-look', {kept})"


def every_page(site: Path) -> list[str]:
    """Return the path of each page of a built site that does not lead to another at once."""
    files = sorted(file for file in site.rglob("*.html") if REFRESH not in file.read_bytes())
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in files]


def set_panel(page: Page, *, open: bool) -> None:
    """Open or close the panel of the low-vision version."""
    if (page.get_attribute(".d-vision details", "open") is not None) != open:
        page.click(".d-vision summary")


def wear(page: Page, scheme: str) -> None:
    """Choose a colour scheme in the panel, which is left open."""
    set_panel(page, open=True)
    page.check(f"input[name=scheme][value={scheme}]")


def style(page: Page, selector: str, name: str) -> str:
    """Return a computed style of the first element, also where the page itself runs no scripts."""
    return str(
        page.locator(selector).first.evaluate(
            "(element, name) => getComputedStyle(element).getPropertyValue(name)", name
        )
    )
