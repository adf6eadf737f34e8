from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from disclosure import workshop
from disclosure.bounds import BOUNDS, Bounds
from disclosure.render import FORMATS, Format, RenderError
from disclosure.site import Site
from disclosure.views.document import DocumentView
from disclosure.workshop import Job, Workshop, library_version
from tests import samples

TEXT = Format("TXT", ".txt", f"{__name__}:render_text")
DYING = Format("TXT", ".txt", f"{__name__}:die")
FAULTY = Format("TXT", ".txt", f"{__name__}:stumble")
FAILING = Format("TXT", ".txt", f"{__name__}:fail")
ENDLESS = Format("TXT", ".txt", f"{__name__}:loop")
GREEDY = Format("TXT", ".txt", f"{__name__}:hoard")

SHORT = replace(BOUNDS, seconds=0.5)
SMALL = replace(BOUNDS, memory=512 * 2**20)


def render_text(view: DocumentView) -> bytes:
    return view.title.encode()


def die(_: DocumentView) -> bytes:
    os._exit(1)


def fail(view: DocumentView) -> bytes:
    raise RenderError(f"{view.place.path}: не вышло")


def stumble(_: DocumentView) -> bytes:
    raise KeyError("x")


def loop(view: DocumentView) -> bytes:
    for _ in range(10**9):
        pass
    return view.title.encode()


def hoard(view: DocumentView) -> bytes:
    kept: tuple[object, ...] = ()
    for _ in range(2 * 10**7):
        kept = (kept, view)
    return view.title.encode()


def _jobs(site: Site) -> list[Job]:
    return [Job(view, TEXT) for view in site.documents]


class Pool:
    """Renders in this process, and remembers what."""

    def __init__(self) -> None:
        self.opened = 0
        self.made: list[str] = []

    def __call__(self, *_: object) -> AbstractContextManager[Pool]:
        self.opened += 1
        return self._opened()

    @contextmanager
    def _opened(self) -> Iterator[Pool]:
        yield self

    def submit(self, make: Callable[..., None], job: Job, *arguments: object) -> Future[None]:
        make(job, *arguments)
        self.made.append(job.view.place.path)
        future: Future[None] = Future()
        future.set_result(None)
        return future

    def shutdown(self, **_: Any) -> None:
        pass


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Pool:
    pool = Pool()
    monkeypatch.setattr(workshop, "ProcessPoolExecutor", pool)
    return pool


# What is rendered, and what is not -------------------------------------------------------------


def test_each_job_is_rendered_in_the_order_given(pool: Pool, tmp_path: Path) -> None:
    jobs = _jobs(samples.example())
    rendered = list(Workshop(tmp_path).render(jobs))
    assert rendered == [(job, job.view.title.encode()) for job in jobs]
    assert pool.made == [job.view.place.path for job in jobs]


def test_what_is_unchanged_is_not_rendered_again(pool: Pool, tmp_path: Path) -> None:
    first = list(Workshop(tmp_path).render(_jobs(samples.example())))
    again = list(Workshop(tmp_path).render(_jobs(samples.read(samples.EXAMPLE))))
    assert again == first
    assert len(pool.made) == len(first)
    assert pool.opened == 1


@pytest.mark.parametrize(
    ("path", "old", "new", "made"),
    [
        ("programmes/2025", "Нанять", "Обучить", ["programmes/2025/"]),
        ("reports/2024", "Нет поставщика", "Нет денег", ["reports/2024/"]),
        # a report shows the measures of its programme, the next programme those that it drops
        ("programmes/2024", "Напечатать", "Раздать", ["programmes/2024/", "reports/2024/"]),
        (
            *("programmes/2024", "Опросить", "Спросить"),
            ["programmes/2024/", "programmes/2025/", "reports/2024/"],
        ),
    ],
)
def test_a_change_renders_only_the_documents_that_show_it(
    path: str, old: str, new: str, made: list[str], pool: Pool, tmp_path: Path
) -> None:
    kept = Workshop(tmp_path / "cache")
    kept.folder.mkdir()
    list(kept.render(_jobs(samples.example())))
    pool.made.clear()
    list(kept.render(_jobs(samples.edited(tmp_path / "data", path, old, new))))
    assert pool.made == made


def test_each_format_is_a_file_of_its_own() -> None:
    view = samples.view("programmes/2024")
    assert [Job(view, form).path for form in FORMATS] == [
        f"programmes/2024/primer-programme-2024{ending}"
        for ending in (".pdf", "-large.pdf", ".xlsx", ".csv", ".json")
    ]


def test_what_is_ready_is_told_without_rendering(pool: Pool, tmp_path: Path) -> None:
    one, other = _jobs(samples.example())[:2]
    list(Workshop(tmp_path).render([one]))
    assert Workshop(tmp_path).ready(one) == one.view.title.encode()
    assert Workshop(tmp_path).ready(other) is None
    assert pool.made == [one.view.place.path]


