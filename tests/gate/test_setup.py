from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from gate import setup as setting_up
from gate.pyz import pack
from gate.setup import setup
from gate.steps import Access, SetupError, file_step
from gate.wish import read_wish

BODY = "AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43
KEY = f"ssh-ed25519 {BODY} ci@example.ru"
OTHER_KEY = f"ssh-ed25519 {BODY[:-1]}B next"
SIGNERS = f'# ключи подписи\ndisclosure namespaces="disclosure" ssh-ed25519 {BODY}\n'
NAME = "www.example.ru"
FORCED = 'restrict,command="/usr/local/lib/site-gate.pyz serve /srv/site"'


@dataclass(frozen=True)
class Server:
    """A folder in place of a server's disk."""

    disk: Path
    capture: pytest.CaptureFixture[str]

    def set_up(self, *options: str, name: str = NAME) -> str:
        assert setup(["--name", name, "--prefix", str(self.disk), *options]) == 0
        told = self.capture.readouterr()
        assert told.err == ""
        return told.out

    def fails(self, *options: str, name: str = NAME) -> str:
        assert setup(["--name", name, "--prefix", str(self.disk), *options]) == 1
        return self.capture.readouterr().err

    def text(self, path: str) -> str:
        return (self.disk / path).read_text(encoding="utf-8")

    def files(self) -> set[str]:
        return {str(file.relative_to(self.disk)) for file in self.disk.rglob("*")}


@pytest.fixture
def server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Server:
    made = tmp_path / "site-gate.pyz"
    made.write_bytes(pack())
    monkeypatch.setattr("sys.argv", [str(made)])
    (tmp_path / "disk/etc/nginx/conf.d").mkdir(parents=True)
    return Server(tmp_path / "disk", capsys)


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, ...]:
    """The options that a first call needs."""
    signers = tmp_path / "allowed_signers"
    signers.write_text(SIGNERS, encoding="utf-8")
    return ("--deploy-key", KEY, "--signers", str(signers))


def test_the_plan_changes_nothing(server: Server, keys: tuple[str, ...]) -> None:
    before = server.files()
    told = server.set_up(*keys)
    assert server.files() == before
    assert f"{FORCED} {KEY}" in told
    assert "add_header Content-Security-Policy" in told
    assert told.endswith("добавьте к этой же команде --apply.\n")


