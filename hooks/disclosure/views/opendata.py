"""The page of open data: what files there are, how they are read, what their columns mean."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from disclosure.values import say_date
from disclosure.views.datasets import Stack, SupplierData
from disclosure.views.dictionary import dictionary_table
from disclosure.views.document import Facts, Leads, Prose, SectionView
from disclosure.views.page import PageView
from disclosure.views.table import Cell, Column, Link, Row, Table, cell, row

TITLE: Final = "Открытые данные"
DICTIONARY: Final = "Словарь данных"

_LEDE: Final = (
    "Всё, что сказано в программах и отчётах, в виде таблиц: их читают программы."
    " Файлы можно брать и обрабатывать без запроса."
)
_FILES: Final = (
    Column("file", "Файл"),
    Column("about", "Что в нём"),
    Column("size", "Размер", optional=True),
)
_READING: Final = """\
- Кодировка — UTF-8. В файлах этой страницы столбцы разделены запятыми, числа записаны с точкой,
  дни — так: 2025-06-01. Первая строка называет столбцы латинскими именами.
- В CSV каждого документа столбцы разделены точкой с запятой, а названы по-русски: такой файл
  сразу открывают программы таблиц. Дни там записаны так, как в документе.
- Пустая ячейка значит, что об этом в документе не сказано. Это не ноль.
- Текст, который начинается со знака = + - или @, стоит в CSV после апострофа: '+7 (495) 000-00-00.
  Так программа таблиц не примет его за формулу. Читая файл своей программой, уберите апостроф,
  если за ним стоит один из этих знаков. Числа пишутся без апострофа, и отрицательные тоже.
  В XLSX и JSON апострофов нет.
- Номера мероприятий меняются от года к году. Чтобы сравнить годы, берите постоянное имя (id)
  и столбец continues.
- Длительность в столбце number — в секундах."""
_LICENCE: Final = (
    "Условий, на которых можно пользоваться этими данными, поставщик на этом сайте не назвал."
)
_OTHERS: Final = {
    "supplier.json": "Сведения о поставщике и все его документы целиком",
    "datapackage.json": "Описание таблиц для программ: Data Package",
    "catalog.jsonld": "Каталог всех данных сайта: DCAT 3",
}


def data_pages(data: SupplierData) -> Iterator[PageView]:
    """Yield the page of a supplier's open data, and the page that says what the columns mean.

    The sizes of the files are still unknown.
    """
    yield _data_page(data)
    yield _dictionary_page(data)


def _data_page(data: SupplierData) -> PageView:
    reading = (
        Prose(_READING),
        Leads((Link(DICTIONARY, f"{data.place.path}dictionary/"),)),
        Prose(_LICENCE),
    )
    sections = (
        SectionView("files", "Файлы", None, (_files_table(data),)),
        SectionView("documents", "Файлы отдельных документов", None, tuple(_documents(data))),
        SectionView("reading", "Как читать файлы", None, reading),
        SectionView("passport", "Паспорт данных", None, tuple(_passport(data))),
    )
    return PageView(data.supplier, data.place.home, data.place.path, TITLE, _LEDE, sections)


def _dictionary_page(data: SupplierData) -> PageView:
    place, lede = data.place, "Что значит каждый столбец файлов CSV."
    sections = tuple(map(_dictionary, data.stacks))
    crumbs = (Link(TITLE, place.path),)
    path = f"{place.path}dictionary/"
    return PageView(data.supplier, place.home, path, DICTIONARY, lede, sections, crumbs)


def with_sizes(page: PageView, sizes: Mapping[str, str]) -> PageView:
    """Return a page of open data with the sizes of files, by their paths below the site's root."""
    first, *others = page.sections
    blocks = tuple(_sized(b, page.path, sizes) if isinstance(b, Table) else b for b in first.blocks)
    return replace(page, sections=(replace(first, blocks=blocks), *others))


def _sized(files: Table, path: str, sizes: Mapping[str, str]) -> Table:
    def size(file: Row) -> Cell:
        (link,) = file["file"].links
        return cell(sizes.get(posixpath.normpath(f"{path}{link.address}")))

    rows = tuple(replace(row, cells={**row.cells, "size": size(row)}) for row in files.rows)
    return files.shown(rows, files.caption, [column.key for column in files.columns])


def _files_table(data: SupplierData) -> Table:
    root = posixpath.relpath(".", data.place.path)
    tables = [(f"{stack.name}.csv", f"{stack.title}: таблица") for stack in data.stacks]
    others = [
        (f"{root}/{name}" if name == "catalog.jsonld" else name, about)
        for name, about in _OTHERS.items()
    ]
    passports = [
        (f"{stack.name}/meta.csv", f"Паспорт таблицы «{stack.title}»") for stack in data.stacks
    ]
    rows = tuple(
        row({"file": Cell(links=(Link(name.removeprefix(f"{root}/"), name),)), "about": about})
        for name, about in tables + others + passports
    )
    return Table("files", "Файлы поставщика", _FILES, rows, "file")


def _documents(data: SupplierData) -> Iterator[Prose | Leads]:
    yield Prose(
        "Программы и отчёты можно скачать по отдельности: PDF, XLSX, CSV и JSON — на странице"
        " каждого документа, под заголовком «Скачать»."
    )
    links = ((document.view.place.title, document.path) for document in data.documents)
    yield Leads(tuple(Link(*link) for link in links))


def _dictionary(stack: Stack) -> SectionView:
    dictionary = dictionary_table([stack.table])
    keys = [column.key for column in dictionary.columns if column.key != "table"]
    shown = dictionary.shown(dictionary.rows, f"Столбцы файла {stack.name}.csv", keys)
    return SectionView(stack.name, stack.title, None, (shown,))


def _passport(data: SupplierData) -> Iterator[Prose | Facts]:
    yield Prose("То же, что в файлах meta.csv. Чего мы не знаем, мы не придумываем.")
    unknown, contact = "неизвестно", data.contact
    values = {
        "Владелец": data.supplier.full_name,
        "ИНН": data.inn or "неизвестен, поэтому в имени набора данных его нет",
        "Опубликовано впервые": say_date(data.published) if data.published else unknown,
        "Последнее изменение": say_date(data.modified) if data.modified else unknown,
        "Данные верны до": unknown,
        "К кому обратиться": contact.name or unknown,
        "Телефон": contact.phone or unknown,
        "Электронная почта": contact.email or unknown,
    }
    yield Facts(tuple(row({"name": name, "value": value}) for name, value in values.items()))
