from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from disclosure.editions import former_files, read_editions, read_text
from disclosure.folder import read_folder
from disclosure.model import Edition, Redirects
from disclosure.output import artifacts
from disclosure.register import REGISTER
from disclosure.site import read_site
from tests.building import DEMONSTRATION
from tests.repository import Repository
from tests.samples import EXAMPLE

pytestmark = pytest.mark.usefixtures("plain_git")

FILE = "suppliers/primer/programmes/2025.yml"
SECOND = date(2025, 2, 1)
PLAN = "title: {title}\nplan: {{items: [{{id: a, text: Открыть офис, deadline: 01.06.2025}}]}}\n"
REVISION = "  - {{date: 0{0}.02.2025, what: название {0}, why: приказ {0}}}\n"


def text(title: str, revisions: int = 0) -> str:
    """Return a programme of a title and of some revisions."""
    said = "".join(REVISION.format(number) for number in range(1, revisions + 1))
    return PLAN.format(title=title) + (f"revisions:\n{said}" if said else "")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A data folder without documents."""
    made = Repository(tmp_path / "repository")
    for name in ("channels.yml", "acts.yml", "suppliers/primer/supplier.yml"):
        made.write(name, (EXAMPLE / name).read_text(encoding="utf-8"))
    return made


def committed(repository: Repository, *texts: str, file: str = FILE) -> None:
    for number, each in enumerate(texts):
        repository.write(file, each)
        repository.commit(date(2025, 1, 1 + number))


def editions(repository: Repository, file: str = FILE) -> tuple[Edition, ...]:
    return read_editions(repository.data, read_folder(repository.data).disclosure)[file]


def titles(found: tuple[Edition, ...]) -> list[str | None]:
    return [edition.document.title if edition.document else None for edition in found]


def test_a_document_without_revisions_has_one_edition(repository: Repository) -> None:
    committed(repository, text("Первая"), text("Исправлена до публикации"))
    (only,) = editions(repository)
    assert (titles((only,)), only.revision, only.day) == (["Исправлена до публикации"], None, None)


def test_an_edition_is_the_last_text_with_so_many_revisions(repository: Repository) -> None:
    committed(
        repository,
        text("Черновик"),
        text("Первая"),
        text("Вторая", 1),
        text("Вторая, без опечатки", 1),
        text("Третья", 2),
    )
    found = editions(repository)
    assert titles(found) == ["Первая", "Вторая, без опечатки", "Третья"]
    assert [edition.day for edition in found] == [None, SECOND, date(2025, 2, 2)]
    assert len({edition.checksum for edition in found}) == 3


def test_the_first_edition_has_the_day_of_publication(repository: Repository) -> None:
    committed(repository, text("Первая"))
    repository.write(FILE, "published: 28.10.2024\n" + text("Вторая", 1))
    assert [edition.day for edition in editions(repository)] == [date(2024, 10, 28), SECOND]


def test_what_is_not_committed_is_the_present_edition(repository: Repository) -> None:
    committed(repository, text("Первая"), text("Вторая", 1))
    repository.write(FILE, text("Вторая, ещё правится", 1))
    assert titles(editions(repository)) == ["Первая", "Вторая, ещё правится"]
    repository.write(FILE, text("Третья", 2))
    assert titles(editions(repository)) == ["Первая", "Вторая", "Третья"]


@pytest.mark.parametrize(
    "earlier",
    [
        "title: [",  # no YAML
        "title: Первая\nплан: {}\n",  # no programme of today
        text("Первая") + "лишнее: поле\n",
        "просто слова",
        "",
    ],
)
def test_an_edition_that_cannot_be_read_is_listed_without_its_text(
    earlier: str, repository: Repository
) -> None:
    committed(repository, earlier)
    repository.write(FILE, text("Вторая", 1))
    lost, present = editions(repository)
    assert (lost.document, lost.checksum) == (None, None)
    assert present.checksum


def test_without_a_history_only_the_present_text_is_known(repository: Repository) -> None:
    repository.write(FILE, text("Третья", 2))
    assert titles(editions(repository)) == [None, None, "Третья"]
    shutil.rmtree(repository.root / ".git")
    assert titles(editions(repository)) == [None, None, "Третья"]


def test_what_a_branch_tried_is_no_edition(repository: Repository) -> None:
    committed(repository, text("Первая"))
    repository.git("switch", "-q", "-c", "branch")
    committed(repository, text("Проба"), text("Вторая", 1))
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "--no-edit", "branch")
    assert titles(editions(repository)) == ["Первая", "Вторая"]


def test_a_document_keeps_its_editions_when_it_is_renamed(repository: Repository) -> None:
    committed(repository, text("Первая"), file="suppliers/old/programmes/2024.yml")
    shutil.rmtree(repository.data / "suppliers/old")
    committed(repository, text("Вторая", 1))
    assert titles(editions(repository)) == [None, "Вторая"]
    renamed = "redirects: [{old: old/programmes/2024, new: primer/programmes/2025}]\n"
    repository.write("redirects.yml", renamed)
    assert titles(editions(repository)) == ["Первая", "Вторая"]


def test_former_files_are_those_of_the_redirects() -> None:
    def former(*pairs: tuple[str, str]) -> list[str]:
        redirects = [{"old": old, "new": new} for old, new in pairs]
        return former_files(FILE, Redirects.model_validate({"redirects": redirects}))

    assert former() == []
    assert former(("old", "primer")) == ["suppliers/old/programmes/2025.yml"]
    assert former(("old", "prime"), ("old", "primer/programmes/2024")) == []
    assert former(("older", "old"), ("old", "primer")) == [
        "suppliers/old/programmes/2025.yml",
        "suppliers/older/programmes/2025.yml",
    ]
    assert former(("primer", "old"), ("old", "primer")) == ["suppliers/old/programmes/2025.yml"]


def test_revisions_that_cannot_be_told_are_very_many() -> None:
    assert read_text(FILE, text("Вторая", 2).encode())[0] == 2
    assert read_text(FILE, b"revisions: no\n")[0] > 1000


def test_git_is_asked_only_where_a_document_has_revisions(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(repository, text("Первая"))
    monkeypatch.setattr("disclosure.history._run", lambda *_: pytest.fail("git was asked"))
    assert len(editions(repository)) == 1


def test_the_register_lists_every_document(repository: Repository) -> None:
    committed(repository, text("Первая"), text("Вторая", 1))
    site = read_site(repository.data)
    (found,) = [each.content for each in artifacts(site, {}) if each.path == REGISTER]
    first, second = (edition.checksum for edition in editions(repository))
    assert (
        found.decode()
        == f"""\
{{
  "documents": [
    {{
      "path": "programmes/2025/",
      "supplier": "primer",
      "kind": "programme",
      "period": "2025",
      "demo": false,
      "draft": false,
      "sha256": "{second}",
      "revisions": 1,
      "editions": [
        {{
          "date": null,
          "sha256": "{first}"
        }},
        {{
          "date": "2025-02-01",
          "what": "название 1",
          "why": "приказ 1",
          "sha256": "{second}"
        }}
      ]
    }}
  ]
}}
"""
    )


def test_our_own_documents_have_editions() -> None:
    found = read_editions(DEMONSTRATION, read_folder(DEMONSTRATION).disclosure)
    assert len(found) >= 5
    assert all(own[-1].checksum for own in found.values())
