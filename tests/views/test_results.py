"""What readers of a report see first, from the example and from the documents of tests/years."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from disclosure.folder import read_folder
from disclosure.model import Disclosure, Measure, Programme, Report, Segment, Status
from disclosure.views.document import (
    Block,
    Chart,
    DocumentView,
    Kind,
    Place,
    Prose,
    SectionView,
)
from disclosure.views.facets import SEGMENTS
from disclosure.views.report import report_view
from disclosure.views.results import with_opening
from disclosure.views.table import Link, Table
from tests import samples
from tests.building import DEMONSTRATION, REPOSITORY, YEARS

FOLDERS = {"data": DEMONSTRATION, "years": YEARS / "data"}


@cache
def _disclosure(name: str) -> Disclosure:
    return read_folder(FOLDERS[name]).disclosure


@cache
def _view(name: str, slug: str, period: str) -> DocumentView:
    folder = next(one for one in _disclosure(name).suppliers if one.slug == slug)
    return report_view(_disclosure(name), folder, Place(Kind.REPORT, period, ""))


REPORTS = [
    (name, file.parent.parent.name, file.stem)
    for name, folder in FOLDERS.items()
    for file in sorted(folder.glob("suppliers/*/reports/*.yml"))
]
SARATOV = ("data", "saratovenergo", "2023-2024")
YANTAR = ("data", "yantarenergosbyt", "2025")
DRAFT = ("years", "vymysel", "2025")


def _sections(view: DocumentView) -> dict[str, SectionView]:
    """Return the section that a report opens with and its parts, by the ends of their anchors."""
    first = view.sections[0]
    parts = {part.anchor.removeprefix("results-"): part for part in first.sections}
    return {first.anchor: first, **parts}


def _texts(section: SectionView) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Prose)]


def _table(view: DocumentView, key: str) -> Table:
    return next(table for table in view.tables if table.key == key)


def _cells(table: Table) -> list[list[str]]:
    return [[row[column.key].plain for column in table.columns] for row in table.rows]


# In words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            SARATOV,
            "Выполнено 5 из 39 мероприятий, из них с опозданием 1. Выполняется 1. Перенесено 2."
            " Нет сведений о 31 мероприятии.",
        ),
        (
            YANTAR,
            "Выполнено 12 из 12 мероприятий.\n\nПункт и каждый его подпункт считаются отдельно.",
        ),
        (
            DRAFT,
            "На 15.11.2025 выполнено 2 из 8 мероприятий. Выполняется 2."
            " Пока нет ответа о 4 мероприятиях.",
        ),
    ],
)
def test_a_report_opens_with_what_became_of_its_measures(
    report: tuple[str, str, str], said: str
) -> None:
    first = _view(*report).sections[0]
    assert (first.anchor, first.heading) == ("results", "Главное")
    assert "\n\n".join(_texts(first)) == said


@pytest.mark.parametrize("report", [YANTAR, DRAFT], ids=" ".join)
def test_a_page_says_it_before_anything_else_and_once(report: tuple[str, str, str]) -> None:
    view = _view(*report)
    opened = with_opening(view)
    assert opened.opening == view.sections[0].blocks[0]
    assert opened.sections[0].blocks == view.sections[0].blocks[1:]
    assert opened.sections[1:] == view.sections[1:]


# In figures ----------------------------------------------------------------------------------


def test_statuses_are_counted_beside_a_chart_of_the_same_numbers() -> None:
    (_, table, chart) = _view(*SARATOV).sections[0].blocks
    assert isinstance(table, Table)
    assert _cells(table) == [
        ["выполнено", "5", "12,8"],
        ["из них с опозданием", "1", "2,6"],
        ["выполняется", "1", "2,6"],
        ["перенесено", "2", "5,1"],
        ["нет сведений", "31", "79,5"],
    ]
    assert isinstance(chart, Chart)
    assert [(bar.heard, str(chart.share(bar))) for bar in chart.bars] == [
        ("Выполнено: 5 из 39", "12.82"),
        ("Из них с опозданием: 1 из 39", "2.56"),
        ("Выполняется: 1 из 39", "2.56"),
        ("Перенесено: 2 из 39", "5.13"),
        ("Нет сведений: 31 из 39", "79.49"),
    ]


def test_groups_without_a_segment_are_counted_in_a_row_of_their_own() -> None:
    services, segments = _sections(_view(*SARATOV))["groups"].blocks
    assert isinstance(services, Table)
    assert isinstance(segments, Table)
    assert [column.title for column in segments.columns] == [
        "Потребители",
        "Всего",
        "Выполнено",
        "Из них с опозданием",
        "В работе или частично",
        "Перенесено",
        "Нет сведений",
    ]
    assert _cells(services) == [
        ["Очное обслуживание", "15", "1", "0", "0", "0", "14"],
        ["Дистанционное обслуживание", "4", "0", "0", "1", "1", "2"],
        ["Интерактивное обслуживание", "20", "4", "1", "0", "1", "15"],
    ]
    assert _cells(segments) == [
        ["Организации (B2B)", "12", "1", "0", "0", "2", "9"],
        ["Граждане (B2C)", "25", "4", "1", "1", "0", "20"],
        ["Не названы", "2", "0", "0", "0", "0", "2"],
    ]


def test_a_flat_plan_has_neither_service_types_nor_segments() -> None:
    assert "groups" not in _sections(_view(*YANTAR))
    assert not {"services", "segments"} & {table.key for table in _view(*YANTAR).tables}


COLUMNS = {
    Status.DONE: "done",
    Status.IN_PROGRESS: "going",
    Status.PARTLY: "going",
    Status.POSTPONED: "postponed",
    Status.NOT_DONE: "not_done",
    Status.CANCELLED: "cancelled",
    Status.UNKNOWN: "unknown",
}


def _placed(programme: Programme, disclosure: Disclosure) -> Iterator[tuple[str, str, Measure]]:
    """Yield the service type and the consumers of each measure, in the words of the tables."""
    for section in programme.plan.sections:
        kind = disclosure.vocabulary.service_type(section.service_type)
        title = section.title or (kind.title if kind else "")
        for group in section.groups:
            channel = disclosure.vocabulary.channel(group.channel)
            segment = channel.segment if channel else None
            consumers = SEGMENTS[Segment(segment)] if segment else "Не названы"
            for proposal in group.proposals:
                yield from ((title, consumers, measure) for measure in proposal.measures)


def _counted(report: Report, measure: Measure) -> Iterator[str]:
    """Yield the columns that a measure is counted in."""
    answer = next((answer for answer in report.measures if answer.id == measure.id), None)
    yield "total"
    yield COLUMNS[answer.status] if answer else "unanswered"
    done = answer is not None and answer.status is Status.DONE
    if answer and done and answer.date and measure.due and answer.date > measure.due:
        yield "late"


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_the_roll_ups_are_those_of_a_plain_count(report: tuple[str, str, str]) -> None:
    name, slug, period = report
    disclosure = _disclosure(name)
    folder = next(one for one in disclosure.suppliers if one.slug == slug)
    told = folder.reports[period]
    placed = list(_placed(folder.programmes[told.programme], disclosure))
    for key, place in (("services", 0), ("segments", 1)):
        wanted = Counter((one[place], mark) for one in placed for mark in _counted(told, one[2]))
        tables = [table for table in _view(*report).tables if table.key == key]
        found = {
            (row["name"].text, column.key): int(row[column.key].text)
            for table in tables
            for row in table.rows
            for column in table.columns[1:]
        }
        assert {cell: count for cell, count in found.items() if count} == dict(wanted)


# Deviations, effects, conclusions ---------------------------------------------------------------


def test_deviations_lead_to_their_measures_and_say_why() -> None:
    shown, _ = _sections(samples.view("reports/2024"))["deviations"].blocks
    assert isinstance(shown, Table)
    said = {
        row["text"].links[0].address: (row["status"].text, row["reason"].text) for row in shown.rows
    }
    assert said == {
        "#m-redesign": ("выполнено", "не указана"),
        "#m-search": ("выполняется", "не указана"),
        "#m-survey": ("перенесено", "Не хватило людей"),
        "#m-kiosks": ("не выполнено", "Нет поставщика"),
        "#m-app": ("отменено", "Приложение не понадобилось"),
        "#m-repairs": ("выполнено частично", "Ремонт двух офисов дороже, чем думали"),
    }
    late, _, survey, *_ = shown.rows
    assert [(label, cell.text) for label, cell in late["status"].parts] == [
        ("Опоздание, дней", "45")
    ]
    assert survey["new_deadline"].text == "март 2025; 31.09.2025"
    assert {row.anchor for row in shown.rows} == {None}


def test_measures_that_nothing_is_known_of_stand_apart() -> None:
    _, unknown = _sections(samples.view("reports/2024"))["deviations"].blocks
    assert isinstance(unknown, Table)
    assert unknown.caption == "Мероприятия, о которых нет сведений"
    assert [row["text"].links[0] for row in unknown.rows] == [
        Link("Напечатать памятки", "#m-leaflets")
    ]


def test_what_a_draft_does_not_answer_is_no_deviation() -> None:
    statuses = {row["status"].text for row in _table(_view(*DRAFT), "deviations").rows}
    assert statuses == {"выполняется"}


def test_a_draft_without_deviations_says_that_there_are_none_yet() -> None:
    disclosure = _disclosure("data")
    folder = next(one for one in disclosure.suppliers if one.slug == YANTAR[1])
    drafted = folder.reports["2025"].model_copy(update={"draft": date(2025, 11, 1)})
    folder = folder.model_copy(update={"reports": {"2025": drafted}})
    sections = _sections(report_view(disclosure, folder, Place(Kind.REPORT, "2025", "")))
    assert _texts(sections["deviations"]) == ["Отклонений пока нет."]


def test_a_report_without_deviations_and_effects_says_so() -> None:
    sections = _sections(_view(*YANTAR))
    assert _texts(sections["deviations"]) == ["Отклонений нет."]
    assert _texts(sections["effects"]) == ["Об эффекте мероприятий в отчёте не сказано."]
    assert not {"deviations", "effects"} & {table.key for table in _view(*YANTAR).tables}


def test_effects_lead_to_their_measures() -> None:
    (effects,) = _sections(samples.view("reports/2024"))["effects"].blocks
    assert isinstance(effects, Table)
    found = [(row["text"].links[0].address, row["effect"].text) for row in effects.rows]
    assert ("#m-kept", "Жалоб вдвое меньше") in found


def test_what_a_report_leaves_out_with_a_note_reads_as_not_told() -> None:
    view = _view("years", "vymysel", "2024")
    told = {
        label: inner.plain
        for block in _blocks(view.sections)
        if isinstance(block, Table) and block.key == "measures"
        for measure in block.rows
        for label, inner in measure["result"].parts
        if measure.anchor == "m-training"
    }
    assert told == {"Эффект": "не указан"}
    measures = {measure.anchor: measure for measure in _table(view, "measures").rows}
    assert measures["m-training"]["effect"].text == ""


def test_conclusions_are_shown_and_are_data() -> None:
    view = samples.view("reports/2024")
    (said,) = _texts(_sections(view)["conclusions"])
    assert said.startswith("Почти всё")
    assert (_table(view, "text").rows[-1]["section"].text) == "Общие выводы"
    assert _table(view, "text").rows[-1]["text"].text == said


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_every_table_that_is_shown_is_data_too(report: tuple[str, str, str]) -> None:
    view = _view(*report)
    keys = {table.key for table in view.tables}
    shown = {block.key for block in _blocks(view.sections) if isinstance(block, Table)}
    assert shown <= keys


def _blocks(sections: tuple[SectionView, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _blocks(section.sections)


def test_a_check_of_data_does_not_wait_for_pandas() -> None:
    program = "import sys, disclosure.cli; sys.exit('pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY / "hooks", check=True)
