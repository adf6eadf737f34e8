"""What readers will find altered: the data as published held against the data as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from disclosure.model import (
    Disclosure,
    Document,
    Report,
    Revision,
    Supplier,
    SupplierFolder,
    Vocabulary,
    content,
)
from disclosure.values import say_date
from disclosure.views.channels import channels_table
from disclosure.views.document import DocumentView, Kind, Place
from disclosure.views.editions import changed_rows, changed_values
from disclosure.views.edits import edits
from disclosure.views.parts import NAMED
from disclosure.views.programme import programme_view
from disclosure.views.report import report_view
from disclosure.views.supplier import document_link, supplier_facts
from disclosure.views.table import Cell, Row, Run, Table, row

_FILE: Final = re.compile(r"suppliers/([^/]+)/(programme|report)s/([^/]+)\.yml")
_MOST: Final = 10
"""How many details of one page are told."""


@dataclass(frozen=True)
class State:
    """A data folder at one time, and the files of it, by path below it, that could not be read."""

    disclosure: Disclosure
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Detail:
    """What was altered: where, and the words, of which some are deleted or inserted."""

    where: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """A page that was altered: how, its address below the site's root, what of it, how much more.

    `path` is None for what has no page of its own.
    """

    title: str
    how: str
    path: str | None = None
    details: tuple[Detail, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Chapter:
    """What was altered of one supplier, or of what all have in common."""

    title: str
    items: tuple[Item, ...]


def alterations(
    before: State, now: State, former: Mapping[str, Sequence[str]]
) -> tuple[Chapter, ...]:
    """Return what readers will find altered, by supplier; nothing where nothing is.

    `former` are the files that each file of today was before a renaming.
    """
    both = _Both(before, now, former)
    chapters = [Chapter("Весь сайт", tuple(_common(before, now))), *both.suppliers()]
    return tuple(chapter for chapter in chapters if chapter.items)


def pages(before: Mapping[str, str], now: Mapping[str, str]) -> Chapter | None:
    """Return what was altered of the pages written by hand, given by their files; None: nothing."""
    items = [
        Item(_heading(name, now.get(name) or before[name]), how, _address(name))
        for name in sorted({*before, *now})
        if (how := _how(before.get(name), now.get(name)))
    ]
    return Chapter("Страницы, написанные вручную", tuple(items)) if items else None


def _how(was: str | None, now: str | None) -> str:
    if was == now:
        return ""
    if was is None:
        return "появится"
    return "исчезнет" if now is None else "изменится"


def _heading(name: str, text: str) -> str:
    found = re.search(r"^#\s+(.+)$", text, re.MULTILINE) if name.endswith(".md") else None
    return found[1].strip() if found else name


def _address(name: str) -> str:
    """Return the address of the page that a file of content becomes."""
    if not name.endswith(".md"):
        return name
    page = re.sub(r"(^|/)(index|README)$", r"\1", name.removesuffix(".md"))
    return f"{page}/" if page and not page.endswith("/") else page


# The whole site -----------------------------------------------------------------------------------


def _common(before: State, now: State) -> Iterator[Item]:
    """Yield what was altered of what suppliers share, where anything was published before."""
    if not before.disclosure.suppliers:
        return
    unread = before.unread | now.unread
    if _portal(before) != _portal(now):
        said = "несколько поставщиков" if _portal(now) else "один поставщик"
        yield Item("Адреса страниц", f"на сайте теперь {said}, поэтому адреса изменятся у всех")
    named = ([_channels(state.disclosure.vocabulary)] for state in (before, now))
    details = [_detail(found) for found in changed_values(*named)]
    if details and "channels.yml" not in unread:
        how = "изменятся во всех программах и отчётах, где они есть"
        yield _item("Названия каналов обслуживания", how, None, details)
    if before.disclosure.duties != now.disclosure.duties and "duties.yml" not in unread:
        how = "изменятся, а с ними страницы сроков и календари"
        yield Item("Обязательные публикации (duties.yml)", how)
    if before.disclosure.signers != now.disclosure.signers:
        how = "изменятся; спросите администратора, его ли это правка"
        yield Item("Ключи, которыми подписан сайт", how, "publication/")
    if "redirects.yml" not in unread:
        kept = {redirect.old for redirect in now.disclosure.redirects.redirects}
        for redirect in before.disclosure.redirects.redirects:
            if redirect.old not in kept:
                yield Item("Прежний адрес", "перестанет вести на нынешний", f"{redirect.old}/")


def _portal(state: State) -> bool:
    return len(state.disclosure.suppliers) > 1


def _channels(vocabulary: Vocabulary) -> Table:
    named = [(each.id, each.title) for each in vocabulary.service_types]
    for service in vocabulary.service_types:
        for channel in service.channels:
            said = filter(None, (channel.title, channel.segment))
            named.append((f"{service.id}, {channel.id}", ", ".join(said)))
    return _named("about", "", named)


def _named(key: str, caption: str, values: Iterable[tuple[str, object]]) -> Table:
    rows = tuple(row({"name": name, "value": value}) for name, value in values)
    return Table(key, caption, NAMED, rows, "name")


# Suppliers ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Both:
    """The data as they were and as they are; files that could be read and those that could not."""

    before: State
    now: State
    former: Mapping[str, Sequence[str]]

    def suppliers(self) -> Iterator[Chapter]:
        """Yield a chapter for every supplier of today, then for those that are no more."""
        before, now = _folders(self.before), _folders(self.now)
        came_from = {file: self._came_from(file) for file in _files(self.now)}
        left = {file for file in _files(self.before) if file not in came_from.values()}
        renamed = {self._former_slug(slug) for slug in now}
        for slug in [*now, *(slug for slug in before if slug not in {*now, *renamed})]:
            folder, former = now.get(slug) or before[slug], self._former_slug(slug)
            own = [file for file in came_from if _slug(file) == slug]
            items = [
                *self._supplier(slug, before.get(former), now.get(slug)),
                *(item for file in own if (item := self._document(file, came_from[file]))),
                *(self._gone(file) for file in sorted(left) if _slug(file) == former),
            ]
            yield Chapter(folder.supplier.name, tuple(items))

    def _came_from(self, file: str) -> str | None:
        known = set(_files(self.before))
        return next((f for f in (file, *self.former.get(file, ())) if f in known), None)

    def _former_slug(self, slug: str) -> str:
        """Return the name a supplier's folder had in the published data."""
        known = _folders(self.before)
        names = [slug]
        for name in names:
            redirects = self.now.disclosure.redirects.redirects
            names += [r.old for r in redirects if r.new == name and r.old not in names]
        return next((name for name in names if name in known), slug)

    def _supplier(
        self, slug: str, was: SupplierFolder | None, now: SupplierFolder | None
    ) -> Iterator[Item]:
        if now is None:
            home = _home(self.before, slug)
            yield Item("Страница поставщика", "исчезнет вместе с его документами", home)
        elif was is None:
            yield Item("Страница поставщика", "появится", _home(self.now, slug))
        else:
            moved, details = was.slug != slug, list(self._told_of(was, now))
            if moved or details:
                how = "переедет, прежний адрес поведёт сюда" if moved else "изменится"
                yield _item("Страница поставщика", how, _home(self.now, slug), details)

    def _told_of(self, was: SupplierFolder, now: SupplierFolder) -> Iterator[Detail]:
        unread = {*self.before.unread, *self.now.unread}
        if unread.isdisjoint(f"suppliers/{each.slug}/supplier.yml" for each in (was, now)):
            yield from _supplier_details(was.supplier, now.supplier)

    def _gone(self, file: str) -> Item:
        place = _place(self.before, file)
        return Item(place.title, "исчезнет с сайта", place.path)

    def _document(self, file: str, source: str | None) -> Item | None:
        """Return what became of a document that was in the file `source`, None: nothing."""
        place = _place(self.now, file)
        if file in self.now.unread:
            said = "в файле есть ошибки; исправьте их, и станет видно, что изменится"
            return Item(place.title, said, place.path)
        if source is None:
            return self._new(file, place)
        if source in self.before.unread:
            said = "прежний текст по нынешним правилам не прочитать, сравните сами"
            return Item(place.title, said, place.path)
        was, now = _document(self.before, source), _document(self.now, file)
        moved = source != file
        if was == now and not moved:
            return None
        how = _altered(was, now)
        if moved:
            how = f"переедет, прежний адрес поведёт сюда{f'; {how}' if how else ''}"
        return _item(place.title, how, place.path, [*self._details(source, file)]) if how else None

    def _new(self, file: str, place: Place) -> Item:
        document = _document(self.now, file)
        view = _drawn(self.now.disclosure, _folders(self.now)[_slug(file)], place)
        said = [document.title, *([document_link(view).summary] if view else [])]
        how = "появится" if not _is_draft(document) else "появится черновик"
        return _item(place.title, how, place.path, [Detail("", (Run(each),)) for each in said])

    def _details(self, source: str, file: str) -> Iterator[Detail]:
        was, now = _document(self.before, source), _document(self.now, file)
        yield from (_revised(each) for each in now.revisions if each not in was.revisions)
        folder, place = _folders(self.now)[_slug(file)], _place(self.now, file)
        new = _drawn(self.now.disclosure, folder, place)
        # held against today's programmes and channels, what others altered is not told here
        old = _drawn(self.now.disclosure, _holding(folder, place, was), place) or _drawn(
            self.before.disclosure,
            _folders(self.before)[_slug(source)],
            _place(self.before, source),
        )
        if new is None or old is None:
            yield Detail(
                "", (Run("показать изменения по строкам нельзя: сначала исправьте ошибки"),)
            )
            return
        details = [_detail(found) for found in changed_rows(old, new)]
        yield from details
        if not details and content(was) != content(now):
            yield Detail("", (Run("слова и числа прежние, изменилось их устройство в файле"),))


