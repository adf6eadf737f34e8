from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.values import DayHours, Interval, WorkingHours
from disclosure.values.hours import EXAMPLES, WEEK

WORKDAYS = "пн–пт 8:00–17:00"

# The wording, and what it means as we print it.
READ = [
    # a weekly schedule
    ("пн–пт 8:00–17:00", WORKDAYS),
    ("Пн-Пт: 08.00-17.00", WORKDAYS),
    ("с понедельника по пятницу с 8:00 до 17:00", WORKDAYS),
    ("понедельник, среда 8:00–12:00", "пн, ср 8:00–12:00"),
    ("ежедневно с 9:00 до 21:00 по московскому времени", "пн–вс 9:00–21:00"),
    ("пн–пт 8:00–17:00, сб 8:00–15:00", "пн–пт 8:00–17:00; сб 8:00–15:00"),
    ("во вторник с 0:00 до 24:00", "вт 0:00–24:00"),
    # breaks
    ("пн–пт 8:00–17:00, перерыв 12:00–12:48", "пн–пт 8:00–17:00, перерыв 12:00–12:48"),
    ("пн–пт 8:00–17:00, без перерыва", WORKDAYS),
    (
        "пн 8:00–17:00 (перерывы с 10:00 до 10:15, перерыв с 12:00 до 13:00)",
        "пн 8:00–17:00, перерыв 10:00–10:15, перерыв 12:00–13:00",
    ),
    # closed days
    (
        "пн–пт 8:00–17:00; выходные – суббота, воскресенье",
        "пн–пт 8:00–17:00; сб, вс выходной",
    ),
    ("сб, вс – выходные дни; пн–пт 8:00–17:00", "сб, вс выходной; пн–пт 8:00–17:00"),
    ("выходные – сб, вс; пн–пт 8:00–17:00", "сб, вс выходной; пн–пт 8:00–17:00"),
    # exceptions
    (
        "сб 8:00–15:00 (кроме официальных нерабочих праздничных дней)",
        "сб 8:00–15:00, кроме праздничных дней",
    ),
    (
        "пн 8:00–17:00, за исключением праздничных дней",
        "пн 8:00–17:00, кроме праздничных дней",
    ),
    # round the clock
    ("круглосуточно", "круглосуточно"),
    ("Ежедневно, круглосуточно", "круглосуточно"),
    ("пн–пт круглосуточно; сб 9:00–12:00", "пн–пт 0:00–24:00; сб 9:00–12:00"),
    # a window of days of the month
    (
        "Круглосуточно с 20 по 25 число каждого месяца",
        "круглосуточно с 20 по 25 число каждого месяца",
    ),
    (
        "с 1 по 5 число, пн–пт 8:00–17:00",
        "с 1 по 5 число каждого месяца; пн–пт 8:00–17:00",
    ),
]


@pytest.mark.parametrize(("wording", "meaning"), READ)
def test_hours_are_read(wording: str, meaning: str) -> None:
    hours = WorkingHours.parse(wording)
    assert hours.problem is None
    assert (hours.wording, str(hours)) == (wording, meaning)


def test_schedule_is_typed() -> None:
    wording = "пн–чт 8:00–17:00, перерыв 12:00–12:48, кроме праздничных дней; пт выходной"
    assert WorkingHours.parse(wording).week == (
        DayHours((0, 1, 2, 3), Interval(480, 1020), (Interval(720, 768),), except_holidays=True),
        DayHours((4,), None),
    )
    assert WorkingHours.parse("круглосуточно с 20 по 25 число").month_days == (20, 25)


