"""What suppliers disclose: suppliers, programmes, reports and their parts, typed and frozen.

Each class is one entity of Government Decree 442 (service-quality programmes of guaranteeing
suppliers) as the documents show it. Field names are the keys of the YAML. A description is what
an editor is shown by a program that completes YAML, so it is in Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from disclosure.values import (
    Amount,
    Deadline,
    Measurement,
    WorkingHours,
    parse_date,
)

Loc = tuple[str | int, ...]
"""Where a value stands in its document: keys and indices from the top."""


class Entity(BaseModel):
    """A part of a document; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("здесь нужен текст, а не список или вложенные поля")
    if not value.strip():
        raise ValueError("значение пусто. Заполните его или удалите поле")
    return value.strip()


def _years(info: ValidationInfo) -> tuple[int, ...]:
    return tuple((info.context or {}).get("years", ()))


def _date(value: Any) -> date:
    return parse_date(_text(value))


def _deadlines(value: Any, info: ValidationInfo) -> tuple[Deadline, ...]:
    wordings = value if isinstance(value, list) else [value]
    return tuple(Deadline.parse(_text(wording), _years(info)) for wording in wordings)


def _hours(value: Any) -> WorkingHours:
    hours = WorkingHours.parse(_text(value))
    if hours.problem:
        raise ValueError(f"режим работы «{hours.wording}»: {hours.problem}")
    return hours


def _matching(pattern: str, expected: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"«{value}»: {expected}")
        return value

    return AfterValidator(check)


_STRING = {"type": "string"}
Text = Annotated[str, PlainValidator(_text), WithJsonSchema(_STRING)]
"""One or more words, never empty."""

Prose = Annotated[str, PlainValidator(_text), WithJsonSchema(_STRING | {"title": "Текст"})]
"""Text with the Markdown subset: emphasis, links, lists, footnotes, paragraphs."""

