"""When a service channel works: a weekly schedule, round the clock, a window of a month's days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

EXAMPLES = "пн–пт 8:00–17:00, перерыв 12:00–12:48, сб, вс выходной; круглосуточно"

DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_STEMS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
WEEK = tuple(range(7))


@dataclass(frozen=True)
class Interval:
    """A time of day from `opens` to `closes`, in minutes since midnight (1440 is 24:00)."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


@dataclass(frozen=True)
class DayHours:
    """The hours of some days of the week (0 is Monday); no interval means closed."""

    days: tuple[int, ...]
    interval: Interval | None
    breaks: tuple[Interval, ...] = ()
    except_holidays: bool = False

    def __str__(self) -> str:
        said = f"{_say_days(self.days)} {self.interval or 'выходной'}"
        said += "".join(f", перерыв {pause}" for pause in self.breaks)
        return said + (", кроме праздничных дней" if self.except_holidays else "")


@dataclass(frozen=True)
class WorkingHours:
    """Working hours: the document's wording and what it means.

    Everything else is empty, and `problem` says why in Russian, where the wording is unclear.
    """

    wording: str
    week: tuple[DayHours, ...] = ()
    round_the_clock: bool = False
    month_days: tuple[int, int] | None = None
    problem: str | None = None

    @classmethod
    def parse(cls, wording: str) -> WorkingHours:
        """Read working hours as Russian documents word them."""
        try:
            return _Schedule(wording).read()
        except ValueError as error:
            return cls(wording, problem=str(error))

    def __str__(self) -> str:
        said = ["круглосуточно"] if self.round_the_clock else []
        if self.month_days:
            said.append("с {} по {} число каждого месяца".format(*self.month_days))
        return "; ".join([" ".join(said)] * bool(said) + [str(day) for day in self.week])


_DAY = "|".join([*(f"{stem}[а-я]*" for stem in _STEMS), *DAYS])
_TIME = r"(\d{1,2})[:.](\d{2})"
_TOKENS = re.compile(
    rf"(?P<window>с\s+(?P<from>\d{{1,3}})\s+по\s+(?P<to>\d{{1,3}})\s+числ[ао](?:\s+каждого\s+месяца)?)"
    rf"|(?P<clock>круглосуточно)"
    rf"|(?P<daily>ежедневно)"
    rf"|(?P<time>(?:с\s+)?{_TIME}\s*(?:-|до)\s*{_TIME})"
    rf"|(?P<nobreak>без\s+перерыв[а-я]*)"
    rf"|(?P<break>перерыв[а-я]*)"
    rf"|(?P<holidays>(?:за\s+исключением|кроме)\s+(?:официальных\s+|нерабочих\s+)*праздничных\s+дней)"
    rf"|(?P<closed>выходн[а-я]+(?:\s+д(?:ень|ни))?)"
    rf"|(?P<days>(?:с\s+|в\s+|во\s+)?(?P<first>{_DAY})(?:\s*(?:-|\bпо\b)\s*(?P<last>{_DAY}))?)(?![а-я])"
    rf"|(?P<end>;)"
    rf"|(?P<skip>[\s,.()*:-]|по\s+московскому\s+времени|и(?![а-я]))"
)


