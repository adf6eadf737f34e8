from __future__ import annotations

from dataclasses import replace

from disclosure.views.document import DocumentView
from disclosure.views.outcomes import with_outcomes
from disclosure.views.table import EMPTY, Link, Table
from tests import samples


def _plan(view: DocumentView) -> Table:
    (table,) = (b for s in view.sections for b in s.blocks if isinstance(b, Table))
    return table


def test_each_measure_of_a_programme_leads_to_its_answer() -> None:
    programme, report = samples.view("programmes/2024"), samples.view("reports/2024")
    plan = _plan(with_outcomes(programme, report))
    assert [column.title for column in plan.columns] == ["№", "Мероприятие", "Срок", "В отчёте"]
    said = {row.anchor: (row["status"].text, row["status"].links) for row in plan.rows}
    assert len(said) == 9
    assert said["m-survey"] == (
        "перенесено",
        (Link("перенесено", "../../reports/2024/#m-survey"),),
    )


def test_a_measure_can_be_chosen_by_its_outcome() -> None:
    programme, report = samples.view("programmes/2024"), samples.view("reports/2024")
    survey = next(
        row for row in _plan(with_outcomes(programme, report)).rows if row.anchor == "m-survey"
    )
    assert [(f.choice.value, f.value) for f in survey.facets] == [
        ("due", "2024"),
        ("due", "2024-Q4"),
        ("status", "postponed"),
    ]


def test_the_downloads_of_a_programme_know_nothing_of_its_report() -> None:
    programme, report = samples.view("programmes/2024"), samples.view("reports/2024")
    assert with_outcomes(programme, report).tables == programme.tables
    assert "status" not in {column.key for column in _plan(programme).columns}


def test_a_measure_without_an_answer_has_an_empty_outcome() -> None:
    silent = replace(samples.view("reports/2024"), tables=())
    plan = _plan(with_outcomes(samples.view("programmes/2024"), silent))
    assert {row["status"] for row in plan.rows} == {EMPTY}
    assert "status" not in {facet.choice for row in plan.rows for facet in row.facets}
