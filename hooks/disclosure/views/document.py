"""A document as a reader sees it: sections to read, tables of all that it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from disclosure.model import (
    Approval,
    Document,
    Fact,
    LegalReference,
    Part,
    Section,
    ServicePoint,
    Supplier,
    SupplierFolder,
    Waivable,
)
from disclosure.values import say_date
from disclosure.views.table import Cell, Column, Link, Row, Table, cell, row

DEMO = "Демонстрационные данные."
DEMO_NOTICE = (
    f"{DEMO} Содержание пересказано по опубликованным документам поставщика и не заменяет их."
)


@dataclass(frozen=True)
class Prose:
    """A paragraph or more in the Markdown subset."""

    text: str
    number: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Names and their values."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class NoRows:
    """A group in which there is nothing to list, and why."""

    title: str
    text: str
    notes: tuple[str, ...] = ()


Block = Prose | Facts | NoRows | Table


@dataclass(frozen=True)
class SectionView:
    """A section: its anchor, its heading, what it holds, its subsections."""

    anchor: str
    title: str
    number: str | None = None
    blocks: tuple[Block, ...] = ()
    sections: tuple[SectionView, ...] = ()

    @property
    def heading(self) -> str:
        """The title with its printed number."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True)
class SupplierBrief:
    """What every page of a supplier shows of it."""

    slug: str
    name: str
    full_name: str
    brand: tuple[str, ...]
    demo: bool


class Kind(StrEnum):
    """The kind of a document, by the name its files carry."""

    PROGRAMME = "programme"
    REPORT = "report"

    @property
    def words(self) -> str:
        """The kind in words."""
        return "Программа" if self is Kind.PROGRAMME else "Отчёт"

    @property
    def folder(self) -> str:
        """The folder of the site that holds all documents of the kind."""
        return f"{self}s"


def say_years(period: str) -> str:
    """Say a period: «2024 год», «2023–2024 годы»."""
    years = period.replace("-", "–")
    return f"{years} годы" if "–" in years else f"{years} год"


@dataclass(frozen=True)
class Place:
    """Where a document is published; `path` is below the site's root, with a slash at the end."""

    kind: Kind
    period: str
    path: str

    def beside(self, kind: Kind, period: str) -> Place:
        """Return the place of another document of the same supplier."""
        base = self.path.removesuffix(f"{self.kind.folder}/{self.period}/")
        return Place(kind, period, f"{base}{kind.folder}/{period}/")

    @property
    def title(self) -> str:
        """What the document is: «Программа, 2024 год»."""
        return f"{self.kind.words}, {self.years}"

    @property
    def years(self) -> str:
        """The period in words: «2024 год», «2023–2024 годы»."""
        return say_years(self.period)


@dataclass(frozen=True)
class DocumentView:
    """A programme or a report, all of it, in the words and the order readers get."""

    supplier: SupplierBrief
    place: Place
    title: str
    code: str | None
    access: str | None
    imprint: str | None
    approval: tuple[str, ...]
    description: str | None
    notes: tuple[str, ...]
    related: tuple[Place, ...]
    sections: tuple[SectionView, ...]
    tables: tuple[Table, ...]

    @cached_property
    def digest(self) -> str:
        """The hash of all that it shows, the same for the same data."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def file_stem(self) -> str:
        """The name of the document's files without their suffix."""
        return f"{self.supplier.slug}-{self.place.kind}-{self.place.period}"


def brief(slug: str, supplier: Supplier) -> SupplierBrief:
    """Return what every page of a supplier shows of it."""
    full_name = supplier.full_name or supplier.name
    return SupplierBrief(slug, supplier.name, full_name, supplier.brand, supplier.demo)


# The tables every document may have ----------------------------------------------------------

_NAMED = (Column("name", "Сведение"), Column("value", "Значение"))
_TEXT = (
    Column("section_number", "№ раздела"),
    Column("section", "Раздел"),
    Column("number", "№ пункта"),
    Column("text", "Текст"),
)
_LEGAL = (
    Column("act", "Вид акта"),
    Column("date", "Дата", optional=True),
    Column("number", "Номер", optional=True),
    Column("title", "Название", optional=True),
)
_TERMS = (
    Column("name", "Термин", optional=True),
    Column("abbreviation", "Сокращение", optional=True),
    Column("definition", "Определение"),
)
_CHANNELS = (
    Column("name", "Канал"),
    Column("segment", "Сегмент", optional=True),
    Column("contacts", "Телефон, адрес", optional=True),
    Column("hours", "Режим работы", optional=True),
    Column("schedule", "Режим работы по дням"),
)


