"""A server with the gate, called over SSH."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from disclosure.archive import Release
from disclosure.deploy.target import Back, DeployError, Outcome
from disclosure.keys import private_files, without_secrets
from gate.manifest import ID
from gate.refused import OVERTAKEN

_SSH: Final = "ssh"
_SECONDS: Final = 1500
"""How long a call may take: the gate waits for another publication and for a slow line."""
_WORD: Final = re.compile(r"[\w][\w.-]*", re.ASCII)
_HOST: Final = re.compile(r"[\w][\w.-]*|[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)
_OPTIONS: Final = (
    *("-T", "-a", "-x", "-o", "BatchMode=yes", "-o", "ClearAllForwardings=yes"),
    *("-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4"),
    # not over a line that another key opened, nor one that stays open behind; and the verb alone
    *("-o", "ControlPath=none", "-o", "RemoteCommand=none"),
)
_ANSWER: Final = re.compile(rf"(published|live|back|current) ({ID})")


@dataclass(frozen=True)
class Server:
    """A server whose gate takes releases."""

    user: str | None
    host: str
    port: int | None

    def publish(self, release: Release) -> Outcome:
        """Make a release live, whole or not at all; raise DeployError where it is not."""
        done = self._call("publish", release.file)
        if done.status == _BROKEN:
            return self._after_break(release.manifest.id, done)
        if done.status:
            raise DeployError(f"Сервер не взял выпуск. {done.reason}")
        outcomes = {"published": Outcome.PUBLISHED, "live": Outcome.ALREADY}
        word, told = done.answer
        if word not in outcomes or told != release.manifest.id:
            raise DeployError(f"Сервер ответил непонятно. {done.reason}")
        return outcomes[word]

    def back(self, release_id: str) -> Back:
        """Make live again what was live before a release, if that is still the live one."""
        done = self._call(f"rollback {release_id}")
        word, live = done.answer
        if done.status == 0 and word == "back":
            return Back(live, taken=True)
        if done.status == OVERTAKEN and word == "current":
            return Back(live, taken=False)
        raise DeployError(done.reason)

    def _after_break(self, mine: str, broken: _Done) -> Outcome:
        """Find out what came of a call whose line broke."""
        asked = self._call("current")
        if asked.answer == ("current", mine):
            return Outcome.PUBLISHED
        if asked.status == _BROKEN:
            raise DeployError(f"Выпуск не передан. {broken.reason}")
        raise DeployError(
            f"Связь прервалась, на сайте прежнее. Повторите публикацию. {broken.reason}"
        )

    def _call(self, verb: str, sent: Path | None = None) -> _Done:
        keys = {name: os.environ[name] for name in _KEYS if os.environ.get(name, "").strip()}
        with private_files(**keys) as files, sent.open("rb") if sent else nullcontext() as stream:
            try:
                done = subprocess.run(  # noqa: S603
                    [_SSH, *_OPTIONS, *_key_options(files), *self._place(), verb],
                    stdin=stream or subprocess.DEVNULL,
                    capture_output=True,
                    check=False,
                    env=without_secrets(),
                    timeout=_SECONDS,
                )
            except FileNotFoundError:
                raise DeployError("Нет программы ssh. Установите openssh-client.") from None
            except subprocess.TimeoutExpired:
                return _Done(_BROKEN, "", f"Ответа нет {_SECONDS // 60} минут.")
        said = _printable(done.stderr.decode(errors="replace")).strip()
        if done.returncode == 0 and said:
            sys.stderr.write(f"{said}\n")
        return _Done(done.returncode, done.stdout.decode(errors="replace"), said)

    def _place(self) -> list[str]:
        user = ["-l", self.user] if self.user else []
        port = ["-p", str(self.port)] if self.port else []
        return [*user, *port, "--", self.host]


def _printable(said: str) -> str:
    """Return what a server says without what would command a terminal."""
    return "".join(sign for sign in said if sign.isprintable() or sign in "\n\t")


_KEYS: Final = ("DEPLOY_KEY", "KNOWN_HOSTS")
_BROKEN: Final = 255


@dataclass(frozen=True)
class _Done:
    """What a call came to."""

    status: int
    said: str
    complaint: str

    @property
    def answer(self) -> tuple[str, str]:
        """The word and the release of the gate's answer, both empty where it gave none."""
        found = _ANSWER.fullmatch(self.said.strip())
        return (found[1], found[2]) if found else ("", "")

    @property
    def reason(self) -> str:
        """What people are told about it."""
        for sign, said in _MEANINGS.items():
            if sign in self.complaint:
                return f"{said}\nssh: {self.complaint}"
        return self.complaint or f"Код ответа {self.status}: {self.said.strip()[:200]!r}."


_MEANINGS: Final = {
    "Host key verification failed": (
        "Ключ самого сервера не тот, что в KNOWN_HOSTS (или в known_hosts), или его там нет."
        " Спросите администратора сервера, прежде чем менять."
    ),
    "Permission denied": (
        "Сервер не пустил: ключа DEPLOY_KEY нет среди ключей этого пользователя (authorized_keys)."
    ),
}


def target(address: str) -> Server:
    """Return the server of ssh://[USER@]HOST[:PORT]; raise ValueError, in Russian."""
    try:
        parts = urlsplit(address)
        user, host, port = parts.username, parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"{address}: {_LIKE_THIS}") from None
    odd = parts.password is not None or parts.path.strip("/") or parts.query or parts.fragment
    if odd or not _HOST.fullmatch(host) or (user is not None and not _WORD.fullmatch(user)):
        raise ValueError(f"{address}: {_LIKE_THIS}")
    return Server(user, host, port)


_LIKE_THIS: Final = "адрес сервера пишется так: ssh://пользователь@сервер или …@сервер:порт."


def _key_options(files: dict[str, Path]) -> list[str]:
    options: list[str] = []
    if "DEPLOY_KEY" in files:
        options += ["-i", str(files["DEPLOY_KEY"])]
        options += ["-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"]
    if "KNOWN_HOSTS" in files:
        options += ["-o", "StrictHostKeyChecking=yes", "-o", "GlobalKnownHostsFile=/dev/null"]
        options += ["-o", f'UserKnownHostsFile="{files["KNOWN_HOSTS"]}"']
    return options
