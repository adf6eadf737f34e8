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
class Place:
    """A place of another document that a finding is about as well, and what that document is."""

    path: str
    line: int
    column: int
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong at a place of a file; lines and columns count from 1, 0 is the whole file.

    `beside` holds the place of the second document where a rule ties two together.
    """

    path: str
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR
    beside: tuple[Place, ...] = ()

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        mark = "предупреждение: " if self.severity is Severity.WARNING else ""
        beside = "".join(f" ({other})" for other in self.beside)
        return f"{place}: {mark}{self.message}{beside}"


def counted(findings: Iterable[Finding]) -> tuple[int, int]:
    """Return how many of the findings are errors, and how many are warnings."""
    severities = [finding.severity for finding in findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


class DataError(Exception):
    """The data cannot be published; its text is all findings, one a line, sorted."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
