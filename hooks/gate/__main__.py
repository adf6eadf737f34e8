"""The command on a server: what the publisher's key may ask for, and what administrators may."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Final

from gate.changes import allow, go_back, publish, told_current, told_releases
from gate.owner import become_owner
from gate.refused import (
    DONE,
    OVERTAKEN,
    REFUSED,
    WRONG_CALL,
    OvertakenError,
    RefusedError,
)
from gate.store import is_id

_HELP: Final = """\
На сервере:
  site-gate.pyz list ПАПКА        какие есть выпуски, новые сверху
  site-gate.pyz rollback ПАПКА    вернуться к прежнему выпуску
  site-gate.pyz allow ПАПКА ID    снова разрешить отозванный выпуск
  site-gate.pyz setup …           настроить сервер
  site-gate.pyz serve ПАПКА       отвечать на запросы по SSH
По SSH ключом публикации: publish, rollback ID, current, list."""


class WrongCallError(Exception):
    """A call that the gate does not know."""


def main(arguments: list[str]) -> int:
    """Do what the arguments ask for, tell its result, return how the command ends."""
    os.umask(0o022)  # a web server reads what this writes
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if arguments[:1] == ["setup"]:
        from gate.setup import setup  # noqa: PLC0415 -- the only call that needs it

        return setup(arguments[1:])
    try:
        answer = _answer(arguments)
        print(answer, end="\n" if answer else "")
    except RefusedError as error:
        print(f"Сайт не изменился. {error}", file=sys.stderr)
        return REFUSED
    except WrongCallError:
        print(f"Такого вызова нет.\n{_HELP}", file=sys.stderr)
        return WRONG_CALL
    except OvertakenError as error:
        print(f"current {error.current}")
        print(error, file=sys.stderr)
        return OVERTAKEN
    return DONE


def _answer(arguments: list[str]) -> str:
    if len(arguments) >= 2:
        become_owner(Path(arguments[1]))
    if len(arguments) == 2 and arguments[0] == "serve":
        return _served(Path(arguments[1]), os.environ.get("SSH_ORIGINAL_COMMAND", ""))
    if len(arguments) == 2 and arguments[0] == "list":
        return told_releases(Path(arguments[1]))
    if len(arguments) == 2 and arguments[0] == "rollback":
        return go_back(Path(arguments[1]))
    if len(arguments) == 3 and arguments[0] == "allow" and is_id(arguments[2]):
        return allow(Path(arguments[1]), arguments[2])
    raise WrongCallError


def _served(root: Path, asked: str) -> str:
    """Answer what came over SSH: these words, and nothing else, are understood."""
    words = asked.split(" ")
    if words == ["publish"]:
        return publish(root, sys.stdin.buffer)
    if words == ["current"]:
        return told_current(root)
    if words == ["list"]:
        return told_releases(root)
    if len(words) == 2 and words[0] == "rollback" and is_id(words[1]):
        return go_back(root, words[1])
    raise WrongCallError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
