"""A storage of one bucket on loopback: the part of S3 that publishing needs, and its website.

It stands in for a real one so that neither a network nor a heavy simulator is needed. Requests with
a signature are those of S3 (path style, API of 2006-03-01); others are readers of the website.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from tests.hosting import running

BUCKET = "site"
PAGE = 50
"""How many files a listing tells at once."""

Fault = Callable[[str, str], tuple[int, str] | None]
"""What a storage answers a method and a path with in place of doing it: a status and a code."""


@dataclass
class Stored:
    content: bytes
    headers: dict[str, str]


@dataclass
class Storage:
    address: str = ""
    files: dict[str, Stored] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)
    fault: Fault = field(default=lambda method, path: None)
    encrypts: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def contents(self) -> dict[str, bytes]:
        return {path: stored.content for path, stored in self.files.items()}

    def done(self, *methods: str) -> list[str]:
        return [path for method, path in self.log if method in methods]

    def etag(self, content: bytes) -> str:
        salt = b"key" if self.encrypts else b""
        return f'"{hashlib.md5(salt + content, usedforsecurity=False).hexdigest()}"'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: else each answer waits 40 ms
    storage: Storage

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if "Authorization" not in self.headers:
            self.visit(unquote(url.path).removeprefix("/"))
        elif "list-type" in url.query:
            self.act("LIST", "", lambda _: self.listing(parse_qs(url.query)))
        else:
            self.act("GET", self.key(), self.read)

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.act("PUT", self.key(), lambda path: self.put(path, content))

    def do_POST(self) -> None:
        asked = ET.fromstring(self.rfile.read(int(self.headers["Content-Length"])))  # noqa: S314
        keys = [key.text or "" for key in asked.iter() if key.tag.endswith("Key")]
        self.act("DELETE", ",".join(keys), lambda _: self.delete(keys))

    def act(self, method: str, path: str, do: Callable[[str], None]) -> None:
        with self.storage.lock:
            fault = self.storage.fault(method, path)
            if urlsplit(self.path).path.split("/")[1] != BUCKET:
                fault = 404, "NoSuchBucket"
            if fault:
                self.refuse(*fault)
                return
            self.storage.log.append((method, path))
            do(path)

    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}/")

    def read(self, path: str) -> None:
        stored = self.storage.files.get(path)
        if stored is None:
            self.refuse(404, "NoSuchKey")
        else:
            self.answer(200, stored.content, stored.headers)

    def put(self, path: str, content: bytes) -> None:
        told = {name: self.headers[name] for name in ("Content-Type", "Cache-Control")}
        etag = {"ETag": self.storage.etag(content), "Last-Modified": formatdate(usegmt=True)}
        self.storage.files[path] = Stored(content, told | etag)
        self.answer(200, b"", etag)

    def delete(self, keys: list[str]) -> None:
        for key in keys:
            self.storage.files.pop(key, None)
        deleted = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
        self.answer(200, f"<DeleteResult>{deleted}</DeleteResult>".encode())

    def listing(self, query: dict[str, list[str]]) -> None:
        prefix, token = query.get("prefix", [""])[0], query.get("continuation-token", [""])[0]
        keys = sorted(k for k in self.storage.files if k.startswith(prefix) and k > token)
        told = "".join(self.listed(key) for key in keys[:PAGE])
        if len(keys) > PAGE:
            last = f"<NextContinuationToken>{escape(keys[PAGE - 1])}</NextContinuationToken>"
            told += f"<IsTruncated>true</IsTruncated>{last}"
        self.answer(200, f"<ListBucketResult>{told}</ListBucketResult>".encode())

    def listed(self, key: str) -> str:
        stored = self.storage.files[key]
        return (
            f"<Contents><Key>{escape(key)}</Key><Size>{len(stored.content)}</Size>"
            f"<LastModified>2026-11-22T09:00:00.000Z</LastModified>"
            f"<ETag>{escape(stored.headers['ETag'])}</ETag></Contents>"
        )

    def visit(self, path: str) -> None:
        """Answer a reader as hosted websites do: index pages of folders, 404.html with 404."""
        if not path or path.endswith("/"):
            path += "index.html"
        found = self.storage.files.get(path)
        if found:
            self.answer(200, found.content, found.headers)
        elif missing := self.storage.files.get("404.html"):
            self.answer(404, missing.content, missing.headers)
        else:
            self.answer(404, b"")

    def refuse(self, status: int, code: str) -> None:
        self.answer(status, f"<Error><Code>{code}</Code></Error>".encode())

    def answer(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Storage]:
    storage = Storage()
    handler = type("Bound", (Handler,), {"storage": storage})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, running(server):
        storage.address = f"http://127.0.0.1:{server.server_port}/"
        yield storage
