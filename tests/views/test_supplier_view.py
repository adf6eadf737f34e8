from __future__ import annotations

from disclosure.model import Supplier, SupplierFolder
from disclosure.views.document import Chart
from disclosure.views.supplier import SupplierView, supplier_view
from disclosure.views.table import Link, Table
from tests import samples
from tests.building import YEARS


def _supplier() -> SupplierView:
    (supplier,) = samples.example().suppliers
    return supplier


def test_the_latest_programme_and_report_come_first() -> None:
    supplier = _supplier()
    assert supplier.programme
    assert supplier.programme.place.path == "programmes/2025/"
    assert supplier.programme.summary == "4 мероприятия"
    assert supplier.report is None
    assert supplier.draft
    assert supplier.draft.place.path == "reports/2024/"
    assert supplier.draft.summary == "Черновик на 20.12.2024: 9 мероприятий, выполнено 3"


def test_a_draft_does_not_hide_the_latest_whole_report() -> None:
    site = samples.read(YEARS / "data")
    (supplier,) = [one for one in site.suppliers if one.supplier.slug == "vymysel"]
    assert supplier.report
    assert supplier.draft
    assert (supplier.report.place.period, supplier.draft.place.period) == ("2024", "2025")


def test_the_archive_holds_every_document_the_newest_first() -> None:
    assert [link.place.path for link in _supplier().archive] == [
        "programmes/2025/",
        "reports/2024/",
        "programmes/2024/",
    ]


def test_facts_are_named() -> None:
    facts = [(row["name"].text, row["value"].plain) for row in _supplier().facts]
    assert facts == [
        ("Полное наименование", "Акционерное общество «Пример»"),
        ("Организационно-правовая форма", "Акционерное общество"),
        ("Город", "Омск"),
        ("Регионы", "Омская область, Алтайский край"),
        ("Клиентов", "около 1 000"),
        ("ИНН", "0123456789"),
        ("Сайт", "https://primer.example"),
    ]


def test_contacts_can_be_called_written_to_and_opened() -> None:
    contacts = _supplier().contacts
    assert contacts
    office, december = contacts.rows
    assert office["name"].notes == ("Вход со двора.",)
    assert office["contacts"].text == "г. Омск, ул. Ленина, 1"
    assert office["contacts"].links == (
        Link("8-800-000-00-01", "tel:+78000000001"),
        Link("8 (3812) 00-00-02", "tel:+73812000002"),
        Link("priem@primer.example", "mailto:priem@primer.example"),
        Link("https://primer.example/priem", "https://primer.example/priem"),
    )
    assert december["name"].text == "Приёмная: в декабре"
    assert december["hours"].text == "пн–сб 9:00–18:00, вс выходной"


def test_hours_and_indicators_are_those_of_the_latest_document_that_has_them() -> None:
    supplier = _supplier()
    assert supplier.hours
    assert [row["name"].text for row in supplier.hours.rows] == ["Чат"]
    assert supplier.hours_source
    assert supplier.hours_source.place.path == "programmes/2025/"
    assert [(type(block), block.caption) for block in supplier.indicators] == [
        (Table, "Общие показатели"),
        (Chart, "Обращений, шт."),
        (Chart, "Ответов в срок, %"),
        (Table, "По телефону"),
        (Chart, "Ждали ответа, мин:сек"),
    ]


def test_a_supplier_with_nothing_but_a_name_has_a_page() -> None:
    folder = SupplierFolder(slug="primer", supplier=Supplier(name="АО «Пример»"))
    bare = supplier_view(folder, "", ())
    assert bare.supplier.name == bare.supplier.full_name == "АО «Пример»"
    assert not any((bare.facts, bare.contacts, bare.hours, bare.programme, bare.report))
    assert not any((bare.indicators, bare.archive))
