from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.publishing import servers
from tests.publishing.servers import demand_servers, open_folder, running_nginx, running_sshd

ROOT = Path(__file__).parents[2]
KILLED = """
import sys, time
from pathlib import Path
from tests.publishing.servers import running_nginx, running_sshd
folder = Path(sys.argv[1])
def site(port):
    return f"server {{ listen 127.0.0.1:{port}; }}"
with running_sshd(folder), running_nginx(folder, site):
    print("started", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    demand_servers()
    with open_folder() as folder:
        yield folder


def running(folder: Path) -> list[psutil.Process]:
    """The servers whose configuration is in the folder, and what they started."""
    found = [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in word for word in process.info["cmdline"] or ())
        and "python" not in process.name()
    ]
    return found + [child for process in found for child in process.children(recursive=True)]


def site(port: int) -> str:
    return f"server {{ listen 127.0.0.1:{port}; }}"


def test_no_server_outlives_a_test_that_fails(folder: Path) -> None:
    with (
        suppress(AssertionError),
        running_sshd(folder) as ssh,
        running_nginx(folder, site),
    ):
        ssh.allow('restrict,command="sleep 60"')
        with subprocess.Popen(ssh.command("x"), stderr=subprocess.DEVNULL) as client:
            while len(ssh.sessions()) < 2:
                assert client.poll() is None
                time.sleep(0.01)
            started = running(folder)
            client.kill()
        raise AssertionError
    assert len(started) > 3
    assert psutil.wait_procs(started, timeout=5)[1] == []


def test_no_server_outlives_a_run_that_is_killed(folder: Path) -> None:
    line = [sys.executable, "-c", KILLED, str(folder)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stdout.readline() == b"started\n"
        started = running(folder)
        run.kill()
    assert len(started) > 2
    assert psutil.wait_procs(started, timeout=5)[1] == []


def test_where_servers_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "find", lambda _: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="openssh-server, openssh-client, nginx"):
        demand_servers()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="openssh-server, openssh-client, nginx"):
        demand_servers()