def _folders(state: State) -> dict[str, SupplierFolder]:
    return {folder.slug: folder for folder in state.disclosure.suppliers}


def _files(state: State) -> dict[str, None]:
    """Return the files of all documents, whether they could be read or not."""
    read = (file for folder in state.disclosure.suppliers for file, _ in folder.documents())
    unread = sorted(file for file in state.unread if _FILE.fullmatch(file))
    return dict.fromkeys((*read, *unread))


def _slug(file: str) -> str:
    return file.split("/")[1]


def _home(state: State, slug: str) -> str:
    return f"{slug}/" if _portal(state) else ""


def _place(state: State, file: str) -> Place:
    found = _FILE.fullmatch(file)
    if not found:
        raise ValueError(file)
    return Place(Kind(found[2]), found[3], _home(state, found[1]))


def _document(state: State, file: str) -> Document:
    return dict(_folders(state)[_slug(file)].documents())[file]


def _is_draft(document: Document) -> bool:
    return isinstance(document, Report) and document.draft is not None


def _drawn(disclosure: Disclosure, folder: SupplierFolder, place: Place) -> DocumentView | None:
    """Return the view of a document, None where it refers to what is not there."""
    draw = programme_view if place.kind is Kind.PROGRAMME else report_view
    try:
        return draw(disclosure, folder, place)
    except LookupError:
        return None


