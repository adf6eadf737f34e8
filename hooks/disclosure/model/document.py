"""What programmes and reports have in common."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field, model_validator

from disclosure.model.entity import Entity, Waivable
from disclosure.model.fields import Day, Prose, Text, Year
from disclosure.model.supplier import Fact, ServicePoint


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
            raise ValueError(
                "у термина нет ни названия, ни сокращения. Добавьте name или abbreviation"
            )
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


class Revision(Entity):
    """A change of a document after it was published: an entry for each, the oldest first."""

    date: Day
    what: Text = Field(description="Что изменено")
    why: Text = Field(description="Почему изменено, на каком основании")


class Document(Waivable):
    """What programmes and reports have in common. Its period is the name of its file."""

    WAIVABLE: ClassVar[tuple[str, ...]] = ("terms", "title")

    title: Text
    city: Text | None = None
    year: Year | None = Field(None, description="Год издания, как на обложке")
    published: Day | None = Field(None, description="Когда документ опубликован")
    revisions: tuple[Revision, ...] = Field(
        (), description="Изменения опубликованного документа, старые выше"
    )
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
