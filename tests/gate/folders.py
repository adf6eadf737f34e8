"""What is below the root of a server, to compare and to judge."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gate.manifest import MANIFEST, SIGNATURE, parse_manifest

_OURS = {"state/lock", "incoming"}
"""What a refused change may leave: the lock, and incoming as an empty folder."""


def tree(root: Path) -> dict[str, object]:
    """All that is below a folder: contents, modes and times of files, aims of links."""
    found: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        name, stat = str(path.relative_to(root)), path.lstat()
        if name in _OURS:
            continue
        if path.is_symlink():
            found[name] = path.readlink()
        elif path.is_dir():
            found[name] = stat.st_mode
        else:
            found[name] = (stat.st_mode, stat.st_mtime_ns, path.read_bytes())
    return found


def live(root: Path, link: str = "current") -> str | None:
    """The id of the release that a link leads to, which must be whole and nothing more."""
    place = root / link
    if not place.is_symlink():
        assert not place.exists()
        return None
    folder = place.resolve(strict=True)
    assert folder.parent == (root / "releases").resolve()
    return whole(folder)


def whole(folder: Path) -> str:
    """The id of the release in a folder, which must be whole and nothing more."""
    manifest = parse_manifest((folder / MANIFEST).read_bytes())
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert files.keys() == manifest.files.keys() | {MANIFEST, SIGNATURE}
    for path, digest in manifest.files.items():
        assert hashlib.sha256(files[path].read_bytes()).hexdigest() == digest
    assert manifest.id == folder.name
    return folder.name