def common_tables(document: Document, supplier: Supplier) -> dict[Part | str, Table]:
    """Return the tables of a document's own parts, those with no rows left out."""
    tables = {
        "document": Table(
            "document", "Документ", _NAMED, _document_rows(document, supplier), "name"
        ),
        "text": Table("text", "Текст", _TEXT, tuple(_text_rows(document)), "section"),
        Part.ABOUT: Table("about", "Сведения о документе", _NAMED, _facts(document.about), "name"),
        Part.LEGAL_REFERENCES: Table(
            "legal_references",
            "Нормативные ссылки",
            _LEGAL,
            tuple(_legal_row(reference) for reference in document.legal_references),
            "act",
        ),
        Part.TERMS: Table(
            "terms",
            "Термины и сокращения",
            _TERMS,
            tuple(row(term.model_dump()) for term in document.terms),
            "definition",
        ),
        Part.FIGURES: Table("figures", "Показатели", _NAMED, _facts(document.figures), "name"),
        Part.CHANNELS: channels_table(document.channels),
    }
    return {key: table for key, table in tables.items() if table.rows}


def _facts(facts: tuple[Fact, ...]) -> tuple[Row, ...]:
    return tuple(row({"name": fact.name, "value": fact.value}) for fact in facts)


def _document_rows(document: Document, supplier: Supplier) -> tuple[Row, ...]:
    values = [
        ("Поставщик", supplier.full_name or supplier.name),
        ("Название", document.title),
        ("Код", document.code),
        ("Доступ", document.access),
        ("Город", document.city),
        ("Год издания", document.year),
        *(("Утверждение", line) for line in say_approval(document.approval)),
        ("Описание", document.description),
        *(("Примечание", note) for note in notes_of(document)),
        ("Статус данных", DEMO_NOTICE if supplier.demo else None),
    ]
    return tuple(row({"name": name, "value": value}) for name, value in values if value)


def _text_rows(document: Document) -> Iterator[Row]:
    for section in document.sections:
        named: dict[str, object] = {"section_number": section.number, "section": section.title}
        yield row(named | {"text": cell(section.text, *notes_of(section))})
        for clause in section.clauses:
            said = {"number": clause.number, "text": cell(clause.text, *notes_of(clause))}
            yield row(named | said)


def notes_of(entity: Waivable | Document) -> tuple[str, ...]:
    """Return what the editor notes about an entity: its note, then the reasons of its waivers."""
    return tuple(text for text in (entity.note, *entity.waiver.values()) if text)


def _legal_row(reference: LegalReference) -> Row:
    date = reference.date and say_date(reference.date)
    return row(
        {
            "act": cell(reference.act, reference.note),
            "date": cell(date, *reference.waiver.values()),
            "number": reference.number and f"№ {reference.number}",
            "title": reference.title,
        }
    )


def channels_table(points: tuple[ServicePoint, ...]) -> Table:
    """Return the table of ways to reach a supplier, exceptions after their channel."""
    rows = tuple(found for point in points for found in _point_rows(point))
    return Table("channels", "Каналы обслуживания и режим работы", _CHANNELS, rows, "name")


def channels_shown(table: Table) -> Table:
    """Return a table of channels as readers get it: hours in the words of the document alone."""
    keys = {column.key for column in _CHANNELS} - {"schedule"}
    return table.shown(table.rows, table.caption, keys)


def _point_rows(point: ServicePoint) -> Iterator[Row]:
    links = (
        *(Link(phone, f"tel:{_dialled(phone)}") for phone in point.phones),
        *(Link(email, f"mailto:{email}") for email in point.emails),
        *(Link(site, site) for site in point.sites),
    )
    yield row(
        {
            "name": cell(point.name, point.note),
            "segment": point.segment,
            "contacts": Cell(point.address or "", links=links),
            "hours": point.hours and point.hours.wording,
            "schedule": point.hours,
        }
    )
    for exception in point.exceptions:
        yield row(
            {
                "name": f"{point.name}: {exception.name}",
                "segment": point.segment,
                "hours": exception.hours.wording,
                "schedule": exception.hours,
            }
        )


