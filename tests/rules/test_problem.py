from __future__ import annotations

import pytest

from disclosure.finding import Finding, Place, Severity
from disclosure.model import Clause, Programme
from disclosure.rules.problem import Beside, Problem, settle, walk, warn
from disclosure.salvage import Rest
from disclosure.source import Loc, parse
from disclosure.validation import validate

CLAUSE: Loc = ("sections", 0, "clauses", 0)
TEXT = """\
title: t
sections:
  - title: s
    clauses:
      - text: c
        waiver:
          text: Так напечатано.
plan:
  items:
    - id: a
      text: b
"""


def settled(
    *problems: Problem, waiver: str = "text", hurt: tuple[Loc, ...] = (), idle: bool = True
) -> list[str]:
    source = parse(TEXT.replace("  text: Так", f"  {waiver}: Так").encode(), "f.yml")
    programme = validate(source, Programme).value
    assert programme is not None
    rest = Rest(source, {})
    rest.hurt |= set(hurt)
    return [str(finding) for finding in settle(problems, programme, rest, idle=idle)]


def test_walk_visits_every_entity_with_its_place() -> None:
    programme = validate(parse(TEXT.encode(), "f.yml"), Programme).value
    assert programme is not None
    places = dict(walk(programme))
    assert isinstance(places[CLAUSE], Clause)
    assert set(places) == {
        (),
        ("sections", 0),
        CLAUSE,
        ("plan",),
        ("plan", "items", 0),
    }


def test_waived_problem_is_no_finding() -> None:
    assert settled(Problem(CLAUSE, "плохо.", "text")) == []
    assert settled(Problem(CLAUSE, "плохо.", "text"), Problem(CLAUSE, "ещё хуже.", "text")) == []


IDLE = "f.yml:7:11: пояснение к «{}» лишнее: такой ошибки здесь нет. Удалите его."


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem(CLAUSE, "плохо.", "number"), "f.yml:5:9: плохо."),
        (Problem(CLAUSE[:2], "плохо.", "text"), "f.yml:3:5: плохо."),
        (warn(CLAUSE, "странно.", "number"), "f.yml:5:9: предупреждение: странно."),
    ],
)
def test_waiver_covers_only_its_field_of_its_entity(problem: Problem, said: str) -> None:
    assert settled(problem) == [said, IDLE.format("text")]


@pytest.mark.parametrize("waiver", ["text", '""'])
def test_a_problem_without_a_waiver_is_told_and_no_waiver_is_called_idle_then(waiver: str) -> None:
    assert settled(Problem(CLAUSE, "плохо."), waiver=waiver) == ["f.yml:5:9: плохо."]
    placed = Problem(CLAUSE, "плохо.", place=("number",))
    assert settled(placed, waiver=waiver) == ["f.yml:5:9: плохо."]


def test_idle_waiver_is_told_only_where_every_rule_was_asked() -> None:
    assert settled() == [IDLE.format("text")]
    assert settled(idle=False) == []
    assert settled(hurt=(CLAUSE,)) == []


@pytest.mark.parametrize(
    ("problem", "hurt", "told"),
    [
        (Problem(CLAUSE, "нет номера.", "number"), (CLAUSE,), False),
        (Problem(CLAUSE, "плохой текст.", "number", place=("text",)), (CLAUSE,), True),
        (Problem(CLAUSE, "плохой номер.", "number", place=("number",)), (CLAUSE,), False),
        (Problem((), "нет ответа.", place=("sections",)), ((),), True),
        (Problem((), "нет ответа.", place=("sections",)), ((), ("sections",)), False),
    ],
)
def test_what_may_only_follow_from_a_loss_is_passed_over(
    problem: Problem, hurt: tuple[Loc, ...], told: bool
) -> None:
    assert bool(settled(problem, hurt=hurt, idle=False)) is told


def test_finding_names_the_place_in_the_second_document() -> None:
    source = parse(TEXT.encode(), "f.yml")
    programme = validate(source, Programme).value
    assert programme is not None
    other = Rest(parse(b"title: t\nplan:\n  items:\n    - id: b\n", "data/o.yml"), {})

    def told(file: str, *loc: str | int) -> list[Finding]:
        problem = Problem(CLAUSE, "плохо.", beside=Beside("программа", file, loc))
        return list(settle([problem], programme, Rest(source, {}), {"o.yml": other}))

    (finding,) = told("o.yml", "plan", "items", 0)
    assert finding.beside == (Place("data/o.yml", 4, 7, "программа"),)
    assert str(finding) == "f.yml:5:9: плохо. (программа: data/o.yml:4:7)"
    assert [str(each) for each in told("gone.yml")] == ["f.yml:5:9: плохо."]


def test_a_warning_that_nothing_waives_keeps_no_waiver_from_being_idle() -> None:
    draft = Problem((), "не всё.", severity=Severity.WARNING)
    assert settled(draft) == ["f.yml:1:1: предупреждение: не всё.", IDLE.format("text")]


def test_warning_is_a_warning() -> None:
    assert warn((), "странно.", "text").severity is Severity.WARNING
