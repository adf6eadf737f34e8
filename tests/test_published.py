from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from disclosure.folder import read_folder
from disclosure.published import PublishedError, check_published, read_published
from disclosure.register import REGISTER, register
from disclosure.site import read_site
from tests.building import REPOSITORY
from tests.repository import Repository
from tests.samples import EXAMPLE

pytestmark = pytest.mark.usefixtures("plain_git")

FILE = "suppliers/primer/programmes/2025.yml"
REPORT = "suppliers/primer/reports/2025.yml"
SUPPLIER = "suppliers/primer/supplier.yml"
PLAN = """\
title: Программа
published: 01.02.2025
plan:
  items:
    - id: office
      text: Открыть офис
      deadline: 01.06.2025
    - id: video
      text: Принимать по видеосвязи
      deadline: 01.07.2025
"""
REVISION = "  - {date: 01.03.2025, what: перенос, why: приказ № 1}\n"
REVISED = f"{PLAN}revisions:\n{REVISION}".replace("01.06.2025", "01.07.2025")
ANSWERS = """\
title: Отчёт
programme: 2025
measures:
  - {id: office, status: выполнено, date: 01.05.2025}
  - {id: video, status: выполнено, date: 01.05.2025}
"""


@pytest.fixture(params=["git", "register"])
def base(request: pytest.FixtureRequest) -> str:
    """What is compared with: a commit, or the register of a site built of it."""
    return str(request.param)


