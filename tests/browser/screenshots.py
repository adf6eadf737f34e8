"""Photographs each type of page in each scheme, for a person to look at; run by `make screenshots`.

.cache/screenshots/<page>-<scheme>-<width>.png; «dark» and «panel» stand for a scheme too: the usual
colours of a reader who likes it dark, and the usual page with the low-vision panel open.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium
from tests.browser.pages import PAGES, SCHEMES, WIDTHS, YEARS, set_panel, wear
from tests.browser.server import serving
from tests.building import REPOSITORY, YEARS_BUILT, years_checkout

SITE = REPOSITORY / "site"
TARGET = REPOSITORY / ".cache" / "screenshots"


def main() -> None:
    """Photograph the site in site/, and that of tests/years, which is built for it."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with TemporaryDirectory() as folder, chromium() as browser:
        years = years_checkout(Path(folder) / "years").built(**YEARS_BUILT)
        photograph_all(browser, SITE, PAGES)
        photograph_all(browser, years.site, YEARS)
    print(f"{len(list(TARGET.iterdir()))} screenshots in {TARGET}")


def photograph_all(browser: Browser, site: Path, pages: Mapping[str, str]) -> None:
    """Photograph pages of a site, narrow and wide."""
    with serving(site) as server:
        for width in WIDTHS:
            for name, path in pages.items():
                photograph(browser, f"{server.address}{path}", name, width)


def photograph(browser: Browser, address: str, name: str, width: int) -> None:
    """Photograph a page in every look."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    for look in looks(page):
        page.screenshot(path=TARGET / f"{name}-{look}-{width}.png", full_page=True)
    context.close()


def looks(page: Page) -> Iterator[str]:
    """Yield each look while the page wears it."""
    for scheme in SCHEMES:
        wear(page, scheme)
        set_panel(page, open=False)
        page.mouse.move(0, 0)
        yield scheme
    wear(page, "usual")
    yield "panel"
    set_panel(page, open=False)
    page.emulate_media(color_scheme="dark")
    yield "dark"


if __name__ == "__main__":
    main()
