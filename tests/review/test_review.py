from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from disclosure.cli import main
from disclosure.commands import review as command
from disclosure.folder import read_folder
from disclosure.review import Base, review
from disclosure.review.lines import markdown, plain
from disclosure.review.reporters import CODE_QUALITY
from disclosure.review.summary import summary
from disclosure.rules import check
from tests.building import REPOSITORY
from tests.review.conftest import Desk

AMENDED = "suppliers/nebyval/programmes/2025-2026.yml"
NO_BASE = "Сравнить не с чем: нет прежней версии данных в истории git."


def wrong(desk: Desk) -> None:
    desk.edit(AMENDED, "31.03.2026", "31.06.2026")


# Where it is written -----------------------------------------------------------------------------


def test_the_forge_is_told_and_the_summary_is_added_to_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong(desk)
    step = desk.root / "step.md"
    step.write_text("# Прежде\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(desk.root))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step))
    status, said, text = desk.review()
    assert status == 1
    assert step.read_text(encoding="utf-8") == f"# Прежде\n{text}"
    lines = said.splitlines()
    assert lines[1] == (
        f"::error file=данные 1/{AMENDED},line=19,col=21,title=Ошибка в данных::срок «31.06.2026»:"
        " в июне нет 31-го числа. Исправьте дату или добавьте пояснение в поле «waiver»."
    )
    assert [line.split()[0] for line in lines[:4]] == ["::error"] * 2 + ["::warning"] * 2
    assert lines[4].startswith("::stop-commands::")
    assert lines[-1] == f"::{lines[4].removeprefix('::stop-commands::')}::"


def test_more_findings_than_github_shows_are_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = "".join(f"поле{n}: 1\n" for n in range(15))
    desk.edit(AMENDED, "plan:", f"{fields}plan:")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _, said, text = desk.review()
    assert sum(line.startswith("::error ") for line in said.splitlines()) == 10
    told = "Рядом со строками файлов видны только 12 замечаний из 17, остальные здесь."
    assert told in text
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert told not in desk.review()[2]


def test_gitlab_has_its_report(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong(desk)
    monkeypatch.setenv("GITLAB_CI", "true")
    assert desk.review()[0] == 1
    first, *_ = json.loads((desk.out / CODE_QUALITY).read_bytes())
    assert first["location"] == {"path": f"данные 1/{AMENDED}", "lines": {"begin": 19}}


def test_another_folder_may_be_named(desk: Desk) -> None:
    assert main(["review", desk.data.name, "--out", "a/b"]) == 0
    assert [file.name for file in (desk.root / "a" / "b").iterdir()] == ["summary.md"]


def test_a_summary_is_no_larger_than_a_forge_takes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_LARGEST", 300)
    text = desk.review()[2]
    assert len(text.encode()) < 400
    assert text.startswith("# Можно публиковать")
    assert text.endswith("\n\nЗдесь поместилось не всё.\n")


def test_many_findings_are_told_up_to_a_number(desk: Desk) -> None:
    fields = "".join(f"поле{n}: 1\n" for n in range(250))
    desk.edit(AMENDED, "plan:", f"{fields}plan:")
    _, said, text = desk.review()
    assert text.count("неизвестное поле") == 200
    assert "И ещё 52: их покажет make check." in text
    assert said.count("неизвестное поле") == 250


def test_files_with_errors_come_first(desk: Desk) -> None:
    desk.edit("suppliers/vymysel/supplier.yml", "brand:", "brend:")
    told = re.findall(r"^<code>(.*)</code>$", desk.review()[2], re.MULTILINE)
    assert told == ["suppliers/vymysel/supplier.yml", "suppliers/vymysel/reports/2025.yml"]


# What it is held against -------------------------------------------------------------------------


@pytest.mark.parametrize("published", [None, ""])
def test_without_a_base_the_data_are_checked(published: str | None, desk: Desk) -> None:
    status, said, text = desk.review(published)
    assert (status, NO_BASE in text, NO_BASE in " ".join(said.split())) == (0, True, True)
    wrong(desk)
    assert desk.review(published)[0] == 1


def test_a_base_that_is_unknown_is_wrong_use(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", desk.data.name, "--published", "v1"]) == 2
    assert capsys.readouterr().err.startswith("v1: нет ни такой ревизии в git")
    assert not desk.out.exists()


def test_a_shallow_clone_knows_only_what_it_has(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edit(AMENDED, "31.03.2026", "30.06.2026")
    desk.git("commit", "-q", "-a", "-m", "x")
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{desk.root}", shallow], check=True
    )
    monkeypatch.chdir(shallow)
    assert main(["review", desk.data.name, "--published", "HEAD^"]) == 2
    assert main(["review", desk.data.name, "--published", "HEAD"]) == 0
    text = (shallow / "review" / "summary.md").read_text(encoding="utf-8")
    assert "Для читателей ничего не изменится" in text


def test_a_register_is_no_base_for_pages(desk: Desk) -> None:
    (desk.root / "editions.json").write_text('{"documents": []}', encoding="utf-8")
    status, _, text = desk.review("editions.json")
    assert (status, NO_BASE in text) == (0, True)


def test_data_may_lie_in_another_repository(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edit(AMENDED, "31.03.2026", "30.06.2026")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert main(["review", str(desk.data), "--published", "HEAD"]) == 1
    text = Path("review/summary.md").read_text(encoding="utf-8")
    assert "31.03.2026 → 30.06.2026" in text
    assert f"<code>{AMENDED}</code>" in text


def test_a_commit_is_named_by_its_beginning(desk: Desk) -> None:
    asked = ["git", "-C", str(desk.root), "rev-parse", "HEAD"]
    name = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    assert f"<code>{name[:10]}</code>" in desk.review(name)[2]


def test_one_supplier_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edit(AMENDED, "28.10.2024", "29.10.2024")
    monkeypatch.setenv("SUPPLIER", "nebyval")
    assert "/programmes/2025-2026/</code>" in desk.review()[2]
    monkeypatch.setenv("SUPPLIER", "vymysel")
    text = desk.review()[2]
    assert "Для читателей ничего не изменится" in text
    assert "прочитаны не полностью" not in text


# Nothing stops it --------------------------------------------------------------------------------

CASES = REPOSITORY / "tests" / "cases"


def base(root: Path) -> Base:
    files = (file for file in root.rglob("*") if file.is_file())
    return Base("main", {f.relative_to(root).as_posix(): f.read_bytes() for f in files}, {})


@pytest.mark.parametrize("name", sorted(case.name for case in (CASES / "bad").iterdir()))
def test_any_mistake_is_told_whenever_it_was_made(name: str, tmp_path: Path) -> None:
    good, bad = CASES / "good" / "data", tmp_path / "data"
    for case in (good, CASES / "bad" / name / "data"):
        shutil.copytree(case, bad, dirs_exist_ok=True)
    for now, before in ((bad, good), (good, bad)):
        folder = read_folder(now)
        lines = summary(review(check(folder), folder, tmp_path / "no", base(before)), now)
        assert markdown(lines).startswith(("# Публиковать нельзя", "# Можно публиковать"))
        assert plain(lines)


def test_a_path_that_leads_out_is_left_alone(desk: Desk) -> None:
    base = Base(
        "main",
        {"../beside.yml": b"", str(desk.root.parent / "b.yml"): b"", "a/../../b.yml": b""},
        None,
    )
    folder = read_folder(desk.data)
    assert review([], folder, desk.root / "content", base).altered
    assert not list(desk.root.parent.rglob("b*.yml"))
