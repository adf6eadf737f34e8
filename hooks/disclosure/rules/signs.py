"""Rules of the signs a text is written with: each must be drawn in every format."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator
from typing import Any

from disclosure.finding import Finding
from disclosure.source import Loc, Source


def check_signs(source: Source, drawn: Container[int]) -> Iterator[Finding]:
    """Yield each value that has a sign no type face can draw; `drawn` are the code points."""
    for loc, value in _texts(source.data, ()):
        for sign in sorted(set(value)):
            if ord(sign) not in drawn and unicodedata.category(sign) not in {"Cc", "Cf", "Zs"}:
                message = f"знака «{sign}» (U+{ord(sign):04X}) нет в шрифтах PDF. Замените его."
                yield source.finding(loc, message)


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*loc, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*loc, index))
    else:
        yield loc, str(value)
