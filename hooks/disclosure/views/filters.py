"""The filters of a page: what its measures can be chosen by, and where that is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from disclosure.values.russian import noun
from disclosure.views.document import Block, Caption, DocumentView, NoRows, SectionView
from disclosure.views.facets import STATUSES, Choice, Facet, status_facet
from disclosure.views.table import Row, Table

_TITLES = {
    Choice.SERVICE: "Вид обслуживания",
    Choice.SEGMENT: "Потребители",
    Choice.STATUS: "Статус",
    Choice.DUE: "Срок",
}
_STATUSES = tuple(map(status_facet, STATUSES))
_ORDERS: Mapping[Choice, Callable[[Facet], str | int]] = {
    Choice.SEGMENT: lambda facet: facet.value,
    Choice.STATUS: _STATUSES.index,
    Choice.DUE: lambda facet: facet.value,
}
"""Service types keep the order of the document."""


@dataclass(frozen=True)
class Filter:
    """A property that readers choose by, with the values that occur on the page."""

    choice: Choice
    options: tuple[Facet, ...]

    @property
    def title(self) -> str:
        """The label readers see."""
        return _TITLES[self.choice]


@dataclass(frozen=True)
class Filters:
    """The filters of a page; they stand in the section of that anchor, before its block `index`."""

    section: str
    index: int
    filters: tuple[Filter, ...]
    total: int

    @property
    def total_words(self) -> str:
        """The number of all measures after «из»: «21 мероприятия», «35 мероприятий»."""
        return f"{self.total} {noun(self.total, 'мероприятия', 'мероприятий', 'мероприятий')}"


def filters_of(view: DocumentView) -> Filters | None:
    """Return the filters of a page, None where its measures do not differ in anything."""
    for section in view.sections:
        blocks = tuple(_blocks(section))
        if found := tuple(_filters([facets for block in blocks for facets in _items(block)])):
            total = sum(len(_measures(block)) for block in blocks)
            return Filters(section.anchor, _index(section), found, total)
    return None


def _blocks(section: SectionView) -> Iterator[Block]:
    yield from section.blocks
    for nested in section.sections:
        yield from _blocks(nested)


def _measures(block: Block) -> tuple[Row, ...]:
    return block.rows if isinstance(block, Table) and block.key == "measures" else ()


def _items(block: Block) -> Iterator[tuple[Facet, ...]]:
    """Yield the facets of what a block lists: of measures, or of a group that has none."""
    if isinstance(block, NoRows):
        yield block.facets
    yield from (row.facets for row in _measures(block))


def _filters(items: list[tuple[Facet, ...]]) -> Iterator[Filter]:
    """Yield a filter for each property in which items differ."""
    occurring = dict.fromkeys(facet for facets in items for facet in facets)
    for choice in Choice:
        options = [facet for facet in occurring if facet.choice is choice]
        if len(options) > 1 and any(not set(options) <= set(facets) for facets in items):
            ordered = sorted(options, key=_ORDERS[choice]) if choice in _ORDERS else options
            yield Filter(choice, tuple(ordered))


def _index(section: SectionView) -> int:
    """Return before which block the plan begins: its printed title, or its only table."""
    begins = (isinstance(block, Caption) or bool(_measures(block)) for block in section.blocks)
    return next((index for index, found in enumerate(begins) if found), len(section.blocks))
