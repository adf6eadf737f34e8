"""The gate as it runs on a server: a process of its own, asked over SSH or by an administrator."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gate.__main__ import main
from tests.gate.folders import live, tree
from tests.gate.releases import Key, Release, make_release

HOOKS = Path(__file__).parents[2] / "hooks"
SERVED = "serve"


def start(*arguments: str | Path, asked: str | None = None, **env: str) -> subprocess.Popen[bytes]:
    said = {} if asked is None else {"SSH_ORIGINAL_COMMAND": asked}
    return subprocess.Popen(
        [sys.executable, "-S", "-m", "gate", *arguments],
        env={"PYTHONPATH": str(HOOKS), "LC_ALL": "C.UTF-8", **said, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(
    *arguments: str | Path, asked: str | None = None, given: bytes = b"", **env: str
) -> tuple[int, str, str]:
    """How a call ends, what it tells programs, what it tells people."""
    process = start(*arguments, asked=asked, **env)
    out, errors = process.communicate(given, timeout=60)
    return process.returncode, out.decode(), errors.decode()


@pytest.fixture
def made(key: Key) -> list[Release]:
    return [make_release(n, {"index.html": b"%d" % n, "я.css": b""}, key) for n in range(1, 5)]


def test_the_calls_of_a_publisher(root: Path, made: list[Release]) -> None:
    one, two, *_ = made
    assert run(SERVED, root, asked="current") == (0, "current none\n", "")
    assert run(SERVED, root, asked="list") == (0, "", "")
    assert run(SERVED, root, asked="publish", given=one.tar) == (0, f"published {one.id}\n", "")
    assert run(SERVED, root, asked="publish", given=two.tar) == (0, f"published {two.id}\n", "")
    assert run(SERVED, root, asked="publish", given=two.tar) == (0, f"live {two.id}\n", "")
    assert run(SERVED, root, asked="current") == (0, f"current {two.id}\n", "")
    listed = f"{two.id} current\n{one.id} previous\n"
    assert run(SERVED, root, asked="list") == (0, listed, "")
    code, out, errors = run(SERVED, root, asked=f"rollback {one.id}")
    assert (code, out) == (3, f"current {two.id}\n")
    assert "опубликован другой выпуск" in errors
    assert run(SERVED, root, asked=f"rollback {two.id}") == (0, f"back {one.id}\n", "")


def test_the_calls_of_an_administrator(root: Path, made: list[Release]) -> None:
    for release in made[:2]:
        run(SERVED, root, asked="publish", given=release.tar)
    newer, older = made[1].id, made[0].id
    assert run("list", root) == (0, f"{newer} current\n{older} previous\n", "")
    assert run("rollback", root) == (0, f"back {older}\n", "")
    assert run("list", root) == (0, f"{newer} previous withdrawn\n{older} current\n", "")
    assert run("allow", root, newer) == (0, f"allowed {newer}\n", "")


def test_a_refusal_says_what_is_wrong_and_what_to_do(root: Path, made: list[Release]) -> None:
    code, out, errors = run(SERVED, root, asked="publish", given=made[0].tar[:-11000])
    assert (code, out) == (1, "")
    assert errors == (
        "Сайт не изменился. Архив оборван: передача прервалась или файл неполный. Повторите её.\n"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "publish ",
        " publish",
        "publish\n",
        "publish x",
        "Publish",
        "publish;id",
        "publish $(id)",
        "publish `id`",
        "publish && id",
        "publish | id",
        "publish > state/allowed_signers",
        "current\nlist",
        "rollback",
        "rollback  00000001-20251122T100000Z",
        "rollback ../../etc",
        "rollback 00000001-20251122T100000Z 00000001-20251122T100000Z",
        "rollback 00000001-20251122T100000Z; id",
        "rollback ٠٠٠٠٠٠٠١-20251122T100000Z",
        "allow 00000001-20251122T100000Z",
        "setup",
        "serve /",
        "list /",
        "list --help",
        "-c id",
        "bash",
        "scp -t .",
        "internal-sftp",
        "/usr/lib/openssh/sftp-server",
        "rsync --server . /",
        "список",
    ],
    ids=ascii,
)
def test_what_a_publisher_may_not_ask(
    root: Path, asked: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(root)
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", asked)
    code = main([SERVED, str(root)])
    out, errors = capsys.readouterr()
    assert (code, out) == (2, "")
    assert "Такого вызова нет" in errors
    assert tree(root) == before


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("serve",),
        ("list",),
        ("publish", "{root}"),
        ("rollback", "{root}", "00000001-20251122T100000Z"),
        ("allow", "{root}"),
        ("allow", "{root}", "../x"),
        ("serve", "{root}", "more"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_wrong_call(root: Path, arguments: tuple[str, ...]) -> None:
    before = tree(root)
    assert main([argument.format(root=root) for argument in arguments]) == 2
    assert tree(root) == before


def test_a_login_without_a_command(root: Path) -> None:
    assert run(SERVED, root)[0] == 2


def test_the_environment_decides_nothing(root: Path, made: list[Release], tmp_path: Path) -> None:
    """A key that may set variables gains nothing by it."""
    forged = tmp_path / "bin" / "ssh-keygen"
    forged.parent.mkdir()
    forged.write_text(f"#!/bin/sh\n: > {tmp_path}/used\nexit 0\n")
    forged.chmod(0o755)
    unsigned = Release(made[0].manifest, made[0].files, b"forged")
    hostile = {
        "PYTHONCOERCECLOCALE": "0",
        "PATH": str(forged.parent),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "HOME": str(tmp_path),
        "IFS": "p",
    }
    code, _, errors = run(SERVED, root, asked="publish", given=unsigned.tar, **hostile)
    assert code == 1
    assert "Подпись выпуска не подходит" in errors
    assert not (tmp_path / "used").exists()
    assert run(SERVED, root, asked="publish", given=made[0].tar, **hostile)[0] == 0
    assert (root / "current" / "я.css").exists()


def test_a_careless_umask_does_not_hide_the_site(root: Path, made: list[Release]) -> None:
    before = os.umask(0o077)
    try:
        assert run(SERVED, root, asked="publish", given=made[0].tar)[0] == 0
    finally:
        os.umask(before)
    for path in [root / "releases" / made[0].id, *(root / "current").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


def test_two_at_once(root: Path, made: list[Release]) -> None:
    """One waits for the other; the newest is live in the end, whoever came first."""
    with ThreadPoolExecutor(len(made)) as pool:
        ended = list(pool.map(lambda one: run(SERVED, root, asked="publish", given=one.tar), made))
    assert ended[-1][0] == 0
    for release, (code, out, errors) in zip(made, ended, strict=True):
        assert (code, out) in {(0, f"published {release.id}\n"), (1, "")}
        assert ("старше" in errors) == (code == 1)
    assert live(root) == made[-1].id


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_a_connection_that_ends_while_a_release_comes(
    root: Path, made: list[Release], share: float
) -> None:
    one, two, *_ = made
    run(SERVED, root, asked="publish", given=one.tar)
    before = tree(root)
    part = two.tar[: int(len(two.tar.rstrip(b"\0")) * share)]
    code, out, errors = run(SERVED, root, asked="publish", given=part)
    assert (code, out) == (1, "")
    assert "оборван" in errors
    assert tree(root) == before


@pytest.mark.parametrize("milliseconds", [0, 40, 80, 100, 120, 160])
def test_a_process_that_is_killed(root: Path, made: list[Release], milliseconds: int) -> None:
    one, two, three, *_ = made
    run(SERVED, root, asked="publish", given=one.tar)
    process = start(SERVED, root, asked="publish")
    assert process.stdin
    process.stdin.write(two.tar)
    process.stdin.close()
    time.sleep(milliseconds / 1000)
    process.kill()
    process.wait()
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stderr.close()
    assert live(root) in {one.id, two.id}
    live(root, "previous")
    assert run(SERVED, root, asked="publish", given=three.tar)[0] == 0
    assert live(root) == three.id
