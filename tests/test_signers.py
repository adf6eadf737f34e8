from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from disclosure.folder import read_folder
from disclosure.model import Signer
from disclosure.signers import read_signers
from tests.building import YEARS


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key of which the other half lies beside it, its name ended with .pub."""
    file = tmp_path_factory.mktemp("key") / "key"
    named = ("-C", "АО «Пример», отдел раскрытия")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", *named, "-f", file], check=True)
    return file


def read(text: str) -> tuple[Signer, ...]:
    signers, findings = read_signers(text.encode(), "allowed_signers")
    assert findings == []
    return signers


def public(key: Path) -> str:
    return key.with_suffix(".pub").read_text(encoding="utf-8").strip()


def test_a_line_names_a_key_and_whose_it_is(key: Path) -> None:
    (signer,) = read(f"# ключи\n\ndisclosure\t{public(key)}\n")
    assert (signer.kind, signer.name) == ("ssh-ed25519", "АО «Пример», отдел раскрытия")
    assert (signer.options, signer.since, signer.until) == ("", None, None)


def test_a_fingerprint_is_that_of_openssh(key: Path) -> None:
    (signer,) = read(f"disclosure {public(key)}")
    listed = subprocess.run(
        ["ssh-keygen", "-l", "-f", key.with_suffix(".pub")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert signer.fingerprint == listed.stdout.split()[1]


@pytest.mark.parametrize("kind", ["ecdsa", "rsa"])
def test_other_kinds_of_keys_are_read(kind: str, tmp_path: Path) -> None:
    made = ("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", f"{tmp_path}/key")
    subprocess.run(made, check=True)
    (signer,) = read(f"disclosure {public(tmp_path / 'key')}")
    assert kind in signer.kind
    assert signer.name == ""


def test_options_say_when_a_key_is_good(key: Path) -> None:
    options = 'namespaces="git,disclosure",valid-after="20250203",valid-before="202712312100Z"'
    (signer,) = read(f"disclosure {options} {public(key)}")
    assert (signer.since, signer.until) == (date(2025, 2, 3), date(2027, 12, 31))
    assert signer.line.split()[:2] == ["disclosure", options]


def test_a_text_of_another_encoding_is_refused() -> None:
    _, (finding,) = read_signers("disclosure ключ".encode("cp1251"), "allowed_signers")
    assert str(finding) == "allowed_signers: это не текст UTF-8. Сохраните файл в UTF-8."


def test_a_folder_may_have_keys() -> None:
    old, new = read_folder(YEARS / "data").disclosure.signers
    assert (old.until, new.since) == (date(2025, 12, 31), date(2025, 10, 1))


def test_a_folder_of_keys_is_refused(tmp_path: Path) -> None:
    (tmp_path / "allowed_signers").mkdir()
    findings = [str(finding) for finding in read_folder(tmp_path).findings]
    assert f"{tmp_path}/allowed_signers: это не файл. Уберите это из данных." in findings
