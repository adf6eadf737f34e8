"""What the environment decides: which data, which supplier, where rendered files are kept."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path


def data_folder() -> Path:
    """Return the data folder that DISCLOSURE_DATA names, or data."""
    return Path(os.environ.get("DISCLOSURE_DATA") or "data")


def only_supplier() -> str | None:
    """Return the slug of the one supplier that SUPPLIER picks, None for all."""
    return os.environ.get("SUPPLIER") or None


def cache_folder() -> Path:
    """Return the folder of rendered downloads, which git ignores."""
    return Path(".cache") / "downloads"


def build_date() -> date:
    """Return the day of SOURCE_DATE_EPOCH (reproducible-builds.org), or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
