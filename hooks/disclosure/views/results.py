"""What readers of a report see first: what became of the measures, in words, figures and a chart.

Every row of a programme counts, a parent as much as each of its sub-items: so do the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model import Report, Segment, Status
from disclosure.values import say_date
from disclosure.values.russian import noun, plural
from disclosure.views.document import (
    CONCLUSIONS,
    Bar,
    Block,
    Chart,
    DocumentView,
    Prose,
    SectionView,
)
from disclosure.views.facets import LATE, SEGMENTS, STATUSES, UNANSWERED
from disclosure.views.measures import narrow, stated
from disclosure.views.rollups import roll_up
from disclosure.views.table import Cell, Column, Link, Row, Table, cell, numbered, row

ANCHOR = "results"
_TOTAL, _DONE = "total", "done"
_MARKS = {
    Status.DONE: _DONE,
    Status.IN_PROGRESS: "going",
    Status.PARTLY: "going",
    Status.POSTPONED: "postponed",
    Status.NOT_DONE: "not_done",
    Status.CANCELLED: "cancelled",
    Status.UNKNOWN: "unknown",
    UNANSWERED: "unanswered",
}
_COUNTED = (
    Column(_TOTAL, "Всего"),
    Column(_DONE, "Выполнено"),
    Column("late", "Из них с опозданием"),
    Column("going", "В работе или частично"),
    Column("postponed", "Перенесено"),
    Column("not_done", "Не выполнено"),
    Column("cancelled", "Отменено"),
    Column("unknown", "Нет сведений"),
    Column("unanswered", "Ответа пока нет"),
)
_WITHOUT_SEGMENT = "Не названы"
_DEVIATIONS = (
    Column("number", "№"),
    Column("id", "Идентификатор"),
    Column("text", "Мероприятие"),
    Column("status", "Статус"),
    Column("late", "Опоздание, дней"),
    Column("reason", "Причина отклонения", optional=True),
    Column("new_deadline", "Новый срок", optional=True),
)
_EFFECTS = (
    Column("number", "№"),
    Column("id", "Идентификатор"),
    Column("text", "Мероприятие"),
    Column("effect", "Эффект"),
)
_SHOWN_DEVIATIONS: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "text": (),
    "status": ("late",),
    "reason": (),
    "new_deadline": (),
}


@dataclass(frozen=True)
class Results:
    """The section that a report opens with, and all of its tables."""

    section: SectionView
    tables: tuple[Table, ...]


def results(report: Report, answered: Table) -> Results:
    """Return what became of all measures of a report, of which `answered` has all rows."""
    rows = [row for row in answered.rows if row.anchor]
    summary, by_group = status_table(rows), tuple(_roll_ups(answered))
    deviations, effects = _deviations(rows), _effects(rows)
    words = map(Prose, say_result(report, rows).split("\n\n"))
    parts = (
        _part("groups", "По видам обслуживания и потребителям", *by_group),
        _part(
            "deviations",
            "Отклонения от плана",
            *_shown_deviations(deviations, draft=bool(report.draft)),
        ),
        _part("effects", "Полученный эффект", _shown_effects(effects)),
        _part("conclusions", CONCLUSIONS, *map(Prose, filter(None, [report.conclusions]))),
    )
    sections = tuple(part for part in parts if part.blocks)
    tables = (summary, *by_group, deviations, effects)
    return Results(
        SectionView(ANCHOR, "Главное", None, (*words, summary, _chart(rows)), sections),
        tuple(table for table in tables if table.rows),
    )


def with_opening(report: DocumentView) -> DocumentView:
    """Return a report whose page says what became of the measures before anything else."""
    first, *others = report.sections
    said, *blocks = first.blocks
    if first.anchor != ANCHOR or not isinstance(said, Prose):
        return report
    rest = replace(first, blocks=tuple(blocks))
    return replace(report, opening=said, sections=(rest, *others))


def _part(name: str, title: str, *blocks: Block) -> SectionView:
    return SectionView(f"{ANCHOR}-{name}", title, None, blocks)


# In words ------------------------------------------------------------------------------------


def say_result(report: Report, rows: list[Row]) -> str:
    """Say what became of the measures: «Выполнено 11 из 12 мероприятий. Перенесено 1.»."""
    counts, late = _counts(rows), _late(rows)
    total = plural(len(rows), "мероприятия", "мероприятий", "мероприятий")
    done = f"ыполнено {counts[Status.DONE]} из {total}"
    begun = f"На {say_date(report.draft)} в{done}" if report.draft else f"В{done}"
    behind = f", из них с опозданием {late}" if late else ""
    others = [_say_status(status, counts[status]) for status in counts if status is not Status.DONE]
    said = " ".join([f"{begun}{behind}.", *others])
    parents = any(row.depth for row in rows)
    return f"{said}\n\nПункт и каждый его подпункт считаются отдельно." if parents else said


def _say_status(status: str, count: int) -> str:
    about = f"{count} {noun(count, 'мероприятии', 'мероприятиях', 'мероприятиях')}"
    match status:
        case Status.UNKNOWN:
            return f"Нет сведений о {about}."
        case _ if status == UNANSWERED:
            return f"Пока нет ответа о {about}."
        case _:
            return f"{status.capitalize()} {count}."


def _counts(rows: list[Row]) -> dict[str, int]:
    """Return how many measures there are of each status that occurs, and done ones in any case."""
    found = Counter(row["status"].text for row in rows)
    known = (status for status in STATUSES if status != LATE)
    return {s: found[s] for s in known if found[s] or s == Status.DONE}


def _late(rows: list[Row]) -> int:
    return sum(bool(row["late"]) for row in rows)


# In figures ----------------------------------------------------------------------------------


def status_table(rows: list[Row]) -> Table:
    """Return how many measures there are of each status that occurs, and what share of all."""
    counted = [
        row({"status": said, "count": numbered(count), "share": _share(count, len(rows))})
        for said, count in _lines(rows)
    ]
    columns = (
        Column("status", "Статус"),
        Column("count", "Мероприятий"),
        Column("share", "Доля, %"),
    )
    return Table("summary", "Итоги выполнения", columns, tuple(counted), "status")


def _lines(rows: list[Row]) -> Iterator[tuple[str, int]]:
    """Yield each status with its number; of those done, how many were late."""
    for status, count in _counts(rows).items():
        yield str(status), count
        if status == Status.DONE and (late := _late(rows)):
            yield f"из них {LATE}", late


def _share(count: int, total: int) -> Cell:
    share = (Decimal(count) * 100 / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return replace(numbered(share), text=str(share).replace(".", ","))


def _chart(rows: list[Row]) -> Chart:
    total = len(rows)
    bars = (
        Bar(said.capitalize(), Decimal(count), f"{count} из {total}")
        for said, count in _lines(rows)
    )
    return Chart("Итоги выполнения на диаграмме", tuple(bars), Decimal(total))


def _roll_ups(answered: Table) -> Iterator[Table]:
    """Yield the numbers by service type and by segment, where a plan names service types.

    A column in which all numbers are 0 is left out.
    """
    if not any(row["section"] for row in answered.rows):
        return
    services = list(dict.fromkeys(row["section"].text for row in answered.rows))
    segments = {row["segment"].text for row in answered.rows}
    named = [_segment(one) for one in (*Segment, "") if one in segments]
    yield _roll_up("services", "По видам обслуживания", answered, services)
    yield _roll_up("segments", "По потребителям", answered, named)


def _roll_up(key: str, caption: str, answered: Table, names: list[str]) -> Table:
    """Return how many measures there are under each name, by what became of them."""
    by_service = key == "services"
    found = [
        (row["section"].text if by_service else _segment(row["segment"].text), _marks(row))
        for row in answered.rows
        if row.anchor
    ]
    counts = roll_up(found, names, [column.key for column in _COUNTED])
    columns = [
        c for c in _COUNTED if c.key in {_TOTAL, _DONE} or any(n[c.key] for n in counts.values())
    ]
    heading = "Вид обслуживания" if by_service else "Потребители"
    rows = (
        row({"name": name, **{c.key: numbered(numbers[c.key]) for c in columns}})
        for name, numbers in counts.items()
    )
    return Table(key, caption, (Column("name", heading), *columns), tuple(rows), "name")


def _segment(segment: str) -> str:
    return SEGMENTS[Segment(segment)] if segment else _WITHOUT_SEGMENT


def _marks(row: Row) -> list[str]:
    """Return the columns that a measure is counted in."""
    return [_TOTAL, _MARKS[row["status"].text], *(["late"] if row["late"] else [])]


# What differs from the plan, what came of it ----------------------------------------------------


def _deviations(rows: list[Row]) -> Table:
    """Return the measures that were not done, or late; what a draft does not answer is neither."""
    found = [
        _leading(row, status=cell(row["status"].text), reason=_reason(row))
        for row in rows
        if row["late"] or row["status"].text not in {Status.DONE, UNANSWERED}
    ]
    return Table("deviations", "Отклонения от плана", _DEVIATIONS, tuple(found), "text")


def _effects(rows: list[Row]) -> Table:
    found = [_leading(row, effect=stated(row, "effect")) for row in rows if row["effect"]]
    return Table("effects", "Полученный эффект", _EFFECTS, tuple(found), "text")


def _reason(measure: Row) -> Cell:
    """Return why a measure was not done, or that the report does not say it."""
    unknown = measure["status"].text == Status.UNKNOWN
    return measure["reason"] if unknown else stated(measure, "reason")


def _leading(measure: Row, **cells: Cell) -> Row:
    """Return a measure in another table than its own, to whose row its text leads."""
    link = Link(measure["text"].text, f"#{measure.anchor}")
    return Row({**measure.cells, "text": Cell(links=(link,)), **cells})


def _shown_deviations(deviations: Table, *, draft: bool) -> Iterator[Block]:
    """Yield the deviations, then apart from them the measures that nothing is known of."""
    known: list[Row] = []
    unknown: list[Row] = []
    for found in deviations.rows:
        shown = narrow(found, _SHOWN_DEVIATIONS)
        (unknown if found["status"].text == Status.UNKNOWN else known).append(shown)
    if known:
        caption = "Мероприятия с отклонениями от плана"
        yield deviations.shown(known, caption, _SHOWN_DEVIATIONS)
    elif not unknown:
        yield Prose("Отклонений пока нет." if draft else "Отклонений нет.")
    if unknown:
        keys = ("number", "text", "reason")
        yield deviations.shown(unknown, "Мероприятия, о которых нет сведений", keys)


def _shown_effects(effects: Table) -> Block:
    if not effects.rows:
        return Prose("Об эффекте мероприятий в отчёте не сказано.")
    caption = "Мероприятия, у которых назван эффект"
    return effects.shown(effects.rows, caption, ("number", "text", "effect"))
