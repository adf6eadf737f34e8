"""The rules of disclosure: over one document, and across documents."""

from __future__ import annotations

from collections.abc import Container, Iterator

from disclosure.finding import Finding
from disclosure.folder import Folder, years_of
from disclosure.model import Entity, SupplierFolder
from disclosure.rules.document import check_document, check_period
from disclosure.rules.problem import Problem, settle
from disclosure.rules.programme import check_channels, check_deadlines, check_programme
from disclosure.rules.report import check_answers, check_report
from disclosure.rules.signs import check_signs
from disclosure.rules.supplier import check_continuity, check_supplier
from disclosure.rules.vocabulary import check_vocabulary

__all__ = ["check"]


def check(folder: Folder, drawn: Container[int] | None = None) -> list[Finding]:
    """Return every finding about a data folder, those of reading it included, sorted.

    `drawn` are the code points that the type faces of the PDFs have, None where nobody knows.
    """
    findings = list(folder.findings)
    if drawn is not None:
        for each in folder.rests.values():
            findings += check_signs(each.source, drawn)
    if rest := folder.rests.get("channels.yml"):
        vocabulary = folder.disclosure.vocabulary
        findings += settle(check_vocabulary(vocabulary), vocabulary, rest)
    for supplier in folder.disclosure.suppliers:
        findings += _supplier(folder, supplier)
    return sorted(set(findings))


def _supplier(folder: Folder, supplier: SupplierFolder) -> Iterator[Finding]:
    """Check one supplier; a rule that ties files together is asked once it can read them."""
    base = f"suppliers/{supplier.slug}/"

    def read(*names: str) -> bool:
        return folder.unread.isdisjoint(names)

    def file(kind: str, period: str) -> str:
        return f"{base}{kind}/{period}.yml"

    whole = not any(name.startswith(base) or "/" not in name for name in folder.unread)
    disclosure, about = folder.disclosure, supplier.supplier
    found: dict[str, tuple[Entity, list[Problem]]] = {}
    found[f"{base}supplier.yml"] = about, list(check_supplier(about))
    for period, programme in supplier.programmes.items():
        years = years_of(period)
        problems = [
            *check_document(programme, about, disclosure),
            *check_period(programme, years),
            *check_programme(programme),
            *check_deadlines(programme, years),
        ]
        if read("channels.yml"):
            problems += check_channels(programme, disclosure.vocabulary)
        if not any(name.startswith(f"{base}programmes/") for name in folder.unread):
            problems += check_continuity(supplier, period)
        found[file("programmes", period)] = programme, problems
    for period, report in supplier.reports.items():
        problems = [
            *check_document(report, about, disclosure),
            *check_period(report, years_of(period)),
            *check_report(report),
        ]
        if read(file("reports", period), file("programmes", report.programme)):
            problems += check_answers(report, supplier)
        found[file("reports", period)] = report, problems
    for name, (document, problems) in found.items():
        if rest := folder.rests.get(name):
            yield from settle(problems, document, rest, idle=whole)
