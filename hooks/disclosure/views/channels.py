"""The ways to reach a supplier as a table."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import ServicePoint
from disclosure.views.table import Cell, Column, Link, Row, Table, cell, row

CHANNELS = (
    Column("name", "Канал"),
    Column("segment", "Сегмент", optional=True),
    Column("contacts", "Телефон, адрес", optional=True),
    Column("hours", "Режим работы", optional=True),
    Column("schedule", "Режим работы по дням"),
)


def channels_table(points: tuple[ServicePoint, ...]) -> Table:
    """Return the table of ways to reach a supplier, exceptions after their channel."""
    rows = tuple(found for point in points for found in _point_rows(point))
    return Table("channels", "Каналы и режим работы", CHANNELS, rows, "name")


def channels_shown(table: Table) -> Table:
    """Return a table of channels as readers get it: hours in the words of the document alone."""
    keys = {column.key for column in CHANNELS} - {"schedule"}
    return table.shown(table.rows, table.caption, keys)


def _point_rows(point: ServicePoint) -> Iterator[Row]:
    links = (
        *(Link(phone, f"tel:{_dialled(phone)}") for phone in point.phones),
        *(Link(email, f"mailto:{email}") for email in point.emails),
        *(Link(site, site) for site in point.sites),
    )
    yield row(
        {
            "name": cell(point.name, point.note),
            "segment": point.segment,
            "contacts": Cell(point.address or "", links=links),
            "hours": point.hours and point.hours.wording,
            "schedule": point.hours,
        }
    )
    for exception in point.exceptions:
        yield row(
            {
                "name": f"{point.name}: {exception.name}",
                "segment": point.segment,
                "hours": exception.hours.wording,
                "schedule": exception.hours,
            }
        )


def _dialled(phone: str) -> str:
    digits = "".join(character for character in phone if character.isdigit())
    return f"+7{digits[1:]}" if len(digits) == 11 and digits[0] in "78" else digits
