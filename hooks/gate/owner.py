"""Whose the releases of a server are."""

from __future__ import annotations

import os
from pathlib import Path


def become_owner(root: Path) -> None:
    """Go on as the account that publishes where root calls: it could not change what root made."""
    releases = root / "releases"
    if os.geteuid() != 0 or not releases.is_dir():
        return
    owner = releases.stat()
    if owner.st_uid != 0:
        os.setgroups([])
        os.setgid(owner.st_gid)
        os.setuid(owner.st_uid)
