"""The tables every document may have: what it is, its text, its references, terms, channels."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import (
    Document,
    Fact,
    LegalReference,
    Part,
    Programme,
    Report,
    Supplier,
    Waivable,
)
from disclosure.values import say_date
from disclosure.views.approval import say_approval
from disclosure.views.channels import channels_table
from disclosure.views.document import CONCLUSIONS, DEMO_NOTICE, DRAFT_NOTICE, say_years
from disclosure.views.table import Column, Row, Table, cell, dated, row

NAMED = (Column("name", "Сведение"), Column("value", "Значение"))
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


def common_tables(document: Document, supplier: Supplier) -> dict[Part | str, Table]:
    """Return the tables of a document's own parts, those with no rows left out."""
    tables = {
        "document": Table(
            "document", "Документ", NAMED, _document_rows(document, supplier), "name"
        ),
        "text": Table("text", "Текст", _TEXT, tuple(_text_rows(document)), "section"),
        Part.ABOUT: Table("about", "Сведения о документе", NAMED, _facts(document.about), "name"),
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
        Part.FIGURES: Table("figures", "Показатели", NAMED, _facts(document.figures), "name"),
        Part.CHANNELS: channels_table(document.channels),
    }
    return {key: table for key, table in tables.items() if table.rows}


def _facts(facts: tuple[Fact, ...]) -> tuple[Row, ...]:
    return tuple(row({"name": fact.name, "value": fact.value}) for fact in facts)


def _document_rows(document: Document, supplier: Supplier) -> tuple[Row, ...]:
    values = [
        ("Поставщик", supplier.full_name or supplier.name),
        ("Название", document.title),
        ("Программа", say_years(document.programme) if isinstance(document, Report) else None),
        ("Черновик", _draft(document) if isinstance(document, Report) else None),
        ("Код", document.code),
        ("Доступ", document.access),
        ("Город", document.city),
        ("Год издания", document.year),
        ("Опубликован", document.published and say_date(document.published)),
        *(("Утверждение", line) for line in say_approval(document.approval)),
        ("Описание", document.description),
        ("Заголовок таблицы", document.plan.title if isinstance(document, Programme) else None),
        *(("Примечание", note) for note in notes_of(document)),
        ("Статус данных", DEMO_NOTICE if supplier.demo else None),
    ]
    return tuple(row({"name": name, "value": value}) for name, value in values if value)


def _draft(report: Report) -> str | None:
    return f"на {say_date(report.draft)}. {DRAFT_NOTICE}" if report.draft else None


def _text_rows(document: Document) -> Iterator[Row]:
    for section in document.sections:
        named: dict[str, object] = {"section_number": section.number, "section": section.title}
        yield row(named | {"text": cell(section.text, *notes_of(section))})
        for clause in section.clauses:
            said = {"number": clause.number, "text": cell(clause.text, *notes_of(clause))}
            yield row(named | said)
    if isinstance(document, Report) and document.conclusions:
        yield row({"section": CONCLUSIONS, "text": document.conclusions})


def notes_of(entity: Waivable) -> tuple[str, ...]:
    """Return what the editor notes about an entity: its note, then the reasons of its waivers."""
    return tuple(text for text in (entity.note, *entity.waiver.values()) if text)


def _legal_row(reference: LegalReference) -> Row:
    return row(
        {
            "act": cell(reference.act, reference.note),
            "date": dated(reference.date, *reference.waiver.values()),
            "number": reference.number and f"№ {reference.number}",
            "title": reference.title,
        }
    )
