from __future__ import annotations

import pytest

from disclosure.model import Segment, Status
from disclosure.values import Deadline
from disclosure.views.facets import due_facets, segment_facets, status_facet


@pytest.mark.parametrize(
    ("wordings", "facets"),
    [
        (["01.01.2024"], {"2024": "2024 год", "2024-Q1": "1 квартал 2024 года"}),
        (["31.03.2024"], {"2024": "2024 год", "2024-Q1": "1 квартал 2024 года"}),
        (["01.04.2024"], {"2024": "2024 год", "2024-Q2": "2 квартал 2024 года"}),
        (["30.09.2024"], {"2024": "2024 год", "2024-Q3": "3 квартал 2024 года"}),
        (["01.10.2024"], {"2024": "2024 год", "2024-Q4": "4 квартал 2024 года"}),
        (["1-4 кварталы 2024"], {"2024": "2024 год", "2024-Q4": "4 квартал 2024 года"}),
        (["в течение 2025 года"], {"2025": "2025 год", "2025-Q4": "4 квартал 2025 года"}),
        (["ежемесячно до 30.06.2024"], {"2024": "2024 год", "2024-Q2": "2 квартал 2024 года"}),
        (
            ["2 квартал 2024", "4 квартал 2024"],
            {
                "2024": "2024 год",
                "2024-Q2": "2 квартал 2024 года",
                "2024-Q4": "4 квартал 2024 года",
            },
        ),
        (["май 2024", "июнь 2024"], {"2024": "2024 год", "2024-Q2": "2 квартал 2024 года"}),
        (["ежеквартально"], {"regular": "Регулярно или постоянно"}),
        (["постоянно"], {"regular": "Регулярно или постоянно"}),
        (["31.09.2024"], {"undated": "Без даты или с ошибкой в дате"}),
        ([], {"undated": "Без даты или с ошибкой в дате"}),
    ],
)
def test_a_measure_is_due_in_the_years_and_quarters_in_which_its_deadlines_end(
    wordings: list[str], facets: dict[str, str]
) -> None:
    found = due_facets(tuple(Deadline.parse(wording) for wording in wordings))
    assert {facet.value: facet.words for facet in found} == facets


@pytest.mark.parametrize(
    ("segment", "values"),
    [(Segment.B2B, ["B2B"]), (Segment.B2C, ["B2C"]), (None, ["B2B", "B2C"])],
)
def test_a_channel_without_a_segment_serves_everyone(
    segment: Segment | None, values: list[str]
) -> None:
    assert [facet.value for facet in segment_facets(segment)] == values


def test_a_status_has_a_lasting_value_and_words() -> None:
    facet = status_facet(Status.NOT_DONE)
    assert (facet.value, facet.words) == ("not-done", "Не выполнено")
