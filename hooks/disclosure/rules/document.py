"""Rules of programmes and reports alike: sections, references to law, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from disclosure.model import (
    Clause,
    Disclosure,
    Document,
    LegalAct,
    LegalReference,
    Loc,
    Part,
    Report,
    Section,
    Supplier,
)
from disclosure.rules.problem import WAIVE, Problem, walk, warn
from disclosure.values import say_date
from disclosure.values.calendar import GENITIVE


def check_document(
    document: Document, supplier: Supplier, disclosure: Disclosure
) -> Iterator[Problem]:
    """Yield what is wrong with the parts that every document has."""
    yield from _parts(document)
    yield from _references(document, disclosure.acts.acts)
    yield from _footnotes(document)
    yield from _abbreviations(document, supplier)
    yield from _revisions(document)


def check_period(document: Document, years: tuple[int, ...]) -> Iterator[Problem]:
    """Warn where a title names years and none of the period's: a copy of last year's."""
    named = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", document.title)]
    if named and not set(named) & set(years):
        said = ", ".join(map(str, named))
        message = f"в названии {said}, а период файла {_say(years)}. Проверьте название или {WAIVE}"
        yield warn((), message, "title", place=("title",))


def _say(years: tuple[int, ...]) -> str:
    return "–".join(str(year) for year in sorted({years[0], years[-1]}))


def _parts(document: Document) -> Iterator[Problem]:
    shown: set[Part] = set()
    for index, section in enumerate(document.sections):
        for number, part in enumerate(section.shows):
            loc: Loc = ("sections", index)
            place: Loc = ("shows", number)
            if part in shown:
                message = f"часть «{part}» уже показана в разделе выше. Оставьте одну."
                yield Problem(loc, message, place=place)
            elif not _holds(document, part):
                message = f"части «{part}» в документе нет. Заполните её или уберите отсюда."
                yield Problem(loc, message, place=place)
            shown.add(part)


def _holds(document: Document, part: Part) -> bool:
    if part is Part.EXECUTION:
        return isinstance(document, Report)
    return bool(getattr(document, part.value, None))


_REFERRED: Final = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_DEFINED: Final = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)


def _footnotes(document: Document) -> Iterator[Problem]:
    """A footnote without a mark would be lost, a mark without a footnote would show as it is."""
    for loc, entity in walk(document):
        for field in ("text", "description"):
            text = getattr(entity, field, None)
            if isinstance(entity, Clause | Section | Document) and isinstance(text, str):
                for message in _faulty_footnotes(text):
                    yield Problem(loc, message, place=(field,))


def _faulty_footnotes(text: str) -> Iterator[str]:
    defined, referred = _DEFINED.findall(text), set(_REFERRED.findall(text))
    for name in sorted(set(defined) - referred):
        yield f"на сноску «[^{name}]» нет знака в тексте. Поставьте [^{name}] или удалите сноску."
    for name in sorted(referred - set(defined)):
        yield f"сноски «[^{name}]:» нет. Допишите её ниже отдельным абзацем."
    for name in sorted({name for name in defined if defined.count(name) > 1}):
        yield f"сноска «[^{name}]:» написана дважды. Оставьте одну."


_CITED: Final = re.compile(
    rf"(\d{{1,2}})(?:\.(\d{{2}})\.|\s+({'|'.join(GENITIVE)})\s+)(\d{{4}})(?:\s*г(?:ода|\.)?)?"
    r"\s*№\s*(\d+)"
)


def _references(document: Document, acts: tuple[LegalAct, ...]) -> Iterator[Problem]:
    dates = {act.number: act.date for act in acts}
    for loc, entity in walk(document):
        if isinstance(entity, LegalReference) and entity.date:
            known = dates.get(entity.number or "")
            if known and known != entity.date:
                yield _wrong_date(loc, "date", entity.number or "", entity.date, known)
        elif isinstance(entity, Clause | Section) and entity.text:
            for number, cited in _cited(entity.text):
                if number in dates and dates[number] != cited:
                    yield _wrong_date(loc, "text", number, cited, dates[number])


def _wrong_date(loc: Loc, field: str, number: str, cited: date, known: date) -> Problem:
    message = (
        f"акт № {number} назван от {say_date(cited)}, а он от {say_date(known)}."
        f" Исправьте дату или {WAIVE}"
    )
    return Problem(loc, message, field, place=(field,))


def _cited(text: str) -> Iterator[tuple[str, date]]:
    for day, month, name, year, number in _CITED.findall(text.replace("\xa0", " ")):
        try:
            yield number, date(int(year), int(month) if month else GENITIVE[name], int(day))
        except ValueError:
            continue


_ABBREVIATION: Final = re.compile(r"(?<![\w-])[A-ZА-ЯЁ]{2,6}(?![\w-])")
_COMMON: Final = frozenset({"РФ", "АО", "ПАО", "ООО", "ОАО", "ИНН", "II", "III", "IV"})


def _abbreviations(document: Document, supplier: Supplier) -> Iterator[Problem]:
    """Yield one warning that lists what is abbreviated and never expanded."""
    text = "\n".join(_texts(document))
    expanded = "\n".join(
        [supplier.name]
        + re.findall(r"\(([^()]*)\)", text)
        + [f"{term.name} {term.abbreviation}" for term in document.terms]
    )
    known = _COMMON | set(_ABBREVIATION.findall(expanded))
    unknown = sorted(set(_ABBREVIATION.findall(text)) - known)
    if unknown:
        message = (
            f"сокращения не расшифрованы: {', '.join(unknown)}. Добавьте их в terms или {WAIVE}"
        )
        yield warn((), message, "terms", place=("terms",))


def _revisions(document: Document) -> Iterator[Problem]:
    latest = None
    for index, revision in enumerate(document.revisions):
        message = None
        if document.published and revision.date < document.published:
            message = (
                f"изменение от {say_date(revision.date)} раньше публикации документа"
                f" {say_date(document.published)}. Исправьте дату."
            )
        elif latest and revision.date < latest:
            message = (
                f"изменение от {say_date(revision.date)} стоит ниже изменения от"
                f" {say_date(latest)}. Поставьте старые выше."
            )
        if message:
            yield Problem(("revisions", index), message, place=("date",))
        latest = revision.date


_WORDED: Final = ("text", "result", "reason", "effect", "description")


def _texts(document: Document) -> Iterator[str]:
    for _, entity in walk(document):
        for field in _WORDED:
            value = getattr(entity, field, None)
            if isinstance(value, str):
                yield value
