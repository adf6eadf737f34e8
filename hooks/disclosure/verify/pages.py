"""What a page must tell: composed from its view, not from its template."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from disclosure.render import FORMATS
from disclosure.render.prose import prose
from disclosure.render.templates import say_size
from disclosure.values import say_date, say_moment
from disclosure.verify.markup import chosen, drawn, fragment, resolved
from disclosure.verify.node import (
    CHART,
    ITEM,
    NAME,
    PARAGRAPH,
    TEXT,
    VALUE,
    Grid,
    Line,
    Piece,
    heading,
    linked,
    pieces,
)
from disclosure.views.document import (
    DEMO,
    DEMO_NOTICE,
    DRAFT_NOTICE,
    Block,
    Caption,
    Chart,
    DocumentView,
    Facts,
    Kind,
    Leads,
    NoRows,
    Place,
    Prose,
    SectionView,
    say_checksum,
)
from disclosure.views.facets import Facet
from disclosure.views.filters import Filters, filters_of
from disclosure.views.page import PageView
from disclosure.views.publication import PublicationView
from disclosure.views.supplier import DocumentLink, PortalView, SupplierView
from disclosure.views.table import NOTE, Cell, Link, Run, Table

_SUPPLIER_LEDE: Final = (
    "Повышение качества обслуживания потребителей: программы мероприятий и отчёты об их выполнении."
)
_PORTAL_LEDE: Final = (
    "Программы мероприятий по повышению качества обслуживания потребителей"
    " и отчёты о том, что из них выполнено."
)
_EDITS: Final = {"": "", "del": "удалено: ", "ins": "добавлено: "}


@dataclass(frozen=True)
class _Teller:
    """Tells the page at `here`, an address below the site's root."""

    here: str
    portal: bool

    # Parts of every page

    def crumbs(self, links: Iterable[Link], last: str) -> Iterator[Piece]:
        above = [Link("Поставщики", "")] if self.portal else []
        for link in (*above, *links):
            yield Line(ITEM, linked(link.label, link.address))
        yield Line(ITEM, last)

    def section(
        self, view: SectionView, level: int, filters: Filters | None = None
    ) -> Iterator[Piece]:
        """Tell a section; the filters stand before one of its blocks or behind them."""
        yield Line(heading(level), view.heading)
        here = filters if filters and filters.section == view.anchor else None
        for index, block in enumerate(view.blocks):
            if here and here.index == index:
                yield from _filters(here)
            yield from self.block(block)
        if here and here.index == len(view.blocks):
            yield from _filters(here)
        for nested in view.sections:
            yield from self.section(nested, level + 1)

    def block(self, block: Block) -> Iterator[Piece]:
        """Tell a block; a kind that is not known here fails, since it would go unverified."""
        return _BLOCKS[type(block)](self, block)

    def table(self, table: Table) -> Iterator[Piece]:
        heads = tuple(column.title for column in table.columns)
        rows = [tuple(self.cell(row[c.key]) for c in table.columns) for row in table.rows]
        places = [f"{row.anchor or ''}{_chosen(row.facets)}" for row in table.rows]
        if any(places):
            heads = ("", *heads)
            rows = [(place, *cells) for place, cells in zip(places, rows, strict=True)]
        yield Grid(_joined(table.caption, _notes(table.notes)), heads, tuple(rows))

    def cell(self, cell: Cell) -> str:
        """Tell a cell; where its text is the words of its only link, it stands but once."""
        text = "".join(_edits(cell.runs)) or cell.text
        links = [linked(link.label, self.target(link)) for link in cell.links]
        if cell.text and [link.label for link in cell.links] == [cell.text]:
            text = ""
        parts = [f"{label}: {self.cell(inner)}" for label, inner in cell.parts]
        return _joined(text, cell.spoken or "", *links, _notes(cell.notes), *parts)

    def target(self, link: Link) -> str | None:
        return resolved(link.address, self.here) if link.address else None

    def prose(self, block: Prose) -> Iterator[Piece]:
        yield from _lines(PARAGRAPH, block.number)
        yield from pieces(fragment(prose(block.text)))
        yield from _lines(TEXT, _notes(block.notes))

    def facts(self, block: Facts) -> Iterator[Piece]:
        for row in block.rows:
            yield from self.fact(row["name"].text, self.cell(row["value"]))

    def fact(self, name: str, value: str) -> Iterator[Piece]:
        yield Line(NAME, name)
        yield Line(VALUE, value)

    def caption(self, block: Caption) -> Iterator[Piece]:
        yield Line(PARAGRAPH, block.text)

    def no_rows(self, block: NoRows) -> Iterator[Piece]:
        said = (f"{block.title}: {block.text}", _notes(block.notes), _chosen(block.facets))
        yield Line(PARAGRAPH, _joined(*said))

    def leads(self, block: Leads) -> Iterator[Piece]:
        for link in block.links:
            yield Line(ITEM, linked(link.label, link.address))

    def chart(self, block: Chart) -> Iterator[Piece]:
        yield Line(CHART, block.caption)
        for bar in block.bars:
            heard = f"{bar.label}: {bar.spoken or bar.words}{drawn(block.share(bar))}"
            yield Line(ITEM, f"{bar.label}: {bar.words} {'' if bar.value is None else heard}")

    def archive(self, links: Iterable[DocumentLink]) -> Iterator[Piece]:
        for link in links:
            title = linked(link.place.title, link.place.path)
            standing = f"{link.standing}," if link.standing else ""
            yield Line(ITEM, _joined(title, standing, link.summary))

    def card(self, label: str, link: DocumentLink | None) -> Iterator[Piece]:
        if link:
            title = linked(link.place.title, link.place.path)
            yield from _lines(PARAGRAPH, label, title, link.summary)


