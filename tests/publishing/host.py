"""A supplier's server on loopback: sshd hands releases to the gate, nginx serves what is live."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import urllib3

from gate.manifest import MANIFEST, SIGNATURE, parse_manifest
from tests.gate.releases import Key, Release, make_release
from tests.publishing.servers import Ssh
from tests.publishing.telling import site_files

LONGEST = 60.0
"""How many seconds a call may take."""


@dataclass(frozen=True)
class Said:
    """How a call ended and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Host:
    """The server, the key that signs releases, and what its gate is started by."""

    root: Path
    ssh: Ssh
    port: int
    key: Key
    gate: Sequence[str]

    @property
    def address(self) -> str:
        """The address of the front page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def serve(self) -> str:
        """The forced command, for a shell."""
        return " ".join([*self.gate, "serve", str(self.root)])

    def release(self, number: int, **more: bytes) -> Release:
        """Return a signed release."""
        return make_release(number, site_files(number, **more), self.key)

    def ask(self, *words: str, sent: bytes = b"", options: Sequence[str] = ()) -> Said:
        """Say words over SSH, and `sent` after them."""
        command = self.ssh.command(*words)
        command[1:1] = options
        done = subprocess.run(
            command, input=sent, capture_output=True, timeout=LONGEST, check=False
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def publish(self, release: Release) -> Said:
        """Publish a release over SSH."""
        return self.ask("publish", sent=release.tar)

    def start(self, asked: str) -> subprocess.Popen[bytes]:
        """Start the gate as sshd does, without one: what is written to it is what it is sent."""
        pipe = subprocess.PIPE
        environment = os.environ | {"SSH_ORIGINAL_COMMAND": asked}
        line = [*self.gate, "serve", str(self.root)]
        return subprocess.Popen(line, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)

    def serve_here(self, release: Release) -> str:
        """Publish a release without an sshd; return what the gate answers."""
        gate = self.start("publish")
        out, err = gate.communicate(release.tar, timeout=LONGEST)
        return out.decode().strip() or err.decode()

    def gates(self) -> list[psutil.Process]:
        """Return the gates that serve a client of sshd just now."""
        return [each for each in self.ssh.sessions() if _is_gate(each)]

    def get(self, path: str = "/", method: str = "GET", **headers: str) -> Any:
        """Return the answer of nginx as it is sent; headers have `_` for `-`."""
        asked = {name.replace("_", "-"): said for name, said in headers.items()}
        url = self.address + path.removeprefix("/")
        return urllib3.request(
            method, url, headers=asked, redirect=False, retries=False, decode_content=False
        )

    @property
    def current(self) -> str:
        """The id of the live release; "" before the first."""
        link = self.root / "current"
        return link.readlink().name if link.is_symlink() else ""

    def is_whole(self) -> None:
        """Fail unless the live release is what its manifest says and nothing else."""
        folder = self.root / "releases" / self.current
        listed = parse_manifest((folder / MANIFEST).read_bytes())
        assert listed.id == self.current
        found = {
            file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in folder.rglob("*")
            if file.is_file()
        }
        assert {found.pop(MANIFEST, None), found.pop(SIGNATURE, None)} - {None}
        assert found == listed.files

    def snapshot(self) -> dict[str, str]:
        """Return all that the gate keeps: links by their targets, files by their sums."""
        return {
            str(place.relative_to(self.root)): _content(place)
            for place in self.root.rglob("*")
            if place.name != "lock"
        }


def _is_gate(process: psutil.Process) -> bool:
    try:
        return "serve" in process.cmdline() and "python" in process.name()
    except psutil.Error:
        return False


def _content(place: Path) -> str:
    if place.is_symlink():
        return f"-> {place.readlink()}"
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else "folder"
