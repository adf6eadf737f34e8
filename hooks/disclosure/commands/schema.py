"""disclosure schema: the JSON Schemas that editors have."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.commands.status import FINE
from disclosure.schema import FOLDER, write_schemas


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("out", nargs="?", type=Path, default=FOLDER)


def run(options: Namespace) -> int:
    """Renew the schemas."""
    write_schemas(options.out)
    return FINE
