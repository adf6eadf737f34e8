from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import tzset

import pytest

from disclosure.history import earlier_texts, files_at, head, last_changes
from disclosure.site import read_site
from tests.repository import Repository
from tests.samples import EXAMPLE

A, B = "a.yml", "suppliers/Омск энерго/b ё.yml"
ONE, TWO, THREE, FOUR = (date(2025, month, 1) for month in (1, 2, 3, 4))


pytestmark = pytest.mark.usefixtures("plain_git")


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
    assert last_changes(repository.data) == {
        A: datetime(2025, 1, 1, 12, tzinfo=UTC),
        B: datetime(2025, 2, 1, 12, tzinfo=UTC),
    }


def test_files_go_by_their_path_below_the_folder(repository: Repository) -> None:
    assert last_days(repository.root) == {f"данные 1/{A}": ONE, f"данные 1/{B}": TWO}
    assert last_days((repository.data / B).parent) == {Path(B).name: TWO}


def last_days(root: Path) -> dict[str, date]:
    return {path: time.date() for path, time in last_changes(root).items()}


@pytest.fixture
def _in_omsk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "<+06>-6")
        tzset()
        yield
    tzset()


@pytest.mark.usefixtures("_in_omsk")
def test_a_time_is_that_of_utc(repository: Repository) -> None:
    repository.write(A, "after midnight in Omsk")
    repository.commit(THREE, time="02:00+06:00")
    assert last_changes(repository.data)[A] == datetime(2025, 2, 28, 20, tzinfo=UTC)


def test_a_file_put_back_as_it_was_has_the_day_of_that(repository: Repository) -> None:
    repository.write(B, "first")
    repository.commit(THREE)
    assert last_days(repository.data)[B] == THREE


def test_a_file_that_is_gone_has_no_day(repository: Repository) -> None:
    (repository.data / A).unlink()
    assert last_days(repository.data) == {B: TWO}


@pytest.mark.parametrize("staged", [False, True])
def test_what_is_not_committed_has_no_day(staged: bool, repository: Repository) -> None:
    repository.write(A, "changed")
    repository.write("new.yml", "first")
    if staged:
        repository.git("add", "--all")
    assert last_days(repository.data) == {B: TWO}
    repository.write(A, "first")
    assert last_days(repository.data) == {A: ONE, B: TWO}


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
    assert last_days(parted.data) == {A: date(2025, 5, 1), B: TWO, "branch.yml": FOUR}


def test_what_a_merge_took_from_one_side_has_the_day_of_that_side(parted: Repository) -> None:
    taken = ("merge", "-q", "--no-edit", "-X", "ours", "--no-commit", "branch")
    parted.git(*taken)
    parted.git("checkout", "-q", "main", "--", parted.data.name)
    parted.write("branch.yml", "first")
    parted.commit(date(2025, 5, 1))
    assert last_days(parted.data) == {A: THREE, B: TWO, "branch.yml": FOUR}


# Where no day is known ---------------------------------------------------------------------------


@pytest.mark.parametrize(("depth", "known"), [(1, {}), (2, {A: THREE}), (3, {A: THREE, B: TWO})])
def test_the_last_commit_of_a_shallow_clone_dates_nothing(
    depth: int, known: dict[str, date], repository: Repository, tmp_path: Path
) -> None:
    repository.write(A, "third")
    repository.commit(THREE)
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", str(depth), repository.root.as_uri(), str(clone))
    assert last_days(clone / repository.data.name) == known


