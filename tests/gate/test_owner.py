from __future__ import annotations

import os
from pathlib import Path

import pytest

from gate.owner import become_owner


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What root gives up, in its order."""
    noted: list[tuple[str, object]] = []

    def note(call: str) -> None:
        monkeypatch.setattr(os, call, lambda given: noted.append((call, given)))

    for call in ("setgroups", "setgid", "setuid"):
        note(call)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return noted


def test_root_goes_on_as_the_account(tmp_path: Path, noted: list[tuple[str, object]]) -> None:
    releases = tmp_path / "releases"
    releases.mkdir()
    if os.getuid() == 0:
        os.chown(releases, 65534, 65533)
    owner = releases.stat()
    become_owner(tmp_path)
    assert noted == [("setgroups", []), ("setgid", owner.st_gid), ("setuid", owner.st_uid)]


def test_others_stay_who_they_are(
    tmp_path: Path, noted: list[tuple[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "releases").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    become_owner(tmp_path)
    assert noted == []


def test_where_nothing_is_set_up(tmp_path: Path, noted: list[tuple[str, object]]) -> None:
    become_owner(tmp_path)
    assert noted == []
