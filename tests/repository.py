"""Repositories of git that tests make."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path


def git(root: Path, time: str, *arguments: str | Path) -> None:
    """Run a command of git at a moment, whatever a user has set."""
    environment = os.environ | {
        "GIT_COMMITTER_DATE": time,
        "GIT_AUTHOR_DATE": "2020-01-01T00:00Z",  # when it was written is not asked
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    name = ("-c", "user.name=Редактор", "-c", "user.email=editor@example.org")
    subprocess.run(["git", "-C", root, *name, *arguments], env=environment, check=True)


class Repository:
    """A repository with a data folder, where each commit is made at noon of a day."""

    def __init__(self, root: Path, *init: str) -> None:
        self.root, self.data = root, root / "данные 1"
        self.data.mkdir(parents=True)
        self.git("init", "-q", "-b", "main", *init)

    def git(self, *arguments: str, time: str = "2025-01-01T12:00Z") -> None:
        git(self.root, time, *arguments)

    def write(self, name: str, text: str) -> None:
        file = self.data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, day: date, *, time: str = "12:00Z") -> None:
        self.git("add", "--all")
        self.git("commit", "-q", "-m", "x", time=f"{day}T{time}")
