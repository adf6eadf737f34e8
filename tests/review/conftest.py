"""A repository with the data of tests/years, as an editor works in it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from disclosure.cli import main
from tests.building import YEARS, YEARS_BUILT
from tests.repository import Repository

PUBLISHED = date(2025, 11, 19)
ABOUT = "# О сайте\n\nЗдесь программы и отчёты.\n"


class Desk(Repository):
    """What an editor has: data and pages that are published, and the command."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        super().__init__(root)
        self.capsys = capsys
        self.out = root / "review"

    def publish(self) -> None:
        shutil.copytree(YEARS / "data", self.data, dirs_exist_ok=True)
        (self.root / "content").mkdir()
        (self.root / "content" / "about.md").write_text(ABOUT, encoding="utf-8")
        self.commit(PUBLISHED)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.data / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def review(self, published: str | None = "HEAD") -> tuple[int, str, str]:
        """Return the exit code, what is printed, and the summary."""
        named = ["--published", published] if published is not None else []
        self.capsys.readouterr()
        status = main(["review", self.data.name, *named])
        said = self.capsys.readouterr().out
        return status, said, (self.out / "summary.md").read_text(encoding="utf-8")


@pytest.fixture
def desk(
    tmp_path: Path,
    plain_git: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """The repository, in which is worked on the day that tests/years tell of."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", YEARS_BUILT["SOURCE_DATE_EPOCH"])
    made = Desk(tmp_path / "repository", capsys)
    made.publish()
    monkeypatch.chdir(made.root)
    return made
