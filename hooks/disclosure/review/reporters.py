"""Where a forge shows findings: a registry of forges, each with how it is told of them."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from disclosure.finding import Finding, Severity


@dataclass(frozen=True)
class Report:
    """What a forge is told: lines it reads off the output, files it collects, by name.

    `left_out` is how many findings it would not show.
    """

    lines: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    left_out: int = 0


Reporter = Callable[[Sequence[Finding], Path], Report]
"""Findings by importance, and the folder of the checkout, to what a forge is told."""


@dataclass(frozen=True)
class Forge:
    """A forge: the variable that is true where it runs, the one that names the checkout."""

    sign: str
    checkout: str
    report: Reporter


def report(
    findings: Sequence[Finding], environment: Mapping[str, str], here: Path = Path()
) -> Report:
    """Return what the forge that runs this is told, nothing where none does.

    Files are named from the folder of the checkout, `here` where no variable names it.
    """
    for forge in FORGES:
        if environment.get(forge.sign) == "true":
            checkout = Path(environment.get(forge.checkout) or here)
            return forge.report(by_importance(findings), checkout.resolve())
    return Report()


def by_importance(findings: Sequence[Finding]) -> list[Finding]:
    """Return errors before warnings, of each the first of every file before its second."""
    counted: Counter[tuple[str, Severity]] = Counter()
    ranked = []
    for finding in sorted(findings):
        counted[finding.path, finding.severity] += 1
        number = counted[finding.path, finding.severity]
        ranked.append((finding.severity is not Severity.ERROR, number, finding))
    return [finding for *_, finding in sorted(ranked)]


def below(finding: Finding, checkout: Path) -> str | None:
    """Return the path of a finding's file from the folder of the checkout, None if elsewhere."""
    file = Path(finding.path).absolute()
    try:
        return (file.parent.resolve() / file.name).relative_to(checkout).as_posix()
    except ValueError:
        return None


# GitHub -------------------------------------------------------------------------------------------

SHOWN: Final = 10
"""How many annotations of a kind GitHub shows of one step."""


def _annotations(findings: Sequence[Finding], checkout: Path) -> Report:
    chosen: list[Finding] = []
    for severity in Severity:
        chosen += islice((each for each in findings if each.severity is severity), SHOWN)
    lines = tuple(_annotation(finding, checkout) for finding in chosen)
    return Report(lines, left_out=len(findings) - len(chosen))


def _annotation(finding: Finding, checkout: Path) -> str:
    error = finding.severity is Severity.ERROR
    place = below(finding, checkout)
    said = {
        "file": place,
        "line": finding.line if place and finding.line else None,
        "col": finding.column if place and finding.line else None,
        "title": "Ошибка в данных" if error else "Предупреждение",
    }
    told = ",".join(f"{key}={_property(str(v))}" for key, v in said.items() if v is not None)
    beside = "".join(f" ({other})" for other in finding.beside)
    message = f"{finding.message}{beside}" if place else str(finding)
    return f"::{'error' if error else 'warning'} {told}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def guarded(text: str, environment: Mapping[str, str]) -> str:
    """Return a text as GitHub is to print it: without obeying what in it looks like a command."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return text
    word = secrets.token_hex()  # that no text can know
    return f"::stop-commands::{word}\n{text}\n::{word}::\n"


# GitLab -------------------------------------------------------------------------------------------

CODE_QUALITY: Final = "gl-code-quality-report.json"


def _code_quality(findings: Sequence[Finding], checkout: Path) -> Report:
    seen: Counter[str] = Counter()
    entries = [_entry(finding, checkout, seen) for finding in findings]
    content = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    return Report(files={CODE_QUALITY: content.encode()})


def _entry(finding: Finding, checkout: Path, seen: Counter[str]) -> dict[str, object]:
    """Return a finding as GitLab reads it; its fingerprint outlives a move to another line."""
    path = below(finding, checkout) or finding.path
    told = f"{path}\n{finding.message}"
    seen[told] += 1
    return {
        "description": "".join([finding.message, *(f" ({other})" for other in finding.beside)]),
        "check_name": "disclosure",
        "fingerprint": hashlib.sha256(f"{told}\n{seen[told]}".encode()).hexdigest(),
        "severity": "critical" if finding.severity is Severity.ERROR else "minor",
        "location": {"path": path, "lines": {"begin": max(finding.line, 1)}},
    }


FORGES: Final = (
    Forge("GITHUB_ACTIONS", "GITHUB_WORKSPACE", _annotations),  # Forgejo says that it is one, too
    Forge("GITLAB_CI", "CI_PROJECT_DIR", _code_quality),
)
