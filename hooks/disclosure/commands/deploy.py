"""disclosure deploy: a release made live, read back, and taken back where readers get another."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from disclosure.archive import ReleaseError, read_release
from disclosure.commands.status import FINDINGS, FINE, WRONG_USE
from disclosure.deploy import DeployError, find_target, publish
from disclosure.finding import DataError
from disclosure.settings import site_address, web_address


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("release", type=Path)
    parser.add_argument("target")
    parser.add_argument("--address")


def run(options: Namespace) -> int:
    """Publish a release; return 0 where readers have it whole, or a newer one."""
    try:
        target = find_target(options.target)
        address = web_address(options.address, "--address") if options.address else site_address()
    except (DataError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    if address is None:
        sys.stderr.write("Где читать сайт обратно? Назовите его: --address АДРЕС или SITE_URL.\n")
        return WRONG_USE
    try:
        release = read_release(options.release)
        return FINE if publish(release, target, address, _say) else FINDINGS
    except (ReleaseError, DeployError) as error:
        sys.stderr.write(f"{error}\n")
        return FINDINGS


def _say(line: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)
