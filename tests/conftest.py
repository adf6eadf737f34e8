"""What every test relies on."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples each run; `--hypothesis-profile=deep` looks for new ones.
settings.register_profile("same", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=5000)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out what the shell may have set."""
    monkeypatch.delenv("DISCLOSURE_DATA", raising=False)
    monkeypatch.delenv("SUPPLIER", raising=False)
