"""A published site read back, file by file, as its readers get it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

from disclosure.values.russian import plural
from disclosure.web import AT_ONCE, AbsentError, WebError, digest, read_url
from gate.manifest import MANIFEST, SIGNATURE, Manifest, ManifestError, parse_manifest

_PATIENCE: Final = 600
"""How many seconds a whole site may take."""
_SAFE: Final = "/!$&'()*+,;=:@~"
"""What a path may hold unescaped (RFC 3986, pchar)."""
_SHOWN: Final = 20
"""How many differences are told one by one."""
_OTHER: Final = "содержание другое"


@dataclass(frozen=True)
class Difference:
    """A file that readers do not get as its manifest has it, and what they get, in Russian."""

    path: str
    said: str
    encoded: bool = False

    @property
    def altered_page(self) -> bool:
        """Whether it is a page that arrives, and is another."""
        return self.path.endswith(".html") and self.said == _OTHER

    def __str__(self) -> str:
        return f"{self.path}: {self.said}"


@dataclass(frozen=True)
class Reading:
    """What reading a site back has shown.

    `other` is the manifest that the site has in place of the one it was compared with, if it has
    one; `differences` has the manifest itself too.
    """

    files: int
    differences: tuple[Difference, ...]
    other: Manifest | None


def read_back(
    address: str,
    manifest: Manifest,
    signature: bytes | None = None,
    only: Collection[Difference] | None = None,
) -> Reading:
    """Compare a site with its manifest, which it must have too; raise WebError if it is silent.

    The address is that of the site's front page, ended with a slash. Pages are asked for as
    readers ask for them: at the address of their folder. `only` names the files to look at anew.
    """
    text = manifest.text().encode()
    live = _live_manifest(address)
    wanted = {MANIFEST: _sum(text), **manifest.files}
    if signature is not None:
        wanted[SIGNATURE] = _sum(signature)
    if only is not None:
        wanted = {difference.path: wanted[difference.path] for difference in only}
    other = _parsed(live) if live is not None and live != text else None
    return Reading(len(wanted), _compare(address, manifest, wanted), other)


def told(reading: Reading, manifest: Manifest) -> Iterator[str]:
    """Yield in Russian what a reading has shown: the first differences, why that may be, a sum."""
    if other := reading.other:
        age = "новее" if other.id > manifest.id else "старее"
        yield f"На сайте другой выпуск, {age}: {other.id}, а сверяется {manifest.id}."
    differences = reading.differences
    yield from map(str, differences[:_SHOWN])
    if len(differences) > _SHOWN:
        yield f"… и ещё {plural(len(differences) - _SHOWN, 'файл', 'файла', 'файлов')}."
    if not other:
        yield from _hints(differences)
    checked = f"Проверено: {plural(reading.files, 'файл', 'файла', 'файлов')}."
    if not differences:
        yield f"{checked} Все такие, как в манифесте выпуска {manifest.id}."
    else:
        count = plural(len(differences), "файл", "файла", "файлов")
        yield f"{checked} Не совпадает: {count}. Должен быть выпуск {manifest.id}."


def _hints(differences: Collection[Difference]) -> Iterator[str]:
    if any(difference.encoded for difference in differences):
        yield (
            "Похоже, сервер или сеть доставки сжимает файлы на ходу. Отключите там сжатие:"
            " сжатые файлы уже есть в выпуске."
        )
    elif differences and all(found.altered_page for found in differences):
        yield (
            "Отличаются только страницы. Может быть, хостинг или сеть доставки дописывает в них"
            " свой код: отключите там вставку скриптов и «оптимизацию» страниц."
        )


def _compare(address: str, manifest: Manifest, wanted: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return which files of a site have not the SHA-256 that is wanted, in the order given."""
    until = time.monotonic() + _PATIENCE

    def look(path: str) -> Difference | None:
        if time.monotonic() > until:
            return Difference(path, f"не прочитан: сайт читается дольше {_PATIENCE // 60} минут")
        compressed = any(f"{path}{ending}" in manifest.files for ending in (".br", ".gz"))
        return _look(address, path, wanted[path], compressed=compressed)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return tuple(found for found in pool.map(look, wanted) if found)


def _live_manifest(address: str) -> bytes | None:
    """Return the manifest that a site has, None where it says that it has none."""
    try:
        return read_url(urljoin(address, MANIFEST))
    except AbsentError:
        return None


def _parsed(content: bytes) -> Manifest | None:
    try:
        return parse_manifest(content)
    except ManifestError:
        return None


def _look(address: str, path: str, wanted: str, *, compressed: bool) -> Difference | None:
    """Compare a file as it is, and where it has companions also as browsers ask for it."""
    url, failed = _url(address, path), path == "404.html"
    try:
        plain, encoding = digest(url, "identity", may_be_missing=failed)
        if plain != wanted and encoding:
            said = f"сервер сжал его сам ({encoding}), хотя об этом не просили"
            return Difference(path, said, encoded=True)
        if plain != wanted:
            return Difference(path, _OTHER)
        if compressed:
            unpacked, encoding = digest(url, "br, gzip", may_be_missing=failed)
            if unpacked != wanted:
                return Difference(path, f"{_OTHER}, когда его просят сжатым ({encoding or '—'})")
    except AbsentError as error:
        return Difference(path, f"на сайте нет такого файла ({error})")
    except WebError as error:
        return Difference(path, f"не прочитан: {error}")
    return None


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _url(address: str, path: str) -> str:
    """Return where readers find a file of a site: a page at the address of its folder."""
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return address + quote(path, safe=_SAFE)
