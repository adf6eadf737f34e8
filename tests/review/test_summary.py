"""Golden summaries: what an editor is told of each edit, on the forge and in the terminal.

Renew them with `UPDATE_GOLDEN=1 pytest tests/review` and read the difference.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure.review import Review
from disclosure.review.summary import altered
from disclosure.views.alterations import Chapter, Detail, Item
from disclosure.views.edits import edits
from tests.review.conftest import PUBLISHED, Desk

GOLDEN = Path(__file__).parent / "golden"
AMENDED = "suppliers/nebyval/programmes/2025-2026.yml"
YEAR = "suppliers/vymysel/programmes/2025.yml"
SUPPLIER = "suppliers/vymysel/supplier.yml"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f 2026"
NEXT = """\
title: Программа на 2027 год
plan:
  items:
    - {id: hall, number: 1, text: Открыть зал, deadline: 01.06.2027, result: Открыт}
    - {id: ramp, number: 2, text: Построить пандус, deadline: 01.07.2027, result: Построен}
"""
REVISION = "  - {date: 20.11.2025, what: Перенесён ремонт, why: Приказ от 20.11.2025 № 4}\nplan:"


def nothing(desk: Desk) -> None:
    """A comment and another order of fields are no change."""
    desk.edit(SUPPLIER, "city: Небывальск\n", "")
    desk.edit(SUPPLIER, "name:", "# так решено\ncity: Небывальск\nname:")
    desk.edit(AMENDED, 'number: "2"', "number: '2'")


def amended(desk: Desk) -> None:
    """An amendment with its revision: a deadline, words, a measure out and another in."""
    desk.edit(AMENDED, "plan:", REVISION)
    desk.edit(AMENDED, "31.03.2026", "30.06.2026")
    desk.edit(AMENDED, "шрифтом Брайля", "с рельефным шрифтом Брайля и подсветкой")
    desk.edit(AMENDED, "id: video", "id: lift")
    desk.edit(AMENDED, "Принимать по видеосвязи", "Поставить подъёмник")


def amended_unsaid(desk: Desk) -> None:
    desk.edit(AMENDED, "31.03.2026", "30.06.2026")


def added(desk: Desk) -> None:
    desk.write("suppliers/nebyval/programmes/2027.yml", NEXT)


def redated(desk: Desk) -> None:
    desk.edit(AMENDED, "28.10.2024", "29.10.2024")


def finished(desk: Desk) -> None:
    """A draft gets an answer more."""
    desk.edit(
        "suppliers/vymysel/reports/2025.yml",
        "reason: Год не закончился",
        "reason: Год не закончился, бригада одна",
    )


def moved(desk: Desk) -> None:
    """A supplier is renamed."""
    (desk.data / "suppliers/nebyval").rename(desk.data / "suppliers/skazka")
    desk.edit("redirects.yml", "nebyval/programmes/2025-2026", "skazka/programmes/2025-2026")
    desk.edit("redirects.yml", "redirects:", "redirects:\n  - {old: nebyval, new: skazka}")


def removed(desk: Desk) -> None:
    (desk.data / "suppliers/vymysel/reports/2025.yml").unlink()  # a draft may go
    shutil.rmtree(desk.data / "suppliers/nebyval")
    desk.edit("redirects.yml", "  - old: nebyval/programmes/2025\n", "")
    desk.edit("redirects.yml", "    new: nebyval/programmes/2025-2026\n", "")


def supplier_added(desk: Desk) -> None:
    desk.write("suppliers/novyj/supplier.yml", "name: ООО «Новый сбыт»\n")
    desk.write("suppliers/novyj/programmes/2027.yml", NEXT)


def shared(desk: Desk) -> None:
    """What suppliers share, and how a supplier is reached."""
    desk.edit("channels.yml", "title: ", "title: Личное ")
    desk.edit("duties.yml", "01.11", "01.12")
    desk.edit(SUPPLIER, "000-00-02", "000-00-03")
    desk.edit(SUPPLIER, "#5b1f4a", "#1f2a6b")
    desk.edit("suppliers/nebyval/supplier.yml", "demo: нет", "demo: true")
    desk.write("allowed_signers", f'disclosure namespaces="disclosure" {KEY}\n')


def by_hand(desk: Desk) -> None:
    content = desk.root / "content"
    (content / "about.md").write_text("# О сайте\n\nИначе.\n", encoding="utf-8")
    (content / "help").mkdir()
    (content / "help" / "index.md").write_text("# Помощь\n", encoding="utf-8")
    (content / "office.png").write_bytes(b"\x89PNG")


def wrong(desk: Desk) -> None:
    """Mistakes in several files, and what is altered all the same."""
    desk.edit(AMENDED, "31.03.2026", "31.06.2026")
    desk.edit(AMENDED, "title:", "titel:")
    desk.edit(SUPPLIER, "Вымышленная область", "Придуманная область")
    desk.write("suppliers/vymysel/programmes/2027.yml", "title: [\n")


def misnamed(desk: Desk) -> None:
    """A document that is not read for its name."""
    desk.write("suppliers/nebyval/programmes/2027.yaml", NEXT)


def hostile(desk: Desk) -> None:
    """Nothing of this may become a markup, a link, or a command."""
    name = "<img src=x onerror=alert(1)> | **ж** `к` [с](https://example.org) @кто #1 $x$"
    desk.edit(SUPPLIER, "АО «Вымысел-энергосбыт»", f"'{name}'")
    desk.edit(AMENDED, "plan:", REVISION)
    desk.edit(AMENDED, "Отремонтировать зал", "'::add-mask::зал </b></li> ~~нет~~ ##[error]x'")
    desk.edit(AMENDED, "31.03.2026", "'::error::<b>31</b>'")
    (desk.root / "content" / "<b>.md").write_text("# <script>*\n", encoding="utf-8")


def nothing_published(desk: Desk) -> None:
    desk.git("rm", "-r", "-q", "--cached", ".")
    desk.git("commit", "-q", "--amend", "--allow-empty", "-m", "x")


def unreadable(desk: Desk) -> None:
    """What is published was written by other rules."""
    now = {name: (desk.data / name).read_text(encoding="utf-8") for name in (YEAR, SUPPLIER)}
    desk.write(YEAR, "план: прежнего вида\n")
    desk.write(SUPPLIER, "название: прежнее\n")
    desk.commit(PUBLISHED)
    for name, text in now.items():
        desk.write(name, text)


CASES = [
    *(nothing, amended, amended_unsaid, added, redated, finished, moved, removed),
    *(supplier_added, shared, by_hand, wrong, misnamed, hostile, nothing_published),
    unreadable,
]
BAD = {"amended_unsaid", "removed", "wrong", "misnamed", "hostile"}


@pytest.mark.parametrize("edit", CASES, ids=lambda edit: edit.__name__)
def test_what_an_editor_is_told(edit: Callable[[Desk], None], desk: Desk) -> None:
    edit(desk)
    status, said, summary = desk.review()
    for ending, told in (("md", summary), ("txt", said)):
        file = GOLDEN / f"{edit.__name__}.{ending}"
        if os.environ.get("UPDATE_GOLDEN"):
            file.write_text(told, encoding="utf-8")
        assert told == file.read_text(encoding="utf-8")
    assert status == (edit.__name__ in BAD)


def test_each_golden_file_has_its_case() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {edit.__name__ for edit in CASES}


# How a change of words is told -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("май", "июнь", "май → июнь"),
        ("", "июнь", "добавлено: июнь"),
        ("май", "", "убрано: май"),
        ("в мае 2026", "в июне 2026", "в [мае → июне] 2026"),
        ("в мае", "в мае и июне", "в мае [добавлено: и июне]"),
        ("в мае и июне", "в мае", "в мае [убрано: и июне]"),
        (
            f"{'слово ' * 50}начало середина конец{' дело' * 50}",
            f"{'слово ' * 50}начало другое конец{' дело' * 50}",
            "…слово слово слово начало [середина → другое] конец дело дело дело дело…",
        ),
        ("а" * 300, "б" * 300, f"{'а' * 200}… → {'б' * 200}…"),
    ],
)
def test_a_change_is_told_amid_the_words_beside_it(old: str, new: str, told: str) -> None:
    item = Item("Страница", "изменится", None, (Detail("", edits(old, new)),))
    lines = list(altered(Review((), (Chapter("Поставщик", (item,)),), "main")))
    assert lines[4].text == told
