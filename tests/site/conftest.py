"""The sites that tests read: each is built once a run, whichever worker asks first."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.samples import EXAMPLE
from tests.site.building import Checkout, checkout


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def portal(shared: Path) -> Checkout:
    """The site of the repository's data."""
    return _once(shared / "portal", lambda root: checkout(root).built())


@pytest.fixture(scope="session")
def example(shared: Path) -> Checkout:
    """The site of tests/example, whose one supplier fills every field of the model."""
    return _once(shared / "example", lambda root: checkout(root, EXAMPLE).built())


@pytest.fixture(scope="session")
def pages(portal: Checkout) -> dict[str, BeautifulSoup]:
    """Every page of the portal by its path."""
    return {
        path: BeautifulSoup(content, "lxml")
        for path, content in portal.files().items()
        if path.endswith(".html")
    }


@pytest.fixture
def workplace(example: Checkout, tmp_path: Path) -> Checkout:
    """A copy of the example for a test to spoil; its downloads are rendered already."""
    return example.copy(tmp_path / "checkout")


def _once(root: Path, build: Callable[[Path], Checkout]) -> Checkout:
    """Return what is built at `root`, building it where no other worker has."""
    done = root.with_suffix(".done")
    with root.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)  # another worker may have failed here
            build(root)
            done.touch()
    return Checkout(root)
