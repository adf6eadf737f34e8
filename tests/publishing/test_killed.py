"""Whatever is killed at whatever moment: what is live stays whole, and the next release comes."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

from tests.gate.releases import Release
from tests.publishing.host import Host

Rounds = Callable[[int], int]
Figures = Callable[[str], None]
CHANCE = random.Random("killed")  # noqa: S311 - nothing here is secret
PIECES = 20
PAUSE = 0.003
"""A release is sent in so many pieces with a rest after each, so that a kill can come between."""


def test_an_upload_is_killed(host: Host, rounds: Rounds, figures: Figures) -> None:
    """The client on the line dies, at any moment from its start to its end."""
    held_out(host, rounds(3), figures, lambda: started(host.ssh.command("publish")))


def test_the_gate_is_killed(host: Host, rounds: Rounds, figures: Figures) -> None:
    """With -9, so that it cannot tidy up."""
    held_out(host, rounds(6), figures, lambda: host.start("publish"))


def test_the_gate_is_killed_while_it_goes_back(
    host: Host, rounds: Rounds, figures: Figures
) -> None:
    assert host.serve_here(host.release(1)).startswith("published")
    lasts, back = 0.0, 0
    for number in range(2, 3 + rounds(6)):
        release = host.release(number)
        assert host.serve_here(release) == f"published {release.id}"
        before = host.current
        gate = host.start(f"rollback {release.id}")
        took = killed(gate, b"", moment(lasts))
        lasts = lasts or took
        host.is_whole()
        back += host.current != before
    figures(f"{rounds(6)} kills within {lasts:.2f} s, {back} of them after the switch")


def started(command: list[str]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)


def held_out(
    host: Host, count: int, figures: Figures, start: Callable[[], subprocess.Popen[bytes]]
) -> None:
    """Kill what `start` starts at random moments; each time check what is live, then publish."""
    lasts, new = 0.0, 0
    for number in range(1, 2 + count):
        before, release = host.current, host.release(number)
        took = killed(start(), release.tar, moment(lasts))
        lasts = lasts or took  # the first is not killed
        wait_for_gates(host)
        host.is_whole()
        assert host.current in {before, release.id}
        new += host.current == release.id
        assert host.serve_here(release) in {f"published {release.id}", f"live {release.id}"}
        reads(host, release)
    figures(f"{count} kills within {lasts:.2f} s, {new - 1} of them after the switch")


def moment(lasts: float) -> float | None:
    """Return when to kill what lasts that long, rather near its end; None: not at all."""
    return lasts * CHANCE.triangular(0, 1.1, 0.9) if lasts else None


def killed(process: subprocess.Popen[bytes], sent: bytes, after: float | None) -> float:
    """Send to a process, which is killed after some seconds if at all; return how long it ran."""
    begun = time.monotonic()
    timer = Timer(after or 0, process.kill)
    if after is not None:
        timer.start()
    send(process, sent)
    process.communicate()
    timer.cancel()
    return time.monotonic() - begun


def send(process: subprocess.Popen[bytes], content: bytes) -> None:
    """Send all pieces, or as many as are taken."""
    assert process.stdin
    size = len(content) // PIECES + 1
    with suppress(OSError), process.stdin as stream:
        for start in range(0, len(content), size):
            stream.write(content[start : start + size])
            stream.flush()
            time.sleep(PAUSE)
    process.stdin = None


def wait_for_gates(host: Host) -> None:
    """Wait until no gate serves a client that is gone."""
    until = time.monotonic() + 10
    while host.gates():
        assert time.monotonic() < until, "the gate outlives its client"
        time.sleep(0.01)


def reads(host: Host, release: Release) -> None:
    """Fail unless nginx serves a page of the release."""
    answer = host.get("/about/")
    assert (answer.status, answer.data) == (200, release.files["about/index.html"])
