"""A document as a reader sees it: sections to read, tables of all that it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from disclosure.model import Supplier
from disclosure.values import say_date
from disclosure.views.facets import Facet
from disclosure.views.table import Link, Row, Table

DEMO = "Демонстрационные данные."
DEMO_NOTICE = (
    f"{DEMO} Содержание пересказано по опубликованным документам поставщика и не заменяет их."
)
CONCLUSIONS = "Общие выводы"
DRAFT_NOTICE = "Отчёт ещё составляют: ответы есть не обо всех мероприятиях и могут измениться."


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
    facets: tuple[Facet, ...] = field(default=(), repr=False)  # no download shows them


@dataclass(frozen=True)
class Caption:
    """The printed title of tables that follow."""

    text: str


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: its name, its length, None where there is no value, and what to read.

    `spoken` is what to hear, where that differs from what is read.
    """

    label: str
    value: Decimal | None
    words: str
    spoken: str | None = None

    @property
    def read(self) -> str:
        """All that stands at a bar: «Выполнено: 11 из 12»."""
        return f"{self.label}: {self.words}"

    @property
    def heard(self) -> str:
        """The same for readers who hear it."""
        return f"{self.label}: {self.spoken or self.words}"


@dataclass(frozen=True)
class Chart:
    """Bars that show numbers of the table beside them; no download of data needs it.

    `whole` is what the bars are parts of; without one the longest bar has the full length.
    """

    caption: str
    bars: tuple[Bar, ...]
    whole: Decimal | None = None

    def share(self, bar: Bar) -> Decimal:
        """Return how long a bar is, in per cent of the whole or of the longest."""
        longest = max((abs(other.value) for other in self.bars if other.value), default=Decimal(1))
        return round(abs(bar.value or Decimal(0)) * 100 / (self.whole or longest), 2)


@dataclass(frozen=True)
class Leads:
    """Links to other pages: their words and their addresses, below the site's root."""

    links: tuple[Link, ...]


Block = Prose | Facts | NoRows | Caption | Chart | Leads | Table


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
    """Where a document is published; `home` is the address of its supplier's own page.

    Addresses are below the site's root and end with a slash; that of the root itself is empty.
    """

    kind: Kind
    period: str
    home: str

    @property
    def path(self) -> str:
        """The address of the document."""
        return f"{self.home}{self.kind.folder}/{self.period}/"

    def beside(self, kind: Kind, period: str) -> Place:
        """Return the place of another document of the same supplier."""
        return Place(kind, period, self.home)

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
    """A programme or a report, all of it, in the words and the order readers get.

    `dated` is the day its own file was last changed, by Moscow, `address` where the web has it, if
    known; `draft` is the day as of which a report that is not complete yet was drawn up.
    `checksum` is that of its content, which names its edition; `published` is its first day.
    Only pages and feeds show `changed`, the moment of that last change. Only pages show `newer`,
    the document that supersedes it, `standing`, how it stands among those of its kind, and `leads`,
    further pages about it: a download is never altered when a later document appears. Where a page
    says the main thing first of all, it does so in `opening`.
    """

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
    dated: date | None = None
    address: str | None = None
    draft: date | None = None
    checksum: str = ""
    published: date | None = None
    changed: datetime | None = field(default=None, repr=False)
    newer: Place | None = field(default=None, repr=False)
    standing: str = field(default="", repr=False)
    leads: tuple[Link, ...] = field(default=(), repr=False)
    opening: Prose | None = field(default=None, repr=False)

    @property
    def draft_words(self) -> str | None:
        """Say of a draft that it is one: «Черновик на 30.09.2025»."""
        return f"Черновик на {say_date(self.draft)}" if self.draft else None

    @cached_property
    def digest(self) -> str:
        """The hash of all that downloads show, the same for the same data."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def file_stem(self) -> str:
        """The name of the document's files without their suffix."""
        return f"{self.supplier.slug}-{self.place.kind}-{self.place.period}"


def say_checksum(checksum: str) -> str:
    """Say the beginning of a checksum, which is enough to compare: «7f83 b165 7ff1 fc53»."""
    return " ".join(checksum[start : start + 4] for start in range(0, 16, 4))


def brief(slug: str, supplier: Supplier) -> SupplierBrief:
    """Return what every page of a supplier shows of it."""
    full_name = supplier.full_name or supplier.name
    return SupplierBrief(slug, supplier.name, full_name, supplier.brand, supplier.demo)