class Publication(Repository):
    """A repository of one document, and what is published of it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        for name in ("channels.yml", "acts.yml", SUPPLIER):
            self.write(name, (EXAMPLE / name).read_text(encoding="utf-8"))
        self.write(FILE, PLAN)

    def publish(self, base: str = "git") -> None:
        self.commit(date(2025, 2, 1))
        self.what = "HEAD"
        if base == "register":
            made = read_site(self.data)
            site = self.root / "site"
            site.mkdir(exist_ok=True)
            (site / REGISTER).write_bytes(register(made.documents, made.editions))
            self.what = str(site)

    def edit(self, old: str, new: str, file: str = FILE) -> None:
        text = (self.data / file).read_text(encoding="utf-8")
        assert old in text
        self.write(file, text.replace(old, new))

    def complaints(self, only: str | None = None) -> str:
        """Return what is complained of, with files below the data folder."""
        folder = read_folder(self.data)
        assert not folder.findings
        found = check_published(self.data, folder, read_published(self.data, self.what), only)
        return "\n".join(map(str, found)).replace(f"{self.data}/", "")


@pytest.fixture
def published(tmp_path: Path, base: str) -> Publication:
    """A published programme of two measures."""
    made = Publication(tmp_path / "repository")
    made.publish(base)
    return made


ADD = "Добавьте последней записью в revisions: date, what, why — или верните, как было."
CHANGED = "документ опубликован, а содержание изменилось"


def test_what_is_as_it_was_is_fine(published: Publication) -> None:
    assert published.complaints() == ""


def test_how_a_file_is_written_may_change(published: Publication) -> None:
    published.edit("title: Программа", "# пояснение\ntitle: 'Программа'")
    published.edit("published: 01.02.2025\n", "")
    assert published.complaints() == ""


def test_a_change_wants_a_revision(published: Publication, base: str) -> None:
    published.edit("01.06.2025", "01.07.2025")
    place = f"{FILE}:7:17" if base == "git" else FILE
    assert published.complaints() == f"{place}: {CHANGED}. {ADD}"
    published.write(FILE, REVISED)
    assert published.complaints() == ""


@pytest.mark.parametrize("base", ["git"])
def test_the_lines_that_changed_are_named(published: Publication) -> None:
    published.edit("Открыть офис", "Открыть зал")
    published.edit("Принимать", "Отвечать")
    assert published.complaints() == f"{FILE}:6:13: {CHANGED} (строки 6, 9). {ADD}"
    published.edit("01.06.2025", "01.07.2025")
    published.edit("title: Программа", "title: План")
    said = f"{FILE}:1:8: {CHANGED} (строки 1, 6, 7 и другие). {ADD}"
    assert published.complaints() == said


@pytest.mark.parametrize("base", ["git"])
def test_what_was_removed_is_named_by_what_held_it(published: Publication) -> None:
    published.edit("      deadline: 01.06.2025\n", "")
    assert published.complaints() == f"{FILE}:5:7: {CHANGED}. {ADD}"


def test_a_second_change_wants_a_second_revision(published: Publication, base: str) -> None:
    published.write(FILE, REVISED)
    published.publish(base)
    assert published.complaints() == ""
    published.edit("Открыть офис", "Открыть зал")
    assert CHANGED in published.complaints()
    published.write(FILE, published.data.joinpath(FILE).read_text(encoding="utf-8") + REVISION)
    assert published.complaints() == ""


def test_a_revision_that_changes_nothing_is_warned_of(published: Publication) -> None:
    published.write(FILE, f"{PLAN}revisions:\n{REVISION}")
    assert published.complaints() == (
        f"{FILE}:12:5: предупреждение: запись об изменении есть, а содержание прежнее."
        " Внесите его или удалите запись."
    )


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (f"revisions:\n{REVISION}", "", "1:1"),
        ("приказ № 1", "приказ № 2", "12:5"),
        ("01.03.2025", "01.04.2025", "12:5"),
        (REVISION, "  - {date: 01.02.2025, what: ещё, why: приказ}\n" + REVISION, "12:5"),
    ],
    ids=["removed", "reworded", "dated anew", "put before"],
)
def test_a_published_revision_stays_as_it_is(
    old: str, new: str, place: str, published: Publication, base: str
) -> None:
    published.write(FILE, REVISED)
    published.publish(base)
    published.edit(old, new)
    assert published.complaints() == (
        f"{FILE}:{place}: опубликованная запись об изменении «перенос» исправлена или удалена."
        " Верните её на место, как была."
    )


GONE = (
    "документ опубликован, а файла больше нет. Верните файл, а если документ или папка"
    " переименованы, запишите это в redirects.yml."
)


def test_a_document_does_not_disappear(published: Publication) -> None:
    (published.data / FILE).unlink()
    assert published.complaints() == f"{FILE}: {GONE}"


def test_a_renamed_document_is_compared_where_it_is_now(published: Publication) -> None:
    other = "suppliers/other/programmes/2026.yml"
    (published.data / "suppliers/other/programmes").mkdir(parents=True)
    (published.data / FILE).rename(published.data / other)
    (published.data / SUPPLIER).rename(published.data / "suppliers/other/supplier.yml")
    shutil.rmtree(published.data / "suppliers/primer")
    published.write("redirects.yml", "redirects: [{old: primer, new: other}]\n")
    assert published.complaints() == f"{FILE}: {GONE}"
    renamed = "redirects: [{old: primer/programmes/2025, new: other/programmes/2026}]\n"
    published.write("redirects.yml", renamed)
    assert published.complaints() == ""
    published.edit("Открыть офис", "Открыть зал", other)
    assert published.complaints().startswith(other)


def test_a_demonstration_may_change_and_disappear(published: Publication, base: str) -> None:
    published.edit("demo: false", "demo: true", SUPPLIER)
    published.publish(base)
    published.edit("Открыть офис", "Открыть зал")
    assert published.complaints() == ""
    (published.data / FILE).unlink()
    assert published.complaints() == ""


def test_a_document_becomes_no_demonstration_to_be_changed(published: Publication) -> None:
    published.edit("demo: false", "demo: true", SUPPLIER)
    published.edit("Открыть офис", "Открыть зал")
    assert CHANGED in published.complaints()


def test_a_draft_may_change_and_be_finished(published: Publication, base: str) -> None:
    published.write(REPORT, f"draft: 30.06.2025\n{ANSWERS}")
    published.publish(base)
    published.write(REPORT, f"draft: 30.09.2025\n{ANSWERS}city: Омск\n")
    assert published.complaints() == ""
    published.write(REPORT, ANSWERS)
    assert published.complaints() == ""
    published.publish(base)
    published.write(REPORT, f"draft: 30.06.2025\n{ANSWERS}")
    assert CHANGED in published.complaints()


def test_a_new_document_is_fine(published: Publication) -> None:
    published.write(REPORT, ANSWERS)
    published.write("suppliers/primer/programmes/2026.yml", PLAN)
    assert published.complaints() == ""


def test_only_the_chosen_supplier_is_asked_about(published: Publication) -> None:
    published.edit("Открыть офис", "Открыть зал")
    assert CHANGED in published.complaints("primer")
    assert published.complaints("other") == ""


@pytest.mark.parametrize("base", ["git"])
def test_a_text_that_today_cannot_be_read_is_told(published: Publication) -> None:
    published.write(FILE, "план: {}\n")
    published.publish()
    published.write(FILE, PLAN)
    assert published.complaints() == (
        f"{FILE}:1:1: предупреждение: опубликованный текст не прочитать: неизвестно, изменилось ли"
        " содержание. Проверьте сами."
    )


@pytest.mark.parametrize("base", ["git"])
def test_a_file_with_errors_is_not_said_to_be_gone(published: Publication) -> None:
    published.write(FILE, "план: {}\n")
    folder = read_folder(published.data)
    assert folder.findings
    assert check_published(published.data, folder, read_published(published.data, "HEAD")) == []


# What to compare with ---------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["register"])
def test_a_register_is_named_by_itself_or_by_its_site(published: Publication) -> None:
    folder, file = published.what, f"{published.what}/{REGISTER}"
    found = [read_published(published.data, each) for each in (folder, file)]
    assert found[0] == found[1] != []


@pytest.mark.parametrize("base", ["git"])
@pytest.mark.parametrize("what", ["nobody", "HEAD^", "", "no/such/folder"])
def test_nothing_to_compare_with(what: str, published: Publication) -> None:
    complaint = (
        "нет ни такой ревизии в git, ни файла editions.json. Исправьте --published"
        " или, если история git неполная, выполните git fetch --unshallow."
    )
    with pytest.raises(PublishedError, match=re.escape(f"{what}: {complaint}")):
        read_published(published.data, what)


@pytest.mark.parametrize("base", ["register"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "[]",
        lambda _: '{"documents": 1}',
        lambda _: '{"documents": [{}]}',
        lambda text: text[:-9],
        lambda text: text.replace("programme", "plan"),
    ],
)
def test_a_register_that_is_none(spoil: Callable[[str], str], published: Publication) -> None:
    file = Path(published.what) / REGISTER
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    complaint = "это не editions.json сайта или не весь он. Возьмите его с сайта ещё раз."
    with pytest.raises(PublishedError, match=re.escape(f"{file}: {complaint}")):
        read_published(published.data, str(file))


@pytest.mark.parametrize("base", ["register"])
def test_documents_are_in_the_register_as_they_are_published(published: Publication) -> None:
    told = json.loads((Path(published.what) / REGISTER).read_bytes())
    assert [each["path"] for each in told["documents"]] == ["programmes/2025/"]


# What CI compares with --------------------------------------------------------------------------


def _asked(root: Path, **environment: str) -> tuple[str, str]:
    """Return what .ci/published prints, and of what it warns, in a repository that has it."""
    (root / ".ci").mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / ".ci" / "published", root / ".ci")
    forges = (
        "PUBLISHED",
        "GITHUB_BASE_REF",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "CI_COMMIT_BEFORE_SHA",
    )
    known = {name: value for name, value in os.environ.items() if name not in forges}
    done = subprocess.run(
        [root / ".ci" / "published"],
        env=known | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip(), done.stderr


@pytest.mark.parametrize("base", ["git"])
def test_ci_compares_with_what_is_published(published: Publication, tmp_path: Path) -> None:
    first, warning = _asked(published.root)
    assert first == ""
    assert "ВНИМАНИЕ: сравнить с опубликованным не с чем" in warning
    for number in (1, 2):
        published.write("new.yml", str(number))
        published.commit(date(2025, 3, number))
    assert _asked(published.root) == (_commit(published.root, "HEAD^"), "")
    before = _commit(published.root, "HEAD^^")
    assert _asked(published.root, PUBLISHED=before) == (before, "")
    assert _asked(published.root, PUBLISHED="0" * 40) == (_commit(published.root, "HEAD^"), "")
    gitlab = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": before, "CI_COMMIT_BEFORE_SHA": "0" * 40}
    assert _asked(published.root, **gitlab) == (before, "")
    assert _asked(published.root, CI_COMMIT_BEFORE_SHA=before) == (before, "")

    clone = tmp_path / "clone"
    published.git("clone", "-q", str(published.root), str(clone))
    subprocess.run(["git", "-C", clone, "reset", "-q", "--hard", "HEAD^"], check=True)
    target = _commit(clone, "HEAD")  # where the branch left its target, not where that is now
    assert _asked(clone, GITHUB_BASE_REF="main") == (target, "")
    assert _asked(clone, GITHUB_BASE_REF="gone")[0] == ""


def _commit(root: Path, revision: str) -> str:
    command = ["git", "-C", str(root), "rev-parse", revision]
    return subprocess.check_output(command, text=True).strip()
