"""Renders downloads in a pool of processes, and each content only once: a cache by content."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from disclosure.render import Format, RenderError
from disclosure.render.fonts import FACES, check_fonts, declare_fonts
from disclosure.render.templates import OVERRIDES
from disclosure.views.document import DocumentView

_ENGINES: Final = ("weasyprint", "pydyf", "fonttools", "jinja2", "pandas", "xlsxwriter")


@dataclass(frozen=True)
class Job:
    """One document to be rendered in one format."""

    view: DocumentView
    format: Format

    @property
    def path(self) -> str:
        """Where the file lies below the site's root."""
        return f"{self.view.place.path}{self.view.file_stem}.{self.format.suffix}"

    @property
    def key(self) -> str:
        """The hash of all that can change the bytes."""
        told = f"{self.format.suffix}\n{_fingerprint()}\n{self.view.digest}"
        return hashlib.sha256(told.encode()).hexdigest()


class Workshop:
    """Renders jobs; `folder` keeps what was rendered, so that it is not rendered again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ready(self, job: Job) -> bytes | None:
        """Return the file if it was rendered before."""
        file = self._file(job)
        return file.read_bytes() if file.is_file() else None

    def render(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, bytes]]:
        """Yield every job with its file, in the order given.

        Raises what the renderer raises (RenderError) for the first job that fails.
        """
        ordered = list(jobs)
        missing = [job for job in ordered if not self._file(job).is_file()]
        if missing:
            check_fonts()
            self._make(missing)
        for job in ordered:
            yield job, self._file(job).read_bytes()

    def _make(self, jobs: list[Job]) -> None:
        workers = min(len(jobs), os.cpu_count() or 1)
        context = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(workers, context, _prepare, (self.folder,)) as pool:
                made = [pool.submit(_make, job.view, job.format, self._file(job)) for job in jobs]
                try:
                    for future in made:
                        future.result()
                finally:
                    pool.shutdown(cancel_futures=True)
        except BrokenProcessPool:
            raise RenderError("процесс вёрстки прерван: возможно, не хватило памяти.") from None

    def _file(self, job: Job) -> Path:
        return self.folder / f"{job.key}.{job.format.suffix}"


def _prepare(folder: Path) -> None:
    """Ready a worker: the fonts before Pango, then the engine."""
    declare_fonts(folder)
    from disclosure.render.pdf import warm_up  # noqa: PLC0415  # loads Pango

    warm_up()


def _make(view: DocumentView, form: Format, file: Path) -> None:
    """Render a file in a worker; it appears whole or not at all."""
    content = form.render(view)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(content)
    Path(part.name).replace(file)


@cache
def _fingerprint() -> str:
    """Hash the code, the templates, the fonts and the engines that the bytes depend on."""
    core = Path(__file__).parent
    files = [*core.rglob("*.py"), *(OVERRIDES / "print").rglob("*.*"), *FACES]
    digest = hashlib.sha256(" ".join(version(engine) for engine in _ENGINES).encode())
    for file in sorted(files):
        if file.is_file():
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
