"""The archive of a release: one file that every target is given, read and signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gate.archive import MAKE_ANEW, ArchiveError, Body, members, pack
from gate.manifest import MANIFEST, SIGNATURE, Manifest, ManifestError, parse_manifest
from gate.receive import LARGEST_MANIFEST, LARGEST_SIGNATURE


class ReleaseError(Exception):
    """A site that cannot be released, or a file that is no release; says why, in Russian."""


@dataclass(frozen=True)
class Release:
    """A release in its archive, every file of which is as the manifest says."""

    file: Path
    manifest: Manifest
    signature: bytes | None

    def files(self) -> Iterator[tuple[str, Body]]:
        """Yield each file of the site by its path; a body is read before the next is asked for."""
        with self.file.open("rb") as stream:
            for path, body, _ in members(stream):
                if path not in {MANIFEST, SIGNATURE}:
                    yield path, body


def read_release(file: Path) -> Release:
    """Read an archive through; raise ReleaseError where it is not what its manifest says."""
    try:
        with file.open("rb") as stream:
            return _read(file, members(stream))
    except (ArchiveError, ManifestError) as error:
        raise ReleaseError(f"{file}: {error}") from None


def _read(file: Path, listed: Iterator[tuple[str, Body, int]]) -> Release:
    first, body, size = next(listed, ("", None, 0))
    if first != MANIFEST or body is None or size > LARGEST_MANIFEST:
        raise ArchiveError(f"Первым в архиве должен быть {MANIFEST}. {MAKE_ANEW}")
    manifest = parse_manifest(body.read())
    signature: bytes | None = None
    left = dict(manifest.files)
    for path, body, size in listed:
        if path == SIGNATURE and size <= LARGEST_SIGNATURE and left.keys() == manifest.files.keys():
            signature = body.read()
        elif left.pop(path, None) != _sum(body):
            raise ArchiveError(f"Файл {path!r} не тот, что назван в {MANIFEST}. {MAKE_ANEW}")
    if left:
        raise ArchiveError(f"Нет файла {min(left)}, который назван в {MANIFEST}. {MAKE_ANEW}")
    return Release(file, manifest, signature)


def _sum(body: Body) -> str:
    return hashlib.file_digest(body, "sha256").hexdigest()


def put_signature(release: Release, signature: bytes) -> Release:
    """Write the archive anew with a signature, and into the folder it was made of if that is there.

    The archive is replaced only when the new one is whole.
    """
    files = release.files()

    def read(_: str) -> bytes:
        return next(files)[1].read()  # in the order of their paths, as they are packed

    new = release.file.with_name(f"{release.file.name}.next")
    try:
        with new.open("wb") as stream:
            pack(stream, release.manifest, signature, read)
        new.replace(release.file)
    finally:
        new.unlink(missing_ok=True)
    _put_beside(release, signature)
    return read_release(release.file)


def _put_beside(release: Release, signature: bytes) -> None:
    folder = release.file.with_suffix("")
    manifest = folder / MANIFEST
    if manifest.is_file() and manifest.read_bytes() == release.manifest.text().encode():
        (folder / SIGNATURE).write_bytes(signature)
        (folder / SIGNATURE).chmod(0o644)
