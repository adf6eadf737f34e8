"""A supplier's server on loopback for each test: sshd, nginx, the gate between them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gate.nginx import nginx_config
from gate.pyz import pack
from tests.gate.releases import Key, make_key, make_root
from tests.publishing.host import Host
from tests.publishing.servers import demand_servers, open_folder, running_nginx, running_sshd

FIGURES = "figures"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what the heavy tests did, where that many rounds were asked for."""
    if os.environ.get("ROUNDS"):
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
            for name, said in getattr(report, "user_properties", ()):
                if name == FIGURES:
                    terminalreporter.write_line(f"{report.nodeid}: {said}")


@pytest.fixture
def rounds() -> Callable[[int], int]:
    """How many rounds to go: those of the environment (make stress), or the few of a test."""
    return lambda few: int(os.environ.get("ROUNDS") or few)


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tell, in the summary of a run, what a test did."""
    return lambda said: record_property(FIGURES, said)


@pytest.fixture(scope="session")
def gate(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What starts the gate: Python, and the one file that a server has of it."""
    file = tmp_path_factory.mktemp("gate") / "site-gate.pyz"
    file.write_bytes(pack())
    return [sys.executable, "-I", str(file)]


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    """The key that the server trusts."""
    return make_key(tmp_path_factory.mktemp("key"))


@pytest.fixture
def host(gate: list[str], key: Key) -> Iterator[Host]:
    """A server where nothing is published yet."""
    demand_servers()
    with open_folder() as folder:
        root = make_root(folder / "site", key)

        def site(port: int) -> str:
            return nginx_config("localhost", str(root), listen=[f"127.0.0.1:{port}"])

        with running_sshd(folder) as ssh, running_nginx(folder, site) as port:
            found = Host(root, ssh, port, key, gate)
            ssh.allow(f'restrict,command="{found.serve}"')
            yield found
