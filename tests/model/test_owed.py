from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from disclosure.model import Duties, Duty, Publication, SupplierFolder, owed
from tests.folders import programme, report, supplier

TODAY = date(2025, 11, 21)


def duty(**fields: Any) -> Duty:
    said = {"document": "programme", "what": "Программа", "until": "01.11", "year": "до периода"}
    return Duty.model_validate(said | {"basis": "вымысел"} | fields)


REPORT = duty(document="report", what="Отчёт", until="01.03", year="после периода")


def stands(folder: SupplierFolder, *duties: Duty) -> list[tuple[str, date, Publication]]:
    found = owed(folder, Duties(duties=duties), TODAY)
    return [(one.period, one.until, one.publication(TODAY)) for one in found]


@pytest.mark.parametrize(
    ("year", "period", "due"),
    [
        ("до периода", "2025", date(2024, 11, 1)),
        ("первый год периода", "2025", date(2025, 11, 1)),
        ("после периода", "2025", date(2026, 11, 1)),
        ("до периода", "2023-2024", date(2022, 11, 1)),
        ("первый год периода", "2023-2024", date(2023, 11, 1)),
        ("после периода", "2023-2024", date(2025, 11, 1)),
    ],
)
def test_a_duty_is_due_before_in_or_after_the_period(year: str, period: str, due: date) -> None:
    assert duty(year=year).due(period) == due


def test_a_publication_is_in_time_late_or_of_no_known_day() -> None:
    folder = supplier(
        {
            "2023": programme("2023", published="01.11.2022"),
            "2024": programme("2024", published="02.11.2023"),
            "2025": programme("2025"),
            "2026": programme("2026", published="21.10.2025"),
        }
    )
    assert [(period, how) for period, _, how in stands(folder, duty())] == [
        ("2023", Publication.IN_TIME),
        ("2024", Publication.LATE),
        ("2025", Publication.UNDATED),
        ("2026", Publication.IN_TIME),
        ("2027", Publication.AHEAD),
    ]


def test_each_year_without_a_document_is_missed_until_the_one_that_is_due_next() -> None:
    folder = supplier({"2023": programme("2023")})
    assert stands(folder, duty())[1:] == [
        ("2024", date(2023, 11, 1), Publication.MISSED),
        ("2025", date(2024, 11, 1), Publication.MISSED),
        ("2026", date(2025, 11, 1), Publication.MISSED),
        ("2027", date(2026, 11, 1), Publication.AHEAD),
    ]


def test_what_is_due_today_is_not_missed() -> None:
    folder = supplier({"2025": programme("2025")})
    assert stands(folder, duty(until="21.11"))[1:] == [("2026", TODAY, Publication.AHEAD)]
    assert stands(folder, duty(until="20.11"))[1] == (
        *("2026", date(2025, 11, 20)),
        Publication.MISSED,
    )


def test_a_programme_of_several_years_wants_one_report() -> None:
    folder = supplier({"2023-2024": programme("2023-2024")})
    assert stands(folder, REPORT) == [
        ("2023-2024", date(2025, 3, 1), Publication.MISSED),
        ("2025", date(2026, 3, 1), Publication.AHEAD),
    ]


def test_yearly_reports_on_a_programme_of_several_years_are_enough() -> None:
    folder = supplier(
        {"2023-2024": programme("2023-2024")},
        {year: report("2023-2024", published="01.02.2025") for year in ("2023", "2024")},
    )
    assert [period for period, *_ in stands(folder, REPORT)] == ["2023", "2024", "2025"]


def test_a_draft_is_no_publication() -> None:
    folder = supplier(
        {"2024": programme("2024")}, {"2024": report("2024", draft="01.02.2025", published=None)}
    )
    assert stands(folder, REPORT)[0] == ("2024", date(2025, 3, 1), Publication.MISSED)


def test_nothing_is_owed_before_the_duty_and_before_the_first_document() -> None:
    folder = supplier({"2023": programme("2023"), "2024": programme("2024")})
    assert [period for period, *_ in stands(folder, duty(since="2024"))] == [
        *("2024", "2025", "2026", "2027")
    ]
    assert next(period for period, *_ in stands(folder, duty(since="2020"))) == "2023"


def test_without_documents_only_the_duty_says_since_when() -> None:
    assert stands(supplier({}), duty()) == []
    assert [period for period, *_ in stands(supplier({}), duty(since="2026"))] == ["2026", "2027"]
