"""Holds the directions of the design: what may import what."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOOKS = Path(__file__).parent.parent / "hooks"
CORE = HOOKS / "disclosure"
FILES = sorted(CORE.rglob("*.py"))
GATE = sorted((HOOKS / "gate").rglob("*.py"))
LONGEST = 50
"""How many lines a function may have: a screen."""

# Each part of the core, and the parts it may know besides itself.
MAY_KNOW = {
    "values": set(),
    "finding": set(),
    "syntax": set(),
    "artifact": set(),
    "assets": set(),
    "bounds": set(),
    "settings": {"finding", "history", "values"},
    "history": set(),
    "tools": set(),
    "handwritten": set(),
    "model": {"values"},
    "source": {"finding", "syntax"},
    "salvage": {"source"},
    "validation": {"finding", "model", "salvage", "source"},
    "signers": {"finding", "model"},
    "folder": {"finding", "model", "salvage", "signers", "source", "validation"},
    "rules": {"finding", "folder", "model", "salvage", "source", "values"},
    "views": {"model", "values"},
    "render": {"model", "values", "views"},
    "search": {"artifact", "render"},
    "opendata": {"render", "views"},
    "schema": {"model"},
    "editions": {"finding", "folder", "history", "model", "source", "validation"},
    "register": {"model", "views"},
    "published": {
        *("editions", "finding", "folder", "history", "model", "register", "source"),
        *("validation", "views"),
    },
    "review": {"editions", "finding", "folder", "history", "values", "views"},
    "archive": set(),
    "companions": {"archive"},
    "release": {"archive", "companions", "history"},
    "keys": set(),
    "web": set(),
    "live": {"values", "web"},
    "deploy": {"archive", "keys", "live", "values", "web"},
    "verify": {"finding", "render", "settings", "site", "values", "views"},
}
COMPOSITION = {
    "__init__",
    "__main__",
    "cli",
    "commands",
    "output",
    "preview",
    "site",
    "workshop",
}
"""These put the parts together."""

KNOWN_ONLY_TO = {
    "yaml": {"source", "syntax"},
    "pydantic": {"model", "validation"},
    "jinja2": {"render"},
    "markdown": {"handwritten"},
    "weasyprint": {"render"},
    "pydyf": {"render"},
    "pandas": {"render", "views"},
    "icalendar": {"render", "verify"},
    "xlsxwriter": {"render"},
    "lxml": {"verify"},
    "openpyxl": {"verify"},
    "pikepdf": {"verify"},
    "brotli": {"companions"},
    "obstore": {"deploy"},
    "gate": {
        *("archive", "commands", "deploy", "keys", "live", "model", "release", "render"),
        *("signers", "verify", "views"),
    },
    "urllib3": {"web"},
    "mkdocs": set[str](),
    "material": set[str](),
}


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def part(file: Path) -> str:
    return file.relative_to(CORE).with_suffix("").parts[0]


def imported(file: Path) -> Iterator[str]:
    """The modules a file imports, wherever in it."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(file: Path) -> str:
    return str(file.relative_to(HOOKS))


def test_every_part_has_its_rule() -> None:
    assert {part(file) for file in FILES} == MAY_KNOW.keys() | COMPOSITION


@pytest.mark.parametrize("file", FILES, ids=named)
def test_imports_go_the_way_of_the_design(file: Path) -> None:
    ours = {name.split(".")[1] for name in imported(file) if name.startswith("disclosure.")}
    if part(file) not in COMPOSITION:
        assert ours - {part(file)} <= MAY_KNOW[part(file)]


@pytest.mark.parametrize("file", FILES, ids=named)
def test_each_library_is_known_where_it_is_used(file: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(file)}
    for library in libraries & KNOWN_ONLY_TO.keys():
        assert part(file) in KNOWN_ONLY_TO[library], library


@pytest.mark.parametrize("file", GATE, ids=named)
def test_the_gate_needs_nothing_but_python(file: Path) -> None:
    """A server has no more."""
    libraries = {name.split(".")[0] for name in imported(file)}
    assert libraries <= sys.stdlib_module_names | {"gate"}


def test_only_the_adapter_knows_mkdocs() -> None:
    """The views of a whole site are made without a module of MkDocs."""
    program = (
        "import sys, pathlib, disclosure\n"
        "from disclosure.site import read_site\n"
        "assert read_site(pathlib.Path(sys.argv[1])).documents\n"
        "print(*(name for name in sys.modules if name.split('.')[0].startswith('mkdocs')))"
    )
    good = Path(__file__).parent / "cases" / "good" / "data"
    command = [sys.executable, "-c", program, str(good)]
    done = subprocess.run(command, cwd=HOOKS, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("file", [*FILES, *GATE, *HOOKS.glob("*.py")], ids=named)
def test_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(parsed(file))


@pytest.mark.parametrize("file", [*FILES, *GATE, *HOOKS.glob("*.py")], ids=named)
def test_no_function_is_longer_than_a_screen(file: Path) -> None:
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST, node.name
