from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from disclosure.finding import Finding, Place, Severity
from disclosure.review.reporters import CODE_QUALITY, by_importance, guarded, report

WARNING = Severity.WARNING


def github(checkout: Path) -> dict[str, str]:
    return {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(checkout)}


def gitlab(checkout: Path) -> dict[str, str]:
    return {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(checkout)}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout, in which is worked."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# GitHub ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (
            Finding("data/a.yml", 3, 5, "нет поля. Добавьте его."),
            "::error file=data/a.yml,line=3,col=5,title=Ошибка в данных::нет поля. Добавьте его.",
        ),
        (
            Finding("data/a.yml", 3, 5, "поздно.", WARNING),
            "::warning file=data/a.yml,line=3,col=5,title=Предупреждение::поздно.",
        ),
        (
            Finding("data/a.yml", 0, 0, "файл пуст."),
            "::error file=data/a.yml,title=Ошибка в данных::файл пуст.",
        ),
        (
            Finding("data/a, b: 100%\n.yml", 1, 2, "100%\r\nстрока: вторая, третья ::"),
            "::error file=data/a%2C b%3A 100%25%0A.yml,line=1,col=2,title=Ошибка в данных"
            "::100%25%0D%0Aстрока: вторая, третья ::",
        ),
        (
            Finding("a.yml", 1, 2, "не так.", beside=(Place("b.yml", 4, 1, "программа"),)),
            "::error file=a.yml,line=1,col=2,title=Ошибка в данных::не так. (программа: b.yml:4:1)",
        ),
        (
            Finding("/elsewhere/a.yml", 1, 2, "не так."),
            "::error title=Ошибка в данных::/elsewhere/a.yml:1:2: не так.",
        ),
        (
            Finding("SITE_URL", 0, 0, "не адрес."),
            "::error file=SITE_URL,title=Ошибка в данных::не адрес.",
        ),
    ],
)
def test_an_annotation(finding: Finding, line: str, checkout: Path) -> None:
    assert report([finding], github(checkout)).lines == (line,)


def test_a_file_is_named_from_the_checkout_wherever_the_work_is_done(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "система").mkdir()
    monkeypatch.chdir(checkout / "система")
    (line,) = report([Finding("../data/a.yml", 1, 1, "x")], github(checkout)).lines
    assert line.startswith("::error file=data/a.yml,line=1")


def test_a_link_is_named_and_not_what_it_leads_to(checkout: Path) -> None:
    (checkout / "a.yml").symlink_to("/etc/hosts")
    (line,) = report([Finding("a.yml", 0, 0, "ссылка.")], github(checkout)).lines
    assert line.startswith("::error file=a.yml,")


def test_github_shows_ten_of_a_kind(checkout: Path) -> None:
    found = [Finding("a.yml", n, 1, str(n), WARNING) for n in range(1, 13)]
    found += [Finding("b.yml", n, 1, str(n)) for n in range(1, 15)]
    told = report(found, github(checkout))
    assert [line.split()[0] for line in told.lines] == ["::error"] * 10 + ["::warning"] * 10
    assert told.left_out == 6
    assert report(found[:10], github(checkout)).left_out == 0


def test_errors_come_first_and_of_each_file_its_first() -> None:
    many = [Finding("a.yml", n, 1, "x") for n in (2, 1, 3)]
    late, other = Finding("a.yml", 1, 1, "w", WARNING), Finding("b.yml", 9, 1, "x")
    ordered = by_importance([late, *many, other])
    assert [(f.path, f.line, f.severity) for f in ordered] == [
        ("a.yml", 1, Severity.ERROR),
        ("b.yml", 9, Severity.ERROR),
        ("a.yml", 2, Severity.ERROR),
        ("a.yml", 3, Severity.ERROR),
        ("a.yml", 1, Severity.WARNING),
    ]


def test_what_is_printed_cannot_command_github(checkout: Path) -> None:
    first, *text, last, end = guarded("::add-mask::a\n", github(checkout)).split("\n")
    stop, word = first.rsplit("::", 1)
    assert (stop, text, last, end) == ("::stop-commands", ["::add-mask::a", ""], f"::{word}::", "")
    assert len(word) >= 32
    assert guarded("", github(checkout)) != guarded("", github(checkout))
    assert guarded("::add-mask::a\n", {}) == "::add-mask::a\n"


# GitLab ------------------------------------------------------------------------------------------


def entries(found: list[Finding], checkout: Path) -> list[dict[str, Any]]:
    told = report(found, gitlab(checkout))
    assert told.lines == ()
    read: list[dict[str, Any]] = json.loads(told.files[CODE_QUALITY])
    return read


def test_a_code_quality_report(checkout: Path) -> None:
    found = [Finding("data/a.yml", 3, 5, "нет."), Finding("data/a.yml", 0, 0, "так.", WARNING)]
    wrong, late = entries(found, checkout)
    assert len({wrong.pop("fingerprint"), late.pop("fingerprint")}) == 2
    assert wrong == {
        "description": "нет.",
        "check_name": "disclosure",
        "severity": "critical",
        "location": {"path": "data/a.yml", "lines": {"begin": 3}},
    }
    assert late == {
        "description": "так.",
        "check_name": "disclosure",
        "severity": "minor",
        "location": {"path": "data/a.yml", "lines": {"begin": 1}},
    }


def test_a_fingerprint_outlives_a_move_and_tells_twins_apart(checkout: Path) -> None:
    (before,) = entries([Finding("a.yml", 3, 5, "нет.")], checkout)
    first, second = entries([Finding("a.yml", n, 5, "нет.") for n in (8, 9)], checkout)
    assert before["fingerprint"] == first["fingerprint"] != second["fingerprint"]


def test_nothing_wrong_is_a_report_without_entries(checkout: Path) -> None:
    assert entries([], checkout) == []


def test_without_a_forge_nobody_is_told(checkout: Path) -> None:
    told = report([Finding("a.yml", 3, 5, "нет.")], {"GITHUB_ACTIONS": "false"})
    assert (told.lines, told.files, told.left_out) == ((), {}, 0)