_BLOCKS: Final[Mapping[type[object], Callable[[_Teller, Any], Iterator[Piece]]]] = {
    Prose: _Teller.prose,
    Facts: _Teller.facts,
    NoRows: _Teller.no_rows,
    Caption: _Teller.caption,
    Chart: _Teller.chart,
    Leads: _Teller.leads,
    Table: _Teller.table,
}


# Pages ---------------------------------------------------------------------------------------


def document(view: DocumentView, sizes: Mapping[str, int], *, portal: bool) -> Iterator[Piece]:
    """Tell the page of a document; `sizes` are those of its downloads by their paths."""
    place, supplier = view.place, view.supplier
    teller = _Teller(place.path, portal)
    yield from teller.crumbs([Link(supplier.name, place.home)], place.title)
    draft = view.draft_words
    yield Line(PARAGRAPH, " · ".join(filter(None, (place.kind.words, place.years, draft))))
    yield Line(heading(1), view.title)
    if view.opening:
        yield from pieces(fragment(prose(view.opening.text)))
    yield from pieces(fragment(prose(view.description or "")))
    yield from _lines(PARAGRAPH, supplier.demo and DEMO_NOTICE)
    yield from _lines(PARAGRAPH, draft and f"{draft}. {DRAFT_NOTICE}")
    if view.newer:
        newer = linked(view.newer.title, view.newer.path)
        yield Line(PARAGRAPH, f"Есть документ новее: {newer}.")
    yield Line(heading(2), "Скачать")
    for form in FORMATS:
        path = f"{place.path}{view.file_stem}{form.ending}"
        yield Line(ITEM, linked(f"{form.name}{say_size(sizes.get(path, 0))}", path))
    yield Line(heading(2), "О документе")
    for name, value in _about(view):
        yield from teller.fact(name, value)
    yield from _lines(TEXT, _notes(view.notes))
    if view.leads:
        yield Line(heading(2), "Об этом документе подробнее")
        yield from teller.leads(Leads(view.leads))
    yield Line(heading(2), "Содержание")
    for section in view.sections:
        for entry in (section, *section.sections):
            yield Line(ITEM, linked(entry.heading, f"{place.path}#{entry.anchor}"))
    filters = filters_of(view)
    for section in view.sections:
        yield from teller.section(section, 2, filters)


def _about(view: DocumentView) -> Iterator[tuple[str, str]]:
    yield "Поставщик", view.supplier.full_name
    if view.approval:
        yield "Утверждение", " ".join(view.approval)
    for place in view.related:
        yield _related(place), linked(place.title, place.path)
    facts = (("Код", view.code), ("Доступ", view.access), ("Место и год издания", view.imprint))
    yield from ((name, value) for name, value in facts if value)
    if view.published:
        yield "Опубликован", say_date(view.published)
    how = linked("Как проверить", "publication/#documents")
    yield "Контрольная сумма данных", f"{say_checksum(view.checksum)} {how}"
    if view.changed:
        yield "Файл документа изменён", say_moment(view.changed)


def _related(place: Place) -> str:
    return "Отчёт о выполнении" if place.kind is Kind.REPORT else "Программа"


def plain(view: PageView, *, portal: bool) -> Iterator[Piece]:
    """Tell a page that is no document."""
    teller = _Teller(view.path, portal)
    yield from teller.crumbs([Link(view.supplier.name, view.home), *view.crumbs], view.title)
    yield Line(heading(1), view.title)
    yield Line(PARAGRAPH, view.lede)
    yield from _lines(PARAGRAPH, view.supplier.demo and DEMO_NOTICE)
    for section in view.sections:
        yield from teller.section(section, 2)


