"""The rules of disclosure: over one document, and across documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.finding import Finding
from disclosure.folder import Folder
from disclosure.model import Disclosure, Entity, SupplierFolder
from disclosure.rules.document import check_document
from disclosure.rules.problem import Problem, settle
from disclosure.rules.programme import check_channels, check_programme
from disclosure.rules.report import check_answers, check_report
from disclosure.rules.supplier import check_continuity, check_supplier
from disclosure.rules.vocabulary import check_vocabulary

__all__ = ["check"]


def check(folder: Folder) -> list[Finding]:
    """Return every finding about a data folder, those of reading it included, sorted."""
    findings = list(folder.findings)
    if rest := folder.rests.get("channels.yml"):
        vocabulary = folder.disclosure.vocabulary
        findings += settle(check_vocabulary(vocabulary), vocabulary, rest)
    for supplier in folder.disclosure.suppliers:
        findings += _supplier(folder, supplier)
    return sorted(set(findings))


def _supplier(folder: Folder, supplier: SupplierFolder) -> Iterator[Finding]:
    """Check one supplier; what ties files together is checked once all of them can be read."""
    base = f"suppliers/{supplier.slug}/"
    whole = not any(name.startswith(base) or "/" not in name for name in folder.unread)
    for name, document, problems in _documents(folder.disclosure, supplier, whole=whole):
        if rest := folder.rests.get(f"{base}{name}.yml"):
            yield from settle(problems, document, rest, idle=whole)


def _documents(
    disclosure: Disclosure, supplier: SupplierFolder, *, whole: bool
) -> Iterator[tuple[str, Entity, Iterable[Problem]]]:
    about = supplier.supplier
    yield "supplier", about, check_supplier(about)
    for period, programme in supplier.programmes.items():
        problems = [*check_document(programme, about, disclosure), *check_programme(programme)]
        if whole:
            problems += check_channels(programme, disclosure.vocabulary)
            problems += check_continuity(supplier, period)
        yield f"programmes/{period}", programme, problems
    for period, report in supplier.reports.items():
        problems = [*check_document(report, about, disclosure), *check_report(report)]
        if whole:
            problems += check_answers(report, supplier)
        yield f"reports/{period}", report, problems
