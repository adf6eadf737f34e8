"""Visits to built sites, which remember what browsers complained of meanwhile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

from gate.headers import HEADERS
from tests.browser import axe
from tests.browser.server import Request, SiteServer, serving
from tests.building import Checkout

BLOCKED_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
  });
}
"""


class Visit:
    """Opens pages, each in a fresh browser profile and from a server of its own."""

    def __init__(self, browser: Browser, sites: pytest.FixtureRequest) -> None:
        self._browser = browser
        self._sites = sites
        self._open = ExitStack()
        self._servers: dict[BrowserContext, SiteServer] = {}
        self.complaints: list[str] = []
        """What consoles and networks complained of so far."""

    def __call__(  # noqa: PLR0913  # each is named by who passes it
        self,
        path: str = "",
        *,
        site: Literal["portal", "example", "years"] | Path = "portal",
        width: int = 1280,
        height: int = 900,
        js: bool = True,
        storage: bool = True,
        init: str | None = None,
        headers: Mapping[str, str] = HEADERS,
        **options: Any,
    ) -> Page:
        """Open the page at a path of a site; `options` are those of Playwright's contexts."""
        if not isinstance(site, Path):
            checkout: Checkout = self._sites.getfixturevalue(site)
            site = checkout.site
        server = self._open.enter_context(serving(site, headers))
        context = self._browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": height},
            java_script_enabled=js,
            **options,
        )
        self._open.callback(context.close)
        self._servers[context] = server
        self._listen(context, server)
        for script in (init, None if storage else BLOCKED_STORAGE):
            if script:
                context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    def requests(self, page: Page) -> list[Request]:
        """Return what the server of a page was asked for so far, in that order."""
        return list(self._servers[page.context].requests)

    def expect(self, complaint: str) -> None:
        """Take back the complaints that hold a pattern; there must be one, soon."""
        (page, *_) = next(reversed(self._servers)).pages
        for _ in range(100):
            left = [said for said in self.complaints if not re.search(complaint, said)]
            if left != self.complaints:
                self.complaints[:] = left
                return
            page.wait_for_timeout(50)
        pytest.fail(f"Nobody complained of «{complaint}»")

    def end(self) -> None:
        """Close all pages; fail if anything complained."""
        self._open.close()
        if self.complaints:
            pytest.fail("\n".join(self.complaints))

    def _listen(self, context: BrowserContext, server: SiteServer) -> None:
        def hear(message: ConsoleMessage) -> None:
            # Chromium calls a page that answers 404 an error, also where it was asked for.
            address = message.location["url"]
            ours = address != axe.NAME and not _is_page_not_found(message, address)
            if ours and message.type in {"error", "warning"}:
                self.complaints.append(f"{message.type}: {message.text} ({address})")

        def see(address: str) -> None:
            if not address.startswith((server.address, "data:", "blob:")):
                self.complaints.append(f"request to another host: {address}")

        def fail(error: WebError) -> None:
            self.complaints.append(f"uncaught: {error.error}")

        context.on("console", hear)
        context.on("request", lambda request: see(request.url))
        context.on("weberror", fail)


def _is_page_not_found(message: ConsoleMessage, address: str) -> bool:
    page = message.page
    asked_for = page is not None and page.url == address
    return asked_for and "the server responded with a status of 404" in message.text
