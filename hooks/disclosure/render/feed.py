"""Views → Atom (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from disclosure.render.templates import relative
from disclosure.views.feed import Entry, FeedView

_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_ATOM: Final = "http://www.w3.org/2005/Atom"


def render_feed(view: FeedView, site: str | None) -> bytes:
    """Return a feed; its links are relative where the address of the site is not known.

    Names follow from the data alone, so that a site that moves to another host tells nothing anew.
    """
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "ru"})
    name = view.supplier.name
    _text(feed, "id", _urn(view.supplier.slug))
    _text(feed, "title", f"{name}: документы о качестве обслуживания")
    _text(feed, "updated", _moment(view.updated))
    _text(SubElement(feed, "author"), "name", name)
    SubElement(feed, "link", {"rel": "alternate", "href": _link(view.home, view, site)})
    if site:
        SubElement(feed, "link", {"rel": "self", "href": f"{site}{view.path}"})
    for entry in view.entries:
        _entry(SubElement(feed, "entry"), entry, view, site)
    indent(feed)
    return f"{_HEAD}{tostring(feed, encoding='unicode')}\n".encode()


def _entry(parent: Element, entry: Entry, view: FeedView, site: str | None) -> None:
    _text(parent, "id", _urn(entry.name))
    _text(parent, "title", entry.title)
    if entry.published:
        _text(parent, "published", _moment(entry.published))
    _text(parent, "updated", _moment(entry.updated))
    SubElement(parent, "link", {"rel": "alternate", "href": _link(entry.path, view, site)})
    _text(parent, "summary", entry.text)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _link(path: str, view: FeedView, site: str | None) -> str:
    return f"{site}{path}" if site else relative(path, view.home)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'disclosure:{name}')}"


def _moment(time: datetime) -> str:
    """Say a moment as RFC 3339 does."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")
