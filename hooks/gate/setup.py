"""Setting a server up: the plan of what is missing, and the doing of it when that is asked for."""

from __future__ import annotations

import pwd
import re
import shlex
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from gate.nginx import ACME, nginx_config
from gate.refused import DONE, INSTALLED, REFUSED
from gate.signature import SIGNER
from gate.steps import SetupError, Step, file_step, find, folder_step, run
from gate.wish import Wish, https, listen, read_wish

_SHELL: Final = "/bin/sh"
_CERTIFICATE: Final = re.compile(r"ssl_certificate (\S+);\s+ssl_certificate_key (\S+);")
_NEEDED: Final = {
    "nginx": "nginx",
    "sshd": "openssh-server",
    "ssh-keygen": "openssh-client",
    "useradd": "passwd",
}
"""Programs, and the packages of Debian that have them."""


def setup(arguments: Sequence[str]) -> int:
    """Show the plan, or carry it out with --apply; return 0, or 1 where that failed."""
    try:
        wish = _with_certificate(read_wish(arguments))
        left = _go(_plan(wish, Path(sys.argv[0])), apply=wish.apply)
        _advise(wish, left)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return REFUSED
    except PermissionError as error:
        print(f"\n{error.filename}: нет доступа. Запустите от имени root (sudo).", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"\n{error.filename}: {error.strerror}.", file=sys.stderr)
        return REFUSED
    return DONE


def _plan(wish: Wish, gate: Path) -> list[Step]:
    """Return every step in its order; raise SetupError where something for it is missing."""
    if not zipfile.is_zipfile(gate):
        raise SetupError("Запускать надо собранный файл: make gate, затем ./site-gate.pyz setup …")
    if wish.real:
        _check_programs()
    root, ssh = wish.root, f"{wish.home}/.ssh"
    ours = wish.access("root", "root", 0o755)
    shared = wish.access("root", wish.user, 0o1775)  # sticky: what is root's stays as it is
    own = wish.access(wish.user, wish.user, 0o755)
    return [
        *([_account(wish)] if wish.real else []),
        folder_step(wish.at(wish.home), ours),
        folder_step(wish.at(ssh), ours),
        folder_step(wish.at(root), shared),
        folder_step(wish.at(f"{root}/state"), shared),
        folder_step(wish.at(f"{root}/incoming"), own),
        folder_step(wish.at(f"{root}/releases"), own),
        folder_step(wish.at(ACME), ours),
        file_step(wish.at(INSTALLED), gate.read_bytes(), ours),
        *_keys(wish, f"{ssh}/authorized_keys"),
        *_signers(wish, f"{root}/state/allowed_signers"),
        _nginx(wish),
    ]


def _check_programs() -> None:
    """Raise SetupError where a program is missing that the site cannot do without."""
    missing = [package for name, package in _NEEDED.items() if not find(name)]
    if missing:
        packages = " ".join(dict.fromkeys(missing))
        raise SetupError(f"Не хватает программ. Поставьте пакеты: {packages}")


def _account(wish: Wish) -> Step:
    """Return the step that makes the account; its password is none, but it is not locked."""
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", wish.home]
    command = ["useradd", *options, "--shell", _SHELL, "--password", "*", wish.user]

    def done() -> bool:
        try:
            found = pwd.getpwnam(wish.user)
        except KeyError:
            return False
        if (found.pw_dir, found.pw_shell) != (wish.home, _SHELL):
            raise SetupError(
                f"Учётная запись {wish.user} уже есть, и не для публикации: её папка "
                f"{found.pw_dir}, оболочка {found.pw_shell}. Назовите другую: --user."
            )
        return True

    return Step(
        title=f"Учётная запись {wish.user}: войти можно только ключом",
        shown=lambda: [f"# {shlex.join(command)}"],
        done=done,
        do=lambda: run(command),
    )


def _keys(wish: Wish, place: str) -> list[Step]:
    """Return the step that says which keys may publish, and that they may do nothing else."""
    if not wish.deploy_keys:
        _need(wish, place, "--deploy-key")
        return []
    allowed = f'restrict,command="{INSTALLED} serve {wish.root}"'
    content = "".join(f"{allowed} {key}\n" for key in wish.deploy_keys)
    access = wish.access("root", "root", 0o644)
    return [file_step(wish.at(place), content.encode(), access)]


