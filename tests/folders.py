"""Small suppliers for tests of what becomes of documents over the years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disclosure.folder import years_of
from disclosure.model import (
    Disclosure,
    Duties,
    LegalActs,
    Programme,
    Redirects,
    Report,
    Supplier,
    SupplierFolder,
    Vocabulary,
)
from disclosure.views.document import DocumentView, Kind, Place
from disclosure.views.programme import programme_view
from disclosure.views.report import report_view

Said = Mapping[str, Any]


def programme(period: str, *measures: Said, **fields: Any) -> Programme:
    """Return a programme of a flat list; a measure may leave its text to its id."""
    items = [{"text": each["id"], **each} for each in measures or ({"id": "any"},)]
    said = {"title": f"Программа на {period}", "plan": {"items": items}, **fields}
    return Programme.model_validate(said, context={"years": years_of(period)})


def report(of: str, *answers: Said, **fields: Any) -> Report:
    """Return a report on a programme."""
    measures = list(answers or ({"id": "any", "status": "выполнено"},))
    said = {"title": "Отчёт", "programme": of, "measures": measures, **fields}
    return Report.model_validate(said)


def supplier(
    programmes: Mapping[str, Programme], reports: Mapping[str, Report] | None = None, **fields: Any
) -> SupplierFolder:
    """Return a supplier that has some documents."""
    about = Supplier.model_validate({"name": "АО «Пример»", **fields})
    return SupplierFolder(
        slug="primer", supplier=about, programmes=dict(programmes), reports=dict(reports or {})
    )


def disclosure(folder: SupplierFolder) -> Disclosure:
    """Return all that is disclosed where there is but one supplier."""
    return Disclosure(
        vocabulary=Vocabulary(service_types=()),
        acts=LegalActs(acts=()),
        duties=Duties(duties=()),
        redirects=Redirects(redirects=()),
        suppliers=(folder,),
    )


def views(folder: SupplierFolder, home: str = "") -> tuple[DocumentView, ...]:
    """Return the views of all documents of a supplier."""
    known = disclosure(folder)
    return (
        *(programme_view(known, folder, Place(Kind.PROGRAMME, p, home)) for p in folder.programmes),
        *(report_view(known, folder, Place(Kind.REPORT, p, home)) for p in folder.reports),
    )