def test_each_file_is_a_task_of_its_own(pool: Pool, tmp_path: Path) -> None:
    """Both editions of one document then keep two processors busy."""
    view = samples.view("programmes/2024")
    other = Format("LOG", ".log", f"{__name__}:render_text")
    list(Workshop(tmp_path).render([Job(view, TEXT), Job(view, other)]))
    assert pool.made == [view.place.path] * 2


def test_an_edited_template_is_seen_by_the_next_build(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "overrides" / "print").mkdir(parents=True)
    style = tmp_path / "overrides" / "print" / "style.css"
    monkeypatch.setattr(workshop, "OVERRIDES", tmp_path / "overrides")
    job = _jobs(samples.example())[0]
    for text in ("p {}", "b {}", "p {}"):
        style.write_text(text, encoding="utf-8")
        list(Workshop(tmp_path).render([job]))
    assert len(pool.made) == len({"p {}", "b {}"})


@pytest.mark.parametrize("part", ["render", "views", "values", "model"])
def test_another_code_renders_anew(
    part: str, pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "CORE", tmp_path)
    (tmp_path / part / "inner").mkdir(parents=True)
    job = _jobs(samples.example())[0]
    for text in ("x = 1", "x = 2", "x = 1"):
        (tmp_path / part / "inner" / "module.py").write_text(text, encoding="utf-8")
        list(Workshop(tmp_path).render([job]))
    assert len(pool.made) == len({"x = 1", "x = 2"})


@pytest.mark.parametrize("library", ["weasyprint", "markdown-it-py", "nh3", "xlsxwriter"])
def test_another_version_of_a_library_renders_anew(
    library: str, pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _jobs(samples.example())[0]
    list(Workshop(tmp_path).render([job]))
    monkeypatch.setattr(workshop, "version", lambda name: "2" if name == library else version(name))
    list(Workshop(tmp_path).render([job]))
    assert len(pool.made) == 2


@pytest.mark.parametrize("library", ["libpango-1.0.so.0", "libharfbuzz.so.0"])
def test_another_library_of_the_system_renders_anew(
    library: str, pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(name: str, function: str) -> str | None:
        return "2" if name == library else library_version(name, function)

    job = _jobs(samples.example())[0]
    list(Workshop(tmp_path).render([job]))
    monkeypatch.setattr(workshop, "library_version", other)
    list(Workshop(tmp_path).render([job]))
    assert len(pool.made) == 2


def test_a_library_of_the_system_tells_its_version() -> None:
    said = library_version("libpango-1.0.so.0", "pango_version_string")
    assert said is not None
    assert re.fullmatch(r"1\.\d+\.\d+", said)
    assert library_version("libnowhere.so.0", "pango_version_string") is None


def test_a_file_that_nothing_asks_for_is_deleted_in_a_week(pool: Pool, tmp_path: Path) -> None:
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    job = _jobs(samples.example())[0]
    list(Workshop(tmp_path).render([job]))
    for file in (old, new):
        file.touch()
    for file in (old, *tmp_path.glob("*.txt")):
        os.utime(file, (0, 0))
    list(Workshop(tmp_path).render([job]))
    assert not old.exists()
    assert new.exists()
    assert Workshop(tmp_path).ready(job) is not None


# What goes wrong in another process ------------------------------------------------------------

ONE = "programmes/2024/: "


@pytest.mark.parametrize(
    ("form", "bounds", "message"),
    [
        (DYING, BOUNDS, f"{ONE}процесс вёрстки прерван: превышен предел (300 с, 4096 МиБ)"),
        (FAILING, BOUNDS, f"{ONE}не вышло"),
        (
            FAULTY,
            BOUNDS,
            f"{ONE}TXT: сбой вёрстки, ошибка программы, а не данных; сообщите",
        ),
        (ENDLESS, SHORT, f"{ONE}TXT: файл готовился дольше 0.5 с. Разделите документ"),
        (GREEDY, SMALL, f"{ONE}TXT: не хватило памяти, предел 512 МиБ. Разделите документ"),
    ],
    ids=[
        "a process that dies",
        "a document that fails",
        "a fault of the renderer",
        "a document that takes too long",
        "a document that takes too much memory",
    ],
)
def test_a_failure_is_told_and_leaves_no_file(
    form: Format, bounds: Bounds, message: str, tmp_path: Path
) -> None:
    job = Job(samples.view("programmes/2024"), form)
    with pytest.raises(RenderError, match=f"^{re.escape(message)}"):
        list(Workshop(tmp_path, bounds).render([job]))
    assert Workshop(tmp_path).ready(job) is None


def test_a_dead_process_is_laid_to_the_documents_in_the_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    done, dying, waiting = _jobs(samples.example())[:3]
    with pytest.raises(RenderError, match=f"^{dying.view.place.path}: процесс вёрстки прерван"):
        list(Workshop(tmp_path).render([done, Job(dying.view, DYING), waiting]))
