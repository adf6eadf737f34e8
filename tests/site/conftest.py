"""The portal as parsed pages, and a copy of the example to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.building import Checkout


@pytest.fixture(scope="session")
def pages(portal: Checkout) -> dict[str, BeautifulSoup]:
    """Every page of the portal by its path."""
    return {
        path: BeautifulSoup(content, "lxml")
        for path, content in portal.files().items()
        if path.endswith(".html")
    }


@pytest.fixture
def workplace(example: Checkout, tmp_path: Path) -> Checkout:
    """A copy of the example for a test to spoil; its downloads are rendered already."""
    return example.copy(tmp_path / "checkout")
