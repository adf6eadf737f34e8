"""Measures the build and the verification as ratios to a bare MkDocs build of the same pages.

Run by `make bench`, for the repository's data and for a generated set of 100 documents.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = 0.02
ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """Wall time in seconds and the peak memory of the whole process tree in MiB."""

    seconds: float
    memory: float


def main() -> None:
    """Print a table of costs for each set of data."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        generated = place / "generated"
        generate(generated, suppliers=25)
        for name, data in (("repository", ROOT / "data"), ("100 documents", generated)):
            report(name, data, place / name.replace(" ", "-"))


def report(name: str, data: Path, place: Path) -> None:
    """Measure the builds of one set of data and print them."""
    project = copy_project(data, place / "project")
    documents = sorted(project.glob("data/suppliers/*/programmes/*.yml"))
    number = len(list(project.glob("data/suppliers/*/*/*.yml")))
    cold = measure_build(project)
    costs = {
        "bare MkDocs, same pages": min_of(lambda: measure_bare(project, place / "bare")),
        "ours, cold": cold,
        "ours, nothing changed": min_of(lambda: measure_build(project)),
        "ours, one measure changed": min_of(lambda: measure_changed(project, documents[0])),
        "verification, cold": min_of(lambda: measure_verify(project)),
        "verification, unchanged": min_of(lambda: measure_verify(project, "--changed")),
    }
    bare = costs["bare MkDocs, same pages"]
    print(f"\n{name}: {number} documents")
    for build, cost in costs.items():
        print(
            f"  {build:28} {cost.seconds:7.2f} s  ×{cost.seconds / bare.seconds:6.2f}"
            f"  {cost.memory:6.0f} MiB  ×{cost.memory / bare.memory:5.2f}"
        )


def copy_project(data: Path, project: Path) -> Path:
    """Copy what a build reads, so that its cache is empty and its own."""
    project.mkdir(parents=True)
    for file in ("mkdocs.yml", "requirements.lock", "tests/browser/package-lock.json"):
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, project / file)
    for folder in ("content", "hooks", "overrides"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copytree(data, project / "data")
    return project


def measure_build(project: Path) -> Cost:
    """Measure our build of a project."""
    return measure([sys.executable, "-m", "mkdocs", "build", "--quiet"], project)


def measure_changed(project: Path, document: Path) -> Cost:
    """Measure our build after the wording of one measure changed."""
    change_measure(document)
    return measure_build(project)


def measure_verify(project: Path, *changed: str) -> Cost:
    """Measure the verification of the site of a project."""
    return measure([sys.executable, "-m", "disclosure", "verify", *changed, "site"], project)


def change_measure(document: Path) -> None:
    """Change the wording of a measure of a programme."""
    head, plan = document.read_text(encoding="utf-8").split("\nplan:", 1)
    changed, count = re.subn(r"text: (?=\w)", f"text: Правка {time.time_ns()}. ", plan, count=1)
    if not count:
        raise SystemExit(f"{document}: no measure to change")
    document.write_text(f"{head}\nplan:{changed}", encoding="utf-8")


def measure_bare(project: Path, folder: Path) -> Cost:
    """Measure plain MkDocs with its own theme on the pages our build makes."""
    if not folder.exists():
        disclosure = [sys.executable, "-m", "disclosure", "write", str(folder / "docs")]
        measure(disclosure, project)
        for file in (folder / "docs").rglob("*.*"):
            if file.suffix != ".md":
                file.unlink()
        (folder / "mkdocs.yml").write_text("site_name: Bare\nplugins: []\n", encoding="utf-8")
    return measure([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)


def min_of(cost: Callable[[], Cost]) -> Cost:
    """Return the least of several measurements."""
    return min((cost() for _ in range(ROUNDS)), key=lambda measured: measured.seconds)


def measure(command: list[str], folder: Path) -> Cost:
    """Run a command and measure it; a failure ends the benchmark."""
    environment = os.environ | {
        "PYTHONPATH": str(folder / "hooks"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    for name in ("DISCLOSURE_DATA", "SITE_URL", "SUPPLIER"):
        environment.pop(name, None)
    start, peak = time.perf_counter(), 0.0
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, sum(memory_of(watched)))
            time.sleep(SAMPLE)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    return Cost(time.perf_counter() - start, peak / 2**20)


def memory_of(process: psutil.Process) -> Iterator[int]:
    """Yield the resident memory of a process and of each of its descendants."""
    try:
        for each in (process, *process.children(recursive=True)):
            yield each.memory_info().rss
    except psutil.NoSuchProcess:
        return


# The generated set ---------------------------------------------------------------------------


def generate(folder: Path, suppliers: int) -> None:
    """Write suppliers with three programmes and a report each."""
    folder.mkdir()
    for name in ("channels.yml", "acts.yml"):
        shutil.copy(ROOT / "data" / name, folder)
    for number in range(suppliers):
        home = folder / "suppliers" / f"supplier-{number:03}"
        (home / "programmes").mkdir(parents=True)
        (home / "reports").mkdir()
        (home / "supplier.yml").write_text(f"name: АО «Поставщик {number}»\n", encoding="utf-8")
        for year in (2023, 2024, 2025):
            text = programme(year)
            (home / "programmes" / f"{year}.yml").write_text(text, encoding="utf-8")
        (home / "reports" / "2025.yml").write_text(answers(2025), encoding="utf-8")


CHANNELS = {
    "in-person": ("office-b2b", "office-b2c", "visit-b2b", "visit-b2c"),
    "remote": ("phone-b2b", "phone-b2c", "paper-b2b", "paper-b2c"),
    "interactive": ("site-b2b", "site-b2c", "account-b2b", "account-b2c"),
}
MEASURES = 3


def programme(year: int) -> str:
    """Return the YAML of a programme with 36 measures."""
    lines = [f"title: Программа мероприятий на {year} год", "plan:", "  sections:"]
    for kind, channels in CHANNELS.items():
        lines += [f"    - service_type: {kind}", "      groups:"]
        for channel in channels:
            lines += [f"        - channel: {channel}", "          proposals:"]
            for number in range(MEASURES):
                name = f"{channel}-{year}-{number}"
                lines += [
                    f"            - text: Предложение {number} повысить качество обслуживания",
                    "              measures:",
                    f"                - id: {name}",
                    f"                  text: Мероприятие {name}, подробно описанное в программе",
                    f"                  deadline: {number + 1} квартал {year}",
                    "                  result: Потребители обслужены быстрее и лучше прежнего",
                ]
    return "\n".join(lines) + "\n"


def answers(year: int) -> str:
    """Return the YAML of a report on the programme of a year."""
    lines = [f"title: Отчёт за {year} год", f"programme: {year}", "measures:"]
    for channels in CHANNELS.values():
        for channel in channels:
            for number in range(MEASURES):
                lines += [f"  - id: {channel}-{year}-{number}", "    status: выполнено"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
