"""What a supplier publishes for machines: the tables of all its documents, and facts about them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from disclosure.model import Document, Supplier, SupplierFolder
from disclosure.views.channels import channels_table
from disclosure.views.dictionary import NOTES
from disclosure.views.document import DEMO_NOTICE, DocumentView, Kind, SupplierBrief, brief
from disclosure.views.measures import PROMISED
from disclosure.views.supplier import supplier_facts
from disclosure.views.table import Column, Row, Table, cell, row


@dataclass(frozen=True)
class DocumentData:
    """A document and the days of its life: when it was published and last revised, if it was.

    `change` is what the last revision changed, in its words.
    """

    view: DocumentView
    published: date | None
    revised: date | None
    change: str | None

    @property
    def modified(self) -> date | None:
        """The day on which its data last changed, if that is known."""
        return max((day for day in (self.view.dated, self.revised) if day), default=None)

    @property
    def path(self) -> str:
        """The address of the document."""
        return self.view.place.path

    @property
    def id(self) -> str:
        """The name that the tables have for the document: «programme-2024»."""
        return f"{self.view.place.kind}-{self.view.place.period}"

    @property
    def programme(self) -> str | None:
        """The name of the programme that a report answers."""
        place = self.view.place
        answered = (other for other in self.view.related if other.kind is Kind.PROGRAMME)
        found = next(answered, None) if place.kind is Kind.REPORT else None
        return f"{found.kind}-{found.period}" if found else None

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that the document is about."""
        first, _, last = self.view.place.period.partition("-")
        return int(first), int(last or first)


@dataclass(frozen=True)
class DataPlace:
    """Where the data of a supplier are published; `home` is the address of its own page."""

    home: str

    @property
    def path(self) -> str:
        """The address of the data."""
        return f"{self.home}data/"


@dataclass(frozen=True)
class Contact:
    """A role that answers letters and calls, never a person; what is unknown is empty."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Reference:
    """Columns that name a row of another table by columns of that one."""

    columns: tuple[str, ...]
    table: str
    named: tuple[str, ...]


@dataclass(frozen=True)
class Stack:
    """A table of all documents, a part for each; `key` are the columns that name each row."""

    name: str
    title: str
    parts: tuple[Table, ...]
    key: tuple[str, ...] = ()
    refers: tuple[Reference, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all parts, each once, and the notes last."""
        found = dict.fromkeys(column for part in self.parts for column in part.columns)
        return (*found, NOTES)

    @property
    def table(self) -> Table:
        """The whole as one table, without rows, as a dictionary wants it."""
        columns = self.columns[:-1]
        return Table(self.name, self.title, columns, (), columns[0].key)


@dataclass(frozen=True)
class SupplierData:
    """All that a supplier publishes for machines; `site` is the address of the site, if known."""

    supplier: SupplierBrief
    place: DataPlace
    site: str | None
    inn: str | None
    regions: tuple[str, ...]
    contact: Contact
    facts: tuple[Row, ...]
    contacts: Table | None
    documents: tuple[DocumentData, ...]

    file_stem: Final = ""
    """The files are named by what they hold, since their folder is the supplier's."""

    @property
    def title(self) -> str:
        """What the data are, in words."""
        return f"Программы и отчёты о качестве обслуживания: {self.supplier.name}"

    @property
    def description(self) -> str:
        """What the data are, in a sentence, and whether they are a demonstration."""
        told = (
            f"{self.supplier.full_name}: что обещано сделать для качества обслуживания"
            " потребителей электроэнергии, в какие сроки и что выполнено."
        )
        return f"{told} {DEMO_NOTICE}" if self.supplier.demo else told

    def description_of(self, document: DocumentData) -> str:
        """Return what the data of a document are, in plain text."""
        return f"{document.view.place.title}. {self.description}"

    @property
    def keywords(self) -> tuple[str, ...]:
        """By what words the data are looked for."""
        return ("качество обслуживания", "электроснабжение", "гарантирующий поставщик")

    def has(self, file: str) -> bool:
        """Tell whether a file has anything to hold: a table that has no rows is left out."""
        name, _, suffix = file.partition(".")
        return suffix != "csv" or any(stack.name == name for stack in self.stacks)

    def at(self, path: str) -> str:
        """Return the address of what is at a path of the site, the path itself if that is all."""
        return f"{self.site or ''}{path}"

    @property
    def period(self) -> tuple[int, int]:
        """The first and the last year that the documents are about."""
        years = [year for document in self.documents for year in document.years]
        return min(years), max(years)

    @property
    def published(self) -> date | None:
        """The day of the first document, None unless those of all are known."""
        return _only_known(min, [document.published for document in self.documents])

    @property
    def modified(self) -> date | None:
        """The day of the last change, None unless those of all documents are known."""
        return _only_known(max, [document.modified for document in self.documents])

    @cached_property
    def stacks(self) -> tuple[Stack, ...]:
        """The tables of all documents, those without a row left out."""
        return tuple(stack for stack in _stacks(self.documents) if stack.parts)

    @cached_property
    def digest(self) -> str:
        """The hash of all that the files show, the same for the same data."""
        documents = [(d.view.digest, d.published, d.revised) for d in self.documents]
        told = (self.supplier, self.place, self.inn, self.facts, self.contacts, documents)
        return hashlib.sha256(repr(told).encode()).hexdigest()


