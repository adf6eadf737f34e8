"""Builds sites as a fresh checkout does: in a copy of all that a build reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.repository import git

REPOSITORY = Path(__file__).parents[1]
READ_BY_A_BUILD = (
    "mkdocs.yml",
    "content",
    "hooks",
    "data",
    "overrides",
    "requirements.lock",
    "tests/browser/package-lock.json",
)
DATED = "1700000000"
DEMONSTRATION = REPOSITORY / "tests" / "demonstration"
"""The data that the tests know by heart: data/ is the editors', and changes."""
YEARS = REPOSITORY / "tests" / "years"
YEARS_BUILT = {"SOURCE_DATE_EPOCH": "1763640000", "SITE_URL": "https://years.example/"}
"""The site of tests/years is that of 20.11.2025: of its promises some are due, some overdue."""


@dataclass(frozen=True)
class Checkout:
    """A copy of the repository that can be built."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def data(self) -> Path:
        return self.root / "data"

    def build(
        self, program: str = "mkdocs", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build the site strictly, whatever comes of it."""
        return subprocess.run(
            [sys.executable, "-m", program, "build", "--strict", "-f", "mkdocs.yml"],
            cwd=self.root,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def built(self, program: str = "mkdocs", **environment: str) -> Checkout:
        """Build the site, which must succeed."""
        done = self.build(program, **environment)
        assert done.returncode == 0, done.stderr
        return self

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a build: this copy's own package, nothing that a shell set."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"SUPPLIER", "DISCLOSURE_DATA", "SITE_URL"}
        }
        return inherited | {
            "PYTHONPATH": str(self.root / "hooks"),
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": DATED,
            "NO_MKDOCS_2_WARNING": "1",
            "DISABLE_MKDOCS_2_WARNING": "true",
            **more,
        }

    def copy(self, root: Path, *, cache: bool = True) -> Checkout:
        """Copy all but the site, with the downloads already rendered or without."""
        root.mkdir(parents=True)
        for name in (*READ_BY_A_BUILD, *([".cache"] if cache else [])):
            _copy(self.root / name, root / name)
        return Checkout(root)

    def files(self) -> dict[str, bytes]:
        """Return every file of the site by its path."""
        return {
            file.relative_to(self.site).as_posix(): file.read_bytes()
            for file in sorted(self.site.rglob("*"))
            if file.is_file()
        }


def checkout(root: Path, data: Path = DEMONSTRATION) -> Checkout:
    """Copy the repository, with the data that are named."""
    root.mkdir(parents=True)
    for name in READ_BY_A_BUILD:
        _copy(data if name == "data" else REPOSITORY / name, root / name)
    return Checkout(root)


def years_checkout(root: Path) -> Checkout:
    """Copy the repository with the data of tests/years, committed as they were published.

    A folder of tests/years/earlier is named by the day on which it was the newest edition; the
    present edition is of the day before the build. Git knows of nothing but the data.
    """
    made = checkout(root, YEARS / "data")
    git(root, "2024-01-01T12:00Z", "init", "-q")
    (root / ".git/info/exclude").write_text("/*\n!/data/\n", encoding="utf-8")
    for edition in sorted((YEARS / "earlier").iterdir()):
        shutil.copytree(edition, made.data, dirs_exist_ok=True)
        suppliers = [f"data/suppliers/{each.name}" for each in (edition / "suppliers").iterdir()]
        noon = f"{edition.name}T12:00Z"
        git(root, noon, "add", *sorted(root.glob("data/*.yml")), *suppliers)
        git(root, noon, "commit", "-q", "-m", "Edition")
    shutil.copytree(YEARS / "data", made.data, dirs_exist_ok=True)
    git(root, "2025-11-19T12:00Z", "add", "data")
    git(root, "2025-11-19T12:00Z", "commit", "-q", "-m", "Present")
    return made


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
