"""Rules of one report: every measure of its programme answered, every figure possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import dropwhile
from typing import Final

from disclosure.finding import Severity
from disclosure.model import Answer, Loc, Report, Status, SupplierFolder
from disclosure.rules.answer import UNDONE, Told, check_answer
from disclosure.rules.problem import WAIVE, Beside, Problem, in_programme
from disclosure.rules.programme import deadlines
from disclosure.values import say_date
from disclosure.values.russian import plural


def check_report(report: Report, years: tuple[int, ...]) -> Iterator[Problem]:
    """Yield what is wrong with one report taken by itself; `years` are those of its period."""
    if report.draft and report.draft < (start := date(years[0], 1, 1)):
        message = (
            f"черновик составлен {say_date(report.draft)}, а период отчёта начинается"
            f" {say_date(start)}. Исправьте дату или имя файла."
        )
        yield Problem((), message, place=("draft",))
    yield from _programme(report, years)
    yield from _indicators(report)
    for index, answer in enumerate(report.measures):
        yield from deadlines(("measures", index), answer.new_deadline, "new_deadline")


def _programme(report: Report, years: tuple[int, ...]) -> Iterator[Problem]:
    """Warn where a report and its programme have no year in common: a copy of last year's."""
    named = [int(year) for year in re.findall(r"\d{4}", report.programme)]
    if named and (named[-1] < years[0] or named[0] > years[-1]):
        said = "–".join(str(year) for year in sorted({years[0], years[-1]}))
        message = (
            f"период отчёта {said}, а отвечает он на программу за {report.programme}."
            " Проверьте programme или имя файла."
        )
        yield Problem((), message, None, Severity.WARNING, ("programme",))


def check_answers(report: Report, folder: SupplierFolder) -> Iterator[Problem]:
    """Yield what is wrong with a report held against its programme."""
    if report.programme not in folder.programmes:
        known = ", ".join(folder.programmes) or "ни одной"
        message = f"программы за «{report.programme}» нет. Есть: {known}. Исправьте период."
        yield Problem((), message, place=("programme",))
        return
    places = _places(report, folder)
    yield from _ids(report, places, in_programme(folder, report.programme, ("plan",)))
    for told in _told(report, folder):
        beside = places[told.answer.id]
        yield from (replace(each, beside=beside) for each in check_answer(told, report))
    answered = {answer.id for answer in report.measures}
    yield from _missing(report, {k: v for k, v in places.items() if k not in answered})


def check_carried_on(report: Report, folder: SupplierFolder) -> Iterator[Problem]:
    """Yield each unfinished measure that the next programme neither carries on nor drops.

    A postponed one must be there; one that is still being carried out had better be, unless the
    report is a draft. Of several reports on a programme the last one that answers is asked.
    """
    following = folder.after(report.programme)
    if report.programme not in folder.programmes or following is None:
        return
    later = folder.programmes[following]
    kept = {m.continues for _, m in later.measures()} | {each.id for each in later.dropped}
    kept |= _answered_later(report, folder)
    beside = in_programme(folder, following, ("plan",), "следующая программа")
    for told in _told(report, folder):
        name, status = told.answer.id, told.answer.status
        postponed = status is Status.POSTPONED
        if name in kept or not (postponed or (status in _UNFINISHED and not report.draft)):
            continue
        if told.left_to_items({status} if postponed else UNDONE):
            continue
        message = (
            f"статус «{status}», а в программе за {following} мероприятие не продолжено. Впишите"
            f" туда «continues: {name}» или dropped с причиной, либо здесь {WAIVE}"
        )
        severity = Severity.ERROR if postponed else Severity.WARNING
        yield Problem(told.loc, message, "status", severity, ("status",), beside)


def _answered_later(report: Report, folder: SupplierFolder) -> set[str]:
    """Return the measures that later reports on the same programme answer, too."""
    reports = [other for _, other in sorted(folder.reports.items())]
    later = list(dropwhile(lambda other: other is not report, reports))[1:]
    same = (other for other in later if other.programme == report.programme)
    return {answer.id for other in same for answer in other.measures}


_UNFINISHED: Final = {Status.IN_PROGRESS, Status.PARTLY}


def _places(report: Report, folder: SupplierFolder) -> dict[str, Beside]:
    """Return where each measure stands in the programme of a report."""
    period = report.programme
    measures = folder.programmes[period].measures()
    return {measure.id: in_programme(folder, period, loc) for loc, measure in measures}


def _told(report: Report, folder: SupplierFolder) -> Iterator[Told]:
    """Yield the first answer about each measure of the programme."""
    measures = {m.id: m for _, m in folder.programmes[report.programme].measures()}
    first: dict[str, tuple[Loc, Answer]] = {}
    for index, answer in enumerate(report.measures):
        if answer.id in measures:
            first.setdefault(answer.id, (("measures", index), answer))
    for name, (loc, answer) in first.items():
        items = tuple(first[item.id][1] for item in measures[name].items if item.id in first)
        yield Told(loc, answer, measures[name], items)


def _ids(report: Report, places: Mapping[str, Beside], plan: Beside) -> Iterator[Problem]:
    answered: set[str] = set()
    for index, answer in enumerate(report.measures):
        message = None
        if answer.id not in places:
            message = (
                f"мероприятия «{answer.id}» нет в программе за {report.programme}. Исправьте id."
            )
        elif answer.id in answered:
            message = f"на мероприятие «{answer.id}» уже есть ответ выше. Оставьте один."
        if message:
            beside = places.get(answer.id, plan)
            yield Problem(("measures", index), message, place=("id",), beside=beside)
        answered.add(answer.id)


def _missing(report: Report, missing: Mapping[str, Beside]) -> Iterator[Problem]:
    """A draft may leave measures out, which one warning tells."""
    if report.draft and missing:
        count = plural(len(missing), "мероприятие", "мероприятия", "мероприятий")
        message = (
            f"черновик: нет ответа на {count} программы за {report.programme}:"
            f" {', '.join(missing)}. Допишите, прежде чем удалять draft."
        )
        beside = next(iter(missing.values()))
        yield Problem((), message, None, Severity.WARNING, ("measures",), beside)
        return
    for name, beside in missing.items():
        message = (
            f"нет ответа на мероприятие «{name}» программы за {report.programme}."
            " Добавьте его со статусом, хотя бы «нет сведений»."
        )
        yield Problem((), message, place=("measures",), beside=beside)


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
