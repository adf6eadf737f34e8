"""A small web server of a folder, as hosts of static sites have, and its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

ENCODINGS = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True)
class Answer:
    """What the server replies; `length` other than that of the body tears it."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


class Host(ThreadingHTTPServer):
    """Serves a folder on loopback below `under`; `faults` answer in its place by path.

    A fault is asked at each request, and may return None to leave the answer to the folder.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, root: Path, under: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root, self.under = root, under
        self.faults: dict[str, Callable[[], Answer | None]] = {}
        self.asked: list[str] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the front page is."""
        return f"{self.origin}{self.under}"

    def answer(self, target: str, encodings: str) -> Answer:
        self.asked.append(target)
        path = unquote(target).removeprefix(self.under)
        fault = self.faults.get(path)
        return (fault and fault()) or self._found(path, encodings)

    def _found(self, path: str, encodings: str) -> Answer:
        file = self.root / (f"{path}index.html" if path == "" or path.endswith("/") else path)
        if not file.is_file():
            missing = self.root / "404.html"
            return Answer(404, missing.read_bytes() if missing.is_file() else b"")
        for encoding, ending in ENCODINGS.items():
            companion = file.with_name(file.name + ending)
            if encoding in encodings and companion.is_file():
                return Answer(200, companion.read_bytes(), {"Content-Encoding": encoding})
        return Answer(200, file.read_bytes())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        answer = self.server.answer(self.path, self.headers.get("Accept-Encoding", ""))
        self.send_response(answer.status)
        for name, said in answer.headers.items():
            self.send_header(name, said)
        self.send_header("Content-Length", str(answer.length or len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = bool(answer.length)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hosting(root: Path, under: str = "/") -> Iterator[Host]:
    """Serve a folder while the block runs."""
    with Host(root, under) as host, running(host):
        yield host


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[None]:
    """Let a server answer while the block runs."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
