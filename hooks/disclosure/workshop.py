"""Renders downloads in a pool of processes, and each content only once: a cache by content."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from disclosure.bounds import ADVICE, BOUNDS, Bounds, OutOfBounds, bounded
from disclosure.render import Format, RenderError
from disclosure.render.fonts import FACES, check_fonts, declare_fonts
from disclosure.render.templates import OVERRIDES
from disclosure.views.datasets import SupplierData
from disclosure.views.document import DocumentView

KEPT: Final = 7 * 24 * 3600
"""Seconds that a rendered file is kept after it was made."""

CORE: Final = Path(__file__).parent

_PARTS: Final = ("render", "views", "values", "model")
"""The parts of the core that a renderer may know."""

_ENGINES: Final = (
    *("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "webencodings", "pyphen"),
    *("fonttools", "pillow", "jinja2", "markupsafe", "markdown-it-py", "mdurl", "mdit-py-plugins"),
    *("nh3", "pandas", "numpy", "xlsxwriter"),
)

_LIBRARIES: Final = {
    "libpango-1.0.so.0": "pango_version_string",
    "libharfbuzz.so.0": "hb_version_string",
    "libharfbuzz-subset.so.0": "hb_version_string",  # without it fonttools cuts the faces
}
"""Libraries of the system that set the lines, and what in them tells the version."""


@dataclass(frozen=True)
class Job:
    """One document, or the data of one supplier, to be rendered in one format."""

    view: DocumentView | SupplierData
    format: Format

    @property
    def path(self) -> str:
        """Where the file lies below the site's root."""
        return f"{self.view.place.path}{self.view.file_stem}{self.format.ending}"


class Workshop:
    """Renders jobs; `folder` keeps what was rendered, so that it is not rendered again.

    Make one for each build: it takes the code and the templates as they are when it is made.
    """

    def __init__(self, folder: Path, bounds: Bounds = BOUNDS) -> None:
        self.folder = folder
        self.bounds = bounds
        self._fingerprint = _fingerprint()

    def ready(self, job: Job) -> bytes | None:
        """Return the file if it was rendered before."""
        file = self._file(job)
        return file.read_bytes() if file.is_file() else None

    def render(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, bytes]]:
        """Yield every job with its file, in the order given, each as soon as it is there.

        Raises RenderError for the first document that fails.
        """
        ordered = list(jobs)
        missing = [job for job in ordered if not self._file(job).is_file()]
        made = self._make(missing) if missing else iter(())
        for job in ordered:
            while not self._file(job).is_file():
                next(made)
            yield job, self._file(job).read_bytes()
        for _ in made:
            pass
        self._forget(ordered)

    def _make(self, jobs: list[Job]) -> Iterator[None]:
        """Render files in a pool, and tell when each is done."""
        check_fonts()
        workers = min(len(jobs), os.cpu_count() or 1)
        context = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(workers, context, _prepare, (self.folder,)) as pool:
                done = [pool.submit(_make, job, self._file(job), self.bounds) for job in jobs]
                try:
                    for future in done:
                        yield future.result()
                finally:
                    pool.shutdown(cancel_futures=True)
        except BrokenProcessPool:
            unmade = [job for job in jobs if not self._file(job).is_file()]
            raise RenderError(self._explain(unmade[:workers])) from None

    def _explain(self, making: list[Job]) -> str:
        """Say why a process may have ended while it made one of some files."""
        documents = dict.fromkeys(job.view.place.path for job in making)
        return (
            f"{', '.join(documents)}: процесс вёрстки прерван:"
            f" превышен предел ({self.bounds.said}) или нет библиотеки Pango. {ADVICE}"
        )

    def _forget(self, jobs: list[Job]) -> None:
        """Delete what no job has asked for in a week."""
        used = {self._file(job) for job in jobs}
        for file in self.folder.glob("*.*"):
            old = time.time() - file.stat().st_mtime > KEPT
            if old and file not in used and file.is_file():
                file.unlink(missing_ok=True)

    def _file(self, job: Job) -> Path:
        told = f"{job.format.ending}\n{self._fingerprint}\n{job.view.digest}"
        return self.folder / f"{hashlib.sha256(told.encode()).hexdigest()}.{job.format.suffix}"


def _prepare(folder: Path) -> None:
    """Ready a worker: the fonts before Pango, then the engine; the parent minds interruptions."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread that pandas never uses takes 40 MiB
    declare_fonts(folder)
    from disclosure.render.pdf import warm_up  # noqa: PLC0415  # loads Pango

    warm_up()


def _make(job: Job, file: Path, bounds: Bounds) -> None:
    """Render a file in a worker; it appears whole or not at all."""
    place, form = job.view.place.path, job.format
    try:
        content = bounded(partial(form.render, job.view), bounds)
    except RenderError:
        raise
    except OutOfBounds as error:
        raise RenderError(f"{place}: {form.name}: {error}") from None
    except Exception as error:
        said = f"сбой вёрстки, ошибка программы, а не данных; сообщите разработчикам: {error!r}"
        raise RenderError(f"{place}: {form.name}: {said}") from error
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).replace(file)


def _fingerprint() -> str:
    """Hash what the bytes depend on besides the view: code, templates, fonts, engines."""
    files = [
        *(file for part in _PARTS for file in (CORE / part).rglob("*.py")),
        *(OVERRIDES / "print").rglob("*.*"),
        *FACES,
    ]
    engines = [
        *(sys.version, zlib.ZLIB_RUNTIME_VERSION),
        *map(version, _ENGINES),
        *(library_version(name, function) for name, function in _LIBRARIES.items()),
    ]
    digest = hashlib.sha256(repr(engines).encode())
    for file in sorted(files):
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def library_version(name: str, function: str) -> str | None:
    """Return what a library of the system says of its version; None where it is absent."""
    try:
        tell = getattr(ctypes.CDLL(name), function)
    except OSError:
        return None
    tell.restype = ctypes.c_char_p
    return str(tell().decode())
