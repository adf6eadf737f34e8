"""The command line: disclosure check | write | verify | schema."""

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
from disclosure.history import commit_time
from disclosure.publication import build
from disclosure.published import PublishedError, check_published, read_published
from disclosure.render import RenderError
from disclosure.render.fonts import drawn
from disclosure.rules import check
from disclosure.schema import FOLDER, write_schemas
from disclosure.settings import build_date, cache_folder, data_folder, only_supplier, record_file
from disclosure.site import read_site
from disclosure.values.russian import plural
from disclosure.verify import Verified, verify

FINE, FINDINGS, WRONG_USE = 0, 1, 2

_HELP: Final = """\
Программы и отчёты поставщиков электроэнергии: из YAML в сайт.

  disclosure check [ДАННЫЕ]   проверить данные и показать все ошибки сразу
    --published ЧТО           и сравнить с опубликованным: ЧТО — ревизия git
                              (origin/main), папка сайта или его editions.json
  disclosure write ПАПКА      записать страницы и файлы в папку, без MkDocs
  disclosure verify САЙТ      сверить построенный сайт с данными: страницы, PDF, файлы, ссылки
    --changed                 только то, что изменилось после прошлой сверки
  disclosure schema [ПАПКА]   обновить схемы, по которым редактор подсказывает поля
  disclosure --help           эта справка

ДАННЫЕ — папка с данными; если не названа, то из DISCLOSURE_DATA, иначе data.
Переменная SUPPLIER — имя папки поставщика: тогда берётся только он.
Переменная SITE_URL — адрес сайта: он нужен обложкам PDF, календарям и открытым данным.

Код выхода: 0 — всё в порядке, 1 — в данных или на сайте есть ошибки, 2 — неверный вызов.
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
    checking.add_argument("--published")
    checking.set_defaults(run=lambda options: _check(options.data, options.published))
    writing = commands.add_parser("write", allow_abbrev=False)
    writing.add_argument("out", type=Path)
    writing.set_defaults(run=lambda options: _write(options.out))
    verifying = commands.add_parser("verify", allow_abbrev=False)
    verifying.add_argument("site", type=Path)
    verifying.add_argument("--changed", action="store_true")
    verifying.set_defaults(run=lambda options: _verify(options.site, changed=options.changed))
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


def _check(data: Path, published: str | None) -> int:
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


def _verify(folder: Path, *, changed: bool) -> int:
    if not (folder / "index.html").is_file():
        sys.stderr.write(f"{folder}: здесь нет построенного сайта. Постройте его: make site.\n")
        return WRONG_USE
    if "SOURCE_DATE_EPOCH" not in os.environ and (commit := commit_time(Path.cwd())):
        os.environ["SOURCE_DATE_EPOCH"] = commit  # as a build dates the site
    try:
        site = read_site(data_folder(), only=only_supplier())
    except DataError as error:
        _complain(error.findings)
        return FINDINGS
    verified = verify(folder, site, record_file() if changed else None)
    _complain(verified.findings)
    print(_compared(verified))
    return FINDINGS if verified.findings else FINE


def _compared(verified: Verified) -> str:
    said = [
        plural(verified.documents, "документ", "документа", "документов"),
        plural(verified.formats, "формат", "формата", "форматов"),
        plural(verified.values, "значение", "значения", "значений"),
        plural(verified.links, "ссылка", "ссылки", "ссылок"),
    ]
    verdict = f"Сверено: {', '.join(said)}."
    if not verified.findings:
        return f"{verdict} Сайт совпадает с данными."
    return (
        f"{verdict} Сайт с данными расходится. Постройте его заново: make site, с теми же"
        " DISCLOSURE_DATA, SUPPLIER и SITE_URL, с какими сверяете."
        " Если не помогло, это ошибка программы: сообщите разработчикам."
    )


def _complain(findings: Sequence[Finding]) -> None:
    for finding in findings:
        sys.stderr.write(f"{finding}\n")


def _schema(out: Path) -> int:
    write_schemas(out)
    return FINE