def _signers(wish: Wish, place: str) -> list[Step]:
    """Return the step that says whose signatures count."""
    if wish.signers is None:
        _need(wish, place, "--signers")
        return []
    content = wish.signers.read_bytes()
    lines = [line for line in content.decode("utf-8", "replace").splitlines() if line.strip()]
    keys = [line for line in lines if not line.startswith("#")]
    if not keys or not all(line.startswith(f"{SIGNER} ") for line in keys):
        raise SetupError(
            f"{wish.signers}: здесь нужны строки такого вида, по строке на ключ:\n"
            f'{SIGNER} namespaces="{SIGNER}" ssh-ed25519 AAAA…'
        )
    access = wish.access("root", "root", 0o644)
    return [file_step(wish.at(place), content, access)]


def _need(wish: Wish, place: str, option: str) -> None:
    if not wish.at(place).is_file():
        raise SetupError(f"Нужен {option}: файла {wish.at(place)} ещё нет.")


def _nginx(wish: Wish) -> Step:
    """Return the step that has nginx show the site; what nginx refuses is taken back."""
    head = "# Этот файл пишет site-gate.pyz setup. Свои правки вносите в другие файлы.\n"
    config = nginx_config(
        wish.name,
        wish.root,
        listen=listen("80"),
        tls=wish.tls,
        brotli=any(wish.at("/etc/nginx").glob("modules-enabled/*brotli-static*")),
        noindex=wish.noindex,
    )
    path, content = _site_file(wish), (head + config).encode()
    access = wish.access("root", "root", 0o644)
    if not wish.real:
        return file_step(path, content, access)
    reload = (
        ["systemctl", "reload-or-restart", "nginx"]
        if Path("/run/systemd/system").is_dir()
        else ["nginx", "-s", "reload"]
    )
    step = file_step(path, content, access, after=["# nginx -t", f"# {shlex.join(reload)}"])
    return reloading(step, path, reload)


def reloading(step: Step, path: Path, reload: Sequence[str]) -> Step:
    """Return a step that writes a file of nginx's, and takes it back where nginx does not take it.

    Else the next call would find the file as it should be, and nginx without it.
    """

    def do() -> None:
        before = path.read_bytes() if path.is_file() else None
        step.do()
        try:
            run(["nginx", "-t"])
            run(reload)
        except SetupError:
            if before is None:
                path.unlink()
            else:
                path.write_bytes(before)
            raise

    return replace(step, do=do)


def _site_file(wish: Wish) -> Path:
    """Return the file from which nginx takes the site: Debian's and Red Hat's, or that of ALT."""
    for name in ("sites-enabled.d", "conf.d"):
        folder = wish.at(f"/etc/nginx/{name}")
        if folder.is_dir():
            return folder / f"{wish.name}.conf"
    raise SetupError(f"Нет папки {wish.at('/etc/nginx/conf.d')}. Поставьте nginx.")


def _with_certificate(wish: Wish) -> Wish:
    """Return the wish with a certificate: the named one, that in use, or that of certbot."""
    file, folder = _site_file(wish), f"/etc/letsencrypt/live/{wish.name}"
    used = _CERTIFICATE.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    files = (used[1], used[2]) if used else (f"{folder}/fullchain.pem", f"{folder}/privkey.pem")
    if wish.tls or not (used or all(wish.at(each).is_file() for each in files)):
        return wish
    return replace(wish, tls=https(*files))


def _go(steps: Sequence[Step], *, apply: bool) -> int:
    """Show each step, and do it if that is asked for; return how many were not done before."""
    left = 0
    for number, step in enumerate(steps, 1):
        if step.done():
            print(f"{number}. {step.title}: уже сделано.")
            continue
        left += 1
        print(f"{number}. {step.title}", *(f"     {line}" for line in step.shown()), sep="\n")
        if apply:
            step.do()
            print("   Сделано.")
    return left


def _advise(wish: Wish, left: int) -> None:
    """Tell what the administrator still has to do."""
    if not left:
        print("\nДелать нечего: всё уже настроено.")
    elif not wish.apply:
        print("\nПока ничего не сделано. Чтобы сделать, добавьте к этой же команде --apply.")
        return
    else:
        print("\nСервер настроен.")
    if wish.tls is None:
        print(
            "\nСертификата нет, поэтому сайт открыт по HTTP. Получите сертификат и повторите\n"
            "ту же команду. Например, у Let's Encrypt:\n"
            f"  certbot certonly --webroot -w {ACME} -d {wish.name}"
            ' --deploy-hook "nginx -s reload"'
        )
    host = wish.at("/etc/ssh/ssh_host_ed25519_key.pub")
    if host.is_file():
        key = " ".join(host.read_text(encoding="ascii").split()[:2])
        print(f"\nСтрока для KNOWN_HOSTS, по ней узнают этот сервер:\n  {wish.name} {key}")
