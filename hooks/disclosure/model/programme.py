"""A programme: what is promised, by when, with what result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field, model_validator

from disclosure.model.document import Document
from disclosure.model.entity import Entity, Loc, Waivable
from disclosure.model.fields import Deadlines, Slug, Text


class Success(Entity):
    """How success of a measure is told."""

    measure: Text
    target: Text
    unit: Text | None = None


class Measure(Waivable):
    """What a supplier promises to do, by when, and with what result."""

    WAIVABLE = ("deadline", "result", "same_as")

    id: Slug = Field(
        description="Постоянное имя мероприятия: не меняется, даже если номер меняется"
    )
    number: Text | None = Field(None, description="Номер, как напечатан")
    text: Text | None = Field(None, description="Мероприятие")
    same_as: Slug | None = Field(
        None, description="id мероприятия, чей текст общий для нескольких предложений"
    )
    deadline: Deadlines = Field((), description="Срок, как напечатан, или список сроков")
    result: Text | None = Field(None, description="Ожидаемый результат")
    responsible: Text | None = Field(None, description="Ответственное подразделение")
    funding: Text | None = Field(None, description="Финансирование")
    success: Success | None = Field(None, description="Показатель успеха: цель и единица")
    continues: Slug | None = Field(None, description="id мероприятия прошлого периода")
    items: tuple[Measure, ...] = Field((), description="Подпункты (только в простом списке)")

    @property
    def starts(self) -> date | None:
        """The first day of the time its deadlines name, None where they name no date."""
        return min((deadline.start for deadline in self.deadline if deadline.start), default=None)

    @property
    def due(self) -> date | None:
        """The last day on which it is in time, None where its deadlines name no date."""
        return max((deadline.due for deadline in self.deadline if deadline.due), default=None)

    @model_validator(mode="after")
    def _worded(self) -> Measure:
        if self.text is None and self.same_as is None:
            raise ValueError("у мероприятия нет текста. Добавьте text")
        if self.text is not None and self.same_as is not None:
            raise ValueError("у мероприятия и свой текст (text), и общий (same_as). Оставьте одно")
        return self


class Proposal(Entity):
    """A proposal and the measures that carry it out."""

    text: Text
    measures: tuple[Measure, ...] = Field(min_length=1)


class NoMeasures(Entity):
    """How a document says that a group has no measures."""

    number: Text | None = None
    printed: Text | None = Field(None, description="Что напечатано вместо мероприятий: прочерк")
    reason: Text | None = None

    @model_validator(mode="after")
    def _said(self) -> NoMeasures:
        if self.printed is None and self.reason is None:
            raise ValueError("не сказано, что стоит в документе. Добавьте printed или reason")
        return self


class Group(Waivable):
    """The measures of one channel."""

    WAIVABLE = ("proposals",)

    channel: Slug
    number: Text | None = None
    title: Text | None = Field(None, description="Название, если отличается от channels.yml")
    proposals: tuple[Proposal, ...] = ()
    no_measures: NoMeasures | None = None


class PlanSection(Entity):
    """The groups of one service type."""

    service_type: Slug
    number: Text | None = None
    title: Text | None = None
    groups: tuple[Group, ...] = Field(min_length=1)


class Plan(Entity):
    """The plan of measures: groups by channel, or a flat list with sub-items."""

    title: Text | None = Field(None, description="Заголовок таблицы, как напечатан")
    sections: tuple[PlanSection, ...] = ()
    items: tuple[Measure, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Plan:
        if not self.sections and not self.items:
            raise ValueError("в плане ничего нет. Добавьте sections или items")
        if self.sections and self.items:
            raise ValueError("в плане и sections, и items. Оставьте одно")
        return self


class Dropped(Entity):
    """A measure of the programme before that is not carried on, and why."""

    id: Slug = Field(description="id мероприятия прошлого периода")
    reason: Text


class Programme(Document):
    """A yearly programme of measures that raise service quality (programmes/<period>.yml)."""

    plan: Plan
    dropped: tuple[Dropped, ...] = Field(
        (), description="Мероприятия прошлой программы, которые не продолжены, и почему"
    )

    def measures(self) -> Iterator[tuple[Loc, Measure]]:
        """Every measure in printed order with its place, sub-items after their parent."""
        yield from _with_items(("plan", "items"), self.plan.items)
        for loc, group in self.groups():
            for number, proposal in enumerate(group.proposals):
                yield from _with_items((*loc, "proposals", number, "measures"), proposal.measures)

    def groups(self) -> Iterator[tuple[Loc, Group]]:
        """Every group in printed order with its place."""
        for s, section in enumerate(self.plan.sections):
            for g, group in enumerate(section.groups):
                yield ("plan", "sections", s, "groups", g), group


def _with_items(loc: Loc, measures: tuple[Measure, ...]) -> Iterator[tuple[Loc, Measure]]:
    for number, measure in enumerate(measures):
        yield (*loc, number), measure
        yield from _with_items((*loc, number, "items"), measure.items)