def supplier(view: SupplierView, *, portal: bool) -> Iterator[Piece]:
    """Tell the page of a supplier."""
    teller, brief = _Teller(view.path, portal), view.supplier
    if portal:
        yield from teller.crumbs([], brief.name)
    yield from _lines(PARAGRAPH, " · ".join(brief.brand))
    yield Line(heading(1), brief.name)
    yield from _lines(PARAGRAPH, _SUPPLIER_LEDE, brief.demo and DEMO_NOTICE)
    yield from teller.card("Последняя программа", view.programme)
    yield from teller.card("Последний отчёт", view.report)
    yield from teller.card("Черновик отчёта", view.draft)
    yield from teller.leads(Leads(view.leads))
    if view.facts:
        yield Line(heading(2), "О компании")
        yield from teller.facts(Facts(view.facts))
    if view.contacts or view.hours:
        yield Line(heading(2), "Контакты и режим работы")
        for table in filter(None, (view.contacts, view.hours)):
            yield from teller.table(table)
        yield from _source(view.hours_source)
    if view.indicators:
        yield Line(heading(2), "Показатели качества обслуживания")
        for block in view.indicators:
            yield from teller.block(block)
        yield from _source(view.indicators_source)
    if view.archive:
        yield Line(heading(2), "Все документы по годам")
        yield from teller.archive(view.archive)


def _source(link: DocumentLink | None) -> Iterator[Line]:
    if link:
        yield Line(PARAGRAPH, f"Источник: {linked(link.place.title, link.place.path)}.")


def portal(view: PortalView) -> Iterator[Piece]:
    """Tell the front page of a portal."""
    yield Line(heading(1), "Как поставщики электроэнергии улучшают обслуживание")
    yield from _lines(PARAGRAPH, _PORTAL_LEDE, view.demo and DEMO_NOTICE)
    for found in view.suppliers:
        yield Line(heading(2), linked(found.supplier.name, found.path))
        yield from _lines(PARAGRAPH, found.supplier.demo and not view.demo and DEMO)
        yield from _Teller("", portal=True).archive(found.archive)


def searched(suppliers: Iterable[SupplierView], *, portal: bool) -> Iterator[Piece]:
    """Tell the list of all documents that the page of the search ends with."""
    yield Line(heading(2), "Все документы")
    for found in suppliers:
        yield Line(heading(3), linked(found.supplier.name, found.path))
        yield from _Teller("", portal).archive(found.archive)


def publication(view: PublicationView, register: str) -> Iterator[Piece]:
    """Tell the page about the publication; `register` is the checksum of the file that is there."""
    revision = view.revision
    yield from _lines(PARAGRAPH, not revision and _UNKNOWN)
    yield from _lines(PARAGRAPH, revision is not None and not revision.clean and _CHANGED)
    yield Line(heading(2), "Что это за сайт")
    if revision:
        yield from _fact("Версия (коммит Git)", revision.name[:12], revision.name)
        yield from _fact("Версия записана", say_moment(revision.time))
    yield from _fact("Сайт собран на момент", say_moment(view.built))
    yield from _fact("Контрольная сумма всех документов", say_checksum(register), register)
    yield Line(PARAGRAPH, _what_is_summed(view))
    yield Line(heading(2), "Документы")
    yield Line(PARAGRAPH, _ABOUT_DOCUMENTS)
    yield from (_published(name, documents) for name, documents in view.documents if documents)
    yield Line(heading(2), "Кто подписывает")
    yield from _lines(PARAGRAPH, _SIGNED if view.signers else _UNSIGNED)
    for signer in view.signers:
        yield from _fact("Чей ключ", signer.name or "не указано")
        yield from _fact("Отпечаток ключа", _fingerprint(signer.key))
        yield from _fact("Вид ключа", signer.kind)
        for name, day in (("Действует с", signer.since), ("Действует до", signer.until)):
            yield from _fact(name, say_date(day)) if day else ()
    yield from _lines(PARAGRAPH, bool(view.signers) and _ASK)
    yield from (Line(TEXT, said) for said in _commands(view, register))


_UNKNOWN: Final = (
    "Версия сайта не записана. Он собран не из хранилища Git, поэтому сверить можно только"
    " документы."
)
_CHANGED: Final = (
    "Это пробная сборка. После версии, названной ниже, файлы ещё меняли. У опубликованного сайта"
    " так быть не должно."
)
_ABOUT_DOCUMENTS: Final = (
    "Контрольная сумма документа стоит на его странице и в PDF. Сравните её с таблицей: если суммы"
    " одинаковы, у вас тот же документ. Здесь показано начало суммы; нажмите на него, чтобы увидеть"
    " её целиком."
)
_SIGNED: Final = (
    "Перечень файлов сайта подписывают одним из этих ключей. Это не квалифицированная электронная"
    " подпись и не подпись под документом: она показывает, что сайт опубликовал владелец ключа и"
    " после этого ничего не изменилось."
)
_UNSIGNED: Final = (
    "Ключи подписи для этого сайта не названы. Сверить файлы с перечнем контрольных сумм можно, а"
    " узнать по подписи, кто составил этот перечень, нельзя."
)
_ASK: Final = (
    "Тот, кто подменит сайт, подменит и эту страницу. Поэтому узнайте отпечаток и из другого"
    " источника: спросите его у поставщика по телефону или письмом."
)


