"""disclosure check: the data, all findings at once."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.commands.status import FINDINGS, FINE, WRONG_USE
from disclosure.finding import Finding, counted
from disclosure.folder import Folder, read_folder
from disclosure.published import PublishedError, check_published, read_published
from disclosure.render.fonts import drawn
from disclosure.rules import check
from disclosure.settings import build_date, data_folder, only_supplier
from disclosure.values.russian import plural


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("data", nargs="?", type=Path, default=data_folder())
    parser.add_argument("--published")


def run(options: Namespace) -> int:
    """Check the data; return 0 where they may be published."""
    if complaint := misplaced(options.data):
        sys.stderr.write(f"{complaint}\n")
        return WRONG_USE
    try:
        _, findings = checked(options.data, options.published)
    except PublishedError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    for finding in findings:
        print(finding)
    errors, warnings = counted(findings)
    print(_verdict(errors, warnings))
    return FINDINGS if errors else FINE


def misplaced(data: Path) -> str | None:
    """Say why a folder is none of data, None where it is one."""
    if not data.is_dir():
        return f"{data}: такой папки с данными нет. Проверьте путь."
    if (data / "supplier.yml").exists():
        said = "это папка одного поставщика. Проверяют всю папку данных"
        return f"{data}: {said}: SUPPLIER={data.name} disclosure check."
    return None


def checked(data: Path, published: str | None) -> tuple[Folder, list[Finding]]:
    """Return a data folder and all findings about it, held against what is published if named.

    Raises PublishedError where that cannot be read.
    """
    folder = read_folder(data, only_supplier())
    findings = check(folder, drawn(), build_date())
    if published is not None:
        known = read_published(data, published)
        findings = sorted([*findings, *check_published(data, folder, known, only_supplier())])
    return folder, findings


def _verdict(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return "Данные в порядке."
    said = [
        plural(errors, "ошибка", "ошибки", "ошибок"),
        plural(warnings, "предупреждение", "предупреждения", "предупреждений"),
    ]
    return f"Найдено: {', '.join(said)}."
