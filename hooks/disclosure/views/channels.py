"""The ways to reach a supplier as a table."""

from __future__ import annotations

import re
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
        *(_phone(phone) for phone in point.phones),
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


def _phone(printed: str) -> Link:
    """Return a link that dials a Russian number of ten digits; any other is left a mere text."""
    main = re.split(r"[,;]|\bдоб", printed, maxsplit=1)[0]
    digits = re.sub(r"\D", "", main)
    dialled = f"tel:+7{digits[1:]}" if re.fullmatch(r"[78]\d{10}", digits) else ""
    return Link(printed, dialled)
