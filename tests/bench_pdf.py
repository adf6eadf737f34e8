"""Measures the PDFs against the bare engine: WeasyPrint with its own tags, on the same HTML.

Run by `make bench`. What is compared runs in processes of its own.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from disclosure.render import FORMATS
from disclosure.render.fonts import declare_fonts
from disclosure.render.templates import OVERRIDES
from disclosure.site import Site, read_site
from disclosure.views.document import DocumentView, Kind, SectionView
from disclosure.views.table import Column, Row, Table, row
from disclosure.workshop import Job, Workshop
from tests.bench import change_measure

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
ROUNDS = 3
GROUP = 47
PRINTS = [form for form in FORMATS if form.suffix == "pdf"]


@dataclass(frozen=True)
class Cost:
    """Wall time and processor time in seconds, peak memory in MB."""

    seconds: float
    cpu: float
    memory: float


def main() -> None:
    """Print what the PDFs cost, with the most that they may."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        declare_fonts(place)
        everything, one = write_prints(place)
        cold, bare = cost(place, "cold"), cost(place, "bare", *everything)
        print("\nPDFs of the repository")
        print(f"  cold, bare engine one after another  {ratio(cold.seconds, bare.seconds, 0.7)}")
        print(f"  rendered again                       {counted(place)}")
        few, many, bare = cost(place, "940"), cost(place, "3760"), cost(place, "warm", one)
        print("\nPDF of one long plan, processor time")
        print(f"  940 rows, bare engine                {ratio(few.cpu, bare.cpu, 1.0)}")
        print(f"  3760 rows, 940 rows                  {ratio(many.cpu, few.cpu, 4.5)}")
        print(f"  940 rows, memory                     {few.memory:.0f} MB (at most 260)")


def ratio(one: float, other: float, most: float) -> str:
    """Say how much one figure is of another, and how much it may be."""
    return f"{one:7.2f} s {other:7.2f} s  ×{one / other:5.2f} (at most ×{most})"


def cost(place: Path, *task: str | Path) -> Cost:
    """Return the least cost of a task, each time in an empty folder."""
    costs = []
    for _ in range(ROUNDS):
        folder = Path(tempfile.mkdtemp(dir=place))
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench_pdf", folder, *task]
        done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
        costs.append(Cost(**json.loads(done.stdout)))
    return min(costs, key=lambda cost: cost.cpu + cost.seconds)


def write_prints(place: Path) -> tuple[list[Path], Path]:
    """Write the HTML of all prints of the repository, and of the plan of 940 rows."""
    from disclosure.render.pdf import print_html  # noqa: PLC0415  # loads Pango

    everything = []
    for view in read_site(DATA).documents:
        for edition in ("usual", "large"):
            file = place / f"{view.file_stem}.{edition}.html"
            file.write_text(print_html(view, large=edition == "large"), encoding="utf-8")
            everything.append(file)
    one = place / "plan.usual.html"
    one.write_text(print_html(plan(940), large=False), encoding="utf-8")
    return everything, one


def counted(place: Path) -> str:
    """Say how many PDFs are rendered where nothing changed, and where one measure did."""
    data, cache = place / "data", place / "cache"
    shutil.copytree(DATA, data)
    cache.mkdir()
    site = read_site(data)
    rendered(cache, site)
    unchanged = rendered(cache, site)
    programme = next(view for view in site.documents if view.place.kind is Kind.PROGRAMME)
    folder = data / "suppliers" / programme.supplier.slug / programme.place.kind.folder
    change_measure(folder / f"{programme.place.period}.yml")
    changed, shown = rendered(cache, read_site(data)), len(PRINTS) * (1 + len(programme.related))
    return f"nothing changed: {unchanged} (at most 0); one measure: {changed} (at most {shown})"


def rendered(cache: Path, site: Site) -> int:
    """Render the PDFs of a site, and return how many were not in the cache."""
    before = len(list(cache.glob("*.pdf")))
    jobs = [Job(view, form) for view in site.documents for form in PRINTS]
    for _ in Workshop(cache).render(jobs):
        pass
    return len(list(cache.glob("*.pdf"))) - before


# What is measured ------------------------------------------------------------------------------


def run(folder: Path, task: str, *files: str) -> None:
    """Do a task in this process, and print what it cost."""
    if task == "cold":
        site = read_site(DATA)
        measure(lambda: rendered(folder, site))
    elif task == "bare":
        declare_fonts(folder)
        measure(lambda: render_bare([Path(file) for file in files]))
    elif task == "warm":
        declare_fonts(folder)
        render_bare([])
        measure(lambda: render_bare([Path(file) for file in files]))
    else:
        declare_fonts(folder)
        from disclosure.render.pdf import render_pdf, warm_up  # noqa: PLC0415  # loads Pango

        view = plan(int(task))
        warm_up()
        measure(lambda: render_pdf(view))


def measure(work: Callable[[], object]) -> None:
    """Do some work, and print what it cost as JSON."""
    start, cpu = time.perf_counter(), time.process_time()
    work()
    costs = {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 10**6,
    }
    print(json.dumps(costs))


def render_bare(files: list[Path]) -> None:
    """Render prints with the engine alone."""
    from weasyprint import CSS, HTML  # noqa: PLC0415  # a part of what it costs

    usual, large = (
        CSS(filename=OVERRIDES / "print" / f"{name}.css") for name in ("style", "large")
    )
    for file in files:
        styles = [usual, large] if file.match("*.large.html") else [usual]
        HTML(filename=file).write_pdf(stylesheets=styles, pdf_variant="pdf/a-3a")


def plan(rows: int) -> DocumentView:
    """Return a programme of some measures, 47 a group."""
    keys = ("number", "proposal", "text", "deadline", "expected")
    titles = ("№", "Предложение", "Мероприятие", "Срок", "Ожидаемый результат")
    columns = tuple(map(Column, keys, titles))
    sections = tuple(
        SectionView(
            f"group-{first}",
            f"Группа {first}",
            blocks=(Table("measures", "Мероприятия", columns, measures(first, rows), "text"),),
        )
        for first in range(0, rows, GROUP)
    )
    return replace(read_site(DATA).documents[0], sections=sections, tables=())


def measures(first: int, rows: int) -> tuple[Row, ...]:
    """Return the measures of a group."""
    return tuple(
        row(
            {
                "number": f"{number}.",
                "proposal": f"Предложение {number} повысить качество обслуживания",
                "text": f"Мероприятие {number}, подробно описанное в программе поставщика",
                "deadline": "2 квартал 2025",
                "expected": "Потребители обслужены быстрее и лучше прежнего",
            }
        )
        for number in range(first + 1, min(first + GROUP, rows) + 1)
    )


if __name__ == "__main__":
    if arguments := sys.argv[1:]:
        run(Path(arguments[0]), *arguments[1:])
    else:
        main()
