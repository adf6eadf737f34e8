"""Rules of one report: every measure of its programme answered, every figure possible."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Answer, Loc, Measure, Programme, Report, Status, SupplierFolder
from disclosure.rules.problem import WAIVE, Problem, warn
from disclosure.rules.programme import deadlines
from disclosure.values import say_date


def check_report(report: Report) -> Iterator[Problem]:
    """Yield what is wrong with one report taken by itself."""
    yield from _indicators(report)
    for index, answer in enumerate(report.measures):
        yield from deadlines(("measures", index), answer.new_deadline, "new_deadline")


def check_answers(report: Report, folder: SupplierFolder) -> Iterator[Problem]:
    """Yield what is wrong with a report held against its programme."""
    programme = folder.programmes.get(report.programme)
    if programme is None:
        known = ", ".join(folder.programmes) or "ни одной"
        message = f"программы за «{report.programme}» нет. Есть: {known}. Исправьте период."
        yield Problem((), message, place=("programme",))
        return
    yield from _answers(report, programme)


def _answers(report: Report, programme: Programme) -> Iterator[Problem]:
    measures = {measure.id: measure for _, measure in programme.measures()}
    answered: set[str] = set()
    for index, answer in enumerate(report.measures):
        loc: Loc = ("measures", index)
        if answer.id not in measures:
            message = f"мероприятия «{answer.id}» нет в программе за {report.programme}."
            yield Problem(loc, f"{message} Исправьте id.", place=("id",))
        elif answer.id in answered:
            message = f"на мероприятие «{answer.id}» уже есть ответ выше. Оставьте один."
            yield Problem(loc, message, place=("id",))
        else:
            yield from _answer(loc, answer, measures[answer.id])
        answered.add(answer.id)
    for missing in [name for name in measures if name not in answered]:
        message = (
            f"нет ответа на мероприятие «{missing}» программы за {report.programme}."
            " Добавьте его со статусом, хотя бы «нет сведений»."
        )
        yield Problem((), message, place=("measures",))


def _answer(loc: Loc, answer: Answer, measure: Measure) -> Iterator[Problem]:
    due = measure.due
    if answer.date and due and answer.date > due:
        message = (
            f"выполнено {say_date(answer.date)}, позже срока {say_date(due)}."
            f" Проверьте дату или {WAIVE}"
        )
        yield warn(loc, message, "date", place=("date",))
    if measure.items and not measure.deadline and answer.status is Status.DONE:
        message = f"пункт «{measure.id}» без срока отмечен выполненным. Проверьте или {WAIVE}"
        yield warn(loc, message, "status", place=("status",))


def _indicators(report: Report) -> Iterator[Problem]:
    for g, group in enumerate(report.indicators):
        for i, indicator in enumerate(group.items):
            for year, amount in indicator.values.items():
                if amount.problem:
                    message = (
                        f"значение «{amount.wording}» ({indicator.unit}): {amount.problem}."
                        f" Исправьте его или {WAIVE}"
                    )
                    loc: Loc = ("indicators", g, "items", i)
                    yield Problem(loc, message, year, place=("values", year))
