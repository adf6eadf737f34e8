from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.values import Deadline, Frequency, Period, Span, Unit

UNREADABLE = (
    "такой срок не прочитать. Пишите, например:"
    " 01.06.2024, 3 квартал 2024, 1–4 кварталы 2024, ежемесячно, постоянно"
)
TWO_DATES = "по обе стороны тире или слов «по», «до» нужны даты"

# The wording, what it means as we print it, its first and its last day.
EXAMPLES = [
    # a day
    ("01.06.2024", "01.06.2024", "2024-06-01", "2024-06-01"),
    ("1.6.2024 г.", "01.06.2024", "2024-06-01", "2024-06-01"),
    ("до 01.06.2024", "01.06.2024", "2024-06-01", "2024-06-01"),
    ("не позднее 1 июня 2024 года", "01.06.2024", "2024-06-01", "2024-06-01"),
    ("29.02.2024", "29.02.2024", "2024-02-29", "2024-02-29"),
    # a month
    ("март 2024", "март 2024", "2024-03-01", "2024-03-31"),
    ("Февраль 2024 года", "февраль 2024", "2024-02-01", "2024-02-29"),
    ("в течение марта 2024 г.", "март 2024", "2024-03-01", "2024-03-31"),
    # a quarter
    ("3 квартал 2025 года", "3 квартал 2025", "2025-07-01", "2025-09-30"),
    ("3-й квартал 2025", "3 квартал 2025", "2025-07-01", "2025-09-30"),
    ("III кв. 2025 г.", "3 квартал 2025", "2025-07-01", "2025-09-30"),
    ("IV квартал\xa02025", "4 квартал 2025", "2025-10-01", "2025-12-31"),
    # a half-year
    ("1 полугодие 2024", "1 полугодие 2024", "2024-01-01", "2024-06-30"),
    ("2-е полугодие 2024 года", "2 полугодие 2024", "2024-07-01", "2024-12-31"),
    ("II полугодие 2024", "2 полугодие 2024", "2024-07-01", "2024-12-31"),
    # a year
    ("2025 год", "2025 год", "2025-01-01", "2025-12-31"),
    ("2025", "2025 год", "2025-01-01", "2025-12-31"),
    ("в течение 2025 года", "2025 год", "2025-01-01", "2025-12-31"),
    # a range of each
    ("01.03.2024–01.06.2024", "01.03.2024 – 01.06.2024", "2024-03-01", "2024-06-01"),
    ("с 01.03.2024 по 01.06.2024", "01.03.2024 – 01.06.2024", "2024-03-01", "2024-06-01"),
    ("с 1 марта по 1 июня 2024 года", "01.03.2024 – 01.06.2024", "2024-03-01", "2024-06-01"),
    ("март - июнь 2024", "март–июнь 2024", "2024-03-01", "2024-06-30"),
    ("с 1 марта до 1 июня 2024 года", "01.03.2024 – 01.06.2024", "2024-03-01", "2024-06-01"),
    ("с марта по июнь 2024 г.", "март–июнь 2024", "2024-03-01", "2024-06-30"),
    ("декабрь 2023 – март 2024", "декабрь 2023 – март 2024", "2023-12-01", "2024-03-31"),
    ("1-4 кварталы 2024", "1–4 кварталы 2024", "2024-01-01", "2024-12-31"),
    ("I – II кварталы 2024 года", "1–2 кварталы 2024", "2024-01-01", "2024-06-30"),
    (
        "4 квартал 2023 – 1 квартал 2024",
        "4 квартал 2023 – 1 квартал 2024",
        "2023-10-01",
        "2024-03-31",
    ),
    (
        "1–2 полугодия 2024",
        "1 полугодие 2024 – 2 полугодие 2024",
        "2024-01-01",
        "2024-12-31",
    ),
    ("2023–2024 годы", "2023–2024 годы", "2023-01-01", "2024-12-31"),
    ("2023-2024 гг.", "2023–2024 годы", "2023-01-01", "2024-12-31"),
    # several
    ("2 и 4 кварталы 2024", "2 квартал 2024, 4 квартал 2024", "2024-04-01", "2024-12-31"),
    ("1, 3 кв. 2024", "1 квартал 2024, 3 квартал 2024", "2024-01-01", "2024-09-30"),
    ("01.03.2024, 01.09.2024", "01.03.2024, 01.09.2024", "2024-03-01", "2024-09-01"),
    ("01.03.2024; 2 квартал 2024", "01.03.2024, 2 квартал 2024", "2024-03-01", "2024-06-30"),
    ("01.03.2024, до 01.09.2024", "01.03.2024, 01.09.2024", "2024-03-01", "2024-09-01"),
    ("01.03.2024\n01.09.2024", "01.03.2024, 01.09.2024", "2024-03-01", "2024-09-01"),
    ("май, август 2024", "май 2024, август 2024", "2024-05-01", "2024-08-31"),
    (
        "1-2 кварталы 2024, 4 квартал 2024",
        "1–2 кварталы 2024, 4 квартал 2024",
        "2024-01-01",
        "2024-12-31",
    ),
    # a frequency within a time
    ("ежемесячно, 2024 год", "ежемесячно, 2024 год", "2024-01-01", "2024-12-31"),
    (
        "Ежеквартально в течение 2024 года",
        "ежеквартально, 2024 год",
        "2024-01-01",
        "2024-12-31",
    ),
]


