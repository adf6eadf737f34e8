"""What renderers need before they are asked: the declared fonts, and where golden files lie."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session", autouse=True)
def _fonts(declared_fonts: None) -> None:
    """Declare them before the first PDF."""


@pytest.fixture
def assert_golden() -> Callable[[str, bytes], None]:
    """Compare with a file of tests/render/golden; UPDATE_GOLDEN=1 writes it instead."""

    def compare(name: str, content: bytes) -> None:
        if "UPDATE_GOLDEN" in os.environ:
            (GOLDEN / name).write_bytes(content)
        assert content.decode() == (GOLDEN / name).read_bytes().decode()

    return compare
