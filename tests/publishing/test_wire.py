"""The publisher's key, over a real line, can do nothing but ask the gate, which refuses the bad."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from gate.manifest import MANIFEST, SIGNATURE
from tests.gate.releases import Key, Release, make_key, make_release
from tests.publishing.host import Host
from tests.publishing.servers import free_port


@contextmanager
def nothing_changes(host: Host) -> Iterator[None]:
    """Fail if the block changes anything on the server."""
    before = host.snapshot()
    yield
    assert host.snapshot() == before


def test_a_release_is_published_and_gone_back_from(host: Host) -> None:
    first, second = host.release(1), host.release(2)
    assert host.ask("current").out == "current none\n"
    assert host.publish(first).out == f"published {first.id}\n"
    assert host.publish(second).out == f"published {second.id}\n"
    assert host.publish(second).out == f"live {second.id}\n"
    assert host.ask("current").out == f"current {second.id}\n"
    assert host.get("/about/").data == second.files["about/index.html"]
    overtaken = host.ask("rollback", first.id)
    assert (overtaken.code, overtaken.out) == (3, f"current {second.id}\n")
    assert host.ask("rollback", second.id).out == f"back {first.id}\n"
    assert host.get("/about/").data == first.files["about/index.html"]
    listed = [line.split()[0] for line in host.ask("list").out.splitlines()]
    assert listed == [second.id, first.id]


# What a release may not be ----------------------------------------------------------------------

Spoil = Callable[[Release, Key], bytes]


def tar(members: Mapping[str, bytes | tarfile.TarInfo]) -> bytes:
    """Return an archive of files, and of members that are no files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
                continue
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def members(release: Release) -> dict[str, bytes | tarfile.TarInfo]:
    signature = release.signature or b""
    return {MANIFEST: release.manifest.text().encode(), SIGNATURE: signature, **release.files}


def link(path: str, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(path)
    member.type, member.linkname = tarfile.SYMTYPE, target
    return member


def without(release: Release, path: str) -> bytes:
    return tar({name: content for name, content in members(release).items() if name != path})


SPOILT: Mapping[str, Spoil] = {
    "index.html: файл не тот": lambda release, _: tar({**members(release), "index.html": b"<p>"}),
    "same.txt: файл есть в SHA256SUMS": lambda release, _: without(release, "same.txt"),
    "'more.txt': файл есть в архиве": lambda release, _: tar({**members(release), "more.txt": b""}),
    "'../../x': файл есть в архиве": lambda release, _: tar({**members(release), "../../x": b""}),
    "обычные файлы": lambda release, _: tar(
        {**members(release), "same.txt": link("same.txt", "/etc/passwd")}
    ),
    "make sign": lambda release, _: without(release, SIGNATURE),
    "Подпись": lambda release, other: make_release(9, release.files, other).tar,
    "оборван": lambda release, _: release.tar[:-20_000],
}
"""What the refusal says, and what it refuses; more of them are in the tests of the gate."""


@pytest.fixture
def stranger(tmp_path: Path) -> Key:
    """A key that the server does not trust."""
    return make_key(tmp_path)


def test_what_is_not_a_whole_signed_release_is_refused(host: Host, stranger: Key) -> None:
    host.serve_here(host.release(1))
    release = host.release(9)
    with nothing_changes(host):
        for message, spoil in SPOILT.items():
            said = host.ask("publish", sent=spoil(release, stranger))
            assert (said.code, said.out) == (1, ""), message
            assert said.err.startswith("Сайт не изменился. "), message
            assert message in said.err
    assert host.publish(release).code == 0


def test_what_is_older_or_withdrawn_is_refused(host: Host) -> None:
    """What the administrator goes back from is withdrawn; the publisher may try once more."""
    first, second = host.release(1), host.release(2)
    replayed = make_release(2, {"index.html": b"another of the same name"}, host.key)
    for release in (first, second):
        host.serve_here(release)
    with nothing_changes(host):
        assert "старше" in host.publish(first).err
        assert host.publish(replayed).code == 1
    host.ask("rollback", second.id)
    assert host.publish(second).out == f"published {second.id}\n"
    subprocess.run([*host.gate, "rollback", host.root], capture_output=True, check=True)
    with nothing_changes(host):
        assert "отозван" in host.publish(second).err


# What the line may not carry --------------------------------------------------------------------


WORDS = (
    "publish; touch {mark}",
    "$(touch {mark})",
    "current\ntouch {mark}",
    "rollback ../../x",
    "list {mark}",
    "allow 00000001-20261122T100000Z",
    "setup --apply",
    "rsync --server -e.LsfxCIvu . {mark}",
)


def test_other_words_are_not_understood(host: Host) -> None:
    with nothing_changes(host):
        for words in WORDS:
            said = host.ask(words.format(mark=host.root / "mark"))
            assert (said.code, said.out) == (2, ""), words
            assert "Такого вызова нет" in said.err


def test_no_word_is_no_shell(host: Host) -> None:
    with nothing_changes(host):
        said = host.ask(sent=b"id\n")
    assert (said.code, said.out) == (2, "")


def test_a_terminal_is_not_given(host: Host) -> None:
    said = host.ask("current", options=["-tt"])
    assert (said.code, said.out) == (255, "")
    assert "PTY allocation request failed" in said.err


def test_no_files_are_fetched_or_put(host: Host, tmp_path: Path) -> None:
    host.serve_here(host.release(1))
    file = tmp_path / "file"
    file.write_text("x")
    config = ["-F", str(host.ssh.config)]
    with nothing_changes(host):
        for command in (
            ["sftp", *config, "-b", "-", "site"],
            ["scp", *config, str(file), f"site:{host.root}/current/file"],
            ["scp", "-O", *config, str(file), f"site:{host.root}/current/file"],
            ["scp", "-O", *config, f"site:{host.root}/current/index.html", str(file)],
        ):
            done = subprocess.run(command, input=b"ls\n", capture_output=True, check=False)
            assert done.returncode != 0, command
            assert done.stdout == b"", command
    assert file.read_text() == "x"


def test_the_line_leads_to_no_other_port(host: Host) -> None:
    """Neither from the client through the server (-W, -L), nor back (-R), nor with a proxy (-D)."""
    near = free_port()
    said = host.ask(options=["-W", f"127.0.0.1:{host.port}"], sent=b"GET / HTTP/1.0\r\n\r\n")
    assert (said.code, said.out) == (255, "")
    assert "forwarding failed" in said.err
    back = ["-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{free_port()}:127.0.0.1:{host.port}"]
    assert host.ask(options=back).code == 255
    through = host.ssh.command()
    through[1:1] = ["-N", "-L", f"{near}:127.0.0.1:{host.port}"]
    with subprocess.Popen(through, stderr=subprocess.PIPE) as client:
        try:
            assert answer_of(near, b"GET / HTTP/1.0\r\n\r\n") == b""
        finally:
            client.kill()


def answer_of(port: int, asked: bytes) -> bytes:
    """Return what is answered at a port, as soon as something listens there."""
    until = time.monotonic() + 10
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
                line.sendall(asked)
                return line.recv(4096)
        except ConnectionResetError:
            return b""
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.02)


