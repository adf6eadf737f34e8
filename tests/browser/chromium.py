"""Starts the Chromium of the system, which talks to this machine only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser named by $CHROMIUM while the block runs.

    Without a name it is Chromium's headless shell, which draws no window around each page.
    """
    named = os.environ.get("CHROMIUM") or "chromium-headless-shell"
    executable = shutil.which(named)
    if not executable:
        raise FileNotFoundError(f"{named}: no such browser; `make test` sets one up")
    sandbox = os.geteuid() != 0  # Chromium's sandbox refuses to be set up by root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            chromium_sandbox=sandbox,
            args=ARGUMENTS,
        )
        yield browser
        browser.close()
