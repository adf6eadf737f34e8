from __future__ import annotations

import pytest

from disclosure.model import Programme, Report, Supplier, SupplierFolder
from disclosure.rules.report import check_answers
from disclosure.source import parse
from disclosure.validation import validate

PROGRAMME = """\
title: t
plan:
  items:
    - id: a
      text: Обучить
      deadline: {deadline}
      items:
        - id: b
          text: Обучить офис
"""
REPORT = """\
title: t
programme: 2024
measures:
  - id: a
    status: выполнено
    date: {date}
  - id: b
    status: выполнено
"""


def problems(deadline: str, date: str) -> list[str]:
    plan = PROGRAMME.replace("{deadline}", deadline)
    told = REPORT.replace("{date}", date)
    programme = validate(parse(plan.encode(), "p.yml"), Programme, (2024,)).value
    report = validate(parse(told.encode(), "r.yml"), Report, (2024,)).value
    assert programme is not None
    assert report is not None
    supplier = Supplier.model_validate({"name": "s"})
    folder = SupplierFolder(slug="s", supplier=supplier, programmes={"2024": programme})
    return [problem.message for problem in check_answers(report, folder)]


@pytest.mark.parametrize(
    ("deadline", "date"),
    [
        ("01.06.2024", "01.06.2024"),
        ("2 квартал", "30.06.2024"),
        ("[01.03.2024, 01.09.2024]", "31.08.2024"),
        ("1–4 кварталы", "31.12.2024"),
        ("постоянно", "31.12.2030"),
        ("31.09.2024", "31.12.2030"),
    ],
)
def test_done_in_time(deadline: str, date: str) -> None:
    assert problems(deadline, date) == []


@pytest.mark.parametrize(
    ("deadline", "date", "due"),
    [
        ("01.06.2024", "02.06.2024", "01.06.2024"),
        ("2 квартал", "01.07.2024", "30.06.2024"),
        ("[01.03.2024, 01.09.2024]", "02.09.2024", "01.09.2024"),
        ("ежемесячно в течение 2024 года", "01.01.2025", "31.12.2024"),
    ],
)
def test_done_late(deadline: str, date: str, due: str) -> None:
    assert problems(deadline, date) == [
        f"выполнено {date}, позже срока {due}. Проверьте дату или добавьте пояснение"
        " в поле «waiver»."
    ]
