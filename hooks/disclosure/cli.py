"""The command line: what can be asked for, and how it is answered."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Final, NoReturn

from disclosure.commands import (
    check,
    deploy,
    release,
    review,
    schema,
    sign,
    verify,
    verify_live,
    write,
)
from disclosure.commands.status import FINE, WRONG_USE

_COMMANDS: Final[dict[str, ModuleType]] = {
    "check": check,
    "review": review,
    "write": write,
    "verify": verify,
    "schema": schema,
    "release": release,
    "sign": sign,
    "deploy": deploy,
    "verify-live": verify_live,
}

_HELP: Final = """\
Программы и отчёты поставщиков электроэнергии: из YAML в сайт.

  disclosure check [ДАННЫЕ]   проверить данные и показать все ошибки сразу
    --published ЧТО           и сравнить с опубликованным: ЧТО — ревизия git
                              (origin/main), папка сайта или его editions.json
  disclosure review [ДАННЫЕ]  рассказать о правке: её ошибки и что изменится для читателей
    --published ЧТО           с чем сравнить, как выше; страницы сравнивают только с ревизией git
    --out ПАПКА               куда записать summary.md; если не названа, то в review
  disclosure write ПАПКА      записать страницы и файлы в папку, без MkDocs
  disclosure verify САЙТ      сверить построенный сайт с данными: страницы, PDF, файлы, ссылки
    --changed                 только то, что изменилось после прошлой сверки
  disclosure schema [ПАПКА]   обновить схемы, по которым редактор подсказывает поля
  disclosure release [САЙТ]   собрать из построенного сайта выпуск: папку и архив
    --out ПАПКА               куда; если не названа, то в release и release.tar
  disclosure sign АРХИВ       подписать выпуск
    --key ФАЙЛ                ключом OpenSSH; если не назван, то текстом из SIGNING_KEY
  disclosure deploy АРХИВ КУДА  опубликовать выпуск, прочитать сайт обратно и сверить;
                              если читатели получают не то, вернуть прежний выпуск.
                              КУДА — ssh://пользователь@сервер[:порт] или s3://бакет[/папка]
    --address АДРЕС           где читать сайт; если не назван, то SITE_URL
  disclosure verify-live АДРЕС [МАНИФЕСТ]  сверить опубликованный сайт с манифестом: файлом
                              или адресом; если не назван, то с манифестом самого сайта
    --signers ФАЙЛ            чьей подписи верить; если не назван, то data/allowed_signers
  disclosure --help           эта справка

ДАННЫЕ — папка с данными; если не названа, то из DISCLOSURE_DATA, иначе data.
Переменная SUPPLIER — имя папки поставщика: тогда берётся только он.
Переменная SITE_URL — адрес сайта: он нужен обложкам PDF, календарям и открытым данным.
Переменные DEPLOY_KEY и KNOWN_HOSTS — текст ключа, с которым пускает сервер, и ключ самого
сервера; если не названы, то действуют настройки ssh.

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
    for name, command in _COMMANDS.items():
        command.arguments(commands.add_parser(name, allow_abbrev=False))
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Cyrillic
    try:
        return int(_COMMANDS[options.command].run(options))
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
