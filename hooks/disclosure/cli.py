"""The command line: disclosure check | write | schema."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from disclosure.finding import DataError, Finding, Severity
from disclosure.folder import read_folder
from disclosure.render import RenderError
from disclosure.render.fonts import drawn
from disclosure.rules import check
from disclosure.schema import FOLDER, write_schemas
from disclosure.settings import cache_folder, data_folder, only_supplier
from disclosure.site import build
from disclosure.values.russian import plural

FINE, FINDINGS, WRONG_USE = 0, 1, 2

_HELP: Final = """\
Программы и отчёты поставщиков электроэнергии: из YAML в сайт.

  disclosure check [ДАННЫЕ]   проверить данные и показать все ошибки сразу
  disclosure write ПАПКА      записать страницы и файлы в папку, без MkDocs
  disclosure schema [ПАПКА]   обновить схемы, по которым редактор подсказывает поля
  disclosure --help           эта справка

ДАННЫЕ — папка с данными; если не названа, то из DISCLOSURE_DATA, иначе data.
Переменная SUPPLIER — имя папки поставщика: тогда берётся только он.
Переменная SITE_URL — адрес сайта: он нужен обложкам PDF.

Код выхода: 0 — всё в порядке, 1 — в данных есть ошибки, 2 — неверный вызов.
"""


class _Parser(argparse.ArgumentParser):
    """Helps and complains in Russian."""

    def format_help(self) -> str:
        return _HELP

    def error(self, message: str) -> NoReturn:  # argparse says it in English
        said = " ".join(["disclosure", *sys.argv[1:]])
        sys.stderr.write(f"Неверный вызов: {said}\n\n{_HELP}")
        raise SystemExit(WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if all is well, 1 for findings, 2 for wrong use."""
    parser = _Parser(prog="disclosure", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", allow_abbrev=False)
    checking.add_argument("data", nargs="?", type=Path, default=data_folder())
    checking.set_defaults(run=lambda options: _check(options.data))
    writing = commands.add_parser("write", allow_abbrev=False)
    writing.add_argument("out", type=Path)
    writing.set_defaults(run=lambda options: _write(options.out))
    schema = commands.add_parser("schema", allow_abbrev=False)
    schema.add_argument("out", nargs="?", type=Path, default=FOLDER)
    schema.set_defaults(run=lambda options: _schema(options.out))
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Cyrillic
    try:
        return int(options.run(options))
    except BrokenPipeError:  # the reader of a pipe has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {_REASONS.get(type(error), 'не прочитать')}.\n")
        return WRONG_USE


_REASONS: Final[dict[type[OSError], str]] = {
    FileExistsError: "здесь уже есть файл, а нужна папка",
    FileNotFoundError: "такого файла нет",
    NotADirectoryError: "здесь нужна папка, а это файл",
    PermissionError: "нет доступа",
}


def _check(data: Path) -> int:
    if not data.is_dir():
        sys.stderr.write(f"{data}: такой папки с данными нет. Проверьте путь.\n")
        return WRONG_USE
    if (data / "supplier.yml").exists():
        said = "это папка одного поставщика. Проверяют всю папку данных"
        sys.stderr.write(f"{data}: {said}: SUPPLIER={data.name} disclosure check.\n")
        return WRONG_USE
    folder = read_folder(data, only_supplier())
    findings = check(folder, drawn())
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


def _write(out: Path) -> int:
    if out.is_dir() and any(out.iterdir()):
        sys.stderr.write(f"{out}: папка не пуста. Назовите новую или очистите эту.\n")
        return WRONG_USE
    try:
        artifacts = list(build(data_folder(), only=only_supplier(), cache=cache_folder()))
    except DataError as error:
        _complain(error.findings)
        return FINDINGS
    except RenderError as error:
        sys.stderr.write(f"{error}\n")
        return FINDINGS
    for artifact in artifacts:
        file = out / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(artifact.content)
    print(f"Записано в {out}: {plural(len(artifacts), 'файл', 'файла', 'файлов')}.")
    return FINE


def _complain(findings: Sequence[Finding]) -> None:
    for finding in findings:
        sys.stderr.write(f"{finding}\n")


def _schema(out: Path) -> int:
    write_schemas(out)
    return FINE
