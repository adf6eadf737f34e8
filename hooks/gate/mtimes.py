"""The times of files, by which browsers learn from a web server that one has changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from gate.manifest import MANIFEST, SIGNATURE, Manifest, ManifestError, parse_manifest
from gate.receive import placed
from gate.store import current, releases


def newest_mtime(root: Path) -> int:
    """Return the newest mtime given to the releases on the disk: a manifest has that of its own."""
    manifests = (root / "releases" / name / MANIFEST for name in releases(root))
    return max((int(file.stat().st_mtime) for file in manifests if file.is_file()), default=0)


def set_mtimes(root: Path, upload: Path, manifest: Manifest, moment: int) -> None:
    """Set the mtimes that web servers tell: new for what is new, as before for what stays.

    A server's ETag is made of mtime and size: two contents of one path must never share a mtime.
    """
    live = current(root)
    folder = root / "releases" / live if live else None
    before = _files(folder) if folder else {}
    for path, digest in manifest.files.items():
        when = moment
        if folder and before.get(path) == digest:
            when = _kept_mtime(placed(folder, path), digest, moment)
        os.utime(placed(upload, path), (when, when))
    for path in (MANIFEST, SIGNATURE):
        os.utime(upload / path, (moment, moment))


def _files(folder: Path) -> dict[str, str]:
    try:
        return dict(parse_manifest((folder / MANIFEST).read_bytes()).files)
    except (OSError, ManifestError):
        return {}


def _kept_mtime(file: Path, digest: str, moment: int) -> int:
    """Return the mtime of a live file, or `moment` where somebody has altered it."""
    try:
        content, mtime = file.read_bytes(), int(file.stat().st_mtime)
    except OSError:
        return moment
    return mtime if hashlib.sha256(content).hexdigest() == digest and mtime < moment else moment
