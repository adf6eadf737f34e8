"""The keys that sign releases: a file in the format of OpenSSH → the model, or findings.

Source: ssh-keygen(1), ALLOWED SIGNERS.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, datetime
from typing import Final

from disclosure.finding import Finding
from disclosure.model import Signer
from gate.signature import SIGNER

SIGNERS: Final = "allowed_signers"
"""Where a data folder has its keys."""

_KINDS: Final = {
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
}
_LINE: Final = re.compile(
    r"(?P<who>\S+) +"
    r'(?:(?P<options>[a-z-]+(?:="[^"]*")?(?:,[a-z-]+(?:="[^"]*")?)*) +)??'
    r"(?P<kind>(?:sk-)?(?:ssh|ecdsa)-\S+) +(?P<key>\S+)(?: +(?P<name>.*))?"
)
_OPTION: Final = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_DAY: Final = re.compile(r"(\d{8})(?:\d{4}(?:\d{2})?)?Z?")
_LIKE_THIS: Final = f"Запишите строку так: {SIGNER} ssh-ed25519 AAAA… Кто подписывает."


def read_signers(content: bytes, path: str) -> tuple[tuple[Signer, ...], list[Finding]]:
    """Return the keys of a file, and what is wrong with it; `path` names it in findings."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return (), [Finding(path, 0, 0, "это не текст UTF-8. Сохраните файл в UTF-8.")]
    if "PRIVATE KEY" in text:
        message = "это закрытый ключ! Уберите его из данных и сделайте новую пару ключей."
        return (), [Finding(path, 0, 0, message)]
    found: dict[str, Signer] = {}
    findings: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            signer = _signer(line.replace("\t", " ").strip())
            if signer.key in found:
                raise ValueError("этот ключ уже есть выше. Уберите строку.")
            found[signer.key] = signer
        except ValueError as error:
            findings.append(Finding(path, number, 1, str(error)))
    if not found and not findings:
        message = f"здесь нет ни одного ключа. {_LIKE_THIS} Или удалите файл."
        findings.append(Finding(path, 0, 0, message))
    return tuple(found.values()), findings


def _signer(line: str) -> Signer:
    """Return the key of a line; raise ValueError that says in Russian why it is none."""
    if not line.isprintable():
        raise ValueError(f"в строке есть невидимые знаки. {_LIKE_THIS}")
    parts = _LINE.fullmatch(line)
    if not parts:
        raise ValueError(f"эту строку не прочитать. {_LIKE_THIS}")
    if parts["who"] != SIGNER:
        raise ValueError(f"в начале строки нужно слово {SIGNER}, а здесь «{parts['who']}».")
    if parts["kind"] not in _KINDS:
        raise ValueError(f"вид ключа «{parts['kind']}» не годится. Сделайте ключ ssh-ed25519.")
    if not _is_key(parts["kind"], parts["key"]):
        raise ValueError("ключ повреждён. Скопируйте его целиком из файла .pub.")
    since, until = _period(parts["options"] or "")
    return Signer(
        kind=parts["kind"],
        key=parts["key"],
        options=parts["options"] or "",
        name=(parts["name"] or "").strip(),
        since=since,
        until=until,
    )


def _is_key(kind: str, key: str) -> bool:
    """Tell whether a key is of the kind it says, which its bytes begin with."""
    try:
        content = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return False
    named = len(kind).to_bytes(4, "big") + kind.encode()
    if kind.endswith("ed25519"):
        return content.startswith(named) and len(content) == len(named) + 36
    return content.startswith(named) and len(content) > len(named) + 36


def _period(options: str) -> tuple[date | None, date | None]:
    """Return since and until when the options let a key sign."""
    said = dict(_OPTION.findall(options))
    for name in said:
        if name not in {"namespaces", "valid-after", "valid-before"}:
            raise ValueError(f"настройка «{name}» здесь не годится. Уберите её.")
    if SIGNER not in said.get("namespaces", SIGNER).split(","):
        raise ValueError(f'этим ключом нельзя подписать выпуск. Запишите: namespaces="{SIGNER}".')
    return _day(said.get("valid-after")), _day(said.get("valid-before"))


def _day(said: str | None) -> date | None:
    if said is None:
        return None
    found = _DAY.fullmatch(said)
    try:
        return datetime.strptime(found[1] if found else said, "%Y%m%d").date()
    except ValueError:
        raise ValueError(f"дня «{said}» не бывает. Запишите его так: 20271231.") from None
