"""Rules of one programme: its plan, its deadlines, its results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from disclosure.model import Group, Loc, Measure, Programme, Vocabulary
from disclosure.rules.problem import WAIVE, Problem, warn
from disclosure.values import Deadline
from disclosure.values.calendar import GENITIVE


def check_programme(programme: Programme) -> Iterator[Problem]:
    """Yield what is wrong with one programme taken by itself."""
    for loc, group in programme.groups():
        yield from _group(loc, group)
    yield from _ids(programme)
    for loc, measure in programme.measures():
        yield from deadlines(loc, measure.deadline, "deadline")
        yield from _facts_in_result(loc, measure)
    yield from _same_as(programme)
    yield from _two_dates(programme)


def deadlines(loc: Loc, values: tuple[Deadline, ...], field: str) -> Iterator[Problem]:
    """Yield a problem for each deadline that cannot be."""
    for number, value in enumerate(values):
        if value.problem:
            said = value.problem.rstrip(".")
            message = f"срок «{value.wording}»: {said}. Исправьте дату или {WAIVE}"
            yield Problem(loc, message, field, place=(field, number))


def check_deadlines(programme: Programme, years: tuple[int, ...]) -> Iterator[Problem]:
    """Warn where a measure is due wholly outside the period: a copy of last year's."""
    for loc, measure in programme.measures():
        spans = [span for deadline in measure.deadline for span in deadline.spans]
        outside = [s for s in spans if s.end.year < years[0] or s.first.start.year > years[-1]]
        if spans and outside == spans:
            said = f"срок «{_said(measure)}» вне периода программы."
            message = f"{said} Проверьте дату или {WAIVE}"
            yield warn(loc, message, "deadline", place=("deadline",))


def check_channels(programme: Programme, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what a programme names that the shared vocabulary lacks, or names twice."""
    seen: set[str] = set()
    for s, section in enumerate(programme.plan.sections):
        loc: Loc = ("plan", "sections", s)
        if section.service_type in {
            earlier.service_type for earlier in programme.plan.sections[:s]
        }:
            message = (
                f"вид обслуживания «{section.service_type}» уже есть выше. Объедините разделы."
            )
            yield Problem(loc, message, place=("service_type",))
        kind = vocabulary.service_type(section.service_type)
        if kind is None:
            known = ", ".join(t.id for t in vocabulary.service_types)
            message = (
                f"вида обслуживания «{section.service_type}» нет в channels.yml. Есть: {known}."
            )
            yield Problem(loc, message, place=("service_type",))
            continue
        known = ", ".join(channel.id for channel in kind.channels)
        for g, group in enumerate(section.groups):
            place: Loc = (*loc, "groups", g)
            if group.channel not in {channel.id for channel in kind.channels}:
                message = f"канала «{group.channel}» нет в виде «{kind.id}». Есть: {known}."
                yield Problem(place, message, place=("channel",))
            elif group.channel in seen:
                message = f"группа канала «{group.channel}» уже есть выше. Объедините группы."
                yield Problem(place, message, place=("channel",))
            seen.add(group.channel)


def _group(loc: Loc, group: Group) -> Iterator[Problem]:
    if group.proposals and group.no_measures:
        message = "в группе есть и предложения, и no_measures. Оставьте что-то одно."
        yield Problem(loc, message, place=("no_measures",))
    if not group.proposals and not group.no_measures:
        message = (
            f"в группе «{group.channel}» нет ни мероприятий, ни отметки об их отсутствии."
            f" Заполните proposals или no_measures либо {WAIVE}"
        )
        yield Problem(loc, message, "proposals")
    for p, proposal in enumerate(group.proposals):
        for m, measure in enumerate(proposal.measures):
            place: Loc = (*loc, "proposals", p, "measures", m)
            if measure.items:
                message = "подпункты бывают только в простом списке (plan.items). Перенесите их."
                yield Problem(place, message, place=("items",))
            if measure.result is None:
                message = (
                    f"у мероприятия «{measure.id}» нет результата. Допишите result или {WAIVE}"
                )
                yield Problem(place, message, "result")


def _ids(programme: Programme) -> Iterator[Problem]:
    seen: set[str] = set()
    for loc, measure in programme.measures():
        if measure.id in seen:
            message = f"id «{measure.id}» уже занят выше. Дайте мероприятию свой id."
            yield Problem(loc, message, place=("id",))
        seen.add(measure.id)


def _same_as(programme: Programme) -> Iterator[Problem]:
    worded = {measure.id for _, measure in programme.measures() if measure.text}
    for loc, measure in programme.measures():
        if measure.same_as is None:
            continue
        if measure.same_as not in worded:
            message = f"мероприятия «{measure.same_as}» с текстом нет в программе. Исправьте id."
            yield Problem(loc, message, place=("same_as",))
        else:
            message = (
                f"одно мероприятие «{measure.same_as}» записано на несколько предложений."
                f" Напишите text или {WAIVE}"
            )
            yield Problem(loc, message, "same_as", place=("same_as",))


_FACT: Final = re.compile(
    rf"\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}\s(?:{'|'.join(GENITIVE)})\s\d{{4}}|https?://"
    r"|\bперен[её]с\w*|\bперенос(?:а|у|ом|е|ится|ятся)?\b",
    re.IGNORECASE,
)


def _facts_in_result(loc: Loc, measure: Measure) -> Iterator[Problem]:
    if measure.result and (found := _FACT.search(measure.result)):
        message = (
            f"в ожидаемом результате стоит факт исполнения («{found[0]}»)."
            f" Перенесите его в отчёт или {WAIVE}"
        )
        yield warn(loc, message, "result", place=("result",))


def _two_dates(programme: Programme) -> Iterator[Problem]:
    """The same measure for two segments is legitimate, but with two dates it may be a slip."""
    first: dict[str, Measure] = {}
    for loc, measure in programme.measures():
        if measure.text is None:
            continue
        twin = first.setdefault(" ".join(measure.text.lower().split()), measure)
        if _meaning(twin) != _meaning(measure):
            message = (
                f"у того же мероприятия «{twin.id}» другой срок: {_said(twin)}."
                f" Проверьте даты или {WAIVE}"
            )
            yield warn(loc, message, "deadline", place=("deadline",))


def _meaning(measure: Measure) -> set[object]:
    """Return what the deadlines of a measure mean, however they are worded and listed."""
    return {meant for deadline in measure.deadline for meant in deadline.meanings}


def _said(measure: Measure) -> str:
    return ", ".join(deadline.wording for deadline in measure.deadline) or "не указан"
