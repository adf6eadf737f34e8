"""The rules of disclosure: over one document, and across documents."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.finding import Finding
from disclosure.folder import Folder
from disclosure.model import SupplierFolder
from disclosure.rules.document import check_document
from disclosure.rules.problem import settle
from disclosure.rules.programme import check_programme
from disclosure.rules.report import check_report
from disclosure.rules.supplier import check_continuity, check_supplier
from disclosure.source import Source

__all__ = ["check"]


def check(folder: Folder) -> list[Finding]:
    """Return every finding about a data folder, those of reading it included, sorted."""
    findings = list(folder.findings)
    for supplier in folder.disclosure.suppliers:
        findings += _supplier(folder, supplier)
    return sorted(set(findings))


def _supplier(folder: Folder, supplier: SupplierFolder) -> Iterator[Finding]:
    def source(name: str) -> Source:
        return folder.sources[f"suppliers/{supplier.slug}/{name}.yml"]

    disclosure, about = folder.disclosure, supplier.supplier
    yield from settle(check_supplier(about), about, source("supplier"))
    for period, programme in supplier.programmes.items():
        problems = [
            *check_document(programme, about, disclosure),
            *check_programme(programme, disclosure),
            *check_continuity(supplier, period),
        ]
        yield from settle(problems, programme, source(f"programmes/{period}"))
    for period, report in supplier.reports.items():
        problems = [*check_document(report, about, disclosure), *check_report(report, supplier)]
        yield from settle(problems, report, source(f"reports/{period}"))
