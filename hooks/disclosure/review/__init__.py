"""The review of a change: what is wrong with it, and what readers will find altered by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from disclosure.editions import former_files
from disclosure.finding import Finding
from disclosure.folder import Folder, read_folder
from disclosure.history import files_at
from disclosure.views.alterations import Chapter, State, alterations, pages


@dataclass(frozen=True)
class Base:
    """What is published: the data, and the pages written by hand, where they are known.

    `name` is the revision of git that has them.
    """

    name: str
    data: Mapping[str, bytes]
    content: Mapping[str, bytes] | None


@dataclass(frozen=True)
class Review:
    """What is wrong with a change; what readers will find altered, None where nothing is published.

    `base` names what it is held against; `unread` are the files of it that today's reading refuses.
    """

    findings: tuple[Finding, ...]
    altered: tuple[Chapter, ...] | None = None
    base: str = ""
    unread: tuple[str, ...] = ()


def read_base(data: Path, content: Path, revision: str) -> Base | None:
    """Return what a revision of git has of two folders, None where it has no such data.

    The pages written by hand may lie in another repository than the data.
    """
    try:
        return Base(revision, files_at(data, revision), _content_at(content, revision))
    except LookupError:
        return None


def review(findings: Sequence[Finding], folder: Folder, content: Path, base: Base | None) -> Review:
    """Return the review of a data folder that was read and of the pages in `content`."""
    if base is None:
        return Review(tuple(findings))
    published = _read(base.data, folder.only)
    now = State(folder.disclosure, folder.unread)
    files = {file for each in folder.disclosure.suppliers for file, _ in each.documents()}
    redirects = folder.disclosure.redirects
    former = {file: former_files(file, redirects) for file in {*files, *folder.unread}}
    before = State(published.disclosure, published.unread)
    altered = alterations(before, now, former)
    return Review(
        tuple(findings),
        (*altered, *_by_hand(base, content)),
        re.sub(r"^([0-9a-f]{10})[0-9a-f]{30}$", r"\1", base.name),
        tuple(_unread(base.data, published)),
    )


def _by_hand(base: Base, content: Path) -> Iterator[Chapter]:
    """Yield what was altered of the pages written by hand, if that is known."""
    if base.content is not None:
        altered = pages(_texts(base.content), _texts(_present(content)))
        yield from [altered] if altered else []


def _content_at(content: Path, revision: str) -> Mapping[str, bytes] | None:
    try:
        return files_at(content, revision)
    except LookupError:
        return None


def _read(files: Mapping[str, bytes], only: str | None) -> Folder:
    """Read published data by today's rules, as far as they go."""
    with TemporaryDirectory() as named:
        root = Path(named).resolve() / "data"
        root.mkdir()
        for name, text in files.items():
            if _is_below(name):
                file = root / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text)
        return read_folder(root, only)


def _unread(files: Iterable[str], folder: Folder) -> Iterator[str]:
    """Yield the files of data that today's reading refuses or passes over."""
    read = folder.rests.keys() - folder.unread
    for name in sorted(files):
        supplier = name.split("/")[1] if name.startswith("suppliers/") else folder.only
        if name.endswith(".yml") and name not in read and folder.only in {None, supplier}:
            yield name


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _present(content: Path) -> dict[str, bytes]:
    files = (file for file in content.rglob("*") if file.is_file())
    return {file.relative_to(content).as_posix(): file.read_bytes() for file in files}


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return files as text; what is none is only told apart."""
    return {name: text.decode(errors="backslashreplace") for name, text in files.items()}
