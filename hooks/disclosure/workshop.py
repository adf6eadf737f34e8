"""Renders downloads in a pool of processes, and each content only once: a cache by content."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from disclosure.render import Format, RenderError
from disclosure.render.fonts import FACES, check_fonts, declare_fonts
from disclosure.render.templates import OVERRIDES
from disclosure.views.document import DocumentView

KEPT: Final = 7 * 24 * 3600
"""Seconds that a rendered file is kept after it was made."""

_ENGINES: Final = (
    *("weasyprint", "pydyf", "fonttools", "jinja2", "markupsafe"),
    *("markdown-it-py", "mdit-py-plugins", "nh3", "pandas", "xlsxwriter"),
)


@dataclass(frozen=True)
class Job:
    """One document to be rendered in one format."""

    view: DocumentView
    format: Format

    @property
    def path(self) -> str:
        """Where the file lies below the site's root."""
        return f"{self.view.place.path}{self.view.file_stem}{self.format.ending}"


class Workshop:
    """Renders jobs; `folder` keeps what was rendered, so that it is not rendered again.

    Make one for each build: it takes the code and the templates as they are when it is made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        """Render documents in a pool, and tell when each is done."""
        check_fonts()
        tasks = [
            (view, [(job.format, self._file(job)) for job in jobs if job.view is view])
            for view in {id(job.view): job.view for job in jobs}.values()
        ]
        workers = min(len(tasks), os.cpu_count() or 1)
        context = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(workers, context, _prepare, (self.folder,)) as pool:
                done = [pool.submit(_make, view, files) for view, files in tasks]
                try:
                    for future in done:
                        yield future.result()
                finally:
                    pool.shutdown(cancel_futures=True)
        except BrokenProcessPool:
            raise RenderError(
                "процесс вёрстки прерван: не хватает памяти или библиотеки Pango."
            ) from None

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
    declare_fonts(folder)
    from disclosure.render.pdf import warm_up  # noqa: PLC0415  # loads Pango

    warm_up()


def _make(view: DocumentView, files: list[tuple[Format, Path]]) -> None:
    """Render a document's files in a worker; each appears whole or not at all."""
    for form, file in files:
        try:
            content = form.render(view)
        except RenderError:
            raise
        except Exception as error:
            raise RenderError(f"{view.place.path}: {form.name}: {error!r}") from error
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
            part.write(content)
        Path(part.name).replace(file)


def _fingerprint() -> str:
    """Hash what the bytes depend on besides the view: code, templates, fonts, engines."""
    core = Path(__file__).parent
    files = [
        *(core / "render").rglob("*.py"),
        *(core / "views" / name for name in ("document.py", "table.py")),
        *(OVERRIDES / "print").rglob("*.*"),
        *FACES,
    ]
    digest = hashlib.sha256(" ".join(version(engine) for engine in _ENGINES).encode())
    for file in sorted(files):
        if file.is_file():
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
