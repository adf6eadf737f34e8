"""Whether every link, anchor and file that a page names is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from disclosure.verify.markup import parsed, resolved
from gate.manifest import MANIFEST, SIGNATURE

_NAMING: Final = {"a": "href", "link": "href", "area": "href", "img": "src", "script": "src"}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Page:
    """What a page offers to links and what it links to, by addresses below the site's root."""

    title: str
    headings: tuple[str, ...]
    places: tuple[str, ...]
    targets: tuple[str, ...]


def read_page(content: bytes, here: str, site: str | None = None) -> Page:
    """Read the links of the page at `here`, of a site that has the address `site`, if known."""
    root = parsed(content)
    title = root.findtext(".//title") or ""
    headings = [" ".join(found.text_content().split()) for found in root.iter("h1")]
    places = [found.get("id") for found in root.iter() if found.get("id")]
    return Page(" ".join(title.split()), (*headings,), (*places,), (*_targets(root, here, site),))


def _targets(root: Any, here: str, site: str | None) -> Iterator[str]:
    """Yield where links lead; those that name the site or its root are as all others."""
    base = urlsplit(site).path if site else "/"
    for address in (*_addresses(root), *(a for data in described(root) for a in _named(data))):
        if site and address.startswith(site):
            yield resolved(f"/{address.removeprefix(site)}", here)
        elif address.startswith(base) and not address.startswith("//"):
            yield resolved(f"/{address.removeprefix(base)}", here)
        else:
            yield resolved(address, here)


def _addresses(root: Any) -> Iterator[str]:
    for element in root.iter(*_NAMING):
        if (address := element.get(_NAMING[element.tag])) is not None:
            yield address


def described(root: Any) -> Iterator[dict[str, Any]]:
    """Yield what a page says to search engines, in JSON-LD."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            yield json.loads(script.text)


def _named(value: Any) -> Iterator[str]:
    """Yield the addresses within JSON-LD."""
    if isinstance(value, dict):
        yield from (value[key] for key in ("url", "contentUrl") if key in value)
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _named(item)


def dead(pages: Mapping[str, Page], files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the file and the fault of each page that has no title, or names what is not there."""
    known = set(files)
    places = {path: set(page.places) for path, page in pages.items()}
    for path, page in pages.items():
        if not page.title:
            yield path, "нет названия страницы (title)"
        if len(page.headings) != 1 or not page.headings[0]:
            yield path, f"заголовков 1-го уровня {len(page.headings)}, а нужен один, со словами"
        for twice in {name for name in page.places if page.places.count(name) > 1}:
            yield path, f"якорь «#{twice}» есть дважды"
        for target in dict.fromkeys(page.targets):
            if fault := _fault(target, known, places):
                yield path, f"ссылка «{target}»: {fault}"


def _fault(target: str, files: set[str], places: Mapping[str, set[str]]) -> str | None:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None if _is_whole(target) else "это не адрес"
    file = file_at(unquote(parts.path))
    if file not in files and file not in RELEASED:
        return "такого файла на сайте нет"
    anchor = unquote(parts.fragment)
    if anchor and anchor not in places.get(file, ()) and anchor not in SCRIPTED:
        return "такого якоря на странице нет"
    return None


RELEASED: Final = {MANIFEST, SIGNATURE}
"""Files that a site gets when it is released."""

SCRIPTED: Final = {"low-vision"}
"""Anchors that a script answers, and no place of a page."""


def _is_whole(target: str) -> bool:
    """Tell whether an address of the web names a host, and any other address something."""
    parts = urlsplit(target)
    if parts.scheme not in _SCHEMES:
        return False
    return bool(parts.hostname if parts.scheme in {"http", "https"} else parts.path)


def file_at(address: str) -> str:
    """Return the file that the web serves at an address below the site's root."""
    return f"{address}index.html" if address.endswith("/") or not address else address
