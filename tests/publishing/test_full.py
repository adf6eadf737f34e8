"""A server whose disk is full refuses, says so, and serves what it did before."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gate.manifest import MANIFEST
from tests.publishing.host import Host
from tests.publishing.servers import stop

Rounds = Callable[[int], int]
Figures = Callable[[str], None]
CHANCE = random.Random("full")  # noqa: S311 - nothing here is secret
ROOM = 4_000_000
"""How many bytes the small disk has."""


@pytest.fixture
def small(host: Host) -> Iterator[Host]:
    """The server on a disk of its own, mounted where only its gate and this test can see it."""
    disk = host.root.parent / "disk"
    disk.mkdir()
    own = ["unshare", "--user", "--map-root-user", "--mount"]
    script = f'mount -t tmpfs -o size={ROOM} none "$0" && cp -r "$1/." "$0" && echo && exec cat'
    command = [
        "setpriv",
        "--pdeathsig",
        "TERM",
        *own,
        "sh",
        "-c",
        script,
        str(disk),
        str(host.root),
    ]
    pipe = subprocess.PIPE
    holder = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT)
    assert holder.stdout
    try:
        if said := holder.stdout.readline().strip():
            pytest.skip(f"No small disk can be made here, so none was filled: {said.decode()}")
        enter = ["nsenter", "--preserve-credentials", "-U", "-m", "-t", str(holder.pid)]
        root = Path(f"/proc/{holder.pid}/root{disk}")
        inside = replace(host, root=root, gate=[*enter, *host.gate])
        host.ssh.allow(f'restrict,command="{inside.serve}"')
        yield inside
    finally:
        stop(holder)
        holder.communicate()


def test_a_full_disk(small: Host, rounds: Rounds, figures: Figures) -> None:
    """It fills up at any moment, now and then at the very end."""
    assert small.publish(small.release(1)).code == 0
    full = 0
    for number in range(2, 2 + rounds(4)):
        before = small.snapshot()
        filling = CHANCE.randbytes(CHANCE.randrange(ROOM))
        release = small.release(number, filling=filling)
        said = small.publish(release)
        full += said.code
        if said.code:
            assert small.snapshot() == before
            assert said.err.startswith("Сайт не изменился. На диске сервера кончилось место")
        else:
            assert small.current == release.id
        small.is_whole()
    figures(f"{rounds(4)} releases, for {full} of which the disk was too small")


def test_a_file_larger_than_may_be(host: Host) -> None:
    """A limit that a test can set anywhere: writing fails in the middle, as on a full disk."""
    first = host.release(1)
    assert host.publish(first).code == 0
    host.ssh.allow(f'restrict,command="ulimit -f 1000; exec {host.serve}"')
    before = host.snapshot()
    said = host.publish(host.release(2, filling=CHANCE.randbytes(ROOM)))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Сайт не изменился. Сервер не смог записать")
    assert host.snapshot() == before
    assert host.get(MANIFEST).data == first.manifest.text().encode()
    assert host.publish(host.release(3)).code == 0
