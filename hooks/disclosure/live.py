"""A published site read back, file by file, as its readers get it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import urllib3
from urllib3 import exceptions

from disclosure.values.russian import plural
from gate.manifest import MANIFEST, SIGNATURE, Manifest, ManifestError, parse_manifest

_AT_ONCE: Final = 8
_PAUSES: Final = (0.5, 2.0)
"""Seconds before each further try of what a moment later may succeed."""
_SECONDS: Final = 120
"""How long one file may take, and a third of that the silence within it."""
_PATIENCE: Final = 600
"""How many seconds a whole site may take."""
_LARGEST: Final = 1024**3
_LARGEST_TEXT: Final = 32 * 1024**2
_MOST_REDIRECTS: Final = 3
_BUSY: Final = frozenset({429, 502, 503, 504})
_SAFE: Final = "/!$&'()*+,;=:@~"
"""What a path may hold unescaped (RFC 3986, pchar)."""


_SHOWN: Final = 20
"""How many differences are told one by one."""
_OTHER: Final = "содержание другое"


class LiveError(Exception):
    """A site or a file of the web that cannot be read; the message says why, in Russian."""


class _AbsentError(LiveError):
    """What the server says it does not have."""


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
    """Compare a site with its manifest, which it must have too; raise LiveError if it is silent.

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

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return tuple(found for found in pool.map(look, wanted) if found)


def read_text(url: str) -> bytes:
    """Return a small file of the web; raise LiveError where it cannot be had."""
    content = bytearray()

    def take(piece: bytes) -> None:
        content.extend(piece)
        if len(content) > _LARGEST_TEXT:
            raise LiveError(f"файл больше {_LARGEST_TEXT // 1024**2} МиБ")

    def begin() -> Callable[[bytes], None]:
        content.clear()
        return take

    try:
        _fetch(url, begin, "identity")
    except LiveError as error:
        raise type(error)(f"{url}: {error}") from None
    return bytes(content)


def _live_manifest(address: str) -> bytes | None:
    """Return the manifest that a site has, None where it says that it has none."""
    try:
        return read_text(urljoin(address, MANIFEST))
    except _AbsentError:
        return None


def _parsed(content: bytes) -> Manifest | None:
    try:
        return parse_manifest(content)
    except ManifestError:
        return None


def _look(address: str, path: str, wanted: str, *, compressed: bool) -> Difference | None:
    """Compare a file as it is, and where it has companions also as browsers ask for it."""
    url, failed = url_of(address, path), path == "404.html"
    try:
        plain, encoding = _digest(url, "identity", may_be_missing=failed)
        if plain != wanted and encoding:
            said = f"сервер сжал его сам ({encoding}), хотя об этом не просили"
            return Difference(path, said, encoded=True)
        if plain != wanted:
            return Difference(path, _OTHER)
        if compressed:
            unpacked, encoding = _digest(url, "br, gzip", may_be_missing=failed)
            if unpacked != wanted:
                return Difference(path, f"{_OTHER}, когда его просят сжатым ({encoding or '—'})")
    except _AbsentError as error:
        return Difference(path, f"на сайте нет такого файла ({error})")
    except LiveError as error:
        return Difference(path, f"не прочитан: {error}")
    return None


def _digest(url: str, accepted: str, *, may_be_missing: bool) -> tuple[str, str]:
    digest = hashlib.sha256()

    def begin() -> Callable[[bytes], None]:
        nonlocal digest
        digest = hashlib.sha256()
        return digest.update

    encoding = _fetch(url, begin, accepted, may_be_missing=may_be_missing)
    return digest.hexdigest(), encoding


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# The web -----------------------------------------------------------------------------------------

_POOL: Final = urllib3.PoolManager(
    maxsize=_AT_ONCE,
    retries=False,
    timeout=urllib3.Timeout(connect=10, read=_SECONDS / 3),
)


def url_of(address: str, path: str) -> str:
    """Return where readers find a file of a site: a page at the address of its folder."""
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return address + quote(path, safe=_SAFE)


def _fetch(
    url: str,
    begin: Callable[[], Callable[[bytes], object]],
    accepted: str,
    *,
    may_be_missing: bool = False,
) -> str:
    """Read a file into what `begin` returns for each try; return the encoding it came in, if any.

    It is unpacked where another encoding than `identity` is accepted. Raises LiveError where no
    try succeeds.
    """
    for pause in (*_PAUSES, None):
        try:
            return _try(url, begin(), accepted, may_be_missing=may_be_missing)
        except _BusyError as error:
            if pause is None:
                raise LiveError(str(error)) from None
            time.sleep(pause)
        except exceptions.HTTPError as error:
            if pause is None or isinstance(error, exceptions.SSLError):
                raise LiveError(_reason(error)) from None
            time.sleep(pause)
    raise AssertionError("the last try has returned or raised")


class _BusyError(Exception):
    """An answer that another try may better."""


def _try(url: str, take: Callable[[bytes], object], accepted: str, *, may_be_missing: bool) -> str:
    until = time.monotonic() + _SECONDS
    answer = _ask(url, accepted)
    try:
        _check_status(answer.status, may_be_missing=may_be_missing)
        size = 0
        for piece in answer.stream(1 << 16, decode_content=accepted != "identity"):
            take(piece)
            size += len(piece)
            if size > _LARGEST:
                raise LiveError(f"файл больше {_LARGEST // 1024**3} ГиБ")
            if time.monotonic() > until:
                raise LiveError(f"файл читается дольше {_SECONDS} секунд")
    except BaseException:
        answer.close()  # what is left of it would be read as the next answer
        raise
    answer.release_conn()
    return _printable(answer.headers.get("Content-Encoding", ""))


def _ask(url: str, accepted: str) -> urllib3.BaseHTTPResponse:
    """Return the answer at an address, led on no further than its own host."""
    headers = {"Accept-Encoding": accepted, "User-Agent": "disclosure verify-live"}
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _POOL.request("GET", url, headers=headers, preload_content=False, redirect=False)
        location = answer.get_redirect_location()
        if not location:
            return answer
        answer.close()
        target = urljoin(url, location)
        if urlsplit(target)[:2] != urlsplit(url)[:2]:
            raise LiveError(f"сервер отправляет на другой адрес: {_printable(target)}")
        url = target
    raise LiveError("сервер переадресует по кругу")


def _check_status(status: int, *, may_be_missing: bool) -> None:
    if status == 200 or (may_be_missing and status == 404):
        return
    if status in {404, 410}:
        raise _AbsentError(f"ответ {status}")
    if status in _BUSY:
        raise _BusyError(f"ответ {status}")
    raise LiveError(f"ответ {status}")


def _printable(said: str) -> str:
    """Return what a server says without what would command a terminal."""
    return "".join(filter(str.isprintable, said))[:200]


def _reason(error: exceptions.HTTPError) -> str:
    reasons: dict[type[exceptions.HTTPError], str] = {
        exceptions.NameResolutionError: "такого адреса нет: имя сервера не находится",
        exceptions.SSLError: f"сертификат сервера не проходит проверку ({error})",
        exceptions.NewConnectionError: "сервер не принимает соединение",
        exceptions.TimeoutError: "сервер не отвечает",
        exceptions.ProtocolError: "ответ оборвался",
        exceptions.DecodeError: "сжатый ответ не распаковывается",
    }
    for kind, said in reasons.items():
        if isinstance(error, kind):
            return said
    return str(error)