def test_the_agent_and_the_display_of_the_client_are_not_reached(host: Host) -> None:
    """Nothing of either comes to the server, and the gate answers all the same."""
    seen = host.root.parent / "seen"
    host.ssh.allow(f'restrict,command="env >{seen}; {host.serve}"')
    environment = os.environ | {"DISPLAY": ":9"}
    command = host.ssh.command("current")
    command[1:1] = ["-A", "-X"]
    subprocess.run(command, env=environment, capture_output=True, check=False)
    names = {line.partition("=")[0] for line in seen.read_text().splitlines()}
    assert "SSH_CONNECTION" in names
    assert not names & {"SSH_AUTH_SOCK", "DISPLAY", "SSH_TTY"}


def test_the_environment_of_the_client_changes_nothing(host: Host, tmp_path: Path) -> None:
    """Even where sshd takes it, Python is started so that it does not read it."""
    (tmp_path / "gate").mkdir()
    (tmp_path / "gate" / "__init__.py").write_text("raise SystemExit(7)")
    said = host.ask(
        "current",
        options=[
            *("-o", f"SetEnv=PYTHONPATH={tmp_path} PYTHONINSPECT=1 PYTHONSTARTUP=/etc/passwd"),
        ],
    )
    assert (said.code, said.out) == (0, "current none\n")


@pytest.mark.parametrize("locale", ["C", "ru_RU.KOI8-R"])
def test_refusals_are_readable_in_any_locale(host: Host, locale: str) -> None:
    said = host.ask("rollback", host.release(1).id, options=["-o", f"SetEnv=LC_ALL={locale}"])
    assert said.code == 1
    assert "Ещё ничего не опубликовано" in said.err


def test_another_key_is_not_let_in(host: Host, stranger: Key) -> None:
    host.ssh.keys.write_text(stranger.public, encoding="ascii")
    said = host.ask("current")
    assert (said.code, said.out) == (255, "")
    assert "Permission denied" in said.err


# Two at once ------------------------------------------------------------------------------------


def test_two_at_once_go_one_after_the_other(host: Host) -> None:
    """Whichever is first, the newer one is live in the end."""
    releases = [host.release(number) for number in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(host.publish, releases))
    assert said[-1].out == f"published {releases[-1].id}\n"
    for one, release in zip(said, releases, strict=True):
        assert one.code == 0 or f"Выпуск {release.id} старше" in one.err
    assert host.current == releases[-1].id
    host.is_whole()
