"""What the environment decides: which data, which supplier, where rendered files are kept."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from disclosure.finding import DataError, Finding
from disclosure.history import commit_time
from disclosure.values import moscow_day

_ADDRESS: Final = re.compile(r"https?://\w[\w.-]*(:\d+)?(/[\w.~!$&'()*+,;=:@%/-]*)?", re.IGNORECASE)
"""A web address without a user, a query and a fragment, none of which a site has."""


def data_folder() -> Path:
    """Return the data folder that DISCLOSURE_DATA names, or data."""
    return Path(os.environ.get("DISCLOSURE_DATA") or "data")


def only_supplier() -> str | None:
    """Return the slug of the one supplier that SUPPLIER picks, None for all."""
    return os.environ.get("SUPPLIER") or None


def site_address() -> str | None:
    """Return the public address of the site, ended with one slash: SITE_URL, None if unset.

    Raises DataError where that is not an address of the web.
    """
    said = os.environ.get("SITE_URL")
    return web_address(said, "SITE_URL") if said else None


def web_address(said: str, place: str) -> str:
    """Return an address of a site, ended with one slash; `place` is where it was said.

    Raises DataError where it is not an address of the web.
    """
    if not _ADDRESS.fullmatch(said):
        message = f"«{said}» — не адрес сайта. Запишите его целиком: https://example.org/."
        raise DataError([Finding(place, 0, 0, message)])
    return f"{said.rstrip('/')}/"


def cache_folder() -> Path:
    """Return the folder of rendered downloads, which git ignores."""
    return Path(".cache") / "downloads"


def record_file() -> Path:
    """Return the record of what was verified, which git ignores."""
    return Path(".cache") / "verified.json"


def date_by_commit(root: Path) -> None:
    """Let what is built in a folder be of the time of its commit, where nothing else dates it."""
    if "SOURCE_DATE_EPOCH" not in os.environ and (commit := commit_time(root)):
        os.environ["SOURCE_DATE_EPOCH"] = commit


def build_time() -> datetime:
    """Return the moment of SOURCE_DATE_EPOCH (reproducible-builds.org), or now, to a second."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.replace(microsecond=0)


def build_date() -> date:
    """Return the day of the build, by Moscow."""
    return moscow_day(build_time())
