"""`disclosure deploy` against a real server: what readers do not get whole is gone back from."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from disclosure.cli import main
from tests.gate.releases import Release
from tests.publishing.host import Host

Deploy = Callable[[Release], int]


@pytest.fixture
def deploy(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """The command, as a workflow calls it: keys in the environment; caches are not waited for."""
    secret = (host.ssh.folder / "key").read_text(encoding="ascii")
    known = (host.ssh.folder / "known_hosts").read_text(encoding="ascii")
    monkeypatch.setenv("DEPLOY_KEY", secret)
    monkeypatch.setenv("KNOWN_HOSTS", known)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    return lambda release: main(command(host, file_of(release, tmp_path)))


def command(host: Host, file: Path) -> list[str]:
    target = f"ssh://{host.ssh.user}@127.0.0.1:{host.ssh.port}"
    return ["deploy", str(file), target, "--address", host.address]


def file_of(release: Release, folder: Path) -> Path:
    file = folder / f"{release.id}.tar"
    file.write_bytes(release.tar)
    return file


def after_publishing(host: Host, deed: str) -> None:
    """Have a shell on the server do something when a release is live and nobody knows it yet."""
    script = host.root.parent / "forced"
    steps = f'if [ "$SSH_ORIGINAL_COMMAND" = publish ]; then {deed}; fi'
    script.write_text(f"{host.serve}\nstatus=$?\n{steps}\nexit $status\n", encoding="utf-8")
    host.ssh.allow(f'restrict,command="sh {script}"')


def test_a_release_is_handed_over_and_read_back(
    host: Host, deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    release = host.release(1)
    assert deploy(release) == 0
    assert f"Опубликован выпуск {release.id}" in capsys.readouterr().out
    assert deploy(release) == 0
    assert "уже был включён" in capsys.readouterr().out
    assert host.current == release.id
    manifest = host.root / "current" / "SHA256SUMS"
    assert main(["verify-live", host.address, str(manifest)]) == 0


def test_odd_settings_of_whoever_deploys(
    host: Host, deploy: Deploy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that is kept open for others would not let the command end."""
    lines, program = host.ssh.folder / "lines", tmp_path / "bin" / "ssh"
    lines.mkdir()
    program.parent.mkdir()
    config = tmp_path / "config"
    config.write_text(f"{ODD}  ControlPath {lines}/%C\n", encoding="utf-8")
    real = shutil.which("ssh")
    program.write_text(f'#!/bin/sh\nexec {real} -F {shlex.quote(str(config))} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    assert deploy(host.release(1)) == 0
    assert not list(lines.iterdir())


ODD = """\
Host *
  ControlMaster auto
  ControlPersist 20
  RemoteCommand echo hi
  RequestTTY force
  ForwardAgent yes
  LocalForward 9 localhost:9
  Port 9
  User nobody
"""


SABOTAGE = {
    "altered": "echo >>{live}/about/index.html",
    "same size": "printf x | dd of={live}/about/index.html conv=notrunc status=none",
    "removed": "rm {live}/about/index.html",
    "unreadable": "chmod 0 {live}/about/index.html",
    "only one coding": "printf x >{live}/about/index.html.gz",
}


@pytest.mark.parametrize("deed", SABOTAGE.values(), ids=SABOTAGE)
def test_a_live_file_is_sabotaged(
    host: Host, deploy: Deploy, deed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between the switch and the reading back: it is noticed, and the site is as it was."""
    first, second = host.release(1), host.release(2)
    host.serve_here(first)
    after_publishing(host, deed.format(live=host.root / "current"))
    assert deploy(second) == 1
    said = capsys.readouterr().out
    assert "about/index.html" in said
    assert f"Выпуск {second.id} снят. На сайте снова выпуск {first.id}." in said
    assert host.current == first.id
    host.is_whole()
    assert host.get("/about/").data == first.files["about/index.html"]


def test_the_sabotage_of_what_was_published_is_noticed_later(
    host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    host.serve_here(host.release(1))
    manifest = host.root / "current" / "SHA256SUMS"
    (host.root / "current" / "same.txt").write_text("other")
    assert main(["verify-live", host.address, str(manifest)]) == 1
    assert "same.txt" in capsys.readouterr().out


def test_who_lost_the_race_does_not_undo_the_winner(
    host: Host, deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    """A newer release is published before this one is read back."""
    first, second, third = (host.release(number) for number in (1, 2, 3))
    host.serve_here(first)
    newer = shlex.quote(str(file_of(third, host.root.parent)))
    after_publishing(host, f"{host.serve} <{newer} >/dev/null")
    assert deploy(second) == 0
    assert f"более новый выпуск {third.id}" in capsys.readouterr().out
    assert host.current == third.id
    host.is_whole()


def test_the_line_breaks_when_the_release_is_live(
    host: Host, deploy: Deploy, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the gate said is lost, so it is asked."""
    release = host.release(1)
    after_publishing(host, "kill -9 $PPID")
    assert deploy(release) == 0
    assert f"Опубликован выпуск {release.id}" in capsys.readouterr().out


def test_two_deploys_at_once(host: Host, deploy: Deploy, tmp_path: Path) -> None:
    """In whichever order they come, the newer release is live in the end, and neither undoes it."""
    assert deploy(host.release(1)) == 0
    releases = [host.release(2), host.release(3)]

    def deployed(release: Release) -> int:
        line = [sys.executable, "-m", "disclosure", *command(host, file_of(release, tmp_path))]
        return subprocess.run(line, capture_output=True, check=False).returncode

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(deployed, releases))
    assert codes[1] == 0
    assert host.current == releases[1].id
    host.is_whole()
