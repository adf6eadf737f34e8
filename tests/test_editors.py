"""The examples of the editors' guide are data that can be published as they stand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from textwrap import indent

from disclosure.folder import read_folder
from disclosure.rules import check
from tests.building import DEMONSTRATION, REPOSITORY

GUIDE = REPOSITORY / ".github" / "EDITORS.md"
EARLIER = """\
title: Программа на 2025 год
plan:
  items:
    - id: queue-board
      text: Поставить табло
"""
EARLIER_REPORT = """\
title: Отчёт за 2025 год
programme: 2025-2026
measures:
  - {id: queue-board, status: нет сведений}
"""


def test_the_examples_of_the_guide_have_no_findings(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n((\w+):.*?)```", text, re.DOTALL)
    said = {name: example for example, name in examples}
    assert len(said) == len(examples), "each begins in its own way"
    supplier = "suppliers/nyneshnee-imya"
    files = {
        "duties.yml": said.pop("duties"),
        "redirects.yml": said.pop("redirects"),
        f"{supplier}/supplier.yml": "name: АО «Пример»\n",
        f"{supplier}/programmes/2025-2026.yml": EARLIER + indent(said.pop("deadline"), " " * 6),
        f"{supplier}/programmes/2026.yml": "".join(
            said.pop(name) for name in ("title", "published", "dropped", "plan")
        ),
        f"{supplier}/reports/2025.yml": EARLIER_REPORT + said.pop("waiver"),
        f"{supplier}/reports/2026.yml": "title: Отчёт за 2026 год\n"
        + said.pop("programme")
        + said.pop("indicators"),
    }
    assert not said, "every example is tried"
    for path, content in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    for name in ("channels.yml", "acts.yml"):
        shutil.copy(DEMONSTRATION / name, tmp_path)
    assert check(read_folder(tmp_path)) == []


def test_the_names_of_the_guide_are_those_that_editors_see() -> None:
    """The jobs of the table of red crosses, and where the page of publication names a commit."""
    text = GUIDE.read_text(encoding="utf-8")
    table = text.partition("## Что значит красный крестик")[2].partition("## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    named = {name for row in rows for name in re.findall(r"«(.+?)»", row)}
    workflows = (REPOSITORY / ".github" / "workflows").glob("*.yml")
    said = "\n".join(file.read_text(encoding="utf-8") for file in workflows)
    assert {"Проверка данных", "Выкладка"} <= named
    assert named - set(re.findall(r"^ *(?:- )?name: (.+)$", said, re.MULTILINE)) == set()
    page = REPOSITORY / "overrides" / "pages" / "publication.html"
    wording = " ".join(text.split())
    assert all(
        words in page.read_text(encoding="utf-8") and words in wording
        for words in ("О публикации", "Версия (коммит Git)")
    )
