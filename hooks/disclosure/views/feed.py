"""The feed of a supplier: each document when it was published, and each change made to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from disclosure.model import Document, Edition, SupplierFolder
from disclosure.values import say_date
from disclosure.views.document import DocumentView, Kind, SupplierBrief, say_checksum

FEED: Final = "feed.xml"
"""Where the feed of a supplier is published, below its home."""


@dataclass(frozen=True)
class Entry:
    """What happened on a day: its lasting name, its words, the page it is about.

    `published` is None where only the day of a file's last change is known.
    """

    name: str
    title: str
    text: str
    path: str
    updated: date
    published: date | None = None


@dataclass(frozen=True)
class FeedView:
    """A feed, published at `path`, of what `home` shows; the newest entry comes first."""

    supplier: SupplierBrief
    home: str
    path: str
    entries: tuple[Entry, ...]
    updated: date


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
    updated = max((entry.updated for entry in entries), default=today)
    return FeedView(supplier, home, f"{home}{FEED}", entries, updated)


def _entries(
    folder: SupplierFolder, view: DocumentView, editions: Sequence[Edition]
) -> Iterator[Entry]:
    document = _document(folder, view)
    name = f"{view.supplier.slug}/{view.place.kind}/{view.place.period}"
    path, draft = view.place.path, " (черновик)" if view.draft else ""
    day = document.published or view.dated
    if day:
        yield Entry(
            name,
            f"{view.place.title}{draft}",
            view.title if document.published else f"{view.title}\n{_say_dated(day)}",
            path,
            day,
            document.published,
        )
    for number, revision in enumerate(document.revisions, 1):
        named = editions[number].checksum if number < len(editions) else None
        checksum = f"\nКонтрольная сумма: {say_checksum(named)}" if named else ""
        yield Entry(
            f"{name}/revision/{number}",
            f"Изменение: {view.place.title}{draft}",
            f"Что изменено: {revision.what}\nПочему: {revision.why}{checksum}",
            path,
            revision.date,
            revision.date,
        )


def _say_dated(day: date) -> str:
    return f"День публикации не указан. Файл документа изменён {say_date(day)}."


def _document(folder: SupplierFolder, view: DocumentView) -> Document:
    known = folder.programmes if view.place.kind is Kind.PROGRAMME else folder.reports
    return known[view.place.period]
