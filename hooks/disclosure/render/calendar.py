"""Views → iCalendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, time

from icalendar import Calendar
from icalendar import Event as Component

from disclosure.views.calendar import CalendarView, Event


def render_calendar(view: CalendarView, site: str | None) -> bytes:
    """Return a calendar of whole days; pages are named where the address of the site is known."""
    calendar = Calendar()
    calendar.add("prodid", "-//disclosure//disclosure//RU")
    calendar.add("version", "2.0")
    calendar.add("name", f"{view.supplier.name}: сроки")
    calendar.add("x-wr-calname", f"{view.supplier.name}: сроки")  # what most programs still read
    for event in view.events:
        calendar.add_component(_event(event, site))
    return bytes(calendar.to_ical())


def _event(told: Event, site: str | None) -> Component:
    event = Component()
    event.add("uid", told.uid)
    event.add("dtstamp", datetime.combine(told.stamp, time(), UTC))
    event.add("dtstart", told.day)
    event.add("summary", told.summary)
    event.add("description", told.text)
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
    if told.cancelled:
        event.add("status", "CANCELLED")
    if site:
        event.add("url", f"{site}{told.path}")
    return event
