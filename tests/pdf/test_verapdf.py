"""Every PDF keeps each rule of PDF/UA-1 and PDF/A-3a that a machine can check."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.building import Checkout
from tests.pdf.cases import CASES
from tests.pdf.conftest import PRINTS, Print
from tests.pdf.verapdf import failures, missing


@pytest.fixture(scope="module")
def verapdf() -> Callable[..., list[str]]:
    """The check, where it can run; CI is such a place."""
    demand(missing())
    return failures


def demand(lacking: list[str]) -> None:
    """End the test if anything is lacking: by a skip, which is a failure in CI."""
    if lacking:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end(f"No PDF was judged by veraPDF, for want of {', '.join(lacking)}: run .ci/setup test")


def test_each_pdf_of_the_sites_keeps_the_rules(
    portal: Checkout, example: Checkout, verapdf: Callable[..., list[str]]
) -> None:
    files = [file for site in (portal.site, example.site) for file in sorted(site.rglob("*.pdf"))]
    assert len(files) > 8
    found = verapdf(files)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("longest", [True, False], ids=["the longest", "the others"])
def test_each_hard_case_keeps_the_rules(
    longest: bool, printed: Callable[[str, str], Print], verapdf: Callable[..., list[str]]
) -> None:
    """The longest takes as long as all others, so another worker may judge it."""
    cases = [(name, edition) for name, edition in PRINTS if name in CASES]
    chosen = [case for case in cases if (case[0] == "400-pages") is longest]
    found = verapdf([printed(*case).file for case in chosen])
    assert not found, "\n".join(found)


# It can fail -----------------------------------------------------------------------------------


def _nothing(document: pikepdf.Pdf) -> None:
    pass


def _no_claim(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["pdfuaid:part"]


def _no_title_shown(document: pikepdf.Pdf) -> None:
    del document.Root.ViewerPreferences


def _no_mark(document: pikepdf.Pdf) -> None:
    del document.Root.MarkInfo


def _unknown_tag(document: pikepdf.Pdf) -> None:
    next(found for found in document.objects if _is_paragraph(found)).S = pikepdf.Name.Nonsense


def _is_paragraph(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/P"


FAULTS: dict[Callable[[pikepdf.Pdf], None], set[str]] = {
    _no_claim: {"ua1 5-1"},
    _no_title_shown: {"ua1 7.1-10"},
    _no_mark: {"ua1 6.2-1", "3a 6.7.2.2-1"},
    _unknown_tag: {"ua1 7.1-5", "3a 6.7.3.4-1"},
}


def test_each_planted_fault_is_named(
    example: Checkout, tmp_path: Path, verapdf: Callable[..., list[str]]
) -> None:
    file = min(example.site.rglob("*.pdf"))
    found = verapdf([_spoilt(file, tmp_path, spoil) for spoil in (_nothing, *FAULTS)])
    broken = {spoil: _rules(found, spoil) - _rules(found, _nothing) for spoil in FAULTS}
    assert broken == FAULTS


def _spoilt(file: Path, folder: Path, spoil: Callable[[pikepdf.Pdf], None]) -> Path:
    spoilt = folder / f"{spoil.__name__}.pdf"
    with pikepdf.open(file) as document:
        spoil(document)
        document.save(spoilt)
    return spoilt


def _rules(found: list[str], spoil: Callable[[pikepdf.Pdf], None]) -> set[str]:
    """Return which rules a spoilt file was found to break."""
    lines = (line.split(f"/{spoil.__name__}.pdf: ") for line in found)
    return {line[1].split(" ×")[0] for line in lines if len(line) == 2}


def test_a_file_that_is_no_pdf_cannot_be_judged(
    tmp_path: Path, verapdf: Callable[..., list[str]]
) -> None:
    file = tmp_path / "document.pdf"
    file.write_text("%PDF-1.7 и больше ничего", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"document\.pdf: veraPDF cannot judge it"):
        verapdf([file])


@pytest.mark.parametrize(
    ("ci", "end"),
    [("", pytest.skip.Exception), ("true", pytest.fail.Exception)],
    ids=["at hand", "in CI"],
)
def test_without_java_tests_are_skipped_but_fail_in_ci(
    ci: str, end: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(
        (pytest.skip.Exception, pytest.fail.Exception), match="for want of java"
    ) as ended:
        demand(missing())
    assert ended.type is end
