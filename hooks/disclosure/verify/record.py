"""What was verified before, so that only what changed since is verified again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final

_CORE: Final = Path(__file__).parents[1]
_PARTS: Final = ("model", "render", "values", "verify", "views")
_PARSERS: Final = ("lxml", "openpyxl", "pikepdf", "markdown-it-py", "mdit-py-plugins", "nh3")


class Record:
    """How many values were found right in what has a certain key; `file` keeps it."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._before = _read(file) if file else {}
        self._now: dict[str, int] = {}
        self._fingerprint = fingerprint() if file else ""

    def key(self, *parts: str | bytes) -> str:
        """Return the key of what a verification depends on."""
        return digest([self._fingerprint, *parts])

    def passed(self, key: str) -> int | None:
        """Return how many values passed, None where they were not verified."""
        if (found := self._before.get(key)) is not None:
            self._now[key] = found
        return found

    def add(self, key: str, values: int) -> None:
        """Remember what passed."""
        self._now[key] = values

    def save(self) -> None:
        """Keep what this verification met; what is no more is forgotten."""
        if self._file and self._now != self._before:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(self._now), encoding="utf-8")
            part.replace(self._file)


def _read(file: Path) -> dict[str, int]:
    """Return what is recorded, nothing where a record is missing or broken."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    known = found.items() if isinstance(found, dict) else ()
    return {key: values for key, values in known if type(values) is int}


def digest(parts: Iterable[str | bytes]) -> str:
    """Return the hash of some texts, each told apart from the next."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def fingerprint() -> str:
    """Hash the code that verifies, and the versions of what it reads with."""
    files = sorted(file for part in _PARTS for file in (_CORE / part).rglob("*.py"))
    return digest([*map(version, _PARSERS), *(file.read_bytes() for file in files)])
