"""What every test relies on, and the sites that many read: each is built once a run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from disclosure.render.fonts import declare_fonts
from tests.building import YEARS_BUILT, Checkout, checkout, years_checkout
from tests.samples import EXAMPLE

# The same examples each run; `--hypothesis-profile=deep` looks for new ones.
settings.register_profile("same", deadline=None, max_examples=40, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=5000)
settings.load_profile("same")


# Keep out what the shell may have set.
for name in ("DISCLOSURE_DATA", "SITE_URL", "SUPPLIER"):
    os.environ.pop(name, None)
os.umask(0o022)


@pytest.fixture
def plain_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git without a user's settings, which knows only the repositories of the test."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def declared_fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The faces of the PDFs, and no others, for what is set in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", "")  # what is set now is put back in the end
        declare_fonts(tmp_path_factory.mktemp("fonts"))
        yield


@pytest.fixture(scope="session")
def portal(shared: Path) -> Checkout:
    """The site of tests/demonstration: four suppliers, as this repository first showed them."""
    return _once(shared / "portal", lambda root: checkout(root).built())


@pytest.fixture(scope="session")
def example(shared: Path) -> Checkout:
    """The site of tests/example, whose one supplier fills every field of the model."""
    return _once(shared / "example", lambda root: checkout(root, EXAMPLE).built())


@pytest.fixture(scope="session")
def years(shared: Path) -> Checkout:
    """The site of tests/years: two invented suppliers, three years, and what became of all."""
    return _once(shared / "years", lambda root: years_checkout(root).built(**YEARS_BUILT))


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
