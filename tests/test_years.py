"""tests/years keeps every case that a report, a comparison and a calendar must show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from disclosure.finding import Severity
from disclosure.folder import read_folder
from disclosure.model import Answer, Document, Group, Indicator, Measure, Report, Status
from disclosure.rules import check
from disclosure.rules.problem import walk
from disclosure.values import Absence, Amount, Measurement
from disclosure.values.amount import Duration
from tests.building import YEARS

FOLDER = read_folder(YEARS / "data")
MAIN, OTHER = sorted(FOLDER.disclosure.suppliers, key=lambda each: -len(each.programmes))
DOCUMENTS: list[Document] = [
    document
    for supplier in (MAIN, OTHER)
    for document in (*supplier.programmes.values(), *supplier.reports.values())
]


def test_it_may_be_published() -> None:
    found = check(FOLDER)
    assert [str(each) for each in found if each.severity is Severity.ERROR] == []


def test_three_years_are_promised_and_answered_the_last_by_a_draft() -> None:
    assert list(MAIN.programmes) == list(MAIN.reports) == ["2023", "2024", "2025"]
    assert [report.draft for report in MAIN.reports.values()] == [None, None, date(2025, 11, 15)]


# What became of a measure ------------------------------------------------------------------------


def _answers() -> Iterator[tuple[str, Measure, Answer]]:
    for period, report in MAIN.reports.items():
        measures = {measure.id: measure for _, measure in MAIN.programmes[period].measures()}
        for answer in report.measures:
            yield period, measures[answer.id], answer


def test_every_status_is_given() -> None:
    assert {answer.status for _, _, answer in _answers()} == set(Status)


def test_some_is_done_in_time_some_late_some_on_a_day_that_is_not_named() -> None:
    done = [(m.due, a.date) for _, m, a in _answers() if a.status is Status.DONE and m.due]
    assert any(day and day <= due for due, day in done)
    assert any(day and day > due for due, day in done)
    assert any(day is None for _, day in done)


def test_what_is_postponed_is_carried_on_or_dropped_with_a_reason() -> None:
    ways = set()
    for period, _, answer in _answers():
        after = MAIN.after(period)
        if answer.status is Status.POSTPONED and after:
            assert answer.reason
            assert answer.new_deadline
            following = MAIN.programmes[after]
            carried = {measure.continues for _, measure in following.measures()}
            dropped = {each.id for each in following.dropped}
            ways.add((answer.id in carried, answer.id in dropped))
    assert ways == {(True, False), (False, True)}


def test_a_draft_leaves_measures_unanswered() -> None:
    promised = {measure.id for _, measure in MAIN.programmes["2025"].measures()}
    assert promised > {answer.id for answer in MAIN.reports["2025"].measures} > set()


def test_targets_have_effects_or_tell_why_not() -> None:
    aimed = [answer for _, measure, answer in _answers() if measure.success]
    assert any(answer.effect for answer in aimed)
    assert any("effect" in answer.waiver for answer in aimed)


def test_a_parent_is_answered_beside_its_items() -> None:
    parents = [(m, a) for _, m, a in _answers() if m.items]
    ((measure, answer),) = parents
    statuses = {a.id: a.status for _, _, a in _answers()}
    assert answer.status is Status.PARTLY
    assert len({statuses[item.id] for item in measure.items}) == 2


# What a programme changes ------------------------------------------------------------------------


def _changes() -> dict[str, set[str]]:
    """Return what differs in each measure of 2025 that carries one of 2024 on, by its new id."""
    earlier = {measure.id: told for measure, told in _told("2024")}
    return {
        measure.id: {
            name for name, value in told.items() if value != earlier[measure.continues][name]
        }
        for measure, told in _told("2025")
        if measure.continues
    }


def _told(period: str) -> Iterator[tuple[Measure, dict[str, object]]]:
    for _, group in MAIN.programmes[period].groups():
        for proposal in group.proposals:
            for measure in proposal.measures:
                yield (
                    measure,
                    {
                        "id": measure.id,
                        "group": group.channel,
                        "number": measure.number,
                        "deadline": measure.deadline,
                        "text": (measure.text, measure.result),
                    },
                )


@pytest.mark.parametrize(
    "change",
    [
        set(),
        {"group"},
        {"number"},
        {"deadline"},
        {"text"},
        {"id", "group", "number", "deadline", "text"},
    ],
    ids=lambda change: "-".join(sorted(change)) or "none",
)
def test_a_measure_is_carried_over_in_each_way(change: set[str]) -> None:
    assert change in _changes().values()


def test_some_measures_are_new_some_dropped_with_a_reason_some_without() -> None:
    earlier = {measure.id for _, measure in MAIN.programmes["2023"].measures()}
    following = MAIN.programmes["2024"]
    carried = {measure.continues for _, measure in following.measures()}
    dropped = {each.id for each in following.dropped}
    assert None in carried
    assert dropped
    assert earlier - carried - dropped


def test_a_plan_changes_its_form() -> None:
    assert MAIN.programmes["2023"].plan.items
    assert MAIN.programmes["2024"].plan.sections


def test_groups_are_empty_in_each_way() -> None:
    groups = [group for _, group in MAIN.programmes["2024"].groups()]
    assert {_emptiness(group) for group in groups if not group.proposals} == {
        "printed",
        "reason",
        "waiver",
    }
    vocabulary = FOLDER.disclosure.vocabulary
    common = [g for g in groups if (c := vocabulary.channel(g.channel)) and c.segment is None]
    assert {bool(group.proposals) for group in common} == {True, False}


def _emptiness(group: Group) -> str:
    if group.no_measures is None:
        return "waiver"
    return "printed" if group.no_measures.printed else "reason"


# Figures -----------------------------------------------------------------------------------------


def _indicators() -> list[Indicator]:
    return [item for group in MAIN.reports["2024"].indicators for item in group.items]


def test_indicators_have_every_unit_over_three_years() -> None:
    assert {indicator.unit for indicator in _indicators()} == set(Measurement)
    assert {year for each in _indicators() for year in each.values} == {"2022", "2023", "2024"}


def test_indicators_rise_fall_stay_vanish_and_are_misprinted() -> None:
    amounts = [amount for each in _indicators() for amount in each.values.values()]
    assert {amount.absence for amount in amounts} == {None, *Absence}
    assert any(amount.value == 0 for amount in amounts)
    assert any(amount.problem for amount in amounts)
    assert {_way(list(each.values.values())) for each in _indicators()} >= {-1, 0, 1}


def _way(amounts: list[Amount]) -> int | None:
    first, last = amounts[0].value, amounts[-1].value
    match first, last:
        case (Decimal(), Decimal()) | (Duration(), Duration()):
            return (last > first) - (last < first)  # type: ignore[operator]  # of one type
    return None


# Publishing --------------------------------------------------------------------------------------


def test_documents_are_published_in_time_late_and_on_no_named_day() -> None:
    programmes = [(int(period), each.published) for period, each in MAIN.programmes.items()]
    late = {day and day > date(year - 1, 11, 1) for year, day in programmes}
    assert late == {False, True, None}
    assert {duty.document for duty in FOLDER.disclosure.duties.duties} == {"programme", "report"}


def test_a_document_was_amended_twice_and_its_earlier_editions_are_kept() -> None:
    ((period, programme),) = OTHER.programmes.items()
    days = [programme.published, *(revision.date for revision in programme.revisions)]
    assert len(days) == 3
    kept = sorted((YEARS / "earlier").glob(f"*/suppliers/{OTHER.slug}/programmes/{period}.yml"))
    assert [str(day) for day in days[:-1]] == [file.parents[3].name for file in kept]


def test_a_supplier_and_a_document_were_renamed() -> None:
    renamed = [redirect.old.count("/") for redirect in FOLDER.disclosure.redirects.redirects]
    assert sorted(renamed) == [0, 2]


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_begins_as_a_formula_would(sign: str) -> None:
    texts = [text for _, _, answer in _answers() for text in (answer.result, answer.effect)]
    assert any(text and text.startswith(sign) for text in texts)


def test_phones_footnotes_terms_references_and_reasons_are_there() -> None:
    assert "+7" in MAIN.supplier.contacts[0].phones[0]
    assert any("[^1]:" in (section.text or "") for each in DOCUMENTS for section in each.sections)
    reports = [document for document in DOCUMENTS if isinstance(document, Report)]
    assert any("[^1]:" in (report.conclusions or "") for report in reports)
    assert any(document.terms for document in DOCUMENTS)
    assert any(document.legal_references for document in DOCUMENTS)
    parts = [part for document in DOCUMENTS for _, part in walk(document)]
    waived = {name for part in parts for name in getattr(part, "waiver", ())}
    assert waived >= {"date", "effect", "proposals", "reason", "2023"}
