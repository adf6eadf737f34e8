"""A web server of a built site as production is meant to be: strict CSP, gzip, validators."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gate.headers import HEADERS
from tests.hosting import running

TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")
TYPES = mimetypes.MimeTypes()
for ending, media in {".js": "text/javascript", ".wasm": "application/wasm"}.items():
    TYPES.add_type(media, ending)


@dataclass(frozen=True)
class Request:
    """What a browser asked for and how many bytes the answer took, its head included."""

    url: str
    status: int
    size: int

    @property
    def path(self) -> str:
        """The address without its query."""
        return urlsplit(self.url).path


@dataclass(frozen=True)
class Answer:
    """What a server replies."""

    status: HTTPStatus
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def sent(self, headers: Mapping[str, str]) -> bytes:
        """Return the reply as it goes over the wire, with the headers that every reply has."""
        headers = {**headers, **self.headers}
        if self.status != HTTPStatus.NOT_MODIFIED:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"HTTP/1.1 {self.status.value} {self.status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


class SiteServer(ThreadingHTTPServer):
    """Serves one site on loopback and remembers each request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Path, headers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site.resolve()
        self.headers = headers
        self.requests: list[Request] = []

    @property
    def address(self) -> str:
        """The address of the front page."""
        return f"http://127.0.0.1:{self.server_port}/"

    def find(self, path: str) -> Path | None:
        """Return the file or folder at a path, if the site has it."""
        found = (self.site / unquote(path).lstrip("/")).resolve()
        return found if found.is_relative_to(self.site) and found.exists() else None


class Handler(BaseHTTPRequestHandler):
    """Answers GET requests from the site of its server."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        """Send an answer and remember it."""
        answer = self._answer()
        sent = answer.sent(self.server.headers)
        self.server.requests.append(Request(self.path, answer.status.value, len(sent)))
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self) -> Answer:
        path = urlsplit(self.path).path
        found = self.server.find(path)
        if found and found.is_dir() and not path.endswith("/"):
            return Answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{path}/"})
        file = found / "index.html" if found and found.is_dir() else found
        if not file or not file.is_file():
            return self._file(self.server.site / "404.html", HTTPStatus.NOT_FOUND)
        return self._file(file, HTTPStatus.OK)

    def _file(self, file: Path, status: HTTPStatus) -> Answer:
        content = file.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        page = file.suffix == ".html"
        headers = {"ETag": tag, "Cache-Control": "no-cache" if page else "max-age=3600"}
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            return Answer(HTTPStatus.NOT_MODIFIED, headers)
        media = TYPES.guess_type(file.name)[0] or "application/octet-stream"
        if media.startswith(TEXTS):
            content = gzip.compress(content, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            media += "; charset=utf-8"
        return Answer(status, {**headers, "Content-Type": media}, content)


@contextmanager
def serving(site: Path, headers: Mapping[str, str] = HEADERS) -> Iterator[SiteServer]:
    """Serve a site while the block runs; `headers` are those of security."""
    with SiteServer(site, headers) as server, running(server):
        yield server
