"""disclosure check: the data, all findings at once."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.commands.status import FINDINGS, FINE, WRONG_USE
from disclosure.finding import Severity
from disclosure.folder import read_folder
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
    data, published = options.data, options.published
    if not data.is_dir():
        sys.stderr.write(f"{data}: такой папки с данными нет. Проверьте путь.\n")
        return WRONG_USE
    if (data / "supplier.yml").exists():
        said = "это папка одного поставщика. Проверяют всю папку данных"
        sys.stderr.write(f"{data}: {said}: SUPPLIER={data.name} disclosure check.\n")
        return WRONG_USE
    folder = read_folder(data, only_supplier())
    findings = check(folder, drawn(), build_date())
    if published is not None:
        try:
            known = read_published(data, published)
        except PublishedError as error:
            sys.stderr.write(f"{error}\n")
            return WRONG_USE
        findings = sorted([*findings, *check_published(data, folder, known, only_supplier())])
    for finding in findings:
        print(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    print(_verdict(errors, len(findings) - errors))
    return FINDINGS if errors else FINE


def _verdict(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return "Данные в порядке."
    said = [
        plural(errors, "ошибка", "ошибки", "ошибок"),
        plural(warnings, "предупреждение", "предупреждения", "предупреждений"),
    ]
    return f"Найдено: {', '.join(said)}."