def _holding(folder: SupplierFolder, place: Place, document: Document) -> SupplierFolder:
    """Return a supplier with one document as it was."""
    held = {**getattr(folder, place.kind.folder), place.period: document}
    return folder.model_copy(update={place.kind.folder: held})


# What was altered ---------------------------------------------------------------------------------


def _altered(was: Document, now: Document) -> str:
    """Say how a document was altered, nothing where it was not."""
    if _is_draft(was) and not _is_draft(now):
        return "был черновик, станет готовым документом"
    old, new = content(was), content(now)
    dates = was.published != now.published or old.get("approval") != new.get("approval")
    for each in (old, new):
        each.pop("approval", None)
    if old != new or (was.revisions != now.revisions and not dates):
        return "изменится"
    return "изменятся даты" if dates else ""


def _revised(revision: Revision) -> Detail:
    where = f"Запись об изменении от {say_date(revision.date)}"
    return Detail(where, (Run(f"{revision.what.rstrip('.')}. Почему: {revision.why}"),))


def _supplier_details(was: Supplier, now: Supplier) -> Iterator[Detail]:
    tables = ((_about(each), *_contacts(each)) for each in (was, now))
    yield from (_detail(found) for found in changed_values(*tables))
    if was.demo != now.demo:
        said = "данные помечены" if now.demo else "данные больше не помечены"
        yield Detail("", (Run(f"{said} как демонстрационные"),))
    if (was.colour, was.brand) != (now.colour, now.brand):
        yield Detail("", (Run("изменятся цвет или фирменный блок"),))


def _about(supplier: Supplier) -> Table:
    facts = ((found["name"].text, found["value"]) for found in supplier_facts(supplier))
    return _named("about", "", [("Название", supplier.name), *facts])


def _contacts(supplier: Supplier) -> Iterator[Table]:
    table = channels_table(supplier.contacts)
    if table.rows:
        yield replace(table, caption="Контакты")


def _item(title: str, how: str, path: str | None, details: Sequence[Detail]) -> Item:
    return Item(title, how, path, tuple(details[:_MOST]), max(0, len(details) - _MOST))


def _detail(found: Row) -> Detail:
    was, now = (_said(found[side]) for side in ("was", "now"))
    return Detail(found["where"].text, edits(was, now))


def _said(side: Cell) -> str:
    """Return the words of one side of a comparison; what only says that there are none has none."""
    parts = (
        _SAID_OF.get(name, f"{name}: ") + part.text
        for name, part in side.parts
        if name != NAMED[0].title  # stands in `where`
    )
    return "; ".join(parts) or (side.text if side.runs else "")


_SAID_OF: Final = {"№": "№ ", NAMED[1].title: ""}
"""What to say before a value whose column says nothing by itself."""
