from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import tzset

import pytest

from disclosure.history import last_changes
from disclosure.site import read_site
from tests.samples import EXAMPLE

A, B = "a.yml", "suppliers/Омск энерго/b ё.yml"
ONE, TWO, THREE, FOUR = (date(2025, month, 1) for month in (1, 2, 3, 4))


class Repository:
    """A repository with a data folder, where each commit is made at noon of a day."""

    def __init__(self, root: Path, *init: str) -> None:
        self.root, self.data = root, root / "данные 1"
        self.data.mkdir(parents=True)
        self.git("init", "-q", "-b", "main", *init)

    def git(self, *arguments: str, time: str = "2025-01-01T12:00Z") -> None:
        environment = os.environ | {
            "GIT_COMMITTER_DATE": time,
            "GIT_AUTHOR_DATE": "2020-01-01T00:00Z",  # when it was written is not asked
        }
        name = ("-c", "user.name=Редактор", "-c", "user.email=editor@example.org")
        subprocess.run(["git", "-C", self.root, *name, *arguments], env=environment, check=True)

    def write(self, name: str, text: str) -> None:
        file = self.data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, day: date, *, time: str = "12:00Z") -> None:
        self.git("add", "--all")
        self.git("commit", "-q", "-m", "x", time=f"{day}T{time}")

    def changes(self) -> dict[str, date]:
        return last_changes(self.data)


@pytest.fixture(autouse=True)
def _no_settings_of_a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository of two files, the second of which was changed a month later."""
    return _repository(tmp_path / "repository")


def _repository(root: Path, *init: str) -> Repository:
    made = Repository(root, *init)
    made.write(A, "first")
    made.write(B, "first")
    made.commit(ONE)
    made.write(B, "second")
    made.commit(TWO)
    return made


# The day of a file -------------------------------------------------------------------------------


@pytest.mark.parametrize("names", ["sha1", "sha256"])
def test_a_file_has_the_day_of_the_commit_that_changed_it_last(names: str, tmp_path: Path) -> None:
    repository = _repository(tmp_path / "repository", f"--object-format={names}")
    assert repository.changes() == {A: ONE, B: TWO}


def test_files_go_by_their_path_below_the_folder(repository: Repository) -> None:
    assert last_changes(repository.root) == {f"данные 1/{A}": ONE, f"данные 1/{B}": TWO}
    assert last_changes((repository.data / B).parent) == {Path(B).name: TWO}


@pytest.fixture
def _in_omsk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "<+06>-6")
        tzset()
        yield
    tzset()


@pytest.mark.usefixtures("_in_omsk")
def test_a_day_is_that_of_utc(repository: Repository) -> None:
    repository.write(A, "after midnight in Omsk")
    repository.commit(THREE, time="02:00+06:00")
    assert repository.changes()[A] == date(2025, 2, 28)


def test_a_file_put_back_as_it_was_has_the_day_of_that(repository: Repository) -> None:
    repository.write(B, "first")
    repository.commit(THREE)
    assert repository.changes()[B] == THREE


def test_a_file_that_is_gone_has_no_day(repository: Repository) -> None:
    (repository.data / A).unlink()
    assert repository.changes() == {B: TWO}


@pytest.mark.parametrize("staged", [False, True])
def test_what_is_not_committed_has_no_day(staged: bool, repository: Repository) -> None:
    repository.write(A, "changed")
    repository.write("new.yml", "first")
    if staged:
        repository.git("add", "--all")
    assert repository.changes() == {B: TWO}
    repository.write(A, "first")
    assert repository.changes() == {A: ONE, B: TWO}


# Merges ------------------------------------------------------------------------------------------


@pytest.fixture
def parted(repository: Repository) -> Repository:
    """A repository whose first file has the third month's change, a branch the fourth's."""
    lines = [f"{number}\n" for number in range(20)]
    repository.write(A, "".join(lines))
    repository.commit(TWO)
    repository.git("switch", "-q", "-c", "branch")
    repository.write(A, "".join([*lines, "the branch"]))
    repository.write("branch.yml", "first")
    repository.commit(FOUR)
    repository.git("switch", "-q", "main")
    repository.write(A, "".join(["the main line", *lines]))
    repository.commit(THREE)
    return repository


def test_a_merge_changes_what_both_sides_had_changed(parted: Repository) -> None:
    parted.git("merge", "-q", "--no-edit", "branch", time="2025-05-01T12:00Z")
    assert parted.changes() == {A: date(2025, 5, 1), B: TWO, "branch.yml": FOUR}


def test_what_a_merge_took_from_one_side_has_the_day_of_that_side(parted: Repository) -> None:
    taken = ("merge", "-q", "--no-edit", "-X", "ours", "--no-commit", "branch")
    parted.git(*taken)
    parted.git("checkout", "-q", "main", "--", parted.data.name)
    parted.write("branch.yml", "first")
    parted.commit(date(2025, 5, 1))
    assert parted.changes() == {A: THREE, B: TWO, "branch.yml": FOUR}


# Where no day is known ---------------------------------------------------------------------------


@pytest.mark.parametrize(("depth", "known"), [(1, {}), (2, {A: THREE}), (3, {A: THREE, B: TWO})])
def test_the_last_commit_of_a_shallow_clone_dates_nothing(
    depth: int, known: dict[str, date], repository: Repository, tmp_path: Path
) -> None:
    repository.write(A, "third")
    repository.commit(THREE)
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", str(depth), repository.root.as_uri(), str(clone))
    assert last_changes(clone / repository.data.name) == known


def test_without_a_repository_no_day_is_known(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    assert repository.changes() == {}
    assert last_changes(repository.data / "nowhere") == {}


def test_before_the_first_commit_no_day_is_known(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.write(A, "first")
    assert repository.changes() == {}


def test_without_git_no_day_is_known(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(repository.data))
    assert repository.changes() == {}


def test_a_repository_that_git_does_not_trust_dates_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert repository.changes() == {}


# What must not matter ----------------------------------------------------------------------------

SIGNER = """#!/bin/sh
case "$*" in
*--verify*) echo 'gpg: Good signature' >&2; echo '[GNUPG:] GOODSIG 1 x' ;;
*) cat >/dev/null; printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'
   echo '[GNUPG:] SIG_CREATED ' >&2 ;;
