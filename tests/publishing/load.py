"""Readers of a site that is switched meanwhile: each answer must be whole and of one release."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Final

import brotli

from tests.publishing.telling import ASSET, teller

CODINGS: Final = ("", "gzip", "br")
"""What readers ask for: a third of them each, the first as it is."""
LATEST = 10.0
"""How many seconds an answer may take."""


@dataclass(frozen=True)
class Answer:
    """What a server said: its status, its headers by their names in lower case, its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def plain(self) -> bytes:
        """Return the body as it was before the coding that the answer names."""
        coding = self.headers.get("content-encoding", "")
        unpack: Callable[[bytes], bytes]
        unpack = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
        return unpack(self.body)


@dataclass
class Switches:
    """How many switches have begun and how many of them are over."""

    begun: int = 0
    over: int = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count what the block does, which is one switch."""
        self.begun += 1
        yield
        self.over += 1


@dataclass
class Tally:
    """What readers saw: how many answers, in which coding, of which releases, and what was bad."""

    answers: int = 0
    codings: Counter[str] = field(default_factory=Counter)
    releases: Counter[int] = field(default_factory=Counter)
    kept: int = 0
    bad: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        codings = ", ".join(f"{name or 'plain'} {n}" for name, n in sorted(self.codings.items()))
        return (
            f"{self.answers} answers ({codings}) of {len(self.releases)} releases, "
            f"{self.kept} assets of a page just left, {len(self.bad)} bad"
        )


class Connection:
    """A connection that is kept alive and asks for one thing after another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, coding: str = "") -> Answer:
        """Return the answer; raise OSError or EOFError where it is torn or comes too late."""
        try:
            async with asyncio.timeout(LATEST):
                return await self._asked(path, coding)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up; the next question calls again."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _asked(self, path: str, coding: str) -> Answer:
        if not self._streams:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        accept = f"Accept-Encoding: {coding}\r\n" if coding else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{accept}\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(first.split()[1]), headers, body)


class Readers:
    """Many readers at once, until they are told to stop."""

    def __init__(self, port: int, pages: tuple[str, ...], switches: Switches) -> None:
        self.tally = Tally()
        self._port, self._pages, self._switches = port, pages, switches
        self._stop = Event()

    def run(self, count: int) -> None:
        """Read in this thread until `stop`."""

        async def all_of_them() -> None:
            await asyncio.gather(*(self._reader(number) for number in range(count)))

        asyncio.run(all_of_them())

    def stop(self) -> None:
        """Let each reader finish what it reads."""
        self._stop.set()

    async def _reader(self, number: int) -> None:
        connection = Connection(self._port)
        coding = CODINGS[number % len(CODINGS)]
        while not self._stop.is_set():
            for page in self._pages:
                await self._visit(connection, page, coding)
        connection.close()

    async def _visit(self, connection: Connection, page: str, coding: str) -> None:
        """Read a page, then the assets it names, as a browser does."""
        over = self._switches.over
        content = await self._whole(connection, page, coding)
        if content is None:
            return
        release = teller(content, page)
        self.tally.releases[release] += 1
        for named in ASSET.findall(content):
            await self._asset(connection, named.decode(), coding, over)

    async def _asset(self, connection: Connection, path: str, coding: str, over: int) -> None:
        """Read an asset; one of a page that was left three times meanwhile may be gone."""
        answer = await self._answer(connection, path, coding)
        left = self._switches.begun - over
        if answer and left:
            self.tally.kept += answer.status == 200
        if answer and left < 3:
            self._checked(answer, path)

    async def _whole(self, connection: Connection, path: str, coding: str) -> bytes | None:
        answer = await self._answer(connection, path, coding)
        return self._checked(answer, path) if answer else None

    async def _answer(self, connection: Connection, path: str, coding: str) -> Answer | None:
        self.tally.answers += 1
        try:
            return await connection.get(path, coding)
        except (OSError, EOFError, ValueError, KeyError) as error:
            self.tally.bad.append(f"{path} ({coding}): {error!r}")
            return None

    def _checked(self, answer: Answer, path: str) -> bytes | None:
        """Return the content of a good answer; of a bad one remember why."""
        self.tally.codings[answer.headers.get("content-encoding", "")] += 1
        try:
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            content = answer.plain()
            teller(content, path)
        except (ValueError, EOFError, OSError, zlib.error, brotli.error) as error:
            self.tally.bad.append(f"{path}: {error}")
            return None
        return content


@contextmanager
def reading(
    port: int, pages: tuple[str, ...], switches: Switches, count: int = 12
) -> Iterator[Tally]:
    """Let readers read while the block runs, which counts its switches."""
    readers = Readers(port, pages, switches)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(readers.run, count)
        try:
            yield readers.tally
        finally:
            readers.stop()
        done.result()
