"""The register of a site: which documents it publishes, in which editions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from disclosure.model import Edition, Revision
from disclosure.views.document import DocumentView, Place

REGISTER: Final = "editions.json"
"""Where a site has its register."""


def register(views: Iterable[DocumentView], editions: Mapping[str, tuple[Edition, ...]]) -> bytes:
    """Return, as JSON, which documents a site publishes, in which editions."""
    documents = [_entry(view, editions[file_of(view)]) for view in views]
    return (json.dumps({"documents": documents}, ensure_ascii=False, indent=2) + "\n").encode()


def file_of(view: DocumentView) -> str:
    """Return the file of a document below the data folder."""
    return file_at(view.supplier.slug, view.place)


def file_at(slug: str, place: Place) -> str:
    """Return the file of the document that a supplier publishes at a place."""
    return f"suppliers/{slug}/{place.kind.folder}/{place.period}.yml"


def _entry(view: DocumentView, editions: tuple[Edition, ...]) -> dict[str, object]:
    return {
        "path": view.place.path,
        "supplier": view.supplier.slug,
        "kind": view.place.kind,
        "period": view.place.period,
        "demo": view.supplier.demo,
        "draft": view.draft is not None,
        "sha256": view.checksum,
        "revisions": len(editions) - 1,
        "editions": [
            {
                "date": edition.day and edition.day.isoformat(),
                **(_told(edition.revision) if edition.revision else {}),
                "sha256": edition.checksum,
            }
            for edition in editions
        ],
    }


def _told(revision: Revision) -> dict[str, str]:
    return {"what": revision.what, "why": revision.why}
