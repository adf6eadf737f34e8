"""The feed of a supplier: each document when it was published, and each change made to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from disclosure.model import Document, Edition, SupplierFolder
from disclosure.values import say_moment
from disclosure.views.document import DocumentView, Kind, SupplierBrief, say_checksum

FEED: Final = "feed.xml"
"""Where the feed of a supplier is published, below its home."""


@dataclass(frozen=True)
class Entry:
    """What happened at a time: its lasting name, its words, the page it is about.

    A day whose hour is not known is its midnight in UTC. `published` is None where only the last
    change of a file is known.
    """

    name: str
    title: str
    text: str
    path: str
    updated: datetime
    published: datetime | None = None


@dataclass(frozen=True)
class FeedView:
    """A feed, published at `path`, of what `home` shows; the newest entry comes first."""

    supplier: SupplierBrief
    home: str
    path: str
    entries: tuple[Entry, ...]
    updated: datetime


def feed_view(
    supplier: SupplierBrief,
    home: str,
    folder: SupplierFolder,
    documents: tuple[DocumentView, ...],
    editions: Mapping[str, Sequence[Edition]],
    today: date,
) -> FeedView:
    """Return the publications and the changes of which a day is known.

    `editions` are those of all documents, by file. A feed without entries is of the day of the
    build, `today`.
    """
    found = [
        entry
        for view in documents
        for entry in _entries(
            folder, view, editions[folder.file(view.place.kind.folder, view.place.period)]
        )
    ]
    entries = tuple(sorted(found, key=lambda entry: (entry.updated, entry.name), reverse=True))
    updated = max((entry.updated for entry in entries), default=_midnight(today))
    return FeedView(supplier, home, f"{home}{FEED}", entries, updated)


def _entries(
    folder: SupplierFolder, view: DocumentView, editions: Sequence[Edition]
) -> Iterator[Entry]:
    document = _document(folder, view)
    name = f"{view.supplier.slug}/{view.place.kind}/{view.place.period}"
    path, draft = view.place.path, " (черновик)" if view.draft else ""
    first = _checksum(editions, 0)
    if published := document.published:
        updated = _moment(published, None if document.revisions else view.changed)
        title = f"{view.place.title}{draft}"
        yield Entry(name, title, f"{view.title}{first}", path, updated, _midnight(published))
    elif view.changed:
        text = f"{view.title}\n{_say_changed(view.changed)}{first}"
        yield Entry(name, f"{view.place.title}{draft}", text, path, view.changed)
    for number, revision in enumerate(document.revisions, 1):
        last = number == len(document.revisions)
        yield Entry(
            f"{name}/revision/{number}",
            f"Изменение: {view.place.title}{draft}",
            f"Что изменено: {revision.what}\nПочему: {revision.why}{_checksum(editions, number)}",
            path,
            _moment(revision.date, view.changed if last else None),
            _midnight(revision.date),
        )


def _checksum(editions: Sequence[Edition], number: int) -> str:
    """Say the checksum of an edition on a line of its own, nothing where its text is lost."""
    checksum = editions[number].checksum if number < len(editions) else None
    return f"\nКонтрольная сумма: {say_checksum(checksum)}" if checksum else ""


def _moment(day: date, changed: datetime | None) -> datetime:
    """Return when on a day it was: the hour is known of a file that was last changed that day."""
    return changed if changed and changed.astimezone(UTC).date() == day else _midnight(day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _say_changed(moment: datetime) -> str:
    return f"День публикации не указан. Файл документа изменён {say_moment(moment)}."


def _document(folder: SupplierFolder, view: DocumentView) -> Document:
    known = folder.programmes if view.place.kind is Kind.PROGRAMME else folder.reports
    return known[view.place.period]