esac
"""

SETTINGS = {
    "color.ui": "always",
    "commit.gpgSign": "true",
    "core.abbrev": "4",
    "diff.relative": "true",
    "diff.renames": "copies",
    "log.diffMerges": "first-parent",
    "log.follow": "true",
    "log.showRoot": "false",
    "log.showSignature": "true",
}


def test_settings_of_a_user_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signer, settings = tmp_path / "signer", tmp_path / "settings"
    signer.write_text(SIGNER)
    signer.chmod(0o755)
    for name, value in {**SETTINGS, "gpg.program": str(signer)}.items():
        subprocess.run(["git", "config", "--file", settings, name, value], check=True)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    repository = Repository(tmp_path / "repository")
    named_like_the_folder = f"{repository.data.name}/c.yml"
    repository.write(named_like_the_folder, "first")
    repository.write(A, "other")
    repository.commit(ONE)
    repository.git("mv", f"{repository.data.name}/{A}", f"{repository.data.name}/renamed.yml")
    repository.commit(TWO)
    assert repository.changes() == {named_like_the_folder: ONE, "renamed.yml": TWO}


def test_a_hook_of_another_repository_changes_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert repository.changes() == {A: ONE, B: TWO}


# The documents -----------------------------------------------------------------------------------


def test_a_document_is_dated_by_its_own_file(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    shutil.copytree(EXAMPLE, repository.data, dirs_exist_ok=True)
    repository.commit(ONE)
    report = repository.data / "suppliers/primer/reports/2024.yml"
    with report.open("a", encoding="utf-8") as file:
        file.write("\n")
    repository.commit(TWO)
    channels = repository.data / "channels.yml"
    channels.write_text(channels.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    repository.commit(THREE)
    dated = {view.place.path: view.dated for view in read_site(repository.data).documents}
    assert dated == {"programmes/2024/": ONE, "programmes/2025/": ONE, "reports/2024/": TWO}
