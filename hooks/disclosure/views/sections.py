"""The sections of a document, and the document made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from disclosure.model import Document, Part, Section, SupplierFolder, checksum
from disclosure.views.approval import say_approval
from disclosure.views.channels import CHANNELS, channels_shown
from disclosure.views.document import Block, DocumentView, Facts, Place, Prose, SectionView, brief
from disclosure.views.parts import NAMED, notes_of
from disclosure.views.table import Table

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
    if table.columns == NAMED:
        return Content((Facts(table.rows),))
    if table.columns == CHANNELS:
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
        checksum=checksum(document),
        published=document.published,
    )
