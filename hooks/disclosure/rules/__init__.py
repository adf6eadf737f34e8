"""The rules of disclosure: over one document, and across documents."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from disclosure.finding import Finding
from disclosure.folder import Folder, years_of
from disclosure.model import Entity, SupplierFolder
from disclosure.rules.document import check_document, check_period
from disclosure.rules.duties import check_duties
from disclosure.rules.problem import Problem, settle
from disclosure.rules.programme import check_channels, check_deadlines, check_programme
from disclosure.rules.redirects import check_redirects
from disclosure.rules.report import check_answers, check_carried_on, check_report
from disclosure.rules.signs import check_signs
from disclosure.rules.supplier import check_continuity, check_supplier
from disclosure.rules.vocabulary import check_vocabulary

__all__ = ["check"]


def check(
    folder: Folder, drawn: Container[int] | None = None, today: date | None = None
) -> list[Finding]:
    """Return every finding about a data folder, those of reading it included, sorted.

    `drawn` are the code points that the type faces of the PDFs have, None where nobody knows.
    `today` is the day as of which duties are missed or due soon, None where nobody asks.
    """
    findings = list(folder.findings)
    if drawn is not None:
        for each in folder.rests.values():
            findings += check_signs(each.source, drawn)
    if rest := folder.rests.get("channels.yml"):
        vocabulary = folder.disclosure.vocabulary
        findings += settle(check_vocabulary(vocabulary), vocabulary, rest)
    if rest := folder.rests.get("redirects.yml"):
        partly = bool(folder.only or folder.unread)
        redirects = folder.disclosure.redirects
        findings += settle(check_redirects(folder.disclosure, partly=partly), redirects, rest)
    for supplier in folder.disclosure.suppliers:
        findings += _supplier(folder, supplier)
        findings += _duties(folder, supplier, today) if today else ()
    return sorted(set(findings))


def _duties(folder: Folder, supplier: SupplierFolder, today: date) -> Iterator[Finding]:
    """Check what a supplier owes, unless a document that is there could not be read."""
    file = f"suppliers/{supplier.slug}/supplier.yml"
    unread = any(name.startswith(f"suppliers/{supplier.slug}/") for name in folder.unread)
    if file in folder.rests and not unread and "duties.yml" not in folder.unread:
        root = folder.rests[file].source.path.removesuffix(file)
        yield from check_duties(supplier, folder.disclosure.duties, root, today)


def _supplier(folder: Folder, supplier: SupplierFolder) -> Iterator[Finding]:
    """Check one supplier; a rule that ties files together is asked once it can read them."""
    base = f"suppliers/{supplier.slug}/"

    def read(*names: str) -> bool:
        return folder.unread.isdisjoint(names)

    file = supplier.file
    whole = not any(name.startswith(base) or "/" not in name for name in folder.unread)
    programmes_read = not any(name.startswith(f"{base}programmes/") for name in folder.unread)
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
        if programmes_read:
            problems += check_continuity(supplier, period)
        found[file("programmes", period)] = programme, problems
    for period, report in supplier.reports.items():
        problems = [
            *check_document(report, about, disclosure),
            *check_period(report, years_of(period)),
            *check_report(report, years_of(period)),
        ]
        if read(file("reports", period), file("programmes", report.programme)):
            problems += check_answers(report, supplier)
            problems += check_carried_on(report, supplier) if programmes_read else ()
        found[file("reports", period)] = report, problems
    for name, (document, problems) in found.items():
        if rest := folder.rests.get(name):
            yield from settle(problems, document, rest, folder.rests, idle=whole)
