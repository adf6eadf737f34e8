from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from disclosure.keys import SigningError, private_files, sign
from gate.signature import check_signature
from tests.gate.releases import Key, make_key


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where temporary files are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return make_key(tmp_path)


def test_only_the_owner_may_read_a_key_and_it_is_gone_in_the_end(private: Path) -> None:
    with private_files(KEY="a\n", HOSTS="b\n") as files:
        assert {name: file.read_text() for name, file in files.items()} == {
            "KEY": "a\n",
            "HOSTS": "b\n",
        }
        for file in files.values():
            assert file.stat().st_mode & 0o777 == 0o600
            assert file.parent.stat().st_mode & 0o777 == 0o700
    assert not list(private.iterdir())


def test_a_key_is_gone_after_an_error(private: Path) -> None:
    with pytest.raises(ZeroDivisionError), private_files(KEY="a"):
        raise ZeroDivisionError
    assert not list(private.iterdir())


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_key_is_gone_after_a_run_was_cancelled(private: Path, sign: signal.Signals) -> None:
    program = (
        "import sys, tempfile, time\n"
        "from disclosure.keys import private_files\n"
        "tempfile.tempdir = sys.argv[1]\n"
        "with private_files(KEY='a'):\n"
        "    print('here', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(private)], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "here\n"
        assert list(private.iterdir())
        run.send_signal(sign)
        assert run.wait(30) == 128 + sign
    assert not list(private.iterdir())


def test_a_run_ends_by_signals_as_before(private: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with private_files(KEY="a"):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_thread_may_have_a_key_too(private: Path) -> None:
    def read() -> str:
        with private_files(KEY="a") as files:
            return files["KEY"].read_text(encoding="utf-8")

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(read).result() == "a\n"


@pytest.mark.parametrize(
    "spoil",
    [
        str,
        str.rstrip,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\n{text}\n\n",
    ],
    ids=["as it is", "last newline lost", "of Windows", "surrounded"],
)
def test_a_key_that_a_secret_has_spoiled_signs(
    tmp_path: Path, private: Path, key: Key, spoil: type[str]
) -> None:
    text = key.private.read_text(encoding="utf-8")
    with private_files(KEY=spoil(text)) as files:
        signature = sign(b"content", files["KEY"])
    assert signature == key.sign(b"content")
    signed, signers = tmp_path / "signature", tmp_path / "signers"
    signed.write_bytes(signature)
    signers.write_text(key.allowed, encoding="utf-8")
    check_signature(b"content", signed, signers)


def test_a_key_with_a_passphrase_is_not_asked_for(tmp_path: Path, private: Path) -> None:
    file = tmp_path / "closed"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(SigningError, match="закрыт паролем"):
        sign(b"content", file)


def test_a_key_that_others_may_read(key: Key, private: Path) -> None:
    key.private.chmod(0o644)
    with pytest.raises(SigningError, match="chmod 600"):
        sign(b"content", key.private)


@pytest.mark.parametrize("text", ["junk", "", "-----BEGIN OPENSSH PRIVATE KEY-----"])
def test_what_is_no_key(private: Path, text: str) -> None:
    with private_files(KEY=text) as files, pytest.raises(SigningError, match="не читается"):
        sign(b"content", files["KEY"])


def test_no_program_to_sign_with(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SigningError, match="Установите openssh-client"):
        sign(b"content", key.private)
