"""The values of a document: each typed for sorting and checking, beside its wording."""

from disclosure.values.amount import Absence, Amount, Duration, Measurement, say_amount, say_number
from disclosure.values.calendar import (
    Period,
    Unit,
    moscow_day,
    parse_date,
    say_date,
    say_day,
    say_moment,
)
from disclosure.values.deadline import Deadline, Frequency, Span
from disclosure.values.hours import DayHours, Interval, WorkingHours

__all__ = [
    "Absence",
    "Amount",
    "DayHours",
    "Deadline",
    "Duration",
    "Frequency",
    "Interval",
    "Measurement",
    "Period",
    "Span",
    "Unit",
    "WorkingHours",
    "moscow_day",
    "parse_date",
    "say_amount",
    "say_date",
    "say_day",
    "say_moment",
    "say_number",
]