def _what_is_summed(view: PublicationView) -> str:
    said = (
        f"Сумма SHA-256 посчитана по файлу {linked('editions.json', 'editions.json')}: в нём"
        " перечислены все документы сайта, их редакции и контрольные суммы."
    )
    if not view.released:
        return said
    files = linked("SHA256SUMS", "SHA256SUMS")
    signature = linked("SHA256SUMS.sig", "SHA256SUMS.sig")
    signed = f", его подпись — в файле {signature}" if view.signers else ""
    return (
        f"{said} Суммы всех файлов сайта, со страницами и PDF, есть в файле {files}{signed}. Эти"
        " файлы появляются при публикации, в пробной сборке их нет."
    )


def _fact(name: str, *values: str) -> Iterator[Piece]:
    yield Line(NAME, name)
    yield from (Line(VALUE, value) for value in values)


def _published(supplier: str, documents: Iterable[DocumentView]) -> Grid:
    rows = tuple(
        (
            linked(view.place.title, view.place.path) + (" (черновик)" if view.draft else ""),
            say_date(view.published) if view.published else "не указано",
            say_moment(view.changed) if view.changed else "неизвестно",
            f"{say_checksum(view.checksum)} {view.checksum}",
        )
        for view in documents
    )
    return Grid(supplier, ("Документ", "Опубликован", "Файл изменён", "Контрольная сумма"), rows)


def _fingerprint(key: str) -> str:
    """Return the fingerprint of a public key in base64, as OpenSSH says it."""
    return f"SHA256:{b64encode(sha256(b64decode(key)).digest()).decode().removesuffix('=')}"


def _commands(view: PublicationView, register: str) -> Iterator[str]:
    """Yield what a reader is to copy."""
    site = view.address or "https://example.org/"
    yield "certutil -hashfile %USERPROFILE%\\Downloads\\editions.json SHA256"
    yield f"curl -fsS {site}editions.json | sha256sum"
    yield register
    if not view.released:
        return
    signature = ' -O "${site}SHA256SUMS.sig"' if view.signers else ""
    yield f'site={site} curl -fsS -O "${{site}}SHA256SUMS"{signature}'
    lines = (f"disclosure {s.options} {s.kind} {s.key}" for s in view.signers)
    if view.signers:
        yield (
            f"cat > allowed_signers <<'END' {' '.join(lines)} END"
            " ssh-keygen -Y verify -f allowed_signers -I disclosure -n disclosure"
            " -s SHA256SUMS.sig < SHA256SUMS"
        )
    yield (
        'awk -v site="$site" \'!/^#/ { file = url = substr($0, 67); gsub(/ /, "%20", url);'
        ' printf "url=\\"%s%s\\"\\noutput=\\"%s\\"\\n", site, url, file }\' SHA256SUMS'
        " | curl -fsS --create-dirs -K -"
        " sha256sum -c --quiet SHA256SUMS && echo Совпало"
    )
    keys = " --signers allowed_signers" if view.signers else ""
    yield f'disclosure verify-live "$site"{keys}'


# Words ---------------------------------------------------------------------------------------


def _filters(filters: Filters) -> Iterator[Piece]:
    yield Line(heading(3), "Отобрать мероприятия")
    for found in filters.filters:
        options = (f"{option.words} [{option.value}]" for option in found.options)
        yield Line(PARAGRAPH, _joined(found.title, "Все", *options))
    yield Line(PARAGRAPH, f"Показано {filters.total} из {filters.total_words}.")
    yield Line(TEXT, "Показать все")


def _chosen(facets: Iterable[Facet]) -> str:
    return chosen((facet.choice, facet.value) for facet in facets)


def _edits(runs: Iterable[Run]) -> Iterator[str]:
    """Yield the words of a changed text, and what is said of each change."""
    edit = ""
    for run in runs:
        kept = edit and not run.edit and any(map(str.isalnum, run.text))
        yield f"{'; далее: ' if kept else ''}{_EDITS[run.edit]}{run.text}"
        edit = run.edit


def _notes(texts: Iterable[str]) -> str:
    return " ".join(f"{NOTE}. {text}" for text in texts)


def _lines(kind: str, *texts: str | bool | None) -> Iterator[Line]:
    return (Line(kind, text) for text in texts if isinstance(text, str) and text)


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)
