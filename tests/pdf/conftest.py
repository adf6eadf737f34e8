"""The prints that tests read: each document set once a run, whichever worker asks first."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest

from disclosure.bounds import BOUNDS, bounded
from disclosure.render.pdf import SELDOM, render_large_pdf, render_pdf
from disclosure.site import read_site
from disclosure.views.document import DocumentView
from tests import samples
from tests.building import DEMONSTRATION
from tests.pdf.cases import CASES

EDITIONS: Mapping[str, Callable[[DocumentView], bytes]] = {
    "usual": render_pdf,
    "large": render_large_pdf,
}
DATA = DEMONSTRATION
OURS = [
    file.relative_to(DATA / "suppliers").with_suffix("").as_posix()
    for kind in ("programmes", "reports")
    for file in sorted(DATA.glob(f"suppliers/*/{kind}/*.yml"))
]
EXAMPLES = ["programmes/2024", "programmes/2025", "reports/2024"]
PRINTS = [
    (name, edition)
    for name in (*CASES, *OURS, *EXAMPLES)
    for edition in EDITIONS
    if (name, edition) != ("400-pages", "large")
]
"""Every document and edition that there is to read, the longest first."""


@dataclass(frozen=True)
class Print:
    """A document, the edition, and the PDF made of it."""

    view: DocumentView
    large: bool
    file: Path


@cache
def view_of(name: str) -> DocumentView:
    """Return the view of a hard case, of a document of the repository or of the example."""
    if name in CASES:
        return CASES[name]()
    return samples.view(name) if name in EXAMPLES else _ours()[f"{name}/"]


@cache
def _ours() -> dict[str, DocumentView]:
    return {view.place.path: view for view in read_site(DATA).documents}


@pytest.fixture(scope="session", autouse=True)
def _fonts(declared_fonts: None) -> None:
    """Declare them before the first PDF."""


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the garbage collector from what is there already, as the workers of a build do."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@pytest.fixture(scope="session")
def printed(shared: Path) -> Callable[[str, str], Print]:
    """Give the print of a document, by its name and the edition."""

    def give(name: str, edition: str) -> Print:
        view = view_of(name)
        file = shared / "prints" / f"{name.replace('/', '-')}-{edition}.pdf"
        file.parent.mkdir(exist_ok=True)
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                part = file.with_suffix(f".{os.getpid()}")
                with _undisturbed():
                    part.write_bytes(bounded(partial(EDITIONS[edition], view), BOUNDS))
                part.replace(file)
        return Print(view, edition == "large", file)

    return give