def test_a_link_that_the_account_has_made_is_not_followed(
    server: Server, keys: tuple[str, ...], tmp_path: Path
) -> None:
    """Root would give away what it leads to."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    link = server.disk / "srv/site/incoming"
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    if os.geteuid() == 0:
        os.lchown(link, 65534, 65534)
    assert f"{link}: здесь чужая ссылка" in server.fails(*keys, "--apply")
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700


def test_what_is_done_is_what_was_told(server: Server, keys: tuple[str, ...]) -> None:
    planned = server.set_up(*keys)
    done = server.set_up(*keys, "--apply")
    steps = [line for line in planned.splitlines() if line[0:1].isdigit()]
    assert [line for line in done.splitlines() if line[0:1].isdigit()] == steps
    assert done.count("Сделано.") == len(steps)


def test_a_server_is_ready(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--apply")
    assert server.text("var/lib/disclosure/.ssh/authorized_keys") == f"{FORCED} {KEY}\n"
    assert server.text("srv/site/state/allowed_signers") == SIGNERS
    assert server.text("etc/nginx/conf.d/www.example.ru.conf").startswith("# Этот файл пишет")
    assert (server.disk / "usr/local/lib/site-gate.pyz").read_bytes() == pack()


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        ("var/lib/disclosure", 0o755),
        ("var/lib/disclosure/.ssh", 0o755),
        ("var/lib/disclosure/.ssh/authorized_keys", 0o644),
        ("usr/local/lib/site-gate.pyz", 0o755),
        ("srv/site", 0o1775),
        ("srv/site/state", 0o1775),
        ("srv/site/state/allowed_signers", 0o644),
        ("srv/site/incoming", 0o755),
        ("srv/site/releases", 0o755),
        ("etc/nginx/conf.d/www.example.ru.conf", 0o644),
    ],
)
def test_rights_do_not_depend_on_the_caller(
    server: Server, keys: tuple[str, ...], path: str, mode: int
) -> None:
    before = os.umask(0o077)
    try:
        server.set_up(*keys, "--apply")
    finally:
        os.umask(before)
    assert stat.S_IMODE((server.disk / path).stat().st_mode) == mode


def test_a_second_time_there_is_nothing_to_do(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--apply")
    for options in (keys, (*keys, "--apply"), ()):
        told = server.set_up(*options)
        assert "Делать нечего" in told
        assert "install" not in told


def test_what_was_cut_short_is_finished(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--apply")
    lost = server.disk / "srv/site/state/allowed_signers"
    lost.unlink()
    (server.disk / "srv/site/releases").chmod(0o700)
    (lost.parent / ".allowed_signers.new").touch()
    told = server.set_up(*keys, "--apply")
    assert told.count("Сделано.") == 2
    assert server.text("srv/site/state/allowed_signers") == SIGNERS


def test_two_keys_side_by_side_and_then_the_new_one(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--apply")
    place = "var/lib/disclosure/.ssh/authorized_keys"
    server.set_up("--deploy-key", KEY, "--deploy-key", OTHER_KEY, "--apply")
    assert server.text(place) == f"{FORCED} {KEY}\n{FORCED} {OTHER_KEY}\n"
    told = server.set_up("--deploy-key", OTHER_KEY, "--apply")
    assert f"-{FORCED} {KEY}" in told
    assert server.text(place) == f"{FORCED} {OTHER_KEY}\n"


def test_a_new_gate_replaces_the_old_one(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--apply")
    (server.disk / "usr/local/lib/site-gate.pyz").write_bytes(b"an older one")
    assert server.set_up("--apply").count("Сделано.") == 1
    assert (server.disk / "usr/local/lib/site-gate.pyz").read_bytes() == pack()


def test_https_as_soon_as_there_is_a_certificate(server: Server, keys: tuple[str, ...]) -> None:
    config = "etc/nginx/conf.d/www.example.ru.conf"
    assert "certbot certonly --webroot" in server.set_up(*keys, "--apply")
    assert "ssl_certificate" not in server.text(config)
    live = server.disk / "etc/letsencrypt/live/www.example.ru"
    live.mkdir(parents=True)
    for name in ("fullchain.pem", "privkey.pem"):
        (live / name).touch()
    assert "certbot" not in server.set_up("--apply")
    assert "ssl_certificate /etc/letsencrypt/live/www.example.ru/fullchain.pem;" in server.text(
        config
    )


def test_https_is_not_lost_by_a_forgotten_option(server: Server, keys: tuple[str, ...]) -> None:
    named = ("--certificate", "/etc/ssl/site.pem", "--certificate-key", "/etc/ssl/site.key")
    assert "/etc/ssl/site.pem: такого файла нет" in server.fails(*keys, *named)
    (server.disk / "etc/ssl").mkdir()
    for file in ("site.pem", "site.key"):
        (server.disk / "etc/ssl" / file).touch()
    server.set_up(*keys, *named, "--apply")
    live = server.disk / "etc/letsencrypt/live/www.example.ru"
    live.mkdir(parents=True)
    for name in ("fullchain.pem", "privkey.pem"):
        (live / name).touch()
    assert "Делать нечего" in server.set_up()
    config = server.text("etc/nginx/conf.d/www.example.ru.conf")
    assert "listen 443 ssl" in config
    assert "ssl_certificate /etc/ssl/site.pem;" in config


def test_brotli_where_nginx_has_it(server: Server, keys: tuple[str, ...]) -> None:
    assert "brotli_static" not in server.set_up(*keys)
    modules = server.disk / "etc/nginx/modules-enabled"
    modules.mkdir()
    (modules / "50-mod-http-brotli-static.conf").touch()
    assert "brotli_static on;" in server.set_up(*keys)


def test_nginx_of_alt(server: Server, keys: tuple[str, ...]) -> None:
    (server.disk / "etc/nginx/sites-enabled.d").mkdir()
    server.set_up(*keys, "--apply")
    assert server.text("etc/nginx/sites-enabled.d/www.example.ru.conf")


def test_a_demonstration(server: Server, keys: tuple[str, ...]) -> None:
    assert "X-Robots-Tag" not in server.set_up(*keys)
    assert 'add_header X-Robots-Tag "noindex" always;' in server.set_up(*keys, "--noindex")


def test_a_name_in_russian(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--apply", name="энергосбыт.рф")
    assert "etc/nginx/conf.d/xn--90adf5ahkjj4fm.xn--p1ai.conf" in server.files()


def test_the_servers_own_key_is_told(server: Server, keys: tuple[str, ...]) -> None:
    """A publisher knows the server by it."""
    (server.disk / "etc/ssh").mkdir()
    (server.disk / "etc/ssh/ssh_host_ed25519_key.pub").write_text(f"{KEY}\n", encoding="ascii")
    told = server.set_up(*keys, "--apply")
    assert f"  www.example.ru ssh-ed25519 {BODY}\n" in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--name", "example"], "это не адрес сайта"),
        (["--name", "www.example.ru;"], "это не адрес сайта"),
        (["--name", "https://www.example.ru"], "это не адрес сайта"),
        (["--root", "srv/site"], "нужен путь от корня"),
        (["--root", "/srv/../etc"], "нужен путь от корня"),
        (["--root", '/srv/a" b'], "нужен путь от корня"),
        (["--user", "Диск"], "такого имени учётной записи"),
        (["--user=-x"], "такого имени учётной записи"),
        (["--deploy-key", "deploy.pub"], "не открытый ключ"),
        (["--deploy-key", "-----BEGIN OPENSSH PRIVATE KEY-----"], "не открытый ключ"),
        (["--deploy-key", f"ssh-rsa {BODY}"], "не открытый ключ"),
        (["--deploy-key", f'command="sh" {KEY}'], "не открытый ключ"),
        (["--signers", "/nowhere"], "такого файла нет"),
        (["--certificate", "/etc/ssl/site.pem"], "Нужны оба"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    server: Server, keys: tuple[str, ...], options: Sequence[str], said: str
) -> None:
    before = server.files()
    assert said in server.fails(*keys, "--apply", *options)
    assert server.files() == before


def test_a_key_cannot_smuggle_in_a_line(server: Server, keys: tuple[str, ...]) -> None:
    server.set_up(*keys, "--deploy-key", f"{KEY}\n{OTHER_KEY}", "--apply")
    lines = server.text("var/lib/disclosure/.ssh/authorized_keys").splitlines()
    assert [line.startswith(FORCED) for line in lines] == [True, True]


@pytest.mark.parametrize("content", ["", f"{KEY}\n", f"{SIGNERS}{KEY}\n"])
def test_a_file_of_signers_that_is_none(server: Server, tmp_path: Path, content: str) -> None:
    signers = tmp_path / "signers"
    signers.write_text(content, encoding="utf-8")
    told = server.fails("--deploy-key", KEY, "--signers", str(signers))
    assert 'disclosure namespaces="disclosure" ssh-ed25519' in told


def test_a_first_call_needs_keys(server: Server, keys: tuple[str, ...]) -> None:
    assert "Нужен --deploy-key" in server.fails()
    assert "Нужен --signers" in server.fails(*keys[:2])


def test_a_server_without_nginx(server: Server, keys: tuple[str, ...]) -> None:
    (server.disk / "etc/nginx/conf.d").rmdir()
    assert "Поставьте nginx" in server.fails(*keys)


def test_only_the_packed_gate_can_be_installed(
    server: Server, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [__file__])
    assert "make gate" in server.fails(*keys)


@pytest.mark.parametrize("options", [[], ["--nam", "x"], ["--name", NAME, "stray"]])
def test_a_wrong_call(options: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        setup(options)
    assert ended.value.code == 2
    assert "Неверный вызов" in capsys.readouterr().err


def test_the_account_is_nobody_elses() -> None:
    """Else the keys of whoever has it already, of root for one, would be replaced."""
    wish = read_wish(["--name", NAME, "--user", "root"])
    with pytest.raises(SetupError, match="не для публикации"):
        setting_up._account(wish).done()


def test_the_account_is_not_locked() -> None:
    """Where the password is `!`, as useradd leaves it, sshd lets nobody in by a key either."""
    wish = read_wish(["--name", NAME, "--user", "disclosure-test"])
    step = setting_up._account(wish)
    assert not step.done()
    assert "--shell /bin/sh --password '*' disclosure-test" in step.shown()[0]


def commands(monkeypatch: pytest.MonkeyPatch, failing: str) -> list[str]:
    """Note commands instead of running them; one of them fails."""
    noted: list[str] = []

    def run(command: Sequence[str]) -> None:
        noted.append(" ".join(command))
        if noted[-1] == failing:
            raise SetupError("nginx: configuration file test failed")

    monkeypatch.setattr(setting_up, "run", run)
    return noted


@pytest.mark.parametrize("failing", ["nginx -t", "nginx -s reload"])
@pytest.mark.parametrize("before", [None, b"# what worked\n"])
def test_what_nginx_does_not_take_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None, failing: str
) -> None:
    """Else the next call would say that all is done, and nginx would not know of it."""
    file = tmp_path / "www.example.ru.conf"
    if before:
        file.write_bytes(before)
    noted = commands(monkeypatch, failing=failing)
    step = file_step(file, b"# what does not\n", Access(None, None, 0o644))
    with pytest.raises(SetupError):
        setting_up.reloading(step, file, ["nginx", "-s", "reload"]).do()
    assert noted[-1] == failing
    assert (file.read_bytes() if file.exists() else None) == before


def test_what_nginx_accepts_is_shown_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "www.example.ru.conf"
    noted = commands(monkeypatch, failing="")
    step = file_step(file, b"# what works\n", Access(None, None, 0o644))
    setting_up.reloading(step, file, ["nginx", "-s", "reload"]).do()
    assert noted == ["nginx -t", "nginx -s reload"]
    assert file.read_bytes() == b"# what works\n"
