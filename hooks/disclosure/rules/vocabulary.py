"""Rules of the vocabulary that all suppliers share."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Loc, Vocabulary
from disclosure.rules.problem import Problem


def check_vocabulary(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield each service type and each channel whose id is taken already."""
    types: set[str] = set()
    channels: set[str] = set()
    for t, kind in enumerate(vocabulary.service_types):
        loc: Loc = ("service_types", t)
        yield from _taken(loc, kind.id, types)
        for c, channel in enumerate(kind.channels):
            yield from _taken((*loc, "channels", c), channel.id, channels)


def _taken(loc: Loc, name: str, seen: set[str]) -> Iterator[Problem]:
    if name in seen:
        yield Problem(loc, f"id «{name}» уже занят выше. Возьмите другой.", place=("id",))
    seen.add(name)
