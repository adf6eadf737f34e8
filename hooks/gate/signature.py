"""Whether a manifest was signed by a key that the server knows (ssh-keygen(1), `-Y verify`)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from gate.refused import RefusedError

SIGNER: Final = "disclosure"
"""Who signs releases: the principal in the file of the keys, and the namespace of signatures."""

_PROGRAMS: Final = "/usr/local/bin:/usr/bin:/bin"
_SECONDS: Final = 30


def check_signature(signed: bytes, signature: Path, signers: Path) -> None:
    """Raise RefusedError unless a key in the file `signers` has made `signature` over `signed`."""
    if not signers.is_file():
        raise RefusedError(
            f"На сервере нет файла {signers} с ключами, которым он верит. "
            f'Впишите в него строку: {SIGNER} namespaces="{SIGNER}" и открытый ключ.'
        )
    command = [_ssh_keygen(), "-Y", "verify", "-I", SIGNER, "-n", SIGNER]
    try:
        done = subprocess.run(  # noqa: S603 -- nothing of it comes from outside
            [*command, "-f", str(signers), "-s", str(signature)],
            input=signed,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={"PATH": _PROGRAMS, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(f"Подпись не удалось проверить за {_SECONDS} с. Повторите.") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RefusedError(
            "Подпись выпуска не подходит ни к одному ключу, которому сервер верит. Подпишите "
            f"этот выпуск нужным ключом (make sign) или впишите ключ в {signers} на сервере."
            + (f" Ответ ssh-keygen: {said[0]}" if said else "")
        )


def _ssh_keygen() -> str:
    program = shutil.which("ssh-keygen", path=_PROGRAMS)
    if not program:
        raise RefusedError("На сервере нет программы ssh-keygen. Поставьте пакет openssh-client.")
    return program
