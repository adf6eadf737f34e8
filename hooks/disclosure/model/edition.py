"""A document as it once was: its editions, and the checksum that names each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from disclosure.model.document import Document, Revision
from disclosure.model.entity import Entity, Loc
from disclosure.values import Amount, Deadline, WorkingHours

_ABOUT_IT: Final = {"published", "revisions"}
"""What a file says of its document's life: no part of what the document says."""


@dataclass(frozen=True)
class Edition:
    """A document as first published, or after a revision; `document` is None where it is lost."""

    document: Document | None
    revision: Revision | None = None
    published: date | None = None

    @property
    def day(self) -> date | None:
        """The day since which it is the current edition, if the document says so."""
        return self.revision.date if self.revision else self.published

    @cached_property
    def checksum(self) -> str | None:
        """The checksum of the edition's content."""
        return checksum(self.document) if self.document else None


def checksum(document: Document) -> str:
    """Return the SHA-256, in hex, of what a document says, however its file is written."""
    said = json.dumps(content(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def content(document: Document) -> dict[str, Any]:
    """Return what a document says as plain values: typed ones by their wording, no defaults.

    So a field that the model gains later changes nothing of a document that does not fill it.
    """
    return {key: value for key, value in _fields(document) if key not in _ABOUT_IT}


def _fields(entity: Entity) -> Iterator[tuple[str, Any]]:
    for name, field in type(entity).model_fields.items():
        value = getattr(entity, name)
        if value != field.get_default(call_default_factory=True):
            yield name, _plain(value)


def _plain(value: Any) -> Any:
    match value:
        case Entity():
            return dict(_fields(value))
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple():
            return [_plain(item) for item in value]
        case Deadline() | Amount() | WorkingHours():
            return value.wording
        case bool():
            return value
        case _:
            return str(value)


def differences(old: Any, new: Any, loc: Loc = ()) -> Iterator[Loc]:
    """Yield the places, in the new one of two contents, of what is not as in the old one."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*new, *old]):
            if key in old and key in new:
                yield from differences(old[key], new[key], (*loc, key))
            else:
                yield (*loc, key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from differences(*pair, (*loc, index))
    elif isinstance(old, list) and isinstance(new, list):
        same = next(
            (i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
            len(new),
        )
        yield (*loc, min(same, len(new) - 1)) if new else loc
    elif old != new:
        yield loc
