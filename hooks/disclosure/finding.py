"""What is wrong with the data: where, what, and what to do, in Russian."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops publication, a warning does not."""

    ERROR = "ошибка"
    WARNING = "предупреждение"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong at a place of a file; lines and columns count from 1, 0 is the whole file."""

    path: str
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        mark = "предупреждение: " if self.severity is Severity.WARNING else ""
        return f"{place}: {mark}{self.message}"


class DataError(Exception):
    """The data cannot be published; its text is all findings, one a line, sorted."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
