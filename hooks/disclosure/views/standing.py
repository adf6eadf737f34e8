"""How a document stands among the others of its kind: in force, the latest, or superseded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from disclosure.views.document import DocumentView, Kind


def with_standing(documents: Iterable[DocumentView], today: date) -> Iterator[DocumentView]:
    """Yield the documents of a supplier, the superseded ones leading to the current.

    It is for pages alone: downloads never change when a later document appears.
    """
    told = list(documents)
    current = {kind: _current(told, kind, today) for kind in Kind}
    for view in told:
        now = current[view.place.kind]
        if now and view.place.period < now.place.period:
            yield replace(view, newer=now.place)
        elif now and now.place == view.place:
            yield replace(view, standing=_words(view, today))
        else:
            yield view


def _current(documents: list[DocumentView], kind: Kind, today: date) -> DocumentView | None:
    """Return the latest document whose period has begun; a draft supersedes nothing."""
    begun = [
        view
        for view in documents
        if view.place.kind is kind
        and view.draft is None
        and int(view.place.period[:4]) <= today.year
    ]
    return max(begun, key=lambda view: view.place.period, default=None)


def _words(view: DocumentView, today: date) -> str:
    if view.place.kind is Kind.REPORT:
        return "последний"
    return "действует" if int(view.place.period[-4:]) >= today.year else "последняя"