def _only_known(choose: Callable[[list[date]], date], days: list[date | None]) -> date | None:
    known = [day for day in days if day]
    return choose(known) if known and len(known) == len(days) else None


def supplier_data(
    folder: SupplierFolder, home: str, views: Iterable[DocumentView], site: str | None
) -> SupplierData:
    """Return what a supplier publishes for machines, given the views of its documents."""
    supplier = folder.supplier
    contacts = channels_table(supplier.contacts)
    return SupplierData(
        brief(folder.slug, supplier),
        DataPlace(home),
        site,
        supplier.inn,
        supplier.regions,
        _contact(supplier),
        supplier_facts(supplier),
        contacts if contacts.rows else None,
        tuple(_document(folder, view) for view in views),
    )


def _document(folder: SupplierFolder, view: DocumentView) -> DocumentData:
    place = view.place
    documents = folder.programmes if place.kind is Kind.PROGRAMME else folder.reports
    document: Document = documents[place.period]
    last = document.revisions[-1] if document.revisions else None
    revised = (last.date, last.what) if last else (None, None)
    return DocumentData(view, document.published, *revised)


def _contact(supplier: Supplier) -> Contact:
    """Return the first role of a supplier that has a mailbox, or else a telephone."""
    points = supplier.contacts
    found = next((p for p in points if p.emails), next((p for p in points if p.phones), None))
    if found is None:
        return Contact()
    return Contact(found.name, *(next(iter(ways), "") for ways in (found.phones, found.emails)))


# Tables of all documents ---------------------------------------------------------------------

DOCUMENT: Final = Column("document", "Документ")
PROGRAMME: Final = Column("programme", "Программа")

_DOCUMENTS: Final = (
    Column("id", "Имя"),
    Column("kind", "Вид"),
    Column("period", "Период"),
    Column("title", "Название"),
    PROGRAMME,
    Column("path", "Адрес"),
    Column("code", "Код"),
    Column("access", "Доступ"),
    Column("draft", "Черновик на"),
    Column("published", "Опубликован"),
    Column("modified", "Изменён"),
    Column("checksum", "Контрольная сумма"),
)
_PROMISED: Final = {column.key for column in PROMISED}
_OF_DOCUMENT: Final = Reference(("document",), "documents", ("id",))


def _stacks(documents: tuple[DocumentData, ...]) -> Iterator[Stack]:
    programmes = [d for d in documents if d.view.place.kind is Kind.PROGRAMME]
    reports = [d for d in documents if d.view.place.kind is Kind.REPORT]
    listed, of_measure = _documents_table(documents), ("document", "id")
    answers = Reference(("programme", "id"), "measures", of_measure)
    of_programme = Reference(("programme",), "documents", ("id",))

    yield Stack("documents", "Документы", (listed,), ("id",), (of_programme,))
    yield Stack(
        "measures",
        "Мероприятия программ",
        _parts(programmes, "measures", lambda column: True, measures=True),
        of_measure,
        (_OF_DOCUMENT,),
    )
    yield Stack(
        "statuses",
        "Выполнение по отчётам",
        _parts(reports, "measures", _is_answered, measures=True),
        of_measure,
        (_OF_DOCUMENT, answers),
    )
    for name, title in (("groups", "Группы мероприятий"), ("indicators", "Показатели качества")):
        yield Stack(name, title, _parts(documents, name), (), (_OF_DOCUMENT,))


def _is_answered(column: Column) -> bool:
    """Tell whether a column of a report says what its programme does not."""
    return column.key == "id" or column.key not in _PROMISED


def _parts(
    documents: Iterable[DocumentData],
    key: str,
    wanted: Callable[[Column], bool] = lambda column: True,
    *,
    measures: bool = False,
) -> tuple[Table, ...]:
    """Return a table of some documents, each row with the name of its document.

    Of the rows of `measures` those that stand for an empty group are left out: groups have them.
    """
    return tuple(
        _part(document, table, wanted, measures=measures)
        for document in documents
        for table in document.view.tables
        if table.key == key
    )


def _part(
    document: DocumentData, table: Table, wanted: Callable[[Column], bool], *, measures: bool
) -> Table:
    answers = document.programme if measures else None
    named = {"document": cell(document.id), **({"programme": cell(answers)} if answers else {})}
    columns = (DOCUMENT, *([PROGRAMME] if answers else []), *filter(wanted, table.columns))
    rows = (row for row in table.rows if row.anchor or not measures)
    return replace(
        table,
        columns=columns,
        rows=tuple(replace(row, cells={**row.cells, **named}) for row in rows),
    )


def _documents_table(documents: tuple[DocumentData, ...]) -> Table:
    rows = tuple(_document_row(document) for document in documents)
    return Table("documents", "Документы", _DOCUMENTS, rows, "title")


def _document_row(document: DocumentData) -> Row:
    view = document.view
    return row(
        {
            "id": document.id,
            "kind": view.place.kind,
            "period": view.place.period,
            "title": view.title,
            "programme": document.programme,
            "path": view.address or view.place.path,
            "code": view.code,
            "access": view.access,
            "draft": view.draft,
            "published": document.published,
            "modified": document.modified,
            "checksum": view.checksum,
        }
    )
