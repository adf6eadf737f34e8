"""What an administrator asks for: how a server is to be set up."""

from __future__ import annotations

import argparse
import base64
import binascii
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NoReturn

from gate.nginx import Tls
from gate.refused import WRONG_CALL
from gate.steps import Access, SetupError

_HELP: Final = """\
Настроить сервер, который принимает и показывает сайт.

  site-gate.pyz setup --name АДРЕС [...]   показать по шагам, что будет сделано
  site-gate.pyz setup … --apply            сделать это; что уже сделано, пропускается

  --name АДРЕС          адрес сайта: www.example.ru
  --deploy-key КЛЮЧ     открытый ключ, которым публикуют, одной строкой: "ssh-ed25519 AAAA…";
                        несколько ключей: --deploy-key столько же раз
  --signers ФАЙЛ        ключи, чьим подписям верит сервер (data/allowed_signers)
  --root ПАПКА          где лежит сайт: /srv/site
  --user ИМЯ            учётная запись для публикации: disclosure
  --certificate ФАЙЛ    сертификат HTTPS с промежуточными, в формате PEM
  --certificate-key ФАЙЛ  его закрытый ключ; если их не назвать, берутся от certbot
  --noindex             просить поисковые машины не показывать сайт
  --prefix ПАПКА        для пробы: только записать файлы, и не на место, а в эту папку

Без --deploy-key, --signers и --certificate остаётся то, что на сервере уже есть.
"""

_NAME: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_ROOT: Final = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
_FILE: Final = re.compile(r"(?:/[\w.,@+-]+)+")
_USER: Final = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
_KEY: Final = re.compile(r"((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+=*)(?: .*)?")


@dataclass(frozen=True)
class Wish:
    """What the administrator asks for."""

    name: str
    root: str = "/srv/site"
    user: str = "disclosure"
    deploy_keys: Sequence[str] = ()
    signers: Path | None = None
    tls: Tls | None = None
    noindex: bool = False
    prefix: Path = Path("/")
    apply: bool = False

    @property
    def real(self) -> bool:
        """Whether this server is meant, and not a folder with a picture of one."""
        return self.prefix == Path("/")

    @property
    def home(self) -> str:
        """Where the account has its keys."""
        return f"/var/lib/{self.user}"

    def at(self, path: str) -> Path:
        """Return where a path of the server is."""
        return self.prefix / path.lstrip("/")

    def access(self, user: str, group: str, mode: int) -> Access:
        """Return who owns a file; in a trial that is whoever makes it."""
        return Access(user, group, mode) if self.real else Access(None, None, mode)


def read_wish(arguments: Sequence[str]) -> Wish:
    """Return what a call asks for; raise SetupError where it cannot be."""
    options = _parser().parse_args(arguments)
    wish = Wish(
        name=_name(options.name),
        root=options.root,
        user=options.user,
        deploy_keys=[_deploy_key(key) for key in options.deploy_key],
        signers=options.signers,
        noindex=options.noindex,
        prefix=options.prefix.absolute(),
        apply=options.apply,
    )
    if not _ROOT.fullmatch(wish.root):
        raise SetupError(f"--root {wish.root}: нужен путь от корня из латинских букв: /srv/site")
    if not _USER.fullmatch(wish.user):
        raise SetupError(f"--user {wish.user}: такого имени учётной записи не бывает.")
    if wish.signers and not wish.signers.is_file():
        raise SetupError(f"--signers {wish.signers}: такого файла нет.")
    return replace(wish, tls=_tls(wish, options.certificate, options.certificate_key))


class _Parser(argparse.ArgumentParser):
    """Helps and complains in Russian."""

    def format_help(self) -> str:
        return _HELP

    def error(self, message: str) -> NoReturn:  # argparse says it in English
        said = shlex.join(["site-gate.pyz", *sys.argv[1:]])
        print(f"Неверный вызов: {said}\n\n{_HELP}", file=sys.stderr)
        raise SystemExit(WRONG_CALL)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(allow_abbrev=False)
    parser.add_argument("--name", required=True)
    parser.add_argument("--root", default=Wish.root)
    parser.add_argument("--user", default=Wish.user)
    parser.add_argument("--deploy-key", action="append", default=[])
    parser.add_argument("--signers", type=Path)
    parser.add_argument("--certificate")
    parser.add_argument("--certificate-key")
    parser.add_argument("--noindex", action="store_true")
    parser.add_argument("--prefix", type=Path, default=Path("/"))
    parser.add_argument("--apply", action="store_true")
    return parser


def _name(said: str) -> str:
    """Return a name of a host as the network knows it: «пример.рф» too."""
    try:
        name = said.encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not _NAME.fullmatch(name):
        raise SetupError(f"--name {said}: это не адрес сайта. Нужен такой: www.example.ru")
    return name


def _deploy_key(said: str) -> str:
    """Return a public key; raise SetupError where it is none."""
    key = " ".join(said.split())
    form = _KEY.fullmatch(key)
    try:
        body = base64.b64decode(form[2], validate=True) if form else b""
    except binascii.Error:
        body = b""
    if not form or not body.startswith(len(form[1]).to_bytes(4, "big") + form[1].encode()):
        raise SetupError(
            f"--deploy-key: «{key[:40]}…» — не открытый ключ. Он начинается с ssh-ed25519, это "
            'вся строка файла .pub в кавычках: --deploy-key "$(cat deploy.pub)"'
        )
    return key


def _tls(wish: Wish, certificate: str | None, key: str | None) -> Tls | None:
    """Return the certificate that is named, None where none is."""
    if bool(certificate) != bool(key):
        raise SetupError("Нужны оба: --certificate и --certificate-key.")
    if not certificate or not key:
        return None
    for file in (certificate, key):
        if not wish.at(file).is_file():
            raise SetupError(f"{file}: такого файла нет.")
        if not _FILE.fullmatch(file):
            raise SetupError(f"{file}: нужен путь от корня, без пробелов и кавычек.")
    return https(certificate, key)


def https(certificate: str, key: str) -> Tls:
    """Return what HTTPS needs of nginx."""
    return Tls(certificate, key, [f"{address} ssl http2" for address in listen("443")])


def listen(port: str) -> list[str]:
    """Return what to listen at: IPv6 too where the kernel has it."""
    return [port, f"[::]:{port}"] if Path("/proc/net/if_inet6").exists() else [port]
