"""Each file that replaces one of Material is known to replace the one that is installed."""

from __future__ import annotations

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.building import REPOSITORY

THEME = REPOSITORY / "overrides" / "theme"
READ = Path(__file__).with_name("material.sha256")
"""The checksums of Material's files as they were when ours were written, as sha256sum prints."""


def _material() -> Path:
    package = find_spec("material")
    assert package
    assert package.origin
    return Path(package.origin).parent / "templates"


MATERIAL = _material()
REPLACED = sorted(
    file.relative_to(THEME).as_posix()
    for file in THEME.rglob("*")
    if file.is_file() and (MATERIAL / file.relative_to(THEME)).is_file()
)


def _was() -> dict[str, str]:
    lines = [line.split() for line in READ.read_text(encoding="utf-8").splitlines()]
    return {path: checksum for checksum, path in lines}


def test_each_replaced_file_has_a_checksum() -> None:
    assert {"base.html", "main.html"} <= set(REPLACED)
    assert sorted(_was()) == REPLACED


@pytest.mark.parametrize("path", REPLACED)
def test_material_still_has_the_file_that_was_replaced(path: str) -> None:
    is_now = hashlib.sha256((MATERIAL / path).read_bytes()).hexdigest()
    assert is_now == _was()[path], (
        f"Material has changed {path}. Compare {MATERIAL / path} with {THEME / path}, take over "
        f"what matters, name the new version there, and write {is_now} to {READ.name}."
    )


@pytest.mark.parametrize("path", REPLACED)
def test_a_replacement_says_what_it_was_read_from_and_why(path: str) -> None:
    comment = re.match(r"\{#(.+?)#\}", (THEME / path).read_text(encoding="utf-8"), re.DOTALL)
    assert comment
    assert re.search(r"Material \d+\.\d+\.\d+", comment[1])
    assert "Why: " in comment[1]