def test_without_a_repository_no_day_is_known(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    assert last_days(repository.data) == {}
    assert last_days(repository.data / "nowhere") == {}


def test_before_the_first_commit_no_day_is_known(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.write(A, "first")
    assert last_days(repository.data) == {}


def test_without_git_no_day_is_known(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(repository.data))
    assert last_days(repository.data) == {}


def test_a_repository_that_git_does_not_trust_dates_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert last_days(repository.data) == {}


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
    assert last_days(repository.data) == {named_like_the_folder: ONE, "renamed.yml": TWO}
    assert earlier_texts(repository.data, [A, "renamed.yml"]) == {
        A: [b"other"],
        "renamed.yml": [b"other"],
    }
    assert files_at(repository.data, "HEAD") == {
        named_like_the_folder: b"first",
        "renamed.yml": b"other",
    }


def test_a_hook_of_another_repository_changes_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert last_days(repository.data) == {A: ONE, B: TWO}


# The earlier texts of a file ---------------------------------------------------------------------


def test_a_file_has_the_texts_it_was_committed_with_the_newest_first(
    repository: Repository,
) -> None:
    repository.write(B, "not committed")
    assert earlier_texts(repository.data, [B]) == {B: [b"second", b"first"]}
    assert earlier_texts(repository.data, [A, B, "nowhere.yml"]) == {
        A: [b"first"],
        B: [b"second", b"first"],
    }
    assert earlier_texts(repository.data, []) == {}


def test_what_was_tried_on_a_branch_was_never_published(parted: Repository) -> None:
    parted.git("merge", "-q", "--no-edit", "branch", time="2025-05-01T12:00Z")
    texts = earlier_texts(parted.data, [A, "branch.yml"])
    assert texts["branch.yml"] == [b"first"]
    merged, main, *_ = texts[A]
    assert (b"the branch" in merged, b"the branch" in main) == (True, False)
    assert len(texts[A]) == 4


def test_a_file_that_was_deleted_and_made_again_has_its_texts(repository: Repository) -> None:
    (repository.data / A).unlink()
    repository.commit(THREE)
    repository.write(A, "again")
    repository.commit(FOUR)
    assert earlier_texts(repository.data, [A]) == {A: [b"again", b"first"]}


def test_a_shallow_clone_knows_the_texts_it_has(repository: Repository, tmp_path: Path) -> None:
    repository.write(B, "third")
    repository.commit(THREE)
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "2", repository.root.as_uri(), str(clone))
    assert earlier_texts(clone / repository.data.name, [B]) == {B: [b"third", b"second"]}


def test_files_are_those_of_a_revision(repository: Repository) -> None:
    repository.write(A, "changed")
    assert files_at(repository.data, "HEAD") == {A: b"first", B: b"second"}
    assert files_at(repository.data, "main^") == {A: b"first", B: b"first"}
    assert files_at(repository.root, "HEAD") == {
        f"{repository.data.name}/{A}": b"first",
        f"{repository.data.name}/{B}": b"second",
    }


@pytest.mark.parametrize("revision", ["nobody", "HEAD^^^", "", "--all", "HEAD:./a.yml"])
def test_a_revision_that_is_none(revision: str, repository: Repository) -> None:
    with pytest.raises(LookupError):
        files_at(repository.data, revision)


def test_without_a_repository_there_are_no_texts(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    assert earlier_texts(repository.data, [B]) == {}
    with pytest.raises(LookupError):
        files_at(repository.data, "HEAD")


def test_the_head_is_the_commit_checked_out(repository: Repository) -> None:
    found = head(repository.data)
    assert found
    assert (found.count, found.time.date(), found.clean) == (2, TWO, True)
    repository.write("new.yml", "untold")
    changed = head(repository.data)
    assert changed == replace(found, clean=False)


def test_a_shallow_clone_cannot_count(repository: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.root.as_uri(), str(clone))
    found = head(clone)
    assert found
    assert found.count == 0


def test_without_a_commit_there_is_no_head(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    assert head(repository.root) is None


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
    views = read_site(repository.data).documents
    dated = {view.place.path: view.dated for view in views}
    assert dated == {"programmes/2024/": ONE, "programmes/2025/": ONE, "reports/2024/": TWO}
    assert [view.changed and view.changed.date() for view in views] == [ONE, ONE, TWO]


def test_the_day_of_a_document_is_that_of_moscow(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    shutil.copytree(EXAMPLE, repository.data, dirs_exist_ok=True)
    repository.commit(date(2025, 1, 31), time="21:30Z")
    (view, *_) = read_site(repository.data).documents
    assert (view.dated, view.changed) == (TWO, datetime(2025, 1, 31, 21, 30, tzinfo=UTC))


# The site ----------------------------------------------------------------------------------------


def test_a_site_tells_its_commit_and_whether_files_were_changed_since(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    shutil.copytree(EXAMPLE, repository.data, dirs_exist_ok=True)
    assert read_site(repository.data).publication.revision is None
    repository.commit(ONE)
    made = read_site(repository.data).publication
    assert made.revision
    assert (made.revision.time.date(), made.revision.clean, made.released) == (ONE, True, True)
    (repository.root / "mkdocs.yml").touch()  # what is not data is published too
    changed = read_site(repository.data).publication
    assert changed.revision == replace(made.revision, clean=False)
    assert not changed.released
