"""The measures of a programme as rows: what was promised, and in a report what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from disclosure.model import (
    Answer,
    Group,
    Measure,
    Plan,
    PlanSection,
    Programme,
    Proposal,
    Status,
    Success,
    Vocabulary,
)
from disclosure.values import Deadline
from disclosure.views.document import Caption, NoRows, SectionView
from disclosure.views.facets import (
    LATE,
    UNANSWERED,
    Choice,
    Facet,
    due_facets,
    segment_facets,
    status_facet,
)
from disclosure.views.parts import notes_of
from disclosure.views.sections import Content
from disclosure.views.table import (
    EMPTY,
    Cell,
    Column,
    Link,
    Row,
    Table,
    cell,
    dated,
    numbered,
    row,
)

PROMISED = (
    Column("section_number", "№ раздела"),
    Column("section", "Вид обслуживания"),
    Column("group_number", "№ группы"),
    Column("group", "Группа"),
    Column("segment", "Сегмент"),
    Column("number", "№"),
    Column("id", "Идентификатор"),
    Column("parent", "Подпункт пункта"),
    Column("proposal", "Предложение", optional=True),
    Column("text", "Мероприятие"),
    Column("deadline", "Срок"),
    Column("starts", "Начало срока"),
    Column("due", "Конец срока"),
    Column("frequency", "Периодичность"),
    Column("expected", "Ожидаемый результат", optional=True),
    Column("responsible", "Ответственный", optional=True),
    Column("funding", "Финансирование", optional=True),
    Column("success", "Показатель успеха", optional=True),
    Column("continued", "Продолжает", optional=True),
    Column("continues", "Идентификатор продолжаемого"),
)
ANSWERED = (
    Column("status", "Статус"),
    Column("date", "Дата факта", optional=True),
    Column("late", "Опоздание, дней", optional=True),
    Column("result", "Результат", optional=True),
    Column("reason", "Причина отклонения", optional=True),
    Column("new_deadline", "Новый срок", optional=True),
    Column("effect", "Эффект", optional=True),
    Column("evidence", "Подтверждение", optional=True),
)
TITLES = {column.key: column.title for column in PROMISED + ANSWERED}
_PLAN: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "proposal": (),
    "text": ("responsible", "funding", "continued"),
    "deadline": (),
    "expected": ("success",),
}
_EXECUTION: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "text": (),
    "deadline": ("new_deadline",),
    "status": ("date", "late"),
    "result": ("reason", "effect", "evidence"),
}
"""The columns readers get, and the further columns each takes in: a narrow table is readable."""


@dataclass(frozen=True)
class _Place:
    """Where a measure stands: what its row says of it by column key, and its facets."""

    cells: Mapping[str, object] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()

    def below(self, measure: str) -> _Place:
        """Return the place of the sub-items of a measure."""
        return replace(self, cells={**self.cells, "parent": measure})


class MeasureRows:
    """Every row of a programme, in tables to read and as a whole.

    `answers` are those of a report, by measure; `earlier` says how the measures of the programme
    before are named, by measure.
    """

    def __init__(
        self,
        programme: Programme,
        vocabulary: Vocabulary,
        answers: Mapping[str, Answer] | None = None,
        earlier: Mapping[str, str] | None = None,
    ) -> None:
        self.plan: Plan = programme.plan
        self.vocabulary = vocabulary
        self.answers = answers
        self.earlier = earlier or {}
        self._rows: dict[str, Row] = {}
        self._texts = {measure.id: measure.text for _, measure in programme.measures()}
        columns = PROMISED + (ANSWERED if answers is not None else ())
        rows = (*self._groups(), *self._items(self.plan.items, _Place()))
        self.table = Table("measures", "Мероприятия", columns, rows, "text")

    def content(self, caption: str) -> Content:
        """Return what a reader gets: a subsection for each service type, or one flat table.

        The printed title of a plan stands above its groups, and over a flat table.
        """
        title = self.plan.title if self.answers is None else None
        if self.plan.items:
            return Content((self._shown(self.table.rows, title or caption),))
        sections = tuple(self._section(section) for section in self.plan.sections)
        return Content((Caption(title),) if title else (), sections)

    def _shown(self, rows: Iterable[Row], caption: str) -> Table:
        columns = _PLAN if self.answers is None else _EXECUTION
        return self.table.shown([narrow(row, columns) for row in rows], caption, columns)

    def _section(self, section: PlanSection) -> SectionView:
        blocks = tuple(self._block(section, group) for group in section.groups)
        anchor = f"plan-{section.service_type}"
        return SectionView(anchor, self._type_title(section), section.number, blocks)

    def _block(self, section: PlanSection, group: Group) -> Table | NoRows:
        title = " ".join(part for part in (group.number, self._group_title(group)) if part)
        if group.proposals:
            table = self._shown(self._group_rows(section, group), title)
            return replace(table, notes=notes_of(group))
        return NoRows(title, _say_nothing(group), notes_of(group), self._facets(section, group))

    def _group_title(self, group: Group) -> str:
        channel = self.vocabulary.channel(group.channel)
        title = group.title or (channel.title if channel else group.channel)
        return f"{title} {channel.segment}" if channel and channel.segment else title

    def _type_title(self, section: PlanSection) -> str:
        kind = self.vocabulary.service_type(section.service_type)
        return section.title or (kind.title if kind else section.service_type)

    def _groups(self) -> Iterator[Row]:
        for section in self.plan.sections:
            for group in section.groups:
                yield from self._group_rows(section, group)
                if not group.proposals:
                    yield self._empty_row(section, group)

    def _group_rows(self, section: PlanSection, group: Group) -> Iterator[Row]:
        for proposal in group.proposals:
            yield from self._items(proposal.measures, self._place(section, group, proposal))

    def _place(self, section: PlanSection, group: Group, proposal: Proposal | None) -> _Place:
        channel = self.vocabulary.channel(group.channel)
        cells = {
            "section_number": section.number,
            "section": self._type_title(section),
            "group_number": group.number,
            "group": cell(self._group_title(group), *notes_of(group)),
            "segment": channel.segment if channel else None,
            "proposal": proposal.text if proposal else None,
        }
        return _Place(cells, self._facets(section, group))

    def _facets(self, section: PlanSection, group: Group) -> tuple[Facet, ...]:
        channel = self.vocabulary.channel(group.channel)
        service = Facet(Choice.SERVICE, section.service_type, self._type_title(section))
        return (service, *segment_facets(channel.segment if channel else None))

    def _empty_row(self, section: PlanSection, group: Group) -> Row:
        said = {
            "number": group.no_measures and group.no_measures.number,
            "text": _say_nothing(group),
        }
        return row({**self._place(section, group, None).cells, **said})

    def _items(self, measures: tuple[Measure, ...], place: _Place, depth: int = 0) -> Iterator[Row]:
        for measure in measures:
            if measure.id not in self._rows:
                self._rows[measure.id] = self._row(measure, place, depth)
            yield self._rows[measure.id]
            yield from self._items(measure.items, place.below(measure.id), depth + 1)

    def _row(self, measure: Measure, place: _Place, depth: int) -> Row:
        text = measure.text or (measure.same_as and self._texts[measure.same_as])
        facets = place.facets + due_facets(measure.deadline)
        cells: dict[str, object] = {
            **place.cells,
            "number": measure.number,
            "id": measure.id,
            "text": cell(text, measure.note, measure.waiver.get("same_as")),
            "deadline": cell(say_deadlines(measure.deadline), measure.waiver.get("deadline")),
            "starts": measure.starts,
            "due": measure.due,
            "frequency": next((d.frequency for d in measure.deadline if d.frequency), None),
            "expected": cell(measure.result, measure.waiver.get("result")),
            "responsible": measure.responsible,
            "funding": measure.funding,
            "success": measure.success and _say_success(measure.success),
            "continued": measure.continues and self.earlier.get(measure.continues),
            "continues": measure.continues,
        }
        if self.answers is not None:
            answered = _answer_cells(self.answers.get(measure.id), measure.due)
            cells |= answered
            facets += status_facets(answered["status"].text, late=bool(answered["late"]))
        return row(cells, f"m-{measure.id}", depth, facets)


MISSING: Mapping[str, str] = {
    "date": "не указана",
    "reason": "не указана",
    "new_deadline": "не указан",
    "effect": "не указан",
}
"""What is read where a report does not say it."""


def narrow(row: Row, columns: Mapping[str, tuple[str, ...]]) -> Row:
    """Put what further columns hold into the cells that take them in."""
    taken = {
        key: replace(
            row[key], parts=tuple((TITLES[part], stated(row, part)) for part in parts if row[part])
        )
        for key, parts in columns.items()
    }
    return replace(row, cells=taken)


def stated(row: Row, key: str) -> Cell:
    """Return what a report says of a measure, or that it does not."""
    found = row[key]
    return found if found.plain else replace(found, text=MISSING.get(key, ""))


NO_MEASURES = "нет мероприятий"


def _say_nothing(group: Group) -> str:
    """Say that a group is empty, and what its document puts there."""
    said = group.no_measures
    if said is None:
        return NO_MEASURES
    printed = " ".join(part for part in (said.number, said.printed) if part)
    marked = f"{NO_MEASURES} (в документе: «{printed}»)" if printed else NO_MEASURES
    return f"{marked}. {said.reason}" if said.reason else marked


def say_deadlines(deadlines: tuple[Deadline, ...]) -> str:
    """Say deadlines in the words of the document."""
    return "; ".join(deadline.wording for deadline in deadlines)


def _say_success(success: Success) -> str:
    target = f"{success.target} {success.unit}" if success.unit else success.target
    return f"{success.measure}: {target}"


def status_facets(said: str, *, late: bool) -> tuple[Facet, ...]:
    """Return the facets of what is said of a measure, and of its being late besides."""
    return (status_facet(said), *([status_facet(LATE)] if late else []))


def _answer_cells(answer: Answer | None, due: date | None) -> dict[str, Cell]:
    """Return what a report says of a measure; a draft may say nothing yet."""
    if answer is None:
        return {"status": cell(UNANSWERED), "late": EMPTY}
    waived = answer.waiver.get
    return {
        "status": cell(answer.status, answer.note, waived("status")),
        "date": dated(answer.date, waived("date")),
        "late": _late(answer, due),
        "result": cell(answer.result),
        "reason": cell(answer.reason, waived("reason")),
        "new_deadline": cell(say_deadlines(answer.new_deadline), waived("new_deadline")),
        "effect": cell(answer.effect, waived("effect")),
        "evidence": Cell(links=tuple(Link(address, address) for address in answer.evidence)),
    }


def _late(answer: Answer, due: date | None) -> Cell:
    """Return by how many days a measure was done after its deadline, nothing if it was not."""
    if answer.status is not Status.DONE or not (answer.date and due and answer.date > due):
        return EMPTY
    days = (answer.date - due).days
    return replace(numbered(days), state="late")
