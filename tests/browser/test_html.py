"""Every page is valid HTML."""

from __future__ import annotations

from pathlib import Path

from tests.browser.nu import nu
from tests.building import Checkout


def test_nu_finds_a_planted_fault(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=ru><title>Страница</title><p><b></p></html>")
    (error,) = [found for found in nu([page]) if "</b>" in found or "“b”" in found][:1]
    assert f"{page.name}:1:" in error


def test_each_page_is_valid(portal: Checkout, example: Checkout, years: Checkout) -> None:
    sites = (portal.site, example.site, years.site)
    pages = [page for site in sites for page in sorted(site.rglob("*.html"))]
    assert len(pages) > 30
    assert nu(pages) == []
