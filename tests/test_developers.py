"""Holds what developers read to what is there."""

from __future__ import annotations

import re

from tests.building import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
GUIDE = (REPOSITORY / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
DECISIONS = REPOSITORY / ".github" / "decisions"
HOOKS = REPOSITORY / "hooks"


def test_the_readme_has_every_target_of_make() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert set(re.findall(r"^\| `make ([a-z-]+)`", README, re.MULTILINE)) == targets - {
        *("help", "distclean")
    }


def test_the_readme_has_every_command() -> None:
    modules = {file.stem for file in (HOOKS / "disclosure/commands").glob("[!_]*.py")} - {"status"}
    _, _, told = README.partition("The command line does the same")
    assert {name.replace("_", "-") for name in modules} <= set(re.findall(r"[a-z-]+", told))


def test_the_guide_has_every_module() -> None:
    modules = {file.name for file in (HOOKS / "gate").glob("[!_]*.py")}
    modules |= {
        f"{file.name}/" if file.is_dir() else file.name
        for file in (HOOKS / "disclosure").glob("[!_]*")
        if file.is_dir() or file.suffix == ".py"
    }
    told = {name.removeprefix("../gate/") for name in re.findall(r"`([\w./]+)`", GUIDE)}
    assert modules - told == set()


def test_every_decision_is_in_the_list() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    files = {file.name for file in DECISIONS.glob("*.md")} - {"README.md"}
    assert set(re.findall(r"^- \[.+\]\((.+)\)$", index, re.MULTILINE)) == files
