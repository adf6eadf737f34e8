"""What a site tells of the life of its documents: calendars, feeds, former addresses, editions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from disclosure.verify.files import fields, text_of
from disclosure.verify.markup import node_of, parsed, resolved
from disclosure.verify.node import PARAGRAPH, Grid, Line, Piece, heading, linked, pieces
from disclosure.views.calendar import CalendarView
from disclosure.views.document import DocumentView
from disclosure.views.feed import FeedView
from disclosure.views.redirects import RedirectView

_EVENTS: Final = ("имя", "день", "кратко", "подробно", "страница", "отменено", "изменено")
_ENTRIES: Final = ("название", "изменено", "опубликовано", "страница", "текст", "имя")
_UPDATED: Final = "дата обновления"
_ONWARD: Final = "переход"
_ATOM: Final = "{http://www.w3.org/2005/Atom}"


def told_calendar(view: CalendarView, site: str | None) -> list[Piece]:
    """Tell a calendar: each event with its page, where the address of the site is known."""
    rows = [
        (
            *(event.uid, text_of(event.day), event.summary, event.text),
            *(f"{site}{event.path}" if site else "", "да" if event.cancelled else ""),
            text_of(event.stamp),
        )
        for event in view.events
    ]
    return [Grid(f"{view.supplier.name}: сроки", _EVENTS, tuple(rows))]


def read_calendar(content: bytes) -> list[Piece]:
    """Read an iCalendar file."""
    from icalendar import Calendar  # noqa: PLC0415  # nothing changed need not load it

    calendar = Calendar.from_ical(content)
    rows = [
        (
            *(str(event["uid"]), text_of(event.decoded("dtstart")), str(event["summary"])),
            *(str(event["description"]), str(event.get("url", ""))),
            "да" if event.get("status") == "CANCELLED" else "",
            text_of(event.decoded("dtstamp")),
        )
        for event in calendar.walk("VEVENT")
    ]
    return [Grid(str(calendar.get("x-wr-calname", "")), _EVENTS, tuple(rows))]


def told_feed(view: FeedView, site: str | None) -> list[Piece]:
    """Tell a feed: what happened, when, and the page about it."""
    rows = [
        (
            *(entry.title, _moment(entry.updated), _moment(entry.published)),
            *(f"{site or ''}{entry.path}", entry.text, _urn(entry.name)),
        )
        for entry in view.entries
    ]
    return [
        Line(_UPDATED, _moment(view.updated)),
        Line("имя", _urn(view.supplier.slug)),
        Line("страница", f"{site or ''}{view.home}"),
        Line("адрес", f"{site}{view.path}" if site else ""),
        Grid(f"{view.supplier.name}: документы о качестве обслуживания", _ENTRIES, (*rows,)),
    ]


def read_feed(home: str, content: bytes) -> list[Piece]:
    """Read an Atom feed of what `home` shows."""
    feed = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    rows = [
        (
            *(_of(entry, "title"), _of(entry, "updated"), _of(entry, "published")),
            *(resolved(_link(entry, "alternate"), home), _of(entry, "summary"), _of(entry, "id")),
        )
        for entry in feed.iter(f"{_ATOM}entry")
    ]
    return [
        Line(_UPDATED, _of(feed, "updated")),
        Line("имя", _of(feed, "id")),
        Line("страница", resolved(_link(feed, "alternate"), home)),
        Line("адрес", _link(feed, "self")),
        Grid(_of(feed, "title"), _ENTRIES, (*rows,)),
    ]


def _of(parent: Any, name: str) -> str:
    return str(parent.findtext(f"{_ATOM}{name}") or "")


def _link(parent: Any, rel: str) -> str:
    links = parent.iterfind(f"{_ATOM}link")
    return next((str(link.get("href")) for link in links if link.get("rel") == rel), "")


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'disclosure:{name}')}"


def _moment(time: datetime | None) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z") if time else ""


def told_redirect(view: RedirectView, site: str | None) -> list[Piece]:
    """Tell a page that only leads on; programs follow where the address of the site is known."""
    there = linked(f"{view.title} — {view.supplier}", view.target)
    onward = [Line(_ONWARD, view.target)]
    if site:
        onward.append(Line(_ONWARD, f"{site}{view.target}"))
    return [
        Line(heading(1), "Страница переехала"),
        Line(PARAGRAPH, f"Новый адрес: {there}."),
        *onward,
    ]


def read_redirect(here: str, content: bytes) -> list[Piece]:
    """Read the page at `here` that only leads on."""
    page = parsed(content)
    shown = [piece for body in page.iter("main") for piece in pieces(node_of(body, here))]
    onward = [e.get("content", "") for e in page.iter("meta") if e.get("http-equiv") == "refresh"]
    targets = [found.partition("url=")[2] for found in onward]
    targets += [e.get("href") for e in page.iter("link") if e.get("rel") == "canonical"]
    return [*shown, *(Line(_ONWARD, resolved(target, here)) for target in targets)]


def told_editions(
    views: Iterable[DocumentView], editions: Mapping[str, Iterable[Any]]
) -> list[Piece]:
    """Tell which documents a site publishes, in which editions; `editions` are by data file."""
    told: list[Piece] = []
    for view in views:
        place, slug = view.place, view.supplier.slug
        found = [*editions[f"suppliers/{slug}/{place.kind.folder}/{place.period}.yml"]]
        document = {
            "path": place.path,
            "supplier": slug,
            "kind": str(place.kind),
            "period": place.period,
            "demo": view.supplier.demo,
            "draft": view.draft is not None,
            "sha256": view.checksum,
            "revisions": len(found) - 1,
            "editions": [_edition(each) for each in found],
        }
        told += fields(document, place.path)
    return told


def _edition(found: Any) -> dict[str, object]:
    words = {"what": found.revision.what, "why": found.revision.why} if found.revision else {}
    return {"date": found.day, "sha256": found.checksum, **words}


def read_editions(content: bytes) -> list[Piece]:
    """Read which documents a site publishes."""
    documents = json.loads(content)["documents"]
    return [piece for document in documents for piece in fields(document, document["path"])]
