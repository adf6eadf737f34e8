from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gate.manifest import MANIFEST, Manifest, ManifestError, parse_manifest

EMPTY = hashlib.sha256(b"").hexdigest()
RELEASE = Manifest(
    count=7,
    commit="1" * 40,
    time=datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
    files={"файл 1.png": EMPTY, "about/index.html": EMPTY},
)
TEXT = f"""\
# A release of a disclosure site; check it by: sha256sum -c SHA256SUMS
# id: 00000007-20261122T090500Z
# commit: {"1" * 40}
{EMPTY}  about/index.html
{EMPTY}  файл 1.png
"""


def test_a_manifest_is_one_text() -> None:
    assert RELEASE.text() == TEXT
    assert parse_manifest(TEXT.encode()) == RELEASE


def test_a_later_release_sorts_after() -> None:
    rebuilt = replace(RELEASE, time=datetime(2026, 11, 23, tzinfo=UTC))
    committed = replace(RELEASE, count=10, time=datetime(2025, 1, 1, tzinfo=UTC))
    assert RELEASE.id < rebuilt.id < committed.id


def test_sha256sum_understands_it(tmp_path: Path) -> None:
    for path in RELEASE.files:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / MANIFEST).write_text(TEXT, encoding="utf-8")
    command = ["sha256sum", "--check", "--strict", MANIFEST]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "about/index.html").write_bytes(b"altered")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (TEXT, ""),
        ("# A release", "# Another"),
        ("20261122", "20261322"),
        ("00000007", "7"),
        ("1" * 40, "1" * 39),
        ("about/index.html", "/about/index.html"),
        ("about/index.html", "about//index.html"),
        ("about/index.html", "about/../../index.html"),
        ("about/index.html", "./about.html"),
        ("about/index.html", "about\\index.html"),
        ("about/index.html", "about\rindex.html"),
        ("about/index.html", "SHA256SUMS"),
        ("about/index.html", "SHA256SUMS.sig"),
        ("about/index.html", "SHA256SUMS.br"),
        ("about/index.html", "SHA256SUMS/index.html"),
        ("about/index.html", "about/\u202elmth.xedni"),
        ("about/index.html", "файл 1.png"),
        ("about/index.html", "я.html"),
        (EMPTY, EMPTY.upper()),
        (EMPTY, EMPTY[1:]),
        ("png\n", "png"),
        ("png\n", "png\n\n"),
    ],
)
def test_a_text_that_is_none(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(ManifestError):
        parse_manifest(TEXT.replace(was, becomes, 1).encode())


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(ManifestError):
        parse_manifest(TEXT.encode() + b"\xff")
