"""A server that means harm: it must neither hold a reader for good nor make it fall."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from disclosure import web
from disclosure.web import WebError, read_url

OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def saying(begin: bytes, again: bytes = b"", pause: float = 0.0) -> Iterator[str]:
    """A server on loopback that says `begin` to whoever comes, then `again` without an end."""
    ended = Event()

    def serve(line: socket.socket) -> None:
        with line, suppress(OSError):
            line.recv(4096)
            line.sendall(begin)
            while again and not ended.wait(pause):
                line.sendall(again)

    def listen() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            Thread(target=serve, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Thread(target=listen, daemon=True)
        listener.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            ended.set()
            server.shutdown(socket.SHUT_RDWR)
            listener.join()


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        pytest.param(b"", b"H", id="status"),
        pytest.param(OK + b"A: ", b"a", id="header"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", id="continue"),
        pytest.param(OK + b"Content-Length: 999999\r\n\r\n", b"a", id="body"),
        pytest.param(OK + b"\r\n", b"a", id="body of no length"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0", id="length of a chunk"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\nfffff\r\n", b"a", id="chunk"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n", id="trailer"),
    ],
)
def test_an_answer_that_trickles(
    begin: bytes, again: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence never lasts long enough to be noticed."""
    monkeypatch.setattr(web, "_SECONDS", 0.2)
    start = time.monotonic()
    with saying(begin, again, pause=0.01) as url, pytest.raises(WebError, match="дольше"):
        read_url(url)
    assert time.monotonic() < start + 2


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        pytest.param(b"", b"\0" * 65536, id="no http"),
        pytest.param(OK, b"A: b\r\n" * 99, id="headers"),
        pytest.param(OK + b"A: ", b"a" * 65536, id="header"),
        pytest.param(OK + b"Content-Length: 99999999999\r\n\r\n", b"a" * 65536, id="body"),
        pytest.param(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65536, id="chunk"),
    ],
)
def test_an_answer_without_an_end(
    begin: bytes, again: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_PAUSES", (0, 0))
    monkeypatch.setattr(web, "_LARGEST_TEXT", 1024**2)
    with saying(begin, again) as url, pytest.raises(WebError):
        read_url(url)


@pytest.mark.parametrize(
    "where",
    [
        *("http://[", "//[::1", "http://\x1b[31m", "file:///etc/passwd", "//example.org/"),
        *("http://127.0.0.1:99999/", "http:\\\\example.org", "\x85", "?" * 60000, "http://%zz/"),
    ],
)
def test_being_sent_to_odd_places(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_PAUSES", (0, 0))
    answer = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {where}\r\n\r\n"
    with saying(answer.encode("latin-1")) as url, pytest.raises(WebError) as error:
        read_url(url)
    assert str(error.value).isprintable()
