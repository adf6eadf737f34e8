from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure.archive import Release, read_release
from disclosure.deploy import DeployError, Outcome, find_target
from disclosure.deploy.ssh import Server
from disclosure.deploy.target import Back
from tests.gate import releases
from tests.gate.releases import Key, make_key, make_root

HOOKS = Path(__file__).parents[2] / "hooks"
SERVER = Server("site", "example.org", None)
FILES = {"index.html": b"front"}


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return make_key(tmp_path)


@pytest.fixture
def root(tmp_path: Path, key: Key) -> Path:
    return make_root(tmp_path / "root", key)


Program = Callable[[str], Path]


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Make a program of the name `ssh`; what it was called with goes to the file returned."""
    for name in ("DEPLOY_KEY", "KNOWN_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    program, told = tmp_path / "bin" / "ssh", tmp_path / "called"

    def install(script: str) -> Path:
        program.parent.mkdir(exist_ok=True)
        head = f'#!/bin/sh\nprintf "%s\\n" "$@" > {shlex.quote(str(told))}\n'
        program.write_text(f"{head}for verb; do :; done\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return told

    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return install


@pytest.fixture
def gate(ssh: Program, root: Path) -> Path:
    """A server whose gate answers."""
    called = (sys.executable, "-m", "gate", "serve", str(root))
    return ssh(
        f"cd {shlex.quote(str(HOOKS))} && SSH_ORIGINAL_COMMAND=$verb exec {shlex.join(called)}"
    )


def release(folder: Path, number: int, key: Key | None) -> Release:
    file = folder / f"{number}.tar"
    file.write_bytes(releases.make_release(number, FILES, key).tar)
    return read_release(file)


# With the gate -----------------------------------------------------------------------------------


def test_a_release_is_published_and_taken_back(
    tmp_path: Path, key: Key, root: Path, gate: Path
) -> None:
    first, second = (release(tmp_path, number, key) for number in (1, 2))
    assert SERVER.publish(first) is Outcome.PUBLISHED
    assert SERVER.publish(first) is Outcome.ALREADY
    assert SERVER.publish(second) is Outcome.PUBLISHED
    assert (root / "current").readlink().name == second.manifest.id
    assert SERVER.back(first.manifest.id) == Back(second.manifest.id, taken=False)
    assert SERVER.back(second.manifest.id) == Back(first.manifest.id, taken=True)
    assert (root / "current").readlink().name == first.manifest.id


def test_what_the_gate_refuses(tmp_path: Path, gate: Path) -> None:
    with pytest.raises(DeployError, match=r"Сервер не взял выпуск\. .*make sign"):
        SERVER.publish(release(tmp_path, 1, None))


def test_nothing_to_go_back_to(tmp_path: Path, key: Key, gate: Path) -> None:
    only = release(tmp_path, 1, key)
    SERVER.publish(only)
    with pytest.raises(DeployError, match="нет выпуска"):
        SERVER.back(only.manifest.id)


def test_a_line_that_broke_after_the_switch(
    tmp_path: Path, key: Key, root: Path, ssh: Program
) -> None:
    made = release(tmp_path, 1, key)
    ssh(f'test "$verb" = current && echo "current {made.manifest.id}" || exit 255')
    assert SERVER.publish(made) is Outcome.PUBLISHED


def test_a_line_that_broke_before_the_switch(tmp_path: Path, key: Key, ssh: Program) -> None:
    other = releases.make_release(9, FILES, None).id
    ssh(f'test "$verb" = current && echo "current {other}" || {{ echo reset >&2; exit 255; }}')
    with pytest.raises(DeployError, match=r"Связь прервалась, на сайте прежнее\..* reset"):
        SERVER.publish(release(tmp_path, 1, key))


# Without -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'Connection refused' >&2; exit 255", "Выпуск не передан. Connection refused"),
        ("echo 'Permission denied (publickey).' >&2; exit 255", "Сервер не пустил"),
        ("echo 'Host key verification failed.' >&2; exit 255", "Ключ самого сервера не тот"),
        ("echo 'gate: not found' >&2; exit 127", "Сервер не взял выпуск. gate: not found"),
        ("exit 1", "Код ответа 1"),
        ("echo Welcome", "Сервер ответил непонятно. Код ответа 0: 'Welcome'"),
        ("echo published 00000009-20260101T000000Z", "Сервер ответил непонятно"),
    ],
)
def test_a_server_without_a_gate(
    tmp_path: Path, key: Key, ssh: Program, script: str, said: str
) -> None:
    ssh(script)
    with pytest.raises(DeployError) as raised:
        SERVER.publish(release(tmp_path, 1, key))
    assert said in str(raised.value)
    with pytest.raises(DeployError):
        SERVER.back("00000001-20260101T000000Z")


def test_no_ssh(tmp_path: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    made = release(tmp_path, 1, key)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DeployError, match="Установите openssh-client"):
        SERVER.publish(made)


# How ssh is called -------------------------------------------------------------------------------


def test_what_the_gate_tells_people_is_passed_on(
    ssh: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    ssh("echo back 00000001-20260101T000000Z; echo waited >&2")
    SERVER.back("00000002-20260101T000000Z")
    assert capsys.readouterr().err == "waited\n"


def test_it_never_asks_and_says_only_the_verb(ssh: Program) -> None:
    called = ssh("exit 3")
    with pytest.raises(DeployError):
        Server("site", "example.org", 2222).back("00000001-20260101T000000Z")
    words = called.read_text(encoding="utf-8").splitlines()
    assert {"BatchMode=yes", "ClearAllForwardings=yes", "ControlPath=none"} <= set(words)
    assert words[:3] == ["-T", "-a", "-x"]
    assert words[-7:-1] == ["-l", "site", "-p", "2222", "--", "example.org"]
    assert words[-1] == "rollback 00000001-20260101T000000Z"
    assert not any("KnownHosts" in word for word in words)


def test_keys_of_the_environment_are_files_meanwhile(
    tmp_path: Path, ssh: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPLOY_KEY", "the key\r\nof CI")
    monkeypatch.setenv("KNOWN_HOSTS", "the host")
    script = (
        'while [ $# -gt 1 ]; do case "$1" in'
        f" -i) cp -p \"$2\" '{tmp_path}/key';;"
        f" UserKnownHostsFile=*) eval \"cp ${{1#*=}} '{tmp_path}/hosts'\";;"
        " esac; shift; done; exit 1"
    )
    words = ssh(script)
    with pytest.raises(DeployError):
        SERVER.back("00000001-20260101T000000Z")
    assert (tmp_path / "key").read_text(encoding="utf-8") == "the key\nof CI\n"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "hosts").read_text(encoding="utf-8") == "the host\n"
    called = words.read_text(encoding="utf-8").splitlines()
    assert {"IdentitiesOnly=yes", "IdentityAgent=none"} <= set(called)
    assert {"StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null"} <= set(called)
    assert not Path(called[called.index("-i") + 1]).exists()


def test_ssh_is_given_no_keys_but_as_files(
    tmp_path: Path, ssh: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SIGNING_KEY", "DEPLOY_KEY", "KNOWN_HOSTS", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "secret")
    ssh(f"env > {shlex.quote(str(tmp_path / 'env'))}; exit 1")
    with pytest.raises(DeployError):
        SERVER.back("00000001-20260101T000000Z")
    told = (tmp_path / "env").read_text(encoding="utf-8")
    assert "PATH=" in told
    assert "secret" not in told


def test_what_a_server_says_commands_no_terminal(ssh: Program) -> None:
    ssh(r"printf '\033[2J\rПоздравляю\n' >&2; exit 1")
    with pytest.raises(DeployError) as raised:
        SERVER.back("00000001-20260101T000000Z")
    assert str(raised.value) == "[2JПоздравляю"


# Addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("ssh://site@example.org", Server("site", "example.org", None)),
        ("ssh://example.org/", Server(None, "example.org", None)),
        ("ssh://site@192.0.2.1:2222", Server("site", "192.0.2.1", 2222)),
        ("ssh://site@[2001:db8::1]:22", Server("site", "2001:db8::1", 22)),
    ],
)
def test_an_address_names_a_server(address: str, server: Server) -> None:
    assert find_target(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "ssh://",
        "ssh://site@",
        "ssh://site@example.org:port",
        "ssh://site@example.org/srv/site",
        "ssh://site:secret@example.org",
        "ssh://-oProxyCommand=x",
        "ssh://-x@example.org",
        "ssh://a b@example.org",
        "ssh://site@example.org;id",
        "ssh://site@[2001:db8::1",
    ],
)
def test_an_address_that_names_none(address: str) -> None:
    with pytest.raises(ValueError, match="адрес сервера пишется так"):
        find_target(address)


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org"])
def test_a_way_that_is_not_known(address: str) -> None:
    with pytest.raises(ValueError, match="сюда публиковать не умею"):
        find_target(address)


def test_a_place_that_is_not_named() -> None:
    with pytest.raises(ValueError, match=r"Не сказано, куда \(TARGET\)\. Адрес начинается с s3://"):
        find_target("")