def _dialled(phone: str) -> str:
    digits = "".join(character for character in phone if character.isdigit())
    return f"+7{digits[1:]}" if len(digits) == 11 and digits[0] in "78" else digits


def say_approval(approval: Approval | None) -> tuple[str, ...]:
    """Return the lines of an approval block; what the document leaves blank is said to be."""
    return tuple(_approval_lines(approval)) if approval else ()


def _approval_lines(approval: Approval) -> Iterator[str]:
    annex = f"Приложение № {approval.annex}" if approval.annex else ""
    if order := approval.order:
        date = say_date(order.date) if order.date else ""
        marks = " ".join(
            part for part in (date and f"от {date}", order.number and f"№ {order.number}") if part
        )
        said = marks or "(дата и номер не указаны)"
        start = f"{annex} к приказу" if annex else "Приказ"
        yield f"{start} {order.organization} {said}"
    elif annex:
        yield annex
    if approval.approver:
        yield "УТВЕРЖДАЮ"
        yield approval.approver.position
        if approval.approver.name:
            yield approval.approver.name
    if approval.signed:
        yield say_date(approval.signed)
    elif approval.signed_year:
        yield f"{approval.signed_year} год (день подписи не указан)"


# Sections ------------------------------------------------------------------------------------

_PART_TITLES = {
    Part.ABOUT: "Сведения о документе",
    Part.LEGAL_REFERENCES: "Нормативные ссылки",
    Part.TERMS: "Термины и сокращения",
    Part.FIGURES: "Показатели",
    Part.CHANNELS: "Каналы обслуживания",
    Part.PLAN: "План мероприятий",
    Part.EXECUTION: "Выполнение мероприятий",
    Part.INDICATORS: "Показатели качества обслуживания",
}


@dataclass(frozen=True)
class Content:
    """What a part shows within its section."""

    blocks: tuple[Block, ...] = ()
    sections: tuple[SectionView, ...] = ()


def sections(
    document: Document, tables: Mapping[Part | str, Table], parts: Mapping[Part, Content]
) -> tuple[SectionView, ...]:
    """Return a document's sections; a part that none of them shows gets one of its own."""
    contents = {part: _content(tables[part]) for part in Part if part in tables} | dict(parts)
    views = [
        _section(f"section-{index}", section, contents)
        for index, section in enumerate(document.sections, 1)
    ]
    shown = {part for section in document.sections for part in section.shows}
    for part, content in contents.items():
        if part not in shown:
            anchor = part.value.replace("_", "-")
            title = _PART_TITLES[part]
            views.append(SectionView(anchor, title, None, content.blocks, content.sections))
    return tuple(views)


def _section(anchor: str, section: Section, contents: Mapping[Part, Content]) -> SectionView:
    shown = [contents[part] for part in section.shows]
    blocks = [*_prose(section), *(block for content in shown for block in content.blocks)]
    nested = tuple(view for content in shown for view in content.sections)
    return SectionView(anchor, section.title, section.number, tuple(blocks), nested)


def _content(table: Table) -> Content:
    if table.columns == _NAMED:
        return Content((Facts(table.rows),))
    if table.columns == _CHANNELS:
        return Content((channels_shown(table),))
    return Content((table.shown(table.rows, table.caption, {c.key for c in table.columns}),))


def _prose(section: Section) -> Iterator[Prose]:
    if section.text:
        yield Prose(section.text, notes=notes_of(section))
    for clause in section.clauses:
        yield Prose(clause.text, clause.number, notes_of(clause))
    if not section.text and notes_of(section):
        yield Prose("", notes=notes_of(section))


def document_view(
    document: Document,
    folder: SupplierFolder,
    place: Place,
    sections: tuple[SectionView, ...],
    tables: Iterable[Table],
    related: Iterable[Place],
) -> DocumentView:
    """Return the view of a document that is published at `place`."""
    return DocumentView(
        supplier=brief(folder.slug, folder.supplier),
        place=place,
        title=document.title,
        code=document.code,
        access=document.access,
        imprint=", ".join(part for part in (document.city, document.year) if part) or None,
        approval=say_approval(document.approval),
        description=document.description,
        notes=notes_of(document),
        related=tuple(related),
        sections=sections,
        tables=tuple(tables),
    )
