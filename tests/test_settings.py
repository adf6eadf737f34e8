from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.cli import main
from disclosure.finding import DataError
from disclosure.settings import site_address
from disclosure.site import read_site
from tests.samples import EXAMPLE


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("", None),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/kachestvo/", "https://example.org/kachestvo/"),
        ("https://example.org/kachestvo//", "https://example.org/kachestvo/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("HTTPS://сбыт.рф/качество", "HTTPS://сбыт.рф/качество/"),
        ("https://example.org/~a/b%20c", "https://example.org/~a/b%20c/"),
    ],
)
def test_address(said: str, address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", said)
    assert site_address() == address


def test_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    assert site_address() is None


@pytest.mark.parametrize(
    "said",
    [
        *("example.org", "/kachestvo/", "ftp://example.org", "https:example.org", "https://"),
        *("https:///kachestvo/", "https://example.org:port/", "https://me@example.org/", "["),
        *(" ", " https://example.org", "https://exa mple.org/", "https://example.org/a b"),
        *("https://example.org/?a", "https://example.org/#a", 'https://example.org/">'),
        *("https://example.org/\n", "https://example.org/\x01"),
    ],
)
def test_wrong_address(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", said)
    with pytest.raises(DataError) as error:
        site_address()
    assert str(error.value) == (
        f"SITE_URL: «{said}» — не адрес сайта. Запишите его целиком: https://example.org/."
    )


def test_a_wrong_address_is_told_by_the_command(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SITE_URL", "example.org")
    monkeypatch.setenv("DISCLOSURE_DATA", str(EXAMPLE))
    assert main(["write", str(tmp_path)]) == 1
    assert "SITE_URL: «example.org» — не адрес сайта." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_document_knows_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {view.address for view in read_site(EXAMPLE).documents} == {None}
    monkeypatch.setenv("SITE_URL", "https://example.org/kachestvo")
    assert [view.address for view in read_site(EXAMPLE).documents] == [
        "https://example.org/kachestvo/programmes/2024/",
        "https://example.org/kachestvo/programmes/2025/",
        "https://example.org/kachestvo/reports/2024/",
    ]
