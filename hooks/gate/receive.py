"""A stream made into a folder: a release that is signed, whole, and nothing but what it says."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO, Final

from gate.archive import MAKE_ANEW, Body
from gate.manifest import MANIFEST, SIGNATURE, Manifest, parse_manifest
from gate.refused import RefusedError
from gate.signature import check_signature

RECEIVE_SECONDS: Final = 600
"""How long a release may take to come."""
LARGEST_MANIFEST: Final = 32 * 1024**2
"""How many bytes a manifest may have."""
LARGEST_SIGNATURE: Final = 16 * 1024
"""How many bytes a signature may have."""

_CHUNK: Final = 256 * 1024

Members = Iterator[tuple[str, Body, int]]
"""What `archive.members` yields."""


@contextmanager
def in_time() -> Iterator[None]:
    """Raise RefusedError inside where it lasts too long; in the main thread only."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise RefusedError(
            f"Выпуск не пришёл за {RECEIVE_SECONDS // 60} мин. Проверьте связь и повторите."
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, RECEIVE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def receive_manifest(archive: Members, folder: Path, signers: Path) -> Manifest:
    """Read the manifest and its signature, the first two members, into `folder`; check both."""
    text = _first(archive, MANIFEST, LARGEST_MANIFEST)
    signature = _first(archive, SIGNATURE, LARGEST_SIGNATURE)
    (folder / MANIFEST).write_bytes(text)
    (folder / SIGNATURE).write_bytes(signature)
    check_signature(text, folder / SIGNATURE, signers)
    return parse_manifest(text)


def _first(archive: Members, wanted: str, largest: int) -> bytes:
    path, body, size = next(archive, ("", None, 0))
    if body is None or path != wanted:
        advice = "Подпишите выпуск: make sign." if wanted == SIGNATURE else MAKE_ANEW
        raise RefusedError(f"{wanted}: его нет на своём месте в начале архива. {advice}")
    if size > largest:
        raise RefusedError(f"{wanted}: {size} байт, а может быть не больше {largest}.")
    return body.read()


def receive_files(archive: Members, folder: Path, manifest: Manifest) -> None:
    """Read the files of a release into `folder`: each once, each as its manifest says, all."""
    missing = set(manifest.files)
    for path, body, _ in archive:
        if path not in manifest.files:
            raise RefusedError(f"{path!r}: файл есть в архиве, но не в {MANIFEST}. {_ADVICE}")
        if path not in missing:
            raise RefusedError(f"{path}: файл идёт в архиве дважды. {_ADVICE}")
        missing.remove(path)
        if _write(body, placed(folder, path)) != manifest.files[path]:
            raise RefusedError(f"{path}: файл не тот, чья сумма в {MANIFEST}. {_ADVICE}")
    if missing:
        raise RefusedError(
            f"{min(missing)}: файл есть в {MANIFEST}, но не в архиве. "
            f"Всего таких файлов: {len(missing)}. {_ADVICE}"
        )


_ADVICE: Final = "Соберите и подпишите выпуск заново: .ci/release, make sign."


def placed(folder: Path, path: str) -> Path:
    """Return where a path of a manifest is below `folder`: named in UTF-8, whatever the locale."""
    return folder / os.fsdecode(path.encode("utf-8"))


def _write(body: Body, place: Path) -> str:
    """Write what a member holds and return its sum."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        return _copy(body, file)


def _copy(body: Body, file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while True:
        chunk = body.read(_CHUNK)
        if not chunk:
            return digest.hexdigest()
        digest.update(chunk)
        file.write(chunk)
