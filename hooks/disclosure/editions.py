"""The editions of documents: the present one from its file, the earlier ones out of git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from disclosure.finding import Severity
from disclosure.folder import years_of
from disclosure.history import earlier_texts
from disclosure.model import Disclosure, Document, Edition, Programme, Redirects, Report
from disclosure.source import SourceError, parse
from disclosure.validation import validate

_KINDS: Final[dict[str, type[Document]]] = {"programmes": Programme, "reports": Report}


def read_editions(root: Path, disclosure: Disclosure) -> dict[str, tuple[Edition, ...]]:
    """Return the editions of every document, the first one first, by its file below `root`.

    The text of an earlier edition is the last that was published with so many revisions. Git is
    asked once, and only where a document has revisions.
    """
    documents = [each for folder in disclosure.suppliers for each in folder.documents()]
    names = {
        file: [file, *former_files(file, disclosure.redirects)]
        for file, document in documents
        if document.revisions
    }
    texts = earlier_texts(root, (name for known in names.values() for name in known))
    return {
        file: _editions(document, _older(names.get(file, ()), texts))
        for file, document in documents
    }


def _older(names: Iterable[str], texts: dict[str, list[bytes]]) -> Iterator[tuple[str, bytes]]:
    return ((name, text) for name in names for text in texts.get(name, ()))


def _editions(document: Document, texts: Iterable[tuple[str, bytes]]) -> tuple[Edition, ...]:
    earlier: dict[int, Document | None] = {}
    for name, text in texts:
        if len(earlier) == len(document.revisions):
            break
        revisions, old = read_text(name, text)
        if revisions < len(document.revisions):
            earlier.setdefault(revisions, old)
    first, *later = (*map(earlier.get, range(len(document.revisions))), document)
    revised = map(Edition, later, document.revisions)
    return (Edition(first, published=document.published), *revised)


def read_text(file: str, text: bytes) -> tuple[int, Document | None]:
    """Return how many revisions the text of a document's file has, and the document.

    That is None where today's reading refuses it; revisions that cannot be told are very many.
    """
    path = PurePosixPath(file)
    try:
        source = parse(text, file)
    except SourceError:
        return UNTOLD, None
    checked = validate(source, _KINDS[path.parent.name], years_of(path.stem))
    errors = any(finding.severity is Severity.ERROR for finding in checked.findings)
    listed = source.data.get("revisions", []) if isinstance(source.data, dict) else None
    revisions = len(listed) if isinstance(listed, list) else UNTOLD
    return revisions, None if errors or not checked.rest.whole else checked.value


UNTOLD: Final = 1_000_000


def former_files(file: str, redirects: Redirects) -> list[str]:
    """Return the files that a document had before it or its supplier was renamed."""
    names = [file.removeprefix("suppliers/").removesuffix(".yml")]
    for name in names:
        for redirect in redirects.redirects:
            if f"{name}/".startswith(f"{redirect.new}/"):
                former = redirect.old + name.removeprefix(redirect.new)
                names += [former] if former not in names else []
    return [f"suppliers/{name}.yml" for name in names[1:] if name.count("/") == 2]
