"""Rules of one answer of a report: what its status asks for, and what it rules out."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from disclosure.model import Answer, Loc, Measure, Report, Status
from disclosure.rules.problem import WAIVE, Problem, warn
from disclosure.values import say_date

UNDONE: Final = frozenset(Status) - {Status.DONE}
_WITHOUT_FACT: Final = {
    Status.NOT_DONE,
    Status.POSTPONED,
    Status.CANCELLED,
    Status.UNKNOWN,
}
_WITHOUT_DEADLINE: Final = {Status.DONE, Status.CANCELLED}
_WITH_SUCCESS: Final = {Status.DONE, Status.PARTLY}


@dataclass(frozen=True)
class Told:
    """An answer at its place, the measure it is about, and the answers about its sub-items."""

    loc: Loc
    answer: Answer
    measure: Measure
    items: tuple[Answer, ...]

    @property
    def items_done(self) -> bool:
        """Whether there are sub-items, and all of them are done."""
        answered = bool(self.items) and len(self.items) == len(self.measure.items)
        return answered and not self.undone

    @property
    def undone(self) -> tuple[str, ...]:
        """The sub-items that are not done."""
        return tuple(item.id for item in self.items if item.status in UNDONE)

    def left_to_items(self, statuses: Container[Status]) -> bool:
        """Tell whether nothing is asked of a heading, since its sub-items are asked."""
        return self.items_done or any(item.status in statuses for item in self.items)


def check_answer(told: Told, report: Report) -> Iterator[Problem]:
    """Yield what is wrong with one answer of a report, held against its measure."""
    yield from _reason(told, report)
    yield from _date(told, date(int(report.programme[:4]), 1, 1))
    yield from _new_deadline(told)
    yield from _success(told)
    yield from _items(told)


def _reason(told: Told, report: Report) -> Iterator[Problem]:
    status = told.answer.status
    if status is Status.DONE or told.answer.reason or told.left_to_items(UNDONE):
        return
    if _is_on_its_way(told, report.draft):
        return
    if status is not Status.UNKNOWN:
        message = f"статус «{status}», а причина не названа. Допишите reason или {WAIVE}"
        yield Problem(told.loc, message, "reason", place=("status",))
        return
    whole = "reason" in report.waiver
    message = (
        f"{status}, и не сказано почему. Допишите reason или {WAIVE.rstrip('.')} –"
        " здесь или одно на весь отчёт."
    )
    loc, place = ((), (*told.loc, "status")) if whole else (told.loc, ("status",))
    yield Problem(loc, message, "reason", place=place)


def _is_on_its_way(told: Told, draft: date | None) -> bool:
    """Tell whether a draft says of a measure that is not due yet that it is being carried out."""
    due = told.measure.due
    return (
        draft is not None
        and told.answer.status is Status.IN_PROGRESS
        and (due is None or due >= draft)
    )


def _date(told: Told, start: date) -> Iterator[Problem]:
    """Hold a date of fact against the status, the deadline, and the first day of the programme."""
    done, due, status = told.answer.date, told.measure.due, told.answer.status
    if done and status in _WITHOUT_FACT:
        message = (
            f"статус «{status}», а указана дата факта {say_date(done)}."
            f" Проверьте status и date или {WAIVE}"
        )
        yield warn(told.loc, message, "date", place=("date",))
    elif done and due and done > due:
        day = say_date(done)
        said = f"выполнено {day}," if status is Status.DONE else f"дата факта {day}"
        message = f"{said} позже срока {say_date(due)}. Проверьте дату или {WAIVE}"
        yield warn(told.loc, message, "date", place=("date",))
    elif done and done < start:
        message = (
            f"дата факта {say_date(done)} раньше начала программы, {say_date(start)}."
            f" Проверьте дату или {WAIVE}"
        )
        yield warn(told.loc, message, "date", place=("date",))


def _new_deadline(told: Told) -> Iterator[Problem]:
    answer, status, due = told.answer, told.answer.status, told.measure.due
    postponed = max((new.due for new in answer.new_deadline if new.due), default=None)
    if answer.new_deadline and status in _WITHOUT_DEADLINE:
        message = (
            f"статус «{status}», а указан новый срок."
            f" Исправьте status, удалите new_deadline или {WAIVE}"
        )
        yield Problem(told.loc, message, "new_deadline", place=("new_deadline",))
    elif postponed and due and postponed <= due:
        message = (
            f"новый срок {say_date(postponed)} не позже прежнего {say_date(due)}."
            f" Проверьте new_deadline или {WAIVE}"
        )
        yield warn(told.loc, message, "new_deadline", place=("new_deadline",))
    elif (
        status is Status.POSTPONED
        and not answer.new_deadline
        and not told.left_to_items({Status.POSTPONED})
    ):
        message = f"статус «{status}», а новый срок не назван. Допишите new_deadline или {WAIVE}"
        yield Problem(told.loc, message, "new_deadline", place=("status",))


def _success(told: Told) -> Iterator[Problem]:
    answer, success = told.answer, told.measure.success
    if success and answer.status in _WITH_SUCCESS and not (answer.effect or answer.result):
        message = (
            f"у мероприятия есть показатель успеха («{success.measure}»), а что достигнуто, не"
            f" сказано. Допишите effect или result либо {WAIVE}"
        )
        yield Problem(told.loc, message, "effect")


def _items(told: Told) -> Iterator[Problem]:
    """A heading is done when all below it is, and only then."""
    measure, status = told.measure, told.answer.status
    message = None
    if status is Status.DONE and told.undone:
        said = "подпункт" if len(told.undone) == 1 else "подпункты"
        named = ", ".join(f"«{name}»" for name in told.undone)
        message = f"пункт отмечен выполненным, а {said} {named} – нет."
    elif status is not Status.DONE and told.items_done:
        message = f"все подпункты выполнены, а у самого пункта статус «{status}»."
    if message:
        message = f"{message} Исправьте status или {WAIVE}"
        yield Problem(told.loc, message, "status", place=("status",))
    elif status is Status.DONE and measure.items and not measure.deadline:
        message = f"пункт «{measure.id}» без срока отмечен выполненным. Проверьте или {WAIVE}"
        yield warn(told.loc, message, "status", place=("status",))
