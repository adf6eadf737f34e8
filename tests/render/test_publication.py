"""The page «О публикации», and its commands as a reader copies them, tried on a small release."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from disclosure.keys import sign
from disclosure.model import Signer
from disclosure.render.page import publication_page
from disclosure.signers import read_signers
from disclosure.views.publication import PublicationView, Revision
from gate.manifest import MANIFEST, SIGNATURE, Manifest
from tests import samples
from tests.hosting import hosting

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TIME = datetime(2026, 11, 22, 0, 5, tzinfo=UTC)
DOCUMENT = samples.view("programmes/2024")
VIEW = PublicationView(
    Revision(COMMIT, TIME, clean=True),
    TIME,
    "7f83b165" * 8,
    (("АО «Пример»", (replace(DOCUMENT, changed=TIME), samples.view("reports/2024"))),),
    (),
    None,
    demo=False,
)


def page(view: PublicationView) -> BeautifulSoup:
    return BeautifulSoup(publication_page(view), "lxml")


def told(view: PublicationView) -> str:
    """All words of a page, with all spaces alike."""
    return " ".join(page(view).get_text(" ").split())


def commands(view: PublicationView) -> list[str]:
    return [each.get_text() for each in page(view).select("pre")]


# What it tells -------------------------------------------------------------------------------


def test_a_commit_is_told_short_and_whole_and_when_it_was_made() -> None:
    said = told(VIEW)
    assert f"{COMMIT[:12]} {COMMIT}" in said
    assert said.count("22.11.2026, 03:05 (московское время)") == 3
    times = {str(time["datetime"]) for time in page(VIEW).select("time")}
    assert "2026-11-22T00:05:00+00:00" in times


def test_each_document_has_its_days_and_its_whole_checksum() -> None:
    programme, report = (row.get_text(" ").split() for row in page(VIEW).select("tbody tr"))
    assert DOCUMENT.checksum == programme[-1]
    assert DOCUMENT.checksum[:16] == "".join(programme[-5:-1])
    assert "неизвестно" in report


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        (None, "Версия сайта не записана."),
        (Revision(COMMIT, TIME, clean=False), "Это пробная сборка."),
    ],
)
def test_what_is_of_no_commit_says_so_and_offers_no_release(
    revision: Revision | None, said: str
) -> None:
    view = replace(VIEW, revision=revision)
    assert said in told(view)
    assert said not in told(VIEW)
    assert MANIFEST in told(VIEW)
    assert MANIFEST not in told(view)
    assert [link for link in page(view).select("a") if MANIFEST in str(link["href"])] == []


def test_without_keys_no_signature_is_spoken_of_as_if_there_were_one() -> None:
    assert "Ключи подписи для этого сайта не названы." in told(VIEW)
    assert SIGNATURE not in told(VIEW)
    assert "ssh-keygen" not in told(VIEW)


def test_without_an_address_readers_are_told_to_put_theirs() -> None:
    assert told(VIEW).count("Вместо https://example.org/ подставьте адрес этого сайта.") == 2
    assert "example.org" not in told(replace(VIEW, address="https://primer.example/"))


# What it has readers do ----------------------------------------------------------------------


@dataclass(frozen=True)
class Release:
    """A small published site, the view of its page, and a reader's empty folder."""

    site: Path
    view: PublicationView
    folder: Path

    def run(self, which: slice) -> subprocess.CompletedProcess[str]:
        """Run some of the commands of the page, as they stand there, from the first one on."""
        script = "\n".join(commands(self.view)[which])
        return subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )


FILES: Mapping[str, bytes] = {
    "index.html": b"<p>",
    "editions.json": b"{}\n",
    "programmes/2024/index.html": "Программа".encode(),
    "images/Очередь 1.png": b"\x89",
}
REGISTER = hashlib.sha256(FILES["editions.json"]).hexdigest()
DOCUMENTS, DOWNLOAD, SIGNED, ALL = slice(1, 2), slice(3, 4), slice(3, 5), slice(3, 6)
"""Which commands are those of a part of the page: what comes before is needed too."""


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("key") / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    return file


@pytest.fixture
def release(tmp_path: Path, key: Path) -> Iterator[Release]:
    """A release below the address of its host, signed by one of two keys that the page names."""
    site, folder = tmp_path / "web" / "kachestvo", tmp_path / "reader"
    folder.mkdir()
    for path, content in FILES.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in FILES.items()}
    (site / MANIFEST).write_text(Manifest(7, COMMIT, TIME, sums).text(), encoding="utf-8")
    (site / SIGNATURE).write_bytes(sign((site / MANIFEST).read_bytes(), key))
    with hosting(site, "/kachestvo/") as host:
        view = replace(VIEW, signers=_signers(key), address=host.address, register=REGISTER)
        yield Release(site, view, folder)


def _signers(key: Path) -> tuple[Signer, ...]:
    public = key.with_suffix(".pub").read_text(encoding="utf-8").strip()
    kind, *_ = public.split()
    other = "AAAAC3NzaC1lZDI1NTE5AAAAIFo5zLhk5p+qEeL2Rs1GAkIR5ktnYI6qnhr2ub+iqeJT"
    lines = f'disclosure {kind} {other}\ndisclosure namespaces="disclosure" {public}\n'
    signers, findings = read_signers(lines.encode(), "allowed_signers")
    assert findings == []
    return signers


def test_the_sum_of_all_documents_is_what_the_page_says(release: Release) -> None:
    done = release.run(DOCUMENTS)
    assert done.stdout.split()[0] == REGISTER == commands(release.view)[2], done.stderr


def test_the_signature_of_a_release_is_good(release: Release) -> None:
    done = release.run(SIGNED)
    assert done.stdout.startswith('Good "disclosure" signature'), done.stderr
    assert done.stdout.split()[-1] == release.view.signers[1].fingerprint


def test_the_signature_of_another_manifest_is_not(release: Release) -> None:
    with (release.site / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"{'0' * 64}  lie.html\n")
    done = release.run(SIGNED)
    assert done.returncode != 0
    assert "Good" not in done.stdout


def test_each_file_is_got_and_is_as_the_manifest_has_it(release: Release) -> None:
    done = release.run(ALL)
    assert done.stdout.splitlines()[-1] == "Совпало", done.stderr
    assert {path: (release.folder / path).read_bytes() for path in FILES} == FILES


def test_without_keys_the_files_are_compared_all_the_same(release: Release) -> None:
    unsigned = replace(release, view=replace(release.view, signers=()))
    done = unsigned.run(slice(3, 5))
    assert (done.stdout, done.returncode) == ("Совпало\n", 0), done.stderr


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_was_altered_is_named(path: str, release: Release) -> None:
    with (release.site / path).open("ab") as file:
        file.write(b"!")
    done = release.run(ALL)
    assert "Совпало" not in done.stdout
    assert done.returncode != 0
    shown = path if path.isascii() else path.rpartition(" ")[2]
    assert any(shown in line for line in done.stdout.splitlines()), done.stdout


def test_a_file_that_is_gone_is_missed(release: Release) -> None:
    shutil.rmtree(release.site / "programmes")
    done = release.run(ALL)
    assert "Совпало" not in done.stdout
    assert done.returncode != 0
