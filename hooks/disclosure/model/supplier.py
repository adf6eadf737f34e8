"""A supplier and how to reach it."""

from __future__ import annotations

from pydantic import Field

from disclosure.model.entity import Entity
from disclosure.model.fields import Address, Colour, Email, Flag, Hours, Inn, SegmentName, Text


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
