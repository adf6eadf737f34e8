"""A real sshd and a real nginx on loopback, run by whoever runs the tests, for as long as a block.

As root nginx serves as www-data, so that a file which only its owner may read is a 403 here too.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

SYSTEM = Path("/usr/sbin")
"""Where servers are, which an ordinary user's PATH lacks."""
STARTS_WITHIN = 10.0
PORTS = 5
"""How many ports to try: between the choice and the start another program may take one."""

SSHD = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
MaxStartups 100
AcceptEnv LANG LC_* PYTHON*
Subsystem sftp internal-sftp
AllowTcpForwarding yes
AllowAgentForwarding yes
AllowStreamLocalForwarding yes
X11Forwarding yes
PermitTTY yes
PermitTunnel yes
PermitUserRC yes
"""
"""All that a careless administrator may allow: what is refused, the key's own line refuses."""

SSH = """\
Host site
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile none
  BatchMode yes
  ConnectTimeout 10
  KexAlgorithms curve25519-sha256
  LogLevel ERROR
"""

NGINX = """\
daemon off;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {{ worker_connections 768; }}
http {{
  sendfile on;
  tcp_nopush on;
  types_hash_max_size 2048;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  gzip on;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{site}
}}
"""
"""Debian's own, with its files in a folder of the test."""


@dataclass(frozen=True)
class Ssh:
    """A running sshd, which lets in one key, and what a client needs to know."""

    folder: Path
    port: int
    server: psutil.Process

    @property
    def config(self) -> Path:
        """The client's settings: `ssh -F CONFIG site`."""
        return self.folder / "config"

    @property
    def user(self) -> str:
        """Who runs the tests: sshd of an ordinary user lets in nobody else."""
        return pwd.getpwuid(os.getuid()).pw_name

    @property
    def keys(self) -> Path:
        """The file of the keys that are let in."""
        return self.folder / "authorized_keys"

    def command(self, *words: str) -> list[str]:
        """Return the command of a client that says `words` to the server."""
        return ["ssh", "-F", str(self.config), "site", *words]

    def allow(self, line: str) -> None:
        """Let in the client's key on the terms of `line`, and no other."""
        public = (self.folder / "key.pub").read_text(encoding="ascii")
        self.keys.write_text(f"{line} {public}", encoding="ascii")

    def sessions(self) -> list[psutil.Process]:
        """Return every process that serves a client just now."""
        return self.server.children(recursive=True)


def missing() -> list[str]:
    """Return what has to be installed before the servers can be started."""
    programs = {"sshd": "openssh-server", "ssh": "openssh-client", "nginx": "nginx"}
    lacking = [package for name, package in programs.items() if not find(name)]
    module = "libnginx-mod-http-brotli-static"
    enabled = Path("/etc/nginx/modules-enabled").glob("*brotli-static*")
    return lacking if any(enabled) else [*lacking, module]


def demand_servers() -> None:
    """End the test where no server can be started: by a skip, which is a failure in CI."""
    if lacking := missing():
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end(f"Nothing was published to a server, for want of {', '.join(lacking)}: .ci/setup test")


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that nginx may enter, which pytest's own it may not; remove it in the end."""
    with TemporaryDirectory(prefix="disclosure-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def find(program: str) -> str | None:
    """Return the absolute path of a program; sshd starts by no other."""
    return shutil.which(program) or shutil.which(program, path=str(SYSTEM))


def make_key(file: Path) -> None:
    """Make a pair of keys: `file` and `file`.pub."""
    options = ("-q", "-t", "ed25519", "-N", "", "-C", file.name)
    subprocess.run(["ssh-keygen", *options, "-f", file], check=True)


@contextmanager
def running_sshd(folder: Path) -> Iterator[Ssh]:
    """Run sshd while the block runs; it lets in nobody before `allow`."""
    make_key(folder / "host")
    make_key(folder / "key")
    if os.getuid() == 0:  # Debian's start-up makes it, which nobody has run here
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    host = (folder / "host.pub").read_text(encoding="ascii")

    def command(port: int) -> list[str]:
        config = folder / "sshd_config"
        config.write_text(SSHD.format(port=port, folder=folder), encoding="utf-8")
        return [str(find("sshd")), "-D", "-e", "-f", str(config)]

    with _running(command, folder / "sshd.log") as (port, server):
        found = Ssh(folder, port, server)
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host}", encoding="ascii")
        text = SSH.format(port=port, folder=folder, user=found.user)
        found.config.write_text(text, encoding="utf-8")
        yield found


@contextmanager
def running_nginx(folder: Path, site: Callable[[int], str]) -> Iterator[int]:
    """Run nginx with the configuration of a site at a port, while the block runs; give the port."""

    def command(port: int) -> list[str]:
        config = folder / "nginx.conf"
        user = "user www-data;" if os.getuid() == 0 else ""
        text = NGINX.format(folder=folder, site=site(port), user=user)
        config.write_text(text, encoding="utf-8")
        return [str(find("nginx")), "-c", str(config), "-e", "stderr"]

    with _running(command, folder / "nginx.log") as (port, _):
        yield port


@contextmanager
def _running(
    command: Callable[[int], Sequence[str]], log: Path
) -> Iterator[tuple[int, psutil.Process]]:
    port, server = _started(command, log)
    try:
        yield port, psutil.Process(server.pid)
    finally:
        stop(server)


def _started(
    command: Callable[[int], Sequence[str]], log: Path
) -> tuple[int, subprocess.Popen[bytes]]:
    """Start a server at a free port; it ends when this process does, however that ends."""
    for _ in range(PORTS):
        port = free_port()
        with log.open("ab") as out:
            line = ["setpriv", "--pdeathsig", "TERM", *command(port)]
            server = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        if _answers(server, port):
            return port, server
        stop(server)
    raise RuntimeError(f"{line} does not start:\n{log.read_text(encoding='utf-8')}")


def free_port() -> int:
    """Return a port of loopback at which nothing listens just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Return whether it is this server that listens at the port before it is too late."""
    until = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < until:
        with suppress(psutil.Error):  # it has just ended
            listening = psutil.Process(server.pid).net_connections(kind="tcp4")
            if any(each.laddr.port == port for each in listening):
                return True
        time.sleep(0.01)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    try:
        started = psutil.Process(server.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        started = []
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    for process in psutil.wait_procs(started, timeout=1)[1]:
        process.kill()