class _Schedule:
    """Reads one wording from left to right; days wait until their hours are named."""

    def __init__(self, wording: str) -> None:
        self.wording = wording
        self.entries: list[DayHours] = []
        self.waiting: list[int] = []
        self.closed = False
        self.pause = False
        self.always = False
        self.window: tuple[int, int] | None = None

    def read(self) -> WorkingHours:
        for found in self._tokens():
            self._take(found)
        self._close_waiting()
        if self.pause:
            raise ValueError("у перерыва не указано время")
        if self.closed:
            raise ValueError("не указано, какие дни выходные")
        if self.waiting:
            raise ValueError(f"для дней «{_say_days(tuple(self.waiting))}» не указано время")
        if not (self.entries or self.always):
            raise ValueError(f"режим работы не прочитать. Пишите, например: {EXAMPLES}")
        _check_days(self.entries)
        return WorkingHours(self.wording, tuple(self.entries), self.always, self.window)

    def _tokens(self) -> Iterator[re.Match[str]]:
        text = re.sub(r"[–—]", "-", self.wording.lower().replace("ё", "е").replace("\xa0", " "))
        position = 0
        while position < len(text):
            found = _TOKENS.match(text, position)
            if not found:
                rest = self.wording[position:].split(",")[0]
                raise ValueError(f"непонятно «{rest}». Пишите, например: {EXAMPLES}")
            position = found.end()
            yield found

    def _take(self, found: re.Match[str]) -> None:
        match found.lastgroup:
            case "window":
                self.window = _window(int(found["from"]), int(found["to"]))
            case "clock":
                self._round_the_clock()
            case "daily":
                self.waiting = list(WEEK)
            case "time":
                self._time(_interval(found))
            case "break":
                self.pause = True
            case "holidays":
                self._amend(except_holidays=True)
            case "closed":
                self._closed()
            case "days":
                self.waiting += _days(found["first"], found["last"])
            case "end":
                self._close_waiting()

    def _round_the_clock(self) -> None:
        if self.waiting in ([], list(WEEK)):
            self.always = True
            self.waiting = []
        else:
            self._time(Interval(0, 24 * 60))

    def _time(self, interval: Interval) -> None:
        if self.pause:
            self._break(interval)
            return
        if not self.waiting:
            raise ValueError(f"не указаны дни для времени «{interval}»")
        if self.closed:
            raise ValueError("непонятно, какие дни выходные. Отделите их точкой с запятой")
        self.entries.append(DayHours(tuple(self.waiting), interval))
        self.waiting = []

    def _break(self, pause: Interval) -> None:
        self.pause = False
        within = self.entries[-1].interval if self.entries else None
        if within is None:
            raise ValueError(f"перерыв «{pause}» указан раньше времени работы")
        if not within.opens < pause.opens < pause.closes < within.closes:
            raise ValueError(f"перерыв «{pause}» выходит за время работы «{within}»")
        self._amend(breaks=(*self.entries[-1].breaks, pause))

    def _amend(self, **change: object) -> None:
        if not self.entries:
            raise ValueError("исключение указано раньше времени работы")
        self.entries[-1] = replace(self.entries[-1], **change)  # type: ignore[arg-type]  # fields vary

    def _closed(self) -> None:
        """«вс выходной» closes the days before it, «выходные – сб, вс» those after it."""
        if self.waiting:
            self.entries.append(DayHours(tuple(self.waiting), None))
            self.waiting = []
        else:
            self.closed = True

    def _close_waiting(self) -> None:
        if self.closed and self.waiting:
            self.entries.append(DayHours(tuple(self.waiting), None))
            self.waiting = []
            self.closed = False


def _days(first: str, last: str | None) -> list[int]:
    start = _day(first)
    if last is None:
        return [start]
    end = _day(last)
    if end < start:
        raise ValueError(f"дни «{first}–{last}» идут в обратном порядке")
    return list(range(start, end + 1))


def _day(name: str) -> int:
    names = DAYS if name in DAYS else _STEMS
    return next(number for number, stem in enumerate(names) if name.startswith(stem))


def _interval(found: re.Match[str]) -> Interval:
    hours = re.findall(_TIME, found["time"])
    opens, closes = (_minutes(int(hour), int(minute)) for hour, minute in hours)
    if closes <= opens:
        raise ValueError(f"время «{_clock(opens)}–{_clock(closes)}»: конец не позже начала")
    return Interval(opens, closes)


def _minutes(hour: int, minute: int) -> int:
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise ValueError(f"времени «{hour}:{minute:02}» не бывает")
    return hour * 60 + minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _window(first: int, last: int) -> tuple[int, int]:
    if not 1 <= first <= last <= 31:
        raise ValueError(f"чисел «с {first} по {last}» в месяце не бывает")
    return first, last


def _check_days(entries: list[DayHours]) -> None:
    named = [day for entry in entries for day in entry.days]
    twice = next((day for day in named if named.count(day) > 1), None)
    if twice is not None:
        raise ValueError(f"день «{DAYS[twice]}» указан дважды")


def _say_days(days: tuple[int, ...]) -> str:
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}–{DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)
