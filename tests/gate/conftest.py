"""A key that releases are signed with, and a server that trusts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.releases import Key, make_key, make_root


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return make_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return make_key(tmp_path_factory.mktemp("keys"), "stranger")


@pytest.fixture(autouse=True)
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait for the disk of whoever runs them."""
    monkeypatch.setattr("os.sync", lambda: None)


@pytest.fixture
def root(tmp_path: Path, key: Key) -> Path:
    return make_root(tmp_path / "site", key)