Slug = Annotated[
    Text,
    _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "только строчные латинские буквы, цифры и дефис"),
    WithJsonSchema(_STRING | {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
Address = Annotated[
    Text,
    _matching(r"https?://[^\s<>\"']+", "адрес начинается с https:// и не содержит пробелов"),
    WithJsonSchema(_STRING | {"pattern": "^https?://"}),
]
Email = Annotated[
    Text,
    _matching(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+", "это не адрес электронной почты"),
    WithJsonSchema(_STRING | {"pattern": "^[^@\\s]+@[^@\\s]+$"}),
]
Year = Annotated[
    Text,
    _matching(r"(19|20|21)\d\d", "год пишется четырьмя цифрами"),
    WithJsonSchema(_STRING | {"pattern": "^\\d{4}$"}),
]
Inn = Annotated[
    Text,
    _matching(r"\d{10}", "ИНН организации состоит из 10 цифр"),
    WithJsonSchema(_STRING | {"pattern": "^\\d{10}$"}),
]
Colour = Annotated[
    Text,
    _matching(r"#[0-9a-fA-F]{6}", "цвет пишется так: #1f2a6b"),
    WithJsonSchema(_STRING | {"pattern": "^#[0-9a-fA-F]{6}$"}),
]
Day = Annotated[
    date,
    PlainValidator(_date),
    WithJsonSchema(_STRING | {"pattern": r"^\d{1,2}\.\d{1,2}\.\d{4}$"}),
]
Deadlines = Annotated[
    tuple[Deadline, ...],
    PlainValidator(_deadlines),
    WithJsonSchema({"anyOf": [_STRING, {"type": "array", "items": _STRING, "minItems": 1}]}),
]
Hours = Annotated[WorkingHours, PlainValidator(_hours), WithJsonSchema(_STRING)]


def _flag(value: Any) -> bool:
    known = {"true": True, "false": False, "да": True, "нет": False}
    if not isinstance(value, str) or value.lower() not in known:
        raise ValueError("здесь пишут true или false")
    return known[value.lower()]


Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]


class Segment(StrEnum):
    """Whom a channel serves."""

    B2B = "B2B"
    B2C = "B2C"


_CYRILLIC_TWINS = str.maketrans("ВС", "BC")

SegmentName = Annotated[
    Segment,
    BeforeValidator(lambda v: v.translate(_CYRILLIC_TWINS) if isinstance(v, str) else v),
]
"""A segment, printed in Latin or in Cyrillic letters."""


class Waivable(Entity):
    """An entity whose defects may be published as they stand, with a reason readers see."""

    WAIVABLE: ClassVar[tuple[str, ...]] = ()

    note: Text | None = Field(None, description="Примечание, которое увидят читатели")
    waiver: dict[str, Text] = Field(
        default_factory=dict,
        description="Пояснение к ошибке документа, публикуемого как есть: «поле: причина»",
    )


# The shared vocabulary ---------------------------------------------------------------------


class Channel(Entity):
    """One of the groups of a plan: a way to be served, for one segment or for both."""

    id: Slug
    title: Text
    segment: SegmentName | None = None


class ServiceType(Entity):
    """A section of a plan: in person, remote, interactive."""

    id: Slug
    title: Text
    channels: tuple[Channel, ...]


class Vocabulary(Entity):
    """The service types and channels every supplier shares (data/channels.yml)."""

    service_types: tuple[ServiceType, ...]

    def channel(self, channel_id: str) -> Channel | None:
        """Return the channel of that id, None where there is none."""
        return next((c for t in self.service_types for c in t.channels if c.id == channel_id), None)

    def service_type(self, type_id: str) -> ServiceType | None:
        """Return the service type of that id, None where there is none."""
        return next((t for t in self.service_types if t.id == type_id), None)


class LegalAct(Entity):
    """An act of law whose date is known for sure."""

    act: Text
    date: Day
    number: Text
    title: Text


class LegalActs(Entity):
    """The acts that documents are checked against (data/acts.yml)."""

    acts: tuple[LegalAct, ...]


# The supplier ------------------------------------------------------------------------------


class Fact(Entity):
    """A named fact, printed as it is: «Клиенты – физические лица: около 460 000»."""

    name: Text
    value: Text


class HoursException(Entity):
    """The hours of one place that differ from those of its channel."""

    name: Text
    hours: Hours


class ServicePoint(Entity):
    """A way to reach a supplier: its name, numbers, addresses and hours."""

    name: Text
    segment: SegmentName | None = None
    phones: tuple[Text, ...] = ()
    emails: tuple[Email, ...] = ()
    sites: tuple[Address, ...] = ()
    address: Text | None = None
    hours: Hours | None = None
    exceptions: tuple[HoursException, ...] = ()
    note: Text | None = None


class Supplier(Entity):
    """A guaranteeing electricity supplier (supplier.yml)."""

    name: Text = Field(description="Краткое наименование: АО «Пример»")
    full_name: Text | None = None
    legal_form: Text | None = None
    brand: tuple[Text, ...] = Field((), description="Строки фирменного блока")
    city: Text | None = None
    regions: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = Field((), description="Число клиентов, офисов и другие сведения")
    inn: Inn | None = None
    site: Address | None = None
    contacts: tuple[ServicePoint, ...] = ()
    colour: Colour = "#1f2a6b"
    demo: Flag = False


# Parts of documents ------------------------------------------------------------------------


class Order(Entity):
    """The order that approves a document; what is left blank in it is left out here."""

    organization: Text
    date: Day | None = None
    number: Text | None = None


class Approver(Entity):
    """Who approves a document."""

    position: Text
    name: Text | None = None


class Approval(Entity):
    """How a document was approved; any part may be blank."""

    annex: Text | None = Field(None, description="Номер приложения к приказу")
    order: Order | None = None
    approver: Approver | None = None
    signed: Day | None = Field(None, description="Дата подписи, если проставлена")
    signed_year: Year | None = Field(None, description="Год подписи, если день не проставлен")


class LegalReference(Waivable):
    """An act of law a document refers to."""

    WAIVABLE = ("date",)

    act: Text
    date: Day | None = None
    number: Text | None = None
    title: Text | None = None


class Term(Entity):
    """A term of a document; its name or its abbreviation may be blank."""

    name: Text | None = None
    abbreviation: Text | None = None
    definition: Text

    @model_validator(mode="after")
    def _named(self) -> Term:
        if self.name is None and self.abbreviation is None:
            raise ValueError("у термина нет ни названия (name), ни сокращения (abbreviation)")
        return self


class Clause(Waivable):
    """A numbered paragraph of a section."""

    WAIVABLE = ("text",)

    number: Text | None = None
    text: Prose


class Part(StrEnum):
    """What a section may show besides its own text."""

    ABOUT = "about"
    LEGAL_REFERENCES = "legal_references"
    TERMS = "terms"
    FIGURES = "figures"
    CHANNELS = "channels"
    PLAN = "plan"
    EXECUTION = "execution"
    INDICATORS = "indicators"


class Section(Waivable):
    """A section of a document: prose, numbered clauses, and typed parts shown in it."""

    WAIVABLE = ("text",)

    number: Text | None = None
    title: Text
    text: Prose | None = None
    clauses: tuple[Clause, ...] = ()
    shows: tuple[Part, ...] = Field((), description="Какие части документа показать в этом разделе")


class Document(Entity):
    """What programmes and reports have in common. Its period is the name of its file."""

    title: Text
    city: Text | None = None
    year: Year | None = Field(None, description="Год издания, как на обложке")
    code: Text | None = Field(None, description="Код документа: ЛНА-0015-1")
    access: Text | None = Field(None, description="Гриф: «Для внешнего использования»")
    description: Prose | None = None
    about: tuple[Fact, ...] = Field((), description="Сведения о документе: название и значение")
    approval: Approval | None = None
    legal_references: tuple[LegalReference, ...] = ()
    terms: tuple[Term, ...] = ()
    figures: tuple[Fact, ...] = Field((), description="Показатели текущего состояния")
    channels: tuple[ServicePoint, ...] = ()
    sections: tuple[Section, ...] = ()
    note: Text | None = None
    waiver: dict[str, Text] = Field(default_factory=dict)


# The programme -----------------------------------------------------------------------------


class Success(Entity):
    """How success of a measure is told."""

    measure: Text
    target: Text
    unit: Text | None = None


class Measure(Waivable):
    """What a supplier promises to do, by when, and with what result."""

    WAIVABLE = ("deadline", "result", "same_as", "text")

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

    @model_validator(mode="after")
    def _worded(self) -> Measure:
        if (self.text is None) == (self.same_as is None):
            raise ValueError("нужно либо text, либо same_as")
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
            raise ValueError("напишите, что стоит в документе: printed или reason")
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
        if bool(self.sections) == bool(self.items):
            raise ValueError("план состоит либо из sections, либо из items")
        return self


class Programme(Document):
    """A yearly programme of measures that raise service quality (programmes/<period>.yml)."""

    plan: Plan

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


# The report --------------------------------------------------------------------------------


class Status(StrEnum):
    """What became of a measure."""

    DONE = "выполнено"
    IN_PROGRESS = "выполняется"
    PARTLY = "выполнено частично"
    NOT_DONE = "не выполнено"
    POSTPONED = "перенесено"
    CANCELLED = "отменено"
    UNKNOWN = "нет сведений"


class Answer(Waivable):
    """What a report says of one measure of its programme."""

    WAIVABLE = ("date", "status")

    id: Slug
    status: Status
    date: Day | None = Field(None, description="Дата факта")
    result: Text | None = None
    reason: Text | None = Field(None, description="Причина отклонения от плана")
    new_deadline: Deadlines = ()
    effect: Text | None = None
    evidence: tuple[Address, ...] = Field((), description="Адреса подтверждений")


class Indicator(Waivable):
    """A figure of service quality with a value for each year."""

    name: Text
    unit: Measurement
    values: dict[Year, Amount] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _typed_values(cls, data: Any) -> Any:
        """Read each value by the unit beside it, «мин : сек» being «мин:сек»."""
        if not (isinstance(data, dict) and isinstance(data.get("unit"), str)):
            return data
        unit = data["unit"].replace(" ", "")
        values = data.get("values")
        if unit not in set(Measurement) or not isinstance(values, dict):
            return data | {"unit": unit}
        typed = {year: Amount.parse(_text(v), Measurement(unit)) for year, v in values.items()}
        return data | {"unit": unit, "values": typed}


class IndicatorGroup(Entity):
    """Indicators under one heading, or under none."""

    title: Text | None = None
    items: tuple[Indicator, ...] = Field(min_length=1)


class Report(Document):
    """What became of each measure of a programme (reports/<year>.yml)."""

    programme: Text = Field(description="Период программы, на которую отвечает отчёт")
    measures: tuple[Answer, ...] = Field(min_length=1)
    indicators: tuple[IndicatorGroup, ...] = ()


# Together ----------------------------------------------------------------------------------


class SupplierFolder(Entity):
    """All that one supplier discloses, documents by period."""

    slug: str
    supplier: Supplier
    programmes: dict[str, Programme] = Field(default_factory=dict)
    reports: dict[str, Report] = Field(default_factory=dict)

    def before(self, period: str) -> str | None:
        """Return the period of the programme before that of `period`, None for the first."""
        return max((other for other in self.programmes if other < period), default=None)


class Disclosure(Entity):
    """All that is disclosed: the vocabulary and the suppliers, by slug."""

    vocabulary: Vocabulary
    acts: LegalActs
    suppliers: tuple[SupplierFolder, ...]
