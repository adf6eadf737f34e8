"""The control totals of the four documents, counted in the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from disclosure.finding import Severity
from disclosure.folder import Folder, read_folder
from disclosure.model import Document, Loc, Measure, Programme, Report, Status
from disclosure.rules import check
from disclosure.rules.problem import walk
from disclosure.values import Measurement
from tests.building import DEMONSTRATION

DATA = DEMONSTRATION


@cache
def _folder() -> Folder:
    return read_folder(DATA)


def _documents() -> dict[str, Document]:
    """Every document by its path below data/suppliers."""
    found: dict[str, Document] = {}
    for supplier in _folder().disclosure.suppliers:
        for kind, documents in (("programmes", supplier.programmes), ("reports", supplier.reports)):
            found |= {f"{supplier.slug}/{kind}/{name}": it for name, it in documents.items()}
    return found


def _programme(path: str) -> Programme:
    document = _documents()[path]
    assert isinstance(document, Programme)
    return document


def _report(path: str) -> Report:
    document = _documents()[path]
    assert isinstance(document, Report)
    return document


def _measures(programme: Programme) -> list[Measure]:
    return [measure for _, measure in programme.measures()]


def test_the_data_have_no_findings() -> None:
    assert check(_folder()) == []


def test_all_documents_are_there() -> None:
    assert sorted(_documents()) == [
        "altaienergosbyt/programmes/2024",
        "omskenergosbyt/programmes/2025",
        "saratovenergo/programmes/2023-2024",
        "saratovenergo/reports/2023-2024",
        "yantarenergosbyt/programmes/2025",
        "yantarenergosbyt/programmes/2026",
        "yantarenergosbyt/reports/2025",
    ]


# A, S and O: plans by channel ------------------------------------------------------------------


@dataclass(frozen=True)
class Totals:
    """What a plan by channel adds up to."""

    empty_groups: int
    measures: int
    unnumbered: int
    results: int
    by_group: dict[str, int]
    by_deadline: dict[str, int]
    sections: int = 3
    groups: int = 16


A = Totals(
    empty_groups=9,
    measures=20,
    unnumbered=5,
    results=20,
    by_group={"1.1.": 5, "1.2.": 5, "2.2.": 3, "3.1.": 2, "3.2.": 2, "3.3.": 1, "3.4.": 2},
    by_deadline={
        "1-4 кварталы 2024": 11,
        "1 квартал 2024": 2,
        "2 квартал 2024": 2,
        "3 квартал 2024": 3,
        "4 квартал 2024": 2,
    },
)
S = Totals(
    empty_groups=3,
    measures=39,
    unnumbered=0,
    results=38,
    by_group={
        "1.1.": 4,
        "1.2.": 11,
        "2.1": 1,  # printed without its last point
        "2.2.": 1,
        "2.3.": 1,
        "2.4.": 1,
        "3.1.": 1,
        "3.2.": 4,
        "3.3.": 4,
        "3.4.": 7,
        "3.5.": 1,
        "3.6.": 1,
        "3.7.": 2,
    },
    by_deadline={
        "31.12.2024": 12,
        "01.06.2024": 7,
        "30.06.2024": 7,
        "31.12.2023": 4,
        "02.05.2024": 2,
        "01.03.2024": 2,
        "31.09.2024": 2,
        "01.10.2023": 1,
        "31.03.2024": 1,
        "01.04.2024": 1,
    },
)
O = Totals(  # noqa: E741  # the letter of the document
    empty_groups=8,
    measures=12,
    unnumbered=5,
    results=12,
    by_group={
        "1.2.": 2,
        "2.2.": 1,
        "2.3.": 1,
        "3.1.": 1,
        "3.2.": 2,
        "3.3.": 3,
        "3.5.": 1,
        "3.6.": 1,
    },
    by_deadline={"4 квартал 2025": 12},
)


@pytest.mark.parametrize(
    ("path", "totals"),
    [
        ("altaienergosbyt/programmes/2024", A),
        ("saratovenergo/programmes/2023-2024", S),
        ("omskenergosbyt/programmes/2025", O),
    ],
)
def test_a_plan_by_channel(path: str, totals: Totals) -> None:
    programme = _programme(path)
    measures = _measures(programme)
    groups = [group for _, group in programme.groups()]
    counted = {
        f"{group.number}": sum(len(proposal.measures) for proposal in group.proposals)
        for group in groups
    }
    found = Totals(
        sections=len(programme.plan.sections),
        groups=len(groups),
        empty_groups=list(counted.values()).count(0),
        measures=len(measures),
        unnumbered=sum(measure.number is None for measure in measures),
        results=sum(measure.result is not None for measure in measures),
        by_group={number: count for number, count in counted.items() if count},
        by_deadline=Counter(d.wording for measure in measures for d in measure.deadline),
    )
    assert found == totals


def test_the_groups_are_the_sixteen_of_the_vocabulary_in_their_order() -> None:
    vocabulary = _folder().disclosure.vocabulary
    channels = [channel.id for kind in vocabulary.service_types for channel in kind.channels]
    assert len(channels) == 16
    for document in _documents().values():
        if isinstance(document, Programme) and document.plan.sections:
            assert [group.channel for _, group in document.groups()] == channels


def test_the_empty_groups_of_saratov_are_explained_by_a_paragraph() -> None:
    groups = [group for _, group in _programme("saratovenergo/programmes/2023-2024").groups()]
    reasons = [group.no_measures.reason for group in groups if group.no_measures]
    assert len([reason for reason in reasons if reason]) == 3


def test_the_facts_of_saratov_are_answered_and_nothing_more() -> None:
    statuses = Counter(
        answer.status for answer in _report("saratovenergo/reports/2023-2024").measures
    )
    assert statuses.pop(Status.UNKNOWN) == 31
    assert statuses.total() == 8


# Y: two plans as lists, and a report -----------------------------------------------------------


@pytest.mark.parametrize(("year", "rows", "parent"), [("2025", 12, "3"), ("2026", 15, "5")])
def test_a_plan_as_a_list(year: str, rows: int, parent: str) -> None:
    measures = _measures(_programme(f"yantarenergosbyt/programmes/{year}"))
    assert len(measures) == rows
    assert [measure.number for measure in measures if not measure.deadline] == [parent]
    assert [measure.number for measure in measures if measure.items] == [parent]


def test_eight_measures_carry_over_unchanged() -> None:
    earlier, later = (
        {measure.id: measure for measure in _measures(_programme(path))}
        for path in ("yantarenergosbyt/programmes/2025", "yantarenergosbyt/programmes/2026")
    )
    carried = {id_: measure for id_, measure in later.items() if measure.continues}
    assert [(earlier[id_].number, measure.number) for id_, measure in carried.items()] == [
        ("1", "1"),
        ("2", "2"),
        ("3", "5"),
        ("3.1", "5.1"),
        ("3.4", "5.4"),
        ("4", "5.6"),
        ("5", "5.7"),
        ("7", "6"),
    ]
    assert all(measure.continues == id_ for id_, measure in carried.items())
    assert all(measure.text == earlier[id_].text for id_, measure in carried.items())


def test_the_report_of_yantar() -> None:
    report = _report("yantarenergosbyt/reports/2025")
    assert [answer.status for answer in report.measures] == [Status.DONE] * 12
    assert len(report.channels) == 8
    indicators = [indicator for group in report.indicators for indicator in group.items]
    units = Counter(indicator.unit for indicator in indicators)
    assert units == {Measurement.PIECES: 4, Measurement.DURATION: 4}
    assert {year for indicator in indicators for year in indicator.values} == {"2025"}


# The defects of the documents ------------------------------------------------------------------

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ALTAI = "altaienergosbyt/programmes/2024"
OMSK = "omskenergosbyt/programmes/2025"
SARATOV = "saratovenergo/programmes/2023-2024"
SARATOV_REPORT = "saratovenergo/reports/2023-2024"
YANTAR_REPORT = "yantarenergosbyt/reports/2025"
WAITING = (
    "Среднее за календарный месяц время ожидания потребителей в очереди до начала обслуживания"
    " работником центра обслуживания клиентов"
)
SERVICE = (
    "Среднее за календарный месяц время обслуживания потребителей работником центра обслуживания"
    " клиентов"
)

# The document, the place by its printed number or its id, and what would be said without a waiver.
DEFECTS = {
    # no such day
    (SARATOV, "1.2.10", "deadline"): ERROR,
    (SARATOV, "1.2.11", "deadline"): ERROR,
    # 3,25 and 6:92 are no minutes and seconds
    (YANTAR_REPORT, WAITING, "2025"): ERROR,
    (YANTAR_REPORT, SERVICE, "2025"): ERROR,
    # act № 442 is of 04.05.2012
    (OMSK, "442", "date"): ERROR,
    (OMSK, "1.1.", "text"): ERROR,
    # no result
    (SARATOV, "1.1.4", "result"): ERROR,
    # one cell for three proposals
    (ALTAI, "service-level-b2c", "same_as"): ERROR,
    (ALTAI, "lost-calls-b2c", "same_as"): ERROR,
    # a group with nothing
    (OMSK, "3.7.", "proposals"): ERROR,
    # the same measure, two dates
    (SARATOV, "1.2.2", "deadline"): WARNING,
    # a postponement told only in the result
    (SARATOV, "2.1.1", "result"): WARNING,
    (SARATOV, "3.1.1", "result"): WARNING,
    # done after it was due
    (SARATOV_REPORT, "chat-bot-b2c", "date"): WARNING,
    # facts mixed into expected results
    (SARATOV, "1.2.6", "result"): WARNING,
    (SARATOV, "3.2.1", "result"): WARNING,
    (SARATOV, "3.2.2", "result"): WARNING,
    (SARATOV, "3.3.1", "result"): WARNING,
    (SARATOV, "3.4.1", "result"): WARNING,
    # a postponement and a measure under way, without a reason
    (SARATOV_REPORT, "contact-centre-b2b", "reason"): ERROR,
    (SARATOV_REPORT, "chat-bot-b2b", "reason"): ERROR,
    (SARATOV_REPORT, "call-centre-monitoring-b2c", "reason"): ERROR,
    # not a word of what became of the other measures
    (SARATOV_REPORT, "", "reason"): ERROR,
    # a parent marked as done, without a deadline
    (YANTAR_REPORT, "remote-interaction", "status"): WARNING,
    # abbreviations used but not defined
    (OMSK, "", "terms"): WARNING,
    (SARATOV, "", "terms"): WARNING,
    (SARATOV_REPORT, "", "terms"): WARNING,
    ("yantarenergosbyt/programmes/2025", "", "terms"): WARNING,
    ("yantarenergosbyt/programmes/2026", "", "terms"): WARNING,
}


WAIVED = [
    (path, loc, field)
    for path, document in _documents().items()
    for loc, entity in walk(document)
    for field in getattr(entity, "waiver", {})
]


def test_every_defect_is_waived_and_nothing_else_is() -> None:
    assert {_named(*waiver) for waiver in WAIVED} == set(DEFECTS)


@pytest.mark.parametrize(("path", "loc", "field"), WAIVED)
def test_each_waiver_is_needed(path: str, loc: Loc, field: str) -> None:
    findings = check(_without(path, loc, field))
    unknown = (path, loc, field) == (SARATOV_REPORT, (), "reason")  # one waiver for all of them
    assert len(findings) == (31 if unknown else 1)
    for finding in findings:
        assert finding.path.endswith(f"{path}.yml")
        assert finding.severity is DEFECTS[_named(path, loc, field)]


def test_a_fact_that_no_rule_can_find_is_noted() -> None:
    measure = next(m for m in _measures(_programme(SARATOV)) if m.number == "2.2.1")
    assert measure.note is not None
    assert "факт исполнения" in measure.note


def _named(path: str, loc: Loc, field: str) -> tuple[str, str, str]:
    """Name a waiver by the printed number of its place, or its id, or its name."""
    entity: Any = _documents()[path]
    for step in loc:
        entity = entity[step] if isinstance(step, int) else getattr(entity, step)
    names = (getattr(entity, name, None) for name in ("number", "id", "name"))
    return path, next((str(name) for name in names if name), ""), field


def _without(path: str, loc: Loc, field: str) -> Folder:
    """Return the folder without one waiver."""
    slug, kind, period = path.split("/")
    disclosure = _folder().disclosure
    place = [supplier.slug for supplier in disclosure.suppliers].index(slug)
    loc = ("suppliers", place, kind, period, *loc)
    return replace(_folder(), disclosure=_unwaived(disclosure, loc, field))


def _unwaived(value: Any, loc: Loc, field: str) -> Any:
    if not loc:
        kept = {name: reason for name, reason in value.waiver.items() if name != field}
        return value.model_copy(update={"waiver": kept})
    step, *rest = loc
    if isinstance(value, tuple):
        place = int(step)
        return (*value[:place], _unwaived(value[place], tuple(rest), field), *value[place + 1 :])
    if isinstance(value, dict):
        return value | {step: _unwaived(value[step], tuple(rest), field)}
    changed = _unwaived(getattr(value, str(step)), tuple(rest), field)
    return value.model_copy(update={str(step): changed})
