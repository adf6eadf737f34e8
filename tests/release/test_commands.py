"""The commands of a release, from a built site to what a regulator checks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure import web
from disclosure.archive import read_release
from disclosure.cli import main
from disclosure.deploy import TARGETS, course
from tests.gate.releases import Key, make_key
from tests.hosting import Answer, Host, hosting
from tests.repository import Repository

ID = "00000001-20250304T120000Z"


class Line:
    """A command line: gives the exit code, what is printed and what is complained of."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        status = main([*map(str, arguments)])
        said = self.capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def repository(tmp_path: Path, plain_git: None) -> Repository:
    """A repository with one commit and a site that git ignores."""
    made = Repository(tmp_path / "project")
    (made.root / ".gitignore").write_text("/site/\n/release*\n/key*\n", encoding="utf-8")
    made.write("a.yml", "a")
    made.git("add", "--all")
    made.git("commit", "-q", "-m", "x", time="2025-03-04T12:00Z")
    (made.root / "site").mkdir()
    (made.root / "site" / "index.html").write_text("front", encoding="utf-8")
    return made


@pytest.fixture
def disclosure(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Line:
    """The command, in the repository."""
    monkeypatch.chdir(repository.root)
    for name in ("SOURCE_DATE_EPOCH", "SIGNING_KEY", "SSH_AUTH_SOCK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(web, "_PAUSES", ())
    monkeypatch.setattr(course, "_PAUSES", ())
    return Line(capsys)


@pytest.fixture
def key(repository: Repository) -> Key:
    return make_key(repository.root)


# release -----------------------------------------------------------------------------------------


def test_a_release_of_the_commit_at_its_time(disclosure: Line) -> None:
    commit = read_commit()
    assert disclosure("release") == (
        0,
        f"Выпуск {ID}: 1 файл, коммит {commit[:12]}.\n"
        "Папка release, архив release.tar. Подписать: make sign.\n",
        "",
    )
    manifest = read_release(Path("release.tar")).manifest
    assert (manifest.id, manifest.commit) == (ID, commit)


def read_commit() -> str:
    return Path(".git/refs/heads/main").read_text(encoding="ascii").strip()


def test_a_release_of_another_time_to_another_folder(
    disclosure: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.move("site", "/".join([str(tmp_path), "built"]))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772360000")
    status, said, _ = disclosure("release", tmp_path / "built", "--out", tmp_path / "out")
    assert status == 0
    assert said.startswith("Выпуск 00000001-20260301T101320Z: ")
    assert (tmp_path / "out.tar").is_file()


def test_what_is_not_committed_is_not_released(disclosure: Line) -> None:
    Path("new.yml").touch()
    status, said, complaint = disclosure("release")
    assert (status, said) == (1, "")
    assert complaint == (
        "В папке есть изменения, которых нет в коммите; их покажет git status."
        " Запишите их в коммит или уберите, потом повторите: .ci/release.\n"
    )


def test_a_shallow_clone_is_not_released(
    disclosure: Line, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("commit", "-q", "--allow-empty", "-m", "x")
    shallow = tmp_path / "shallow"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(shallow))
    monkeypatch.chdir(shallow)
    assert "git fetch --unshallow" in disclosure("release")[2]


def test_no_repository(disclosure: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert disclosure("release")[2].startswith("Здесь нет коммита")


def test_no_site(disclosure: Line) -> None:
    said = "nowhere: здесь нет построенного сайта. Постройте его: make site.\n"
    assert disclosure("release", "nowhere") == (1, "", said)


def test_a_site_of_another_commit(disclosure: Line) -> None:
    Path("site/publication").mkdir()
    Path("site/publication/index.html").write_text("SHA256SUMS", encoding="utf-8")
    status, _, complaint = disclosure("release")
    assert status == 1
    assert "сайт построен не из этого коммита" in complaint


# sign --------------------------------------------------------------------------------------------


def test_a_release_is_signed_by_a_file_or_by_a_text(
    disclosure: Line, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    disclosure("release")
    said = f"Подписан выпуск {ID}: release.tar.\n"
    assert disclosure("sign", "release.tar", "--key", key.private) == (0, said, "")
    signature = read_release(Path("release.tar")).signature
    assert signature == Path("release/SHA256SUMS.sig").read_bytes()
    disclosure("release")
    assert read_release(Path("release.tar")).signature is None
    monkeypatch.setenv("SIGNING_KEY", key.private.read_text(encoding="utf-8"))
    assert disclosure("sign", "release.tar") == (0, said, "")
    assert read_release(Path("release.tar")).signature == signature


def test_a_key_in_place_of_its_file_is_not_told(disclosure: Line, key: Key) -> None:
    text = key.private.read_text(encoding="utf-8")
    status, out, complaint = disclosure("sign", "release.tar", "--key", text)
    assert (status, out) == (2, "")
    assert "SIGNING_KEY" in complaint
    assert text.splitlines()[1] not in complaint


def test_nothing_to_sign_with_or_to_sign(disclosure: Line, key: Key) -> None:
    assert disclosure("sign", "release.tar")[0] == 2
    assert disclosure("sign", "release.tar", "--key", "nokey")[::2] == (
        2,
        "nokey: такого файла нет.\n",
    )
    assert disclosure("sign", "release.tar", "--key", key.private)[::2] == (
        2,
        "release.tar: такого файла нет.\n",
    )
    Path("release.tar").write_bytes(b"junk" * 999)
    status, _, complaint = disclosure("sign", "release.tar", "--key", key.private)
    assert status == 1
    assert complaint.startswith("release.tar: Это не архив выпуска.")
    disclosure("release")
    status, _, complaint = disclosure("sign", "release.tar", "--key", ".gitignore")
    assert status == 1
    assert complaint.startswith("Ключ подписи")


# verify-live -------------------------------------------------------------------------------------


@pytest.fixture
def host(disclosure: Line, key: Key) -> Iterator[Host]:
    """A host of the signed release."""
    disclosure("release")
    disclosure("sign", "release.tar", "--key", key.private)
    with hosting(Path("release").resolve()) as host:
        yield host


@pytest.fixture
def signers(repository: Repository, key: Key) -> Path:
    file = repository.root / "key.signers"
    file.write_text(key.allowed, encoding="utf-8")
    return file


def test_a_site_and_its_signature(disclosure: Line, host: Host, signers: Path) -> None:
    assert disclosure("verify-live", host.address, "--signers", signers) == (
        0,
        f"Подпись верна: ключ из {signers}.\n"
        f"Манифест: {host.address}SHA256SUMS, выпуск {ID}, коммит {read_commit()}.\n"
        f"Проверено: 3 файла. Все такие, как в манифесте выпуска {ID}.\n",
        "",
    )
    for manifest in ("release/SHA256SUMS", f"{host.address}SHA256SUMS"):
        status, said, _ = disclosure("verify-live", host.address, manifest, "--signers", signers)
        assert status == 0
        assert f"Манифест: {manifest}," in said


def test_a_site_that_was_changed(disclosure: Line, host: Host, signers: Path) -> None:
    host.faults[""] = lambda: Answer(200, b"defaced")
    status, said, _ = disclosure("verify-live", host.address, "--signers", signers)
    assert status == 1
    assert "index.html: содержание другое\n" in said


def test_signers_of_the_data_are_believed(disclosure: Line, host: Host, signers: Path) -> None:
    status, _, complaint = disclosure("verify-live", host.address)
    assert status == 0
    assert complaint.startswith("ВНИМАНИЕ: подпись не проверена")
    Path("data").mkdir()
    signers.rename("data/allowed_signers")
    status, said, complaint = disclosure("verify-live", host.address)
    assert (status, complaint) == (0, "")
    assert said.startswith("Подпись верна: ключ из data/allowed_signers.\n")
    signers.write_text(make_key(signers.parent, "other").allowed, encoding="utf-8")
    assert disclosure("verify-live", host.address, "--signers", signers)[0] == 1


def test_a_signature_of_somebody_else(
    disclosure: Line, host: Host, repository: Repository, signers: Path
) -> None:
    signers.write_text(make_key(repository.root, "key2").allowed, encoding="utf-8")
    status, said, complaint = disclosure("verify-live", host.address, "--signers", signers)
    assert status == 1
    assert complaint.startswith("ВНИМАНИЕ: подпись не подходит ни к одному ключу")
    assert "Все такие" in said


def test_no_signature(disclosure: Line, host: Host, signers: Path) -> None:
    Path("release/SHA256SUMS.sig").unlink()
    status, _, complaint = disclosure("verify-live", host.address, "--signers", signers)
    assert status == 1
    assert complaint == "ВНИМАНИЕ: рядом с манифестом нет его подписи (SHA256SUMS.sig).\n"


def test_no_program_to_check_a_signature(
    disclosure: Line, host: Host, signers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    status, _, complaint = disclosure("verify-live", host.address, "--signers", signers)
    assert status == 1
    assert "Нет программы ssh-keygen" in complaint


def test_what_cannot_be_verified(disclosure: Line, host: Host) -> None:
    assert disclosure("verify-live", "example.org")[0] == 2
    assert disclosure("verify-live", host.address, "nowhere")[0] == 2
    assert disclosure("verify-live", host.address, "--signers", "nowhere")[0] == 2
    assert disclosure("verify-live", host.address, ".gitignore")[::2] == (
        1,
        "SHA256SUMS: первые строки не те, что у манифеста выпуска.\n",
    )
    Path("release/SHA256SUMS").unlink()
    assert disclosure("verify-live", host.address)[::2] == (
        1,
        f"{host.address}SHA256SUMS: ответ 404\n",
    )


# deploy ------------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has the release, in answer to any call of ssh."""
    program = tmp_path / "bin" / "ssh"
    program.parent.mkdir()
    answers = f"case $verb in publish) echo published {ID};; *) echo back {ID};; esac"
    program.write_text(f"#!/bin/sh\nfor verb; do :; done\n{answers}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("server")
def test_a_release_is_deployed(
    disclosure: Line, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("deploy", "release.tar", "ssh://site@example.org")
    status, said, complaint = disclosure(*arguments, "--address", host.address.rstrip("/"))
    assert (status, complaint) == (0, "")
    assert said.splitlines()[-1].endswith(f" Опубликован выпуск {ID}.")
    monkeypatch.setenv("SITE_URL", host.address)
    assert disclosure(*arguments)[0] == 0
    host.faults[""] = lambda: Answer(200, b"defaced")
    status, said, _ = disclosure(*arguments)
    assert status == 1
    assert said.splitlines()[-1].endswith(f" снят. На сайте снова выпуск {ID}.")


def test_what_cannot_be_deployed(disclosure: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    target, address = "ssh://site@example.org", ("--address", "https://example.org")
    assert disclosure("deploy", "release.tar", "", *address)[0] == 2
    assert disclosure("deploy", "release.tar", target, "--address", "example")[0] == 2
    assert "SITE_URL" in disclosure("deploy", "release.tar", target)[2]
    assert disclosure("deploy", "release.tar", target, *address)[::2] == (
        2,
        "release.tar: такого файла нет.\n",
    )


def test_every_target_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(f"{scheme}://" in said for scheme in TARGETS)
