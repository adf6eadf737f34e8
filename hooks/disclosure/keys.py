"""Private keys: given as text to programs that want a file, and gone when they are done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Final

from gate.signature import SIGNER

_SECRETS: Final = frozenset(
    {"SIGNING_KEY", "DEPLOY_KEY", "KNOWN_HOSTS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
)


def without_secrets() -> dict[str, str]:
    """Return the environment as programs get it that are given their keys as files."""
    return {name: said for name, said in os.environ.items() if name not in _SECRETS}


class SigningError(Exception):
    """A signature that could not be made; the message says why, in Russian."""


@contextmanager
def private_files(**texts: str) -> Iterator[dict[str, Path]]:
    """Give each text as a file that nobody else may read, while the block runs.

    What a secret of CI may have lost is mended: the last newline, and newlines of Windows.
    """
    with _ended_in_order(), TemporaryDirectory(prefix="disclosure-") as folder:
        files = {name: Path(folder, name) for name in texts}
        for name, file in files.items():
            file.touch(mode=0o600)
            file.write_text("\n".join(texts[name].split("\r\n")).strip() + "\n", encoding="utf-8")
        yield files


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a run that CI cancels remove its files: Python dies of SIGTERM without a word."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _: FrameType | None) -> None:
        sys.exit(128 + number)

    before = {sign: signal.signal(sign, leave) for sign in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def sign(content: bytes, key: Path) -> bytes:
    """Return the signature of a content by `ssh-keygen -Y sign`; raise SigningError.

    The key may be a public one whose private half ssh-agent has.
    """
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", SIGNER, "-f", str(key)]
    try:
        # a session of its own has no terminal to ask for a passphrase at
        done = subprocess.run(  # noqa: S603
            command,
            input=content,
            capture_output=True,
            check=False,
            env={**without_secrets(), "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"},
            start_new_session=True,
            timeout=60,
        )
    except FileNotFoundError:
        raise SigningError("Нет программы ssh-keygen. Установите openssh-client.") from None
    except subprocess.TimeoutExpired:
        raise SigningError("ssh-keygen не отвечает: подписать не удалось.") from None
    if done.returncode:
        raise SigningError(_refused(done.stderr.decode(errors="replace")))
    return done.stdout


def _refused(said: str) -> str:
    if "passphrase" in said:
        return (
            "Ключ подписи закрыт паролем. Откройте его агенту (ssh-add ФАЙЛ) и назовите открытую"
            " половину: --key ФАЙЛ.pub; или дайте ключ без пароля."
        )
    if "UNPROTECTED" in said:
        return "Ключ подписи могут прочитать другие. Закройте его: chmod 600 ФАЙЛ."
    return (
        "Ключ подписи не читается. Нужен закрытый ключ OpenSSH целиком, от строки BEGIN до строки"
        f" END. Ответ ssh-keygen: {said.strip()}"
    )
