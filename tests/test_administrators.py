"""Holds the instructions for administrators to what the commands take."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gate.wish import read_wish

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / ".github/ADMINISTRATORS.md").read_text(encoding="utf-8")
COMMANDS = [line.strip()[2:] for line in TEXT.splitlines() if re.match(r" {4,}[$#] ", line)]
CALLS = [line for line in COMMANDS if "site-gate.pyz setup" in line]


def heading(text: str) -> str:
    """The anchor of a heading, as forges make it."""
    return re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z-]+)", TEXT))))
def test_each_target_is_there(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("call", CALLS)
def test_setup_takes_its_options(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43
    words = shlex.split(call.replace('"$(cat deploy.pub)"', f'"{key}"'))
    words = [key if word.startswith("$(cat") else word for word in words]
    monkeypatch.setattr("pathlib.Path.is_file", lambda _: True)
    assert read_wish(words[words.index("setup") + 1 :]).name == "www.example.ru"


@pytest.mark.parametrize("script", sorted(set(re.findall(r"(?<![\w/])\.ci/[a-z]+", TEXT))))
def test_each_script_is_there(script: str) -> None:
    assert (ROOT / script).is_file()


@pytest.mark.parametrize("anchor", sorted(set(re.findall(r"\]\(#([^)]+)\)", TEXT))))
def test_each_reference_leads_to_a_heading(anchor: str) -> None:
    assert anchor in {heading(each) for each in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}


def told_in_quotes() -> list[str]:
    """What a program is said to tell where something fails."""
    rows = TEXT[TEXT.index("## Если не получается") :].splitlines()
    return [found[1] for row in rows if (found := re.match(r"\| «([^»…]+)» \|", row))]


@pytest.mark.parametrize("said", told_in_quotes())
def test_each_complaint_is_one_of_a_program(said: str) -> None:
    """Who meets it looks for these very words."""
    sources = (ROOT / "hooks").rglob("*.py")
    assert any(said in source.read_text(encoding="utf-8") for source in sources)


def test_the_text_has_what_is_tested() -> None:
    assert len(CALLS) >= 6
    assert len(told_in_quotes()) >= 6
