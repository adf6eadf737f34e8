"""disclosure review: what is wrong with a change and what it alters, for its editor."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from disclosure.commands.check import checked, misplaced
from disclosure.commands.status import FINDINGS, FINE, WRONG_USE
from disclosure.finding import counted
from disclosure.published import PublishedError
from disclosure.review import read_base, review
from disclosure.review.lines import markdown, plain
from disclosure.review.reporters import guarded, report
from disclosure.review.summary import altered, summary, verdict
from disclosure.settings import data_folder

_CONTENT: Final = Path("content")
_LARGEST: Final = 1_000_000
"""How many bytes a summary may have: GitHub takes no more than 1 MiB."""


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("data", nargs="?", type=Path, default=data_folder())
    parser.add_argument("--published")
    parser.add_argument("--out", type=Path, default=Path("review"))


def run(options: Namespace) -> int:
    """Review the data; return 0 where they may be published, whatever else is told."""
    data, out, published = options.data, options.out, options.published or None
    if complaint := misplaced(data):
        sys.stderr.write(f"{complaint}\n")
        return WRONG_USE
    try:
        folder, findings = checked(data, published)
    except PublishedError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    made = review(findings, folder, _CONTENT, published and read_base(data, _CONTENT, published))
    told = report(made.findings, os.environ)
    text = _bounded(markdown(summary(made, data, told.left_out)))
    out.mkdir(parents=True, exist_ok=True)
    for name, content in {**told.files, "summary.md": text.encode()}.items():
        (out / name).write_bytes(content)
    if step := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(step).open("a", encoding="utf-8") as file:
            file.write(text)
    said = "".join(f"{finding}\n" for finding in made.findings)
    said += ("\n" if said else "") + plain([verdict(made), *altered(made)])
    print(*told.lines, guarded(said, os.environ), sep="\n", end="")
    errors, _ = counted(made.findings)
    return FINDINGS if errors else FINE


def _bounded(text: str) -> str:
    """Cut a text to what a forge takes, at the end of a line."""
    if len(text.encode()) <= _LARGEST:
        return text
    kept = text.encode()[:_LARGEST].decode(errors="ignore").rpartition("\n")[0]
    return f"{kept}\n\nЗдесь поместилось не всё.\n"
