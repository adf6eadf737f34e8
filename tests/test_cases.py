"""Golden cases: what `disclosure check` says about each folder of tests/cases.

cases/good is a whole data folder without findings. A case holds only the files that differ: it is
laid over the good one. cases/bad/<case>/expected.txt is what is printed then; renew these files
with `UPDATE_GOLDEN=1 pytest tests/test_cases.py` and read the difference. cases/waived are the
defects of cases/bad with a waiver: nothing is to be found.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from disclosure.cli import main

CASES = Path(__file__).parent / "cases"
FINE = "Данные в порядке.\n"


@pytest.fixture
def checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Checked:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763700000")  # 21.11.2025
    return Checked(capsys)


class Checked:
    """Runs `disclosure check` on folders laid one over the other in the working folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *cases: Path) -> tuple[int, str]:
        for case in cases:
            shutil.copytree(
                case / "data", "data", dirs_exist_ok=True, copy_function=shutil.copyfile
            )
        return main(["check"]), self.capsys.readouterr().out


def names(folder: str) -> list[str]:
    return sorted(case.name for case in (CASES / folder).iterdir())


@pytest.mark.parametrize("name", names("bad"))
def test_bad(name: str, checked: Checked) -> None:
    case = CASES / "bad" / name
    status, output = checked(CASES / "good", case)
    if os.environ.get("UPDATE_GOLDEN"):
        (case / "expected.txt").write_text(output, encoding="utf-8")
    assert output == (case / "expected.txt").read_text(encoding="utf-8")
    assert status == (0 if "Найдено: 0 ошибок" in output else 1)


@pytest.mark.parametrize("name", names("waived"))
def test_waived(name: str, checked: Checked) -> None:
    assert checked(CASES / "good", CASES / "waived" / name) == (0, FINE)


def test_good(checked: Checked) -> None:
    assert checked(CASES / "good") == (0, FINE)


def test_every_defect_of_the_documents_can_be_waived() -> None:
    assert [name for name in names("bad") if name.startswith("defect-")] == names("waived")


def test_the_line_the_editors_are_promised() -> None:
    said = (CASES / "bad" / "defect-deadline" / "expected.txt").read_text(encoding="utf-8")
    assert said.splitlines()[0] == (
        "data/suppliers/primer/programmes/2024.yml:12:29: срок «31.09.2024»: в сентябре нет 31-го"
        " числа. Исправьте дату или добавьте пояснение в поле «waiver»."
    )
