"""A release as one stream: a plain tar that is written in one way and read without trust."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Callable, Final

from gate.manifest import MANIFEST, SIGNATURE, Manifest

MOST_FILES: Final = 100_000
"""How many files an archive may have."""
MOST_BYTES: Final = 4 * 1024**3
"""How long an archive may be in all."""
LONGEST_PATH: Final = 1024
"""How long a path may be, in bytes of UTF-8; well below what systems can open."""
MAKE_ANEW: Final = "Соберите архив заново: .ci/release."
"""What to do where an archive is no good."""

_BLOCK: Final = tarfile.BLOCKSIZE
_LONGEST_NOTE: Final = len("9999 path=\n") + LONGEST_PATH
_NOTE: Final = re.compile(rb"(?P<length>[1-9][0-9]*) path=(?P<path>[^\x00]+)\n")


class ArchiveError(ValueError):
    """A stream that is no archive of a release; the message says why, in Russian."""


def pack(
    out: BinaryIO, manifest: Manifest, signature: bytes | None, read: Callable[[str], bytes]
) -> None:
    """Write a release: its manifest, its signature and its files, which `read` returns by path.

    One release makes one sequence of bytes. Raises ArchiveError where a file is not as the
    manifest says or its path is too long.
    """
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        mtime = int(manifest.time.timestamp())
        _add(tar, MANIFEST, manifest.text().encode(), mtime)
        if signature is not None:
            _add(tar, SIGNATURE, signature, mtime)
        for path in sorted(manifest.files):
            content = read(path)
            if hashlib.sha256(content).hexdigest() != manifest.files[path]:
                raise ArchiveError(f"{path}: файл не тот, чья сумма в {MANIFEST}. {MAKE_ANEW}")
            _add(tar, path, content, mtime)


def _add(tar: tarfile.TarFile, path: str, content: bytes, mtime: int) -> None:
    if len(path.encode()) > LONGEST_PATH:
        raise ArchiveError(f"{path}: путь длиннее {LONGEST_PATH} байт. Сократите его.")
    member = tarfile.TarInfo(path)
    member.size = len(content)
    member.mtime = mtime
    tar.addfile(member, io.BytesIO(content))


class Body(io.RawIOBase):
    """The content of one member: it can be read until the next member is asked for."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = size

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read what fits into `buffer`; raise ArchiveError where the stream ends too early."""
        asked = min(len(buffer), self._left)
        content = self._stream.read(asked) if asked else b""
        if asked and not content:
            raise _broken_off()
        buffer[: len(content)] = content
        self._left -= len(content)
        return len(content)


def members(stream: BinaryIO) -> Iterator[tuple[str, Body, int]]:
    """Read an archive from a pipe: yield the path, the content and the size of each member.

    Only regular files may be in it, and only as `pack` writes them. The paths are what the
    stream says: whoever writes them to a disk checks them. Raises ArchiveError where the stream
    is no such archive, ends before its end, goes on after it or is larger than the limits; a
    member costs no memory but for its path.

    tarfile reads more kinds of members than are wanted here, and headers of any length.
    """
    count = total = 0
    while True:
        header, path = _header(stream)
        if header is None:
            _read_end(stream)
            return
        count += 1
        total += header.size
        if count > MOST_FILES:
            raise ArchiveError(f"В архиве больше {MOST_FILES} файлов. {MAKE_ANEW}")
        if total > MOST_BYTES:
            raise ArchiveError(f"Архив больше {MOST_BYTES // 1024**3} ГиБ. {MAKE_ANEW}")
        body = Body(stream, header.size)
        yield path, body, header.size
        while body.read(_BLOCK * 128):
            pass
        _exactly(stream, -header.size % _BLOCK)


def _header(stream: BinaryIO) -> tuple[tarfile.TarInfo | None, str]:
    """Return the next header and the path that it or the note before it tells; None: the end."""
    header = _block(stream)
    if header is None:
        return None, ""
    path = header.name
    if header.type == tarfile.XHDTYPE:
        path = _noted(stream, header.size)
        header = _block(stream)
        if header is None:
            raise _broken_off()
    if header.type not in {tarfile.REGTYPE, tarfile.AREGTYPE}:
        raise ArchiveError(f"{path!r}: в архиве могут быть только обычные файлы. {MAKE_ANEW}")
    if header.size < 0 or not path:
        raise _garbage()
    return header, path


def _block(stream: BinaryIO) -> tarfile.TarInfo | None:
    block = _exactly(stream, _BLOCK)
    if not any(block):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.TarError, ValueError):
        raise _garbage() from None


def _noted(stream: BinaryIO, size: int) -> str:
    """Return the path that a pax header of `size` bytes tells; it may tell nothing else."""
    if not 0 <= size <= _LONGEST_NOTE:
        raise ArchiveError(f"В архиве есть путь длиннее {LONGEST_PATH} байт. {MAKE_ANEW}")
    note = _exactly(stream, size + -size % _BLOCK)[:size]
    told = _NOTE.fullmatch(note)
    if not told or int(told["length"]) != size:
        raise _garbage()
    try:
        return told["path"].decode("utf-8")
    except UnicodeDecodeError:
        raise _garbage() from None


def _read_end(stream: BinaryIO) -> None:
    """Read what follows the first empty block: one more at least, and nothing but a record's."""
    rest = _exactly(stream, _BLOCK) + stream.read(tarfile.RECORDSIZE)
    if any(rest) or len(rest) > tarfile.RECORDSIZE:
        raise ArchiveError(f"За концом архива идут ещё данные. {MAKE_ANEW}")


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = b""
    while len(content) < size:
        more = stream.read(size - len(content))
        if not more:
            raise _broken_off()
        content += more
    return content


def _broken_off() -> ArchiveError:
    return ArchiveError("Архив оборван: передача прервалась или файл неполный. Повторите её.")


def _garbage() -> ArchiveError:
    return ArchiveError(f"Это не архив выпуска. {MAKE_ANEW}")
