"""Readers who read while releases change get whole answers of one release, each of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from gate.store import locked, switch
from tests.publishing.host import Host
from tests.publishing.load import Switches, reading
from tests.publishing.telling import PAGES

Rounds = Callable[[int], int]
Figures = Callable[[str], None]


def test_no_answer_is_lost_or_mixed_while_releases_are_published(
    host: Host, rounds: Rounds, figures: Figures
) -> None:
    """Every third one is gone back from, as after a failed check."""
    assert host.publish(host.release(1)).code == 0
    count, switches = rounds(4), Switches()
    with reading(host.port, tuple(PAGES), switches) as tally:
        for number in range(2, 2 + count):
            release = host.release(number)
            with switches.one():
                assert host.publish(release).out == f"published {release.id}\n"
            if number % 3 == 0:
                with switches.one():
                    assert host.ask("rollback", release.id).out.startswith("back ")
    figures(f"{count} releases over SSH, every third gone back from: {tally}")
    assert not tally.bad
    assert len(tally.releases) > count // 2
    assert tally.codings.keys() == {"", "gzip", "br"}


WATCH = """
import os, sys
missing = 0
while os.stat(sys.argv[2], follow_symlinks=False).st_size:
    for _ in range(1000):
        try:
            os.stat(sys.argv[1])
        except OSError:
            missing += 1
print(missing)
"""
"""A program that looks for a file without rest, until another is empty: how often was it gone?"""


def test_the_live_release_is_never_missing_for_a_moment(
    host: Host, rounds: Rounds, figures: Figures
) -> None:
    """Looked at thousands of times for each switch, where a reader would come once in a while."""
    releases = [host.release(number) for number in (1, 2)]
    for release in releases:
        assert host.serve_here(release) == f"published {release.id}"
    watched, until = host.root / "current" / "index.html", host.root.parent / "until"
    until.write_text("not yet")
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", WATCH, watched, until], stdout=pipe) as watcher:
        try:
            with locked(host.root):
                for number in range(100 * rounds(3)):
                    switch(host.root, releases[number % 2].id)
        finally:
            until.write_text("")
        assert watcher.communicate()[0] == b"0\n"
    figures(f"{100 * rounds(3)} switches")


def test_no_answer_is_lost_or_mixed_while_links_are_switched(
    host: Host, rounds: Rounds, figures: Figures
) -> None:
    """The same, many times a second: around three releases that stay on the disk."""
    releases = [host.release(number) for number in (1, 2, 3)]
    for release in releases:
        assert host.serve_here(release) == f"published {release.id}"
    until, switches = time.monotonic() + rounds(3), Switches()
    with reading(host.port, tuple(PAGES), switches) as tally, locked(host.root):
        while time.monotonic() < until:
            with switches.one():
                switch(host.root, releases[switches.begun % 3].id)
            time.sleep(0.01)
    figures(f"{switches.over} switches: {tally}")
    assert not tally.bad
    assert len(tally.releases) == 3
    assert switches.over > 20
