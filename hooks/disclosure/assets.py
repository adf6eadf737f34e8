"""Names that tell what is in them: styles and scripts may be kept by browsers for good."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import Final

_REFERENCE: Final = re.compile(rb"""(?<=["'])\./([\w.-]+)(?=["'])""")
_DIGITS: Final = 8


def fingerprinted(files: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Return the new path and the new content of each file, by its path.

    A name gets the first digits of the SHA-256 of its content before its ending. Files may name
    others beside them as "./name" in quotes: they name them anew. Raises ValueError where files
    name each other in a circle.
    """
    named = {path: set(_named(path, files)) for path in files}
    done: dict[str, tuple[str, bytes]] = {}
    try:
        order = list(TopologicalSorter(named).static_order())
    except CycleError as error:
        raise ValueError(f"files name each other in a circle: {error.args[1]}") from None
    for path in order:
        content = files[path]
        for other in named[path]:
            content = _renamed(content, PurePosixPath(other).name, PurePosixPath(done[other][0]))
        done[path] = _path(path, content), content
    return done


def _named(path: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the paths of the files that a file names."""
    for name in _REFERENCE.findall(files[path]):
        other = str(PurePosixPath(path).with_name(name.decode()))
        if other in files:
            yield other


def _renamed(content: bytes, name: str, path: PurePosixPath) -> bytes:
    quoted = re.compile(rb"""(?<=["'])\./%s(?=["'])""" % re.escape(name.encode()))
    return quoted.sub(f"./{path.name}".encode(), content)


def _path(path: str, content: bytes) -> str:
    digits = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return str(PurePosixPath(path).with_suffix(f".{digits}{PurePosixPath(path).suffix}"))