@pytest.mark.parametrize(("wording", "meaning", "start", "due"), EXAMPLES)
def test_deadline_is_read(wording: str, meaning: str, start: str, due: str) -> None:
    deadline = Deadline.parse(wording)
    assert deadline.problem is None
    assert (deadline.wording, str(deadline)) == (wording, meaning)
    assert (deadline.start, deadline.due) == (date.fromisoformat(start), date.fromisoformat(due))


@pytest.mark.parametrize("frequency", Frequency)
def test_frequency_names_no_day(frequency: Frequency) -> None:
    deadline = Deadline.parse(frequency.capitalize())
    assert (deadline.frequency, deadline.start, deadline.due) == (frequency, None, None)
    assert (deadline.problem, str(deadline)) == (None, frequency)


@pytest.mark.parametrize(
    ("wording", "meaning"),
    [
        ("01.06", "01.06.2024"),
        ("1 июня", "01.06.2024"),
        ("март", "март 2024"),
        ("3 квартал", "3 квартал 2024"),
        ("1-4 кварталы", "1–4 кварталы 2024"),
        ("2 полугодие", "2 полугодие 2024"),
        ("в течение года", "2024 год"),
        ("с 01.03 по 01.06", "01.03.2024 – 01.06.2024"),
        ("4 квартал 2023 – 1 квартал", "4 квартал 2023 – 1 квартал 2024"),
        ("1 квартал 2025", "1 квартал 2025"),
    ],
)
def test_year_left_out_is_that_of_the_programme(wording: str, meaning: str) -> None:
    assert str(Deadline.parse(wording, [2024])) == meaning


@pytest.mark.parametrize("years", [(), (2023, 2024)])
def test_year_left_out_of_a_programme_of_two_years_is_refused(years: tuple[int, ...]) -> None:
    assert Deadline.parse("3 квартал", years).problem == "не указан год, а у документа он не один"


@pytest.mark.parametrize(
    ("wording", "problem"),
    [
        ("31.09.2024", "в сентябре нет 31-го числа"),
        ("31 июня 2024 года", "в июне нет 31-го числа"),
        ("29.02.2023", "в феврале 2023 года нет 29-го числа"),
        ("32.01.2024", "в январе нет 32-го числа"),
        ("01.13.2024", "нет 13-го месяца"),
        ("5 квартал 2024", "нет 5-го квартала"),
        ("0 квартал 2024", "нет 0-го квартала"),
        ("3 полугодие 2024", "нет 3-го полугодия"),
        ("0000 год", "нет 0-го года"),
        ("4-1 кварталы 2024", "конец срока раньше начала"),
        ("01.06.2024 – 01.03.2024", "конец срока раньше начала"),
        ("декабрь–январь 2024", "конец срока раньше начала"),
        ("01.06.2024 –", TWO_DATES),
        ("01.06.2024, – 01.07.2024", TWO_DATES),
        ("– 01.06.2024", TWO_DATES),
        ("1–2–3 кварталы 2024", TWO_DATES),
        ("01.06.24", UNREADABLE),
        ("2024-06-01", UNREADABLE),
        ("скоро", UNREADABLE),
        ("постоянного", UNREADABLE),
        ("до", UNREADABLE),
        ("", UNREADABLE),
        ("–", TWO_DATES),
    ],
)
def test_impossible_deadline_says_why(wording: str, problem: str) -> None:
    assert Deadline.parse(wording) == Deadline(wording, problem=problem)


def periods(first: date = date(1900, 1, 1)) -> st.SearchStrategy[Period]:
    days = st.dates(first, date(2199, 12, 31))
    units = st.sampled_from(Unit)
    return st.builds(_period, days, units).filter(lambda period: period.end >= first)


def _period(day: date, unit: Unit) -> Period:
    if unit is Unit.DAY:
        return Period(day, unit)
    return Period.of(unit, day.year, (day.month - 1) // unit.value + 1)


spans = periods().flatmap(
    lambda first: st.builds(Span, st.just(first), st.just(first) | periods(first.start))
)


@given(st.none() | st.sampled_from(Frequency), st.lists(spans, min_size=1, max_size=4))
def test_deadline_printed_is_read_back(frequency: Frequency | None, times: list[Span]) -> None:
    printed = str(Deadline("", tuple(times), frequency))
    read = Deadline.parse(printed)
    assert (read.problem, read.frequency, read.spans) == (None, frequency, tuple(times))


words = st.text() | st.lists(
    st.sampled_from(
        [
            "1", "31", "02", ".", "2024", "0000", "квартал", "полугодие", "марта", "год",
            "ежегодно", "-", "–", ",", "и", "по", "с", "до", "кв.", "IV", "-й", "²", "٣", "\xa0",
        ]
    )
).map(" ".join)  # fmt: skip


@given(words, st.lists(st.integers(1900, 2199), max_size=2))
def test_any_text_is_a_time_or_a_problem(wording: str, years: list[int]) -> None:
    deadline = Deadline.parse(wording, years)
    assert deadline.wording == wording
    assert (deadline.problem is None) == bool(deadline.spans or deadline.frequency)
