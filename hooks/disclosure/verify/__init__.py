"""The built site read back by public parsers and compared with the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from disclosure.finding import Finding
from disclosure.settings import site_address
from disclosure.site import Site
from disclosure.verify.checks import Check, checks, strays
from disclosure.verify.difference import count
from disclosure.verify.links import Page, dead, read_page
from disclosure.verify.record import Record, digest

SHOWN: Final = 12
"""How many findings about a file are told one by one."""


@dataclass(frozen=True)
class Verified:
    """What a verification found, and how much it compared."""

    findings: tuple[Finding, ...]
    documents: int
    formats: int
    values: int
    links: int


def verify(folder: Path, site: Site, record: Path | None = None) -> Verified:
    """Compare the site in a folder with its views; what the file `record` knows is not read again.

    The address of the site comes from the environment, as in a build.
    """
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    return verify_files(files, site, Record(record))


def verify_files(files: Mapping[str, bytes], site: Site, record: Record) -> Verified:
    """Compare the files of a site, by their paths, with its views."""
    findings: dict[str, list[str]] = {}
    values, made = 0, [*checks(site, files)]
    for check in made:
        passed, told = _run(check, files, record)
        values += passed
        if told:
            findings.setdefault(check.path, []).extend(told)
    links, broken = _links(files, record)
    extra = strays(site, files, {check.path for check in made})
    for path, fault in [*broken, *((path, "лишний файл: таких данных нет") for path in extra)]:
        findings.setdefault(path, []).append(fault)
    record.save()
    shown = tuple(f for path, told in sorted(findings.items()) for f in _capped(path, told))
    formats = {check.format for check in made}
    return Verified(shown, len(site.documents), len(formats), values, links)


def _run(check: Check, files: Mapping[str, bytes], record: Record) -> tuple[int, list[str]]:
    """Return how many values a file must hold, and what is wrong with it."""
    content = files.get(check.path)
    if not content:
        return 0, ["нет файла" if content is None else "файл пуст"]
    key = record.key(check.path, check.depends, content)
    if (passed := record.passed(key)) is not None:
        return passed, []
    try:
        wanted, faults = check.compare(content)
        told = list(dict.fromkeys(faults))
    except Exception as error:  # whatever a parser says of a broken file
        return 0, [f"не прочитать: {error!r}"]
    if not told:
        record.add(key, count(wanted))
    return count(wanted), told


def _links(files: Mapping[str, bytes], record: Record) -> tuple[int, list[tuple[str, str]]]:
    """Return how many links the pages have, and the files and faults of those that fail."""
    pages = {path: content for path, content in files.items() if path.endswith(".html")}
    address = site_address()
    key = record.key("links", address or "", *files, digest(pages.values()))
    if (passed := record.passed(key)) is not None:
        return passed, []
    read: dict[str, Page] = {}
    told: list[tuple[str, str]] = []
    for path, content in pages.items():
        try:
            read[path] = read_page(content, path.removesuffix("index.html"), address)
        except Exception as error:  # whatever a parser says of a broken page
            told.append((path, f"не прочитать: {error!r}"))
    links = sum(len(page.targets) for page in read.values())
    told += dead(read, files)
    if not told:
        record.add(key, links)
    return links, told


def _capped(path: str, told: list[str]) -> Iterator[Finding]:
    """Yield the first findings about a file, and how many more there are."""
    for message in islice(told, SHOWN):
        yield Finding(path, 0, 0, message)
    if len(told) > SHOWN:
        yield Finding(path, 0, 0, f"и ещё {len(told) - SHOWN}")
