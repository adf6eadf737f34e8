"""Rules of publication: nothing that is owed is missed, and nothing comes as a surprise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from disclosure.finding import Finding, Severity
from disclosure.model import Duties, DutyKind, Owed, Publication, SupplierFolder, owed
from disclosure.values import say_date

AHEAD: Final = timedelta(days=30)
"""How long before its last day a publication is reminded of."""


def check_duties(
    folder: SupplierFolder, duties: Duties, root: str, today: date
) -> Iterator[Finding]:
    """Warn of publications that are missed or due soon, at the files that should exist.

    `root` is what the names of files begin with. Demonstrations owe nothing.
    """
    if folder.supplier.demo:
        return
    for one in owed(folder, duties, today):
        stands = one.publication(today)
        if stands is Publication.MISSED:
            yield _finding(folder, root, one, f"срок {say_date(one.until)} прошёл")
        elif stands is Publication.AHEAD and one.until - today <= AHEAD:
            yield _finding(folder, root, one, f"последний день — {say_date(one.until)}")


def _finding(folder: SupplierFolder, root: str, one: Owed, when: str) -> Finding:
    report = one.duty.document is DutyKind.REPORT
    path = f"{root}{folder.file('reports' if report else 'programmes', one.period)}"
    what = f"«{one.duty.what}» за {one.period.replace('-', '–')}"
    found = "есть только черновик" if one.draft else "документа нет"
    message = f"{what}: {when}, а {found}. Опубликуйте его. Основание: {one.duty.basis}."
    return Finding(path, 0, 0, message, Severity.WARNING)
