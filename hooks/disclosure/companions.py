"""Compressed companions of texts: what servers send of them to readers who can unpack it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import brotli

from disclosure.archive import ReleaseError

_TEXTS: Final = frozenset(
    {".css", ".csv", ".html", ".ics", ".js", ".json", ".jsonld", ".map", ".md", ".mjs", ".rdf"}
    | {".svg", ".ttl", ".txt", ".wasm", ".webmanifest", ".xml", ".yaml", ".yml"}
)
_COMPRESSORS: Final[dict[str, Callable[[bytes], bytes]]] = {
    ".gz": lambda content: gzip.compress(content, 9, mtime=0),
    ".br": lambda content: brotli.compress(content, quality=11),
}
_DECOMPRESSORS: Final[dict[str, Callable[[bytes], bytes]]] = {
    ".gz": gzip.decompress,
    ".br": brotli.decompress,
}
_SMALLEST: Final = 256
"""Bytes, below which a head of an answer outweighs what compressing saves."""
_USEFUL: Final = 0.9
"""How much of a file its companion may be: a larger one is not worth its place."""


def companions(site: Path, path: str, content: bytes, paths: frozenset[str]) -> dict[str, bytes]:
    """Return by their paths the companions of a file that make it, if a text, usefully smaller.

    Those among the `paths` of the site are its own: raises ReleaseError where one of them holds
    something else.
    """
    made: dict[str, bytes] = {}
    worthwhile = Path(path).suffix in _TEXTS and len(content) >= _SMALLEST
    for ending, compress in _COMPRESSORS.items():
        name = f"{path}{ending}"
        if name in paths:  # servers send it in place of any file, not only of a text
            _check_companion(site / name, ending, content)
        elif worthwhile:
            compressed = compress(content)
            if len(compressed) <= len(content) * _USEFUL:
                made[name] = compressed
    return made


def _check_companion(file: Path, ending: str, content: bytes) -> None:
    """Raise ReleaseError where a file sent in place of another holds something else."""
    try:
        same = _DECOMPRESSORS[ending](file.read_bytes()) == content
    except (OSError, EOFError, zlib.error, brotli.error):
        same = False
    if not same:
        raise ReleaseError(
            f"{file}: сервер отдаёт его как сжатый {file.with_suffix('').name}, а в нём другое."
            " Уберите его или переименуйте."
        )
