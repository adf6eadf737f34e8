"""What is published already, and what of it was changed without a word about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from disclosure.editions import former_files, read_text
from disclosure.finding import Finding, Severity
from disclosure.folder import Folder, shown
from disclosure.history import files_at
from disclosure.model import (
    Document,
    Report,
    Revision,
    Supplier,
    checksum,
    content,
    differences,
)
from disclosure.register import REGISTER, file_at
from disclosure.source import Source, SourceError, parse
from disclosure.validation import validate
from disclosure.views.document import Kind, Place

_FILE: Final = re.compile(r"suppliers/([a-z0-9-]+)/(?:programmes|reports)/\d{4}(?:-\d{4})?\.yml")
_LINES: Final = 3
"""How many lines that changed a finding names."""

Said = tuple[str, str, str]
"""A revision as it is compared: its date, what and why."""


class PublishedError(Exception):
    """What is published could not be read; the text says why, in Russian."""


@dataclass(frozen=True)
class Published:
    """A document as it is published; `checksum` is None where today it cannot be read.

    `binding` is it unless it is a draft or a demonstration; `document` is known where its text is.
    """

    file: str
    checksum: str | None
    revisions: tuple[Said, ...]
    binding: bool
    document: Document | None = None


# Reading what is published ------------------------------------------------------------------


def read_published(root: Path, what: str) -> list[Published]:
    """Return what is published of a data folder, by a register or by a revision of git.

    `what` is a register, the folder of a site, or the revision. Documents whose file is as it was
    are left out. Raises PublishedError.
    """
    path = Path(what)
    file = path / REGISTER if path.is_dir() else path
    if file.is_file():
        return _of_register(file)
    try:
        files = files_at(root, what)
    except LookupError:
        message = "нет ни такой ревизии в git, ни файла editions.json. Исправьте --published"
        advice = "или, если история git неполная, выполните git fetch --unshallow"
        raise PublishedError(f"{what}: {message} {advice}.") from None
    return list(_of_files(root, files))


def _of_register(file: Path) -> list[Published]:
    try:
        return [_of_entry(entry) for entry in json.loads(file.read_bytes())["documents"]]
    except (ValueError, LookupError, TypeError, AttributeError):
        message = f"это не {REGISTER} сайта или не весь он. Возьмите его с сайта ещё раз."
        raise PublishedError(f"{file}: {message}") from None


def _of_entry(entry: Mapping[str, Any]) -> Published:
    place = Place(Kind(entry["kind"]), entry["period"], "")
    revisions = tuple((e["date"], e["what"], e["why"]) for e in entry["editions"][1:])
    binding = not (entry["demo"] or entry["draft"])
    return Published(file_at(entry["supplier"], place), str(entry["sha256"]), revisions, binding)


def _of_files(root: Path, files: Mapping[str, bytes]) -> Iterator[Published]:
    demos: dict[str, bool] = {}
    for file, text in files.items():
        found = _FILE.fullmatch(file)
        if not found or _holds(root / file, text):
            continue
        if (slug := found[1]) not in demos:
            demos[slug] = _is_demo(files.get(f"suppliers/{slug}/supplier.yml", b""))
        _, document = read_text(file, text)
        draft = isinstance(document, Report) and document.draft is not None
        yield Published(
            file,
            checksum(document) if document else None,
            tuple(map(_said, document.revisions)) if document else (),
            not (draft or demos[slug]),
            document,
        )


def _holds(file: Path, text: bytes) -> bool:
    return file.is_file() and file.read_bytes() == text


def _is_demo(text: bytes) -> bool:
    try:
        supplier = validate(parse(text, "supplier.yml"), Supplier).value
    except SourceError:
        return False
    return supplier is not None and supplier.demo


def _said(revision: Revision) -> Said:
    return revision.date.isoformat(), revision.what, revision.why


# Comparing ----------------------------------------------------------------------------------


def check_published(
    root: Path, folder: Folder, published: Iterable[Published], only: str | None = None
) -> list[Finding]:
    """Return what is wrong with changes of published documents, of one supplier if it is named.

    A draft and a demonstration may change and disappear.
    """
    documents = dict(each for s in folder.disclosure.suppliers for each in s.documents())
    present = {file: file for file in {*documents, *folder.unread}}
    for file in sorted(present):
        present |= dict.fromkeys(former_files(file, folder.disclosure.redirects), file)
    findings: list[Finding] = []
    for each in published:
        file = present.get(each.file, each.file)
        if not each.binding or only not in {None, file.split("/")[1]}:
            continue
        if file in documents and file not in folder.unread:
            source = folder.rests[file].source
            findings += _changes(each, documents[file], source)
        elif file not in folder.unread:
            findings.append(Finding(shown(root / each.file), 0, 0, _GONE))
    return sorted(findings)


_GONE: Final = (
    "документ опубликован, а файла больше нет. Верните файл, а если документ или папка"
    " переименованы, запишите это в redirects.yml."
)
_ADD: Final = "Добавьте последней записью в revisions: date, what, why — или верните, как было."


def _changes(published: Published, document: Document, source: Source) -> Iterator[Finding]:
    known, now = published.revisions, tuple(map(_said, document.revisions))
    if published.checksum is None:
        message = "опубликованный текст не прочитать: неизвестно, изменилось ли содержание."
        yield source.finding((), f"{message} Проверьте сами.", Severity.WARNING)
        return
    if now[: len(known)] != known:
        index = next(i for i, said in enumerate(known) if now[i : i + 1] != (said,))
        message = f"опубликованная запись об изменении «{known[index][1]}» исправлена или удалена."
        yield source.finding(("revisions", index), f"{message} Верните её на место, как была.")
        return
    same, told = checksum(document) == published.checksum, len(now) > len(known)
    if not same and not told:
        yield _untold(published, document, source)
    if same and told:
        message = "запись об изменении есть, а содержание прежнее. Внесите его или удалите запись."
        yield source.finding(("revisions", len(known)), message, Severity.WARNING)


def _untold(published: Published, document: Document, source: Source) -> Finding:
    """Return the finding about a change without a revision, at the first line that changed."""
    message = "документ опубликован, а содержание изменилось"
    places = []
    if published.document:
        places = list(differences(content(published.document), content(document)))
    if not places:
        return Finding(source.path, 0, 0, f"{message}. {_ADD}")
    found = sorted({source.finding(loc, "") for loc in places})
    lines = list(dict.fromkeys(str(finding.line) for finding in found))
    more = " и другие" if len(lines) > _LINES else ""
    where = f" (строки {', '.join(lines[:_LINES])}{more})" if len(lines) > 1 else ""
    return Finding(source.path, found[0].line, found[0].column, f"{message}{where}. {_ADD}")
