"""Files of the web as a client gets them: asked for again where that may help, and bounded."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable
from http.client import HTTPResponse
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection

AT_ONCE: Final = 8
"""How many files are asked for at once."""
_PAUSES: Final = (0.5, 2.0)
"""Seconds before each further try of what a moment later may succeed."""
_SECONDS: Final = 120
"""How long one file may take, and a third of that the silence within it."""
_LARGEST: Final = 1024**3
_LARGEST_TEXT: Final = 32 * 1024**2
_MOST_REDIRECTS: Final = 3
_BUSY: Final = frozenset({429, 502, 503, 504})


class WebError(Exception):
    """A site or a file of the web that cannot be read; the message says why, in Russian."""


class RefusalError(WebError):
    """What a server does not give, though it is there and answers."""


class AbsentError(RefusalError):
    """What the server says it does not have."""


def read_url(url: str) -> bytes:
    """Return a small file of the web; raise WebError where it cannot be had."""
    content = bytearray()

    def take(piece: bytes) -> None:
        content.extend(piece)
        if len(content) > _LARGEST_TEXT:
            raise WebError(f"файл больше {_LARGEST_TEXT // 1024**2} МиБ")

    def begin() -> Callable[[bytes], None]:
        content.clear()
        return take

    try:
        _fetch(url, begin, "identity")
    except WebError as error:
        raise type(error)(f"{url}: {error}") from None
    return bytes(content)


def digest(url: str, accepted: str, *, may_be_missing: bool) -> tuple[str, str]:
    """Return the SHA-256 of a file of the web as it was unpacked, and the encoding it came in.

    `accepted` are the encodings to ask for; `may_be_missing` lets a server answer 404 with it.
    Raises WebError where the file cannot be had.
    """
    content = hashlib.sha256()

    def begin() -> Callable[[bytes], None]:
        nonlocal content
        content = hashlib.sha256()
        return content.update

    encoding = _fetch(url, begin, accepted, may_be_missing=may_be_missing)
    return content.hexdigest(), encoding


class _Bounded(io.RawIOBase):
    """What a server says, for as long as it may: a trickle never reaches a limit of silence."""

    def __init__(self, said: io.RawIOBase) -> None:
        super().__init__()
        self._said = said
        self._until = time.monotonic() + _SECONDS

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        """Read what fits into `buffer`; raise WebError where it has lasted too long."""
        if time.monotonic() > self._until:
            raise WebError(f"файл читается дольше {_SECONDS} секунд")
        return self._said.readinto(buffer)

    def close(self) -> None:
        """Close what it reads."""
        self._said.close()
        super().close()


class _Answer(HTTPResponse):
    """An answer whose head is bounded in time as its body is."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fp = io.BufferedReader(_Bounded(self.fp.detach()))


class _Line(HTTPConnection):
    response_class = _Answer


class _SecureLine(HTTPSConnection):
    response_class = _Answer


class _Lines(urllib3.HTTPConnectionPool):
    ConnectionCls = _Line


class _SecureLines(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureLine


_POOL: Final = urllib3.PoolManager(
    maxsize=AT_ONCE,
    retries=False,
    timeout=urllib3.Timeout(connect=10, read=_SECONDS / 3),
)
_POOL.pool_classes_by_scheme = {"http": _Lines, "https": _SecureLines}


def _fetch(
    url: str,
    begin: Callable[[], Callable[[bytes], object]],
    accepted: str,
    *,
    may_be_missing: bool = False,
) -> str:
    """Read a file into what `begin` returns for each try; return the encoding it came in, if any.

    It is unpacked where another encoding than `identity` is accepted. Raises WebError where no
    try succeeds.
    """
    for pause in (*_PAUSES, None):
        try:
            return _try(url, begin(), accepted, may_be_missing=may_be_missing)
        except _BusyError as error:
            if pause is None:
                raise RefusalError(str(error)) from None
            time.sleep(pause)
        except exceptions.HTTPError as error:
            if pause is None or isinstance(error, exceptions.SSLError):
                raise WebError(_reason(error)) from None
            time.sleep(pause)
    raise AssertionError("the last try has returned or raised")


class _BusyError(Exception):
    """An answer that another try may better."""


def _try(url: str, take: Callable[[bytes], object], accepted: str, *, may_be_missing: bool) -> str:
    answer = _ask(url, accepted)
    try:
        _check_status(answer.status, may_be_missing=may_be_missing)
        size = 0
        for piece in answer.stream(1 << 16, decode_content=accepted != "identity"):
            take(piece)
            size += len(piece)
            if size > _LARGEST:
                raise WebError(f"файл больше {_LARGEST // 1024**3} ГиБ")
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
        url = _led_on(url, location)
    raise WebError("сервер переадресует по кругу")


def _led_on(url: str, location: str) -> str:
    """Return where an answer leads to; raise WebError unless that is on the same host."""
    try:
        target = urljoin(url, location)
        same = urlsplit(target)[:2] == urlsplit(url)[:2]
    except ValueError:
        target, same = location, False
    if not same:
        raise WebError(f"сервер отправляет на другой адрес: {_printable(target)}")
    return target


def _check_status(status: int, *, may_be_missing: bool) -> None:
    if status == 200 or (may_be_missing and status == 404):
        return
    if status in {404, 410}:
        raise AbsentError(f"ответ {status}")
    if status in _BUSY:
        raise _BusyError(f"ответ {status}")
    raise RefusalError(f"ответ {status}")


def _printable(said: str) -> str:
    """Return what a server says without what would command a terminal."""
    return "".join(filter(str.isprintable, said))[:200]


def _reason(error: exceptions.HTTPError) -> str:
    reasons: dict[type[exceptions.HTTPError], str] = {
        exceptions.NameResolutionError: "такого адреса нет: имя сервера не находится",
        exceptions.SSLError: f"сертификат сервера не проходит проверку ({_printable(str(error))})",
        exceptions.NewConnectionError: "сервер не принимает соединение",
        exceptions.TimeoutError: "сервер не отвечает",
        exceptions.ProtocolError: "ответ оборвался",
        exceptions.DecodeError: "сжатый ответ не распаковывается",
    }
    for kind, said in reasons.items():
        if isinstance(error, kind):
            return said
    return _printable(str(error))
