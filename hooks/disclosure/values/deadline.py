"""When a measure is due: typed for sorting and checking, beside the wording of the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from disclosure.values.calendar import MONTHS, Period, Unit, day

EXAMPLES = "01.06.2024, 3 квартал 2024, 1–4 кварталы 2024, ежемесячно, постоянно"


class Frequency(StrEnum):
    """How often a measure is repeated, as documents print it."""

    DAILY = "ежедневно"
    WEEKLY = "еженедельно"
    MONTHLY = "ежемесячно"
    QUARTERLY = "ежеквартально"
    HALF_YEARLY = "раз в полугодие"
    YEARLY = "ежегодно"
    ALWAYS = "постоянно"


@dataclass(frozen=True)
class Span:
    """The time from the first day of one period to the last day of another, or of the same."""

    first: Period
    last: Period

    @property
    def end(self) -> date:
        """The last day."""
        return self.last.end

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first == last:
            return str(first)
        short = first.unit is last.unit and first.start.year == last.start.year
        match first.unit:
            case Unit.QUARTER if short:
                return f"{first.index}–{last.index} кварталы {first.start.year}"
            case Unit.MONTH if short:
                return f"{MONTHS[first.index - 1][0]}–{last}"
            case Unit.YEAR if last.unit is Unit.YEAR:
                return f"{first.start.year}–{last.start.year} годы"
        return f"{first} – {last}"


@dataclass(frozen=True)
class Deadline:
    """One deadline: the document's wording and what it means.

    `spans` and `frequency` are empty, and `problem` says why in Russian, where the wording
    names no possible time.
    """

    wording: str
    spans: tuple[Span, ...] = ()
    frequency: Frequency | None = None
    problem: str | None = None

    @classmethod
    def parse(cls, wording: str, years: Sequence[int] = ()) -> Deadline:
        """Read a deadline; a period without a year takes the only one of `years`."""
        try:
            frequency, spans = _parse(wording, years)
        except ValueError as error:
            return cls(wording, problem=str(error))
        return cls(wording, spans, frequency)

    @property
    def due(self) -> date | None:
        """The last day on which the measure is in time, None where no date is named."""
        return max((span.end for span in self.spans), default=None)

    @property
    def start(self) -> date | None:
        """The first day of the time named, None where no date is named."""
        return min((span.first.start for span in self.spans), default=None)

    @property
    def meanings(self) -> tuple[Span | Frequency | str, ...]:
        """What it means however it is worded; a wording that means nothing stands for itself."""
        if self.problem:
            return (self.wording,)
        return (*self.spans, *([self.frequency] if self.frequency else []))

    def __str__(self) -> str:
        said = [str(self.frequency)] if self.frequency else []
        return ", ".join(said + [str(span) for span in self.spans])


@dataclass(frozen=True)
class _Part:
    """A period as read: its year may still be unknown."""

    unit: Unit
    index: int
    year: int | None
    day: int = 0

    def period(self) -> Period:
        if self.year is None:
            raise ValueError("не указан год, а у документа он не один")
        if self.unit is Unit.DAY:
            return Period(day(self.day, self.index, self.year), Unit.DAY)
        return Period.of(self.unit, self.year, self.index)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = r"(?:\d{1,2}|iv|i{1,3})"
_YEAR = r"(?:\s*(\d{4}))?(?:\s*(?:годы|года?|гг?\.?)(?![а-я]))?"
_MONTH = "|".join(sorted({name for names in MONTHS for name in names}, key=len, reverse=True))
_LINK = r"\s*(?:-|,|и)\s*"


def _numbers(unit: Unit, text: str, year: str | None) -> Iterator[_Part | str]:
    """Read the numbers of «1-4 кварталы», «2 и 4 кварталы», keeping their links between."""
    for piece in re.findall(rf"{_NUMBER}|-|,|и", text):
        if piece in "-,и":
            yield piece
        else:
            index = _ROMAN[piece] if piece in _ROMAN else int(piece)
            yield _Part(unit, index, int(year) if year else None)


def _months(text: str, year: str | None) -> Iterator[_Part | str]:
    for piece in re.findall(rf"{_MONTH}|-|,|и", text):
        if piece in "-,и":
            yield piece
        else:
            yield _Part(Unit.MONTH, _month(piece), int(year) if year else None)


def _month(name: str) -> int:
    return next(number for number, names in enumerate(MONTHS, 1) if name in names)


def _optional(year: str | None) -> int | None:
    return int(year) if year else None


_Reader = Callable[[re.Match[str]], Iterator[_Part | str]]
_GRAMMAR: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?(?:\s*(?:года|г\.?)(?![а-я]))?(?![.\d])",
            lambda m: iter([_Part(Unit.DAY, int(m[2]), _optional(m[3]), int(m[1]))]),
        ),
        (
            rf"(\d{{1,2}})\s+({_MONTH}){_YEAR}",
            lambda m: iter([_Part(Unit.DAY, _month(m[2]), _optional(m[3]), int(m[1]))]),
        ),
        (
            rf"({_NUMBER}(?:{_LINK}{_NUMBER})*)(?:-?[йе])?\s*(?:квартал(?:ы|а|е|ов)?|кв\.){_YEAR}",
            lambda m: _numbers(Unit.QUARTER, m[1], m[2]),
        ),
        (
            rf"({_NUMBER}(?:{_LINK}{_NUMBER})*)(?:-?[ое]?е)?\s*полугоди[еяй]{_YEAR}",
            lambda m: _numbers(Unit.HALF_YEAR, m[1], m[2]),
        ),
        (
            rf"((?:{_MONTH})(?:{_LINK}(?:{_MONTH}))*){_YEAR}",
            lambda m: _months(m[1], m[2]),
        ),
        (
            r"(\d{4})(?:\s*(?:годы|года?|гг?\.?)(?![а-я]))?",
            lambda m: iter([_Part(Unit.YEAR, 1, int(m[1]))]),
        ),
        (r"год[ау]?(?![а-я])", lambda _: iter([_Part(Unit.YEAR, 1, None)])),
        (r"-|,|;|\b(?:и|по|до)\b", lambda m: iter([m[0]])),
        (r"\s|(?:с|в течение|не позднее)\b", lambda _: iter(())),
    )
)


def _parse(wording: str, years: Sequence[int]) -> tuple[Frequency | None, tuple[Span, ...]]:
    text = re.sub(r"\s*[–—]\s*", "-", wording.lower().replace("ё", "е").replace("\xa0", " "))
    frequency = next((value for value in Frequency if text.strip().startswith(value)), None)
    rest = text.strip().removeprefix(frequency or "")
    spans = tuple(_spans(_with_years(list(_tokens(rest.strip(" ,;"))), years)))
    if not spans and frequency is None:
        raise ValueError(f"такой срок не прочитать. Пишите, например: {EXAMPLES}")
    return frequency, spans


def _tokens(text: str) -> Iterator[_Part | str]:
    position = 0
    while position < len(text):
        for pattern, reader in _GRAMMAR:
            if found := pattern.match(text, position):
                yield from reader(found)
                position = found.end()
                break
        else:
            raise ValueError(f"такой срок не прочитать. Пишите, например: {EXAMPLES}")


def _with_years(pieces: list[_Part | str], years: Sequence[int]) -> list[_Part | str]:
    """Give each period without a year that of the next period, or else the programme's."""
    known = years[0] if len(years) == 1 else None
    filled: list[_Part | str] = []
    for piece in reversed(pieces):
        if isinstance(piece, _Part):
            known = known if piece.year is None else piece.year
            filled.append(replace(piece, year=known))
        else:
            filled.append(piece)
    return filled[::-1]


def _spans(pieces: list[_Part | str]) -> Iterator[Span]:
    first: Period | None = None
    joined = parted = False
    for piece in pieces:
        if not isinstance(piece, _Part):
            # «с 1 по 3» and «с 1 до 3» join, «1, до 3» does not
            joins = piece in {"-", "по"} or (piece == "до" and first is not None and not parted)
            if joined or (joins and (first is None or parted)):
                raise ValueError(_TWO_DATES)
            joined, parted = joins, not joins
            continue
        period = piece.period()
        if first is not None:
            if joined and period.end < first.start:
                raise ValueError("конец срока раньше начала")
            yield Span(first, period if joined else first)
        first = None if joined else period
        joined = parted = False
    if joined:
        raise ValueError(_TWO_DATES)
    if first is not None:
        yield Span(first, first)


_TWO_DATES = "по обе стороны тире или слов «по», «до» нужны даты"
