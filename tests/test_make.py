"""What the make targets hand on to the programs they call."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
ODD = 'a\'b; touch marked; "$(touch marked)" `touch marked`'


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("sign", ["KEY"]),
        ("deploy", ["TARGET"]),
        ("verify-live", ["SITE_URL", "MANIFEST"]),
        ("check", ["PUBLISHED"]),
    ],
)
def test_words_are_handed_on_as_they_are(tmp_path: Path, target: str, names: list[str]) -> None:
    """Neither make nor a shell takes them for its own."""
    shutil.copy(PROJECT / "Makefile", tmp_path)
    for name in ("disclosure", "ruff", "mypy", "python"):
        program = tmp_path / ".venv" / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >> called\n', encoding="utf-8")
        program.chmod(0o755)
    (tmp_path / ".ci").mkdir()
    for source in ("requirements.lock", "pyproject.toml", ".ci/setup"):
        (tmp_path / source).touch()
    (tmp_path / ".venv" / ".ready").write_text(str(tmp_path), encoding="utf-8")
    env = {"PATH": os.environ["PATH"]} | dict.fromkeys(names, ODD)
    command = ["make", "--old-file=.venv/.ready", target]
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    called = (tmp_path / "called").read_text(encoding="utf-8").splitlines()
    assert called.count(ODD) == len(names)
    assert not (tmp_path / "marked").exists()