@pytest.mark.parametrize(
    ("wording", "problem"),
    [
        ("пн–пт 8:00–25:00", "времени «25:00» не бывает"),
        ("пн–пт 8:60–17:00", "времени «8:60» не бывает"),
        ("пн–пт 24:01–24:02", "времени «24:01» не бывает"),
        ("пн–пт 17:00–8:00", "время «17:00–8:00»: конец не позже начала"),
        ("пн–пт 8:00–8:00", "время «8:00–8:00»: конец не позже начала"),
        (
            "пн 8:00–17:00, перерыв 16:00–18:00",
            "перерыв «16:00–18:00» выходит за время работы «8:00–17:00»",
        ),
        ("пн 8:00–17:00, перерыв", "у перерыва не указано время"),
        ("перерыв 12:00–13:00", "перерыв «12:00–13:00» указан раньше времени работы"),
        ("8:00–17:00", "не указаны дни для времени «8:00–17:00»"),
        ("пн–пт", "для дней «пн–пт» не указано время"),
        ("пт–пн 8:00–17:00", "дни «пт–пн» идут в обратном порядке"),
        ("пн 8:00–12:00, пн 13:00–17:00", "день «пн» указан дважды"),
        ("пн–пт 8:00–17:00, ср выходной", "день «ср» указан дважды"),
        (
            "выходные – сб, вс, пн–пт 8:00–17:00",
            "непонятно, какие дни выходные. Отделите их точкой с запятой",
        ),
        ("круглосуточно с 25 по 20 число", "чисел «с 25 по 20» в месяце не бывает"),
        ("круглосуточно с 0 по 32 число", "чисел «с 0 по 32» в месяце не бывает"),
        ("кроме праздничных дней", "исключение указано раньше времени работы"),
        (
            "пн–пт 8:00–17:00, сб по звонку",
            f"непонятно «по звонку». Пишите, например: {EXAMPLES}",
        ),
        ("", f"режим работы не прочитать. Пишите, например: {EXAMPLES}"),
        ("с 20 по 25 число", f"режим работы не прочитать. Пишите, например: {EXAMPLES}"),
    ],
)
def test_impossible_hours_say_why(wording: str, problem: str) -> None:
    assert WorkingHours.parse(wording) == WorkingHours(wording, problem=problem)


def test_examples_of_messages_can_be_read() -> None:
    assert [WorkingHours.parse(example).problem for example in EXAMPLES.split("; ")] == [None, None]


@st.composite
def schedules(draw: st.DrawFn) -> tuple[DayHours, ...]:
    """Each weekday belongs to one entry or to none."""
    entries: dict[int, list[int]] = {}
    for day in WEEK:
        if (entry := draw(st.integers(0, 3))) > 0:
            entries.setdefault(entry, []).append(day)
    return tuple(draw(_day_hours(tuple(days))) for days in entries.values())


@st.composite
def _day_hours(draw: st.DrawFn, days: tuple[int, ...]) -> DayHours:
    times = draw(st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted))
    pairs = len(times) // 2 * 2
    if not pairs:
        return DayHours(days, None)
    inner = times[1 : pairs - 1]
    breaks = tuple(map(Interval, inner[::2], inner[1::2]))
    return DayHours(days, Interval(times[0], times[pairs - 1]), breaks, draw(st.booleans()))


windows = st.none() | st.lists(st.integers(1, 31), min_size=2, max_size=2).map(
    lambda days: (min(days), max(days))
)


@given(schedules(), st.booleans(), windows)
def test_hours_printed_are_read_back(
    week: tuple[DayHours, ...], always: bool, window: tuple[int, int] | None
) -> None:
    always = always or not week
    printed = str(WorkingHours("", week, always, window))
    read = WorkingHours.parse(printed)
    assert (read.problem, read.week, read.round_the_clock, read.month_days) == (
        None,
        week,
        always,
        window,
    )


words = st.text() | st.lists(
    st.sampled_from(
        [
            "пн", "среда", "вс", "8:00", "17.00", "–", "-", "с", "по", "до", "и", ";", ",", ".",
            "перерыв", "без перерыва", "выходной", "круглосуточно", "ежедневно", "20", "числа",
            "кроме праздничных дней", "каждого месяца",
        ]
    )
).map(" ".join)  # fmt: skip


@given(words)
def test_any_text_is_a_schedule_or_a_problem(wording: str) -> None:
    hours = WorkingHours.parse(wording)
    assert hours.wording == wording
    assert (hours.problem is None) == bool(hours.week or hours.round_the_clock)
