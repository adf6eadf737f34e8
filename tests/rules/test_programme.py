from __future__ import annotations

import pytest

from disclosure.model import Programme
from disclosure.rules.programme import check_programme
from disclosure.source import parse
from disclosure.validation import validate

PLAN = """\
title: t
plan:
  sections:
    - service_type: in-person
      groups:
        - channel: office-b2b
          proposals:
            - text: Принимать лучше
              measures:
"""


def problems(text: str) -> list[str]:
    checked = validate(parse(text.encode(), "f.yml"), Programme, (2024,))
    assert checked.findings == []
    assert checked.value is not None
    return [problem.message for problem in check_programme(checked.value)]


def measure(name: str, **fields: str) -> str:
    given = {"id": name, "text": f"Мера {name}", "result": "Лучше"} | fields
    lines = [f"{key}: {value}" for key, value in given.items()]
    return "".join(f"{'  ' * 9}{line}\n" for line in lines).replace("  " * 9, "  " * 8 + "- ", 1)


def test_nothing_is_wrong_with_a_plain_plan() -> None:
    assert problems(PLAN + measure("a", deadline="2024 год") + measure("b")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("01.06.2024", "01.06.2024"),
        ("01.06.2024", "1 июня"),
        ("3 квартал", "III кв. 2024 г."),
        ("[март, май]", "март и май 2024"),
        ("ежемесячно", "Ежемесячно"),
        ("скоро", "скоро"),
    ],
)
def test_same_measure_for_two_segments_is_legitimate(first: str, second: str) -> None:
    plan = measure("a", text="Обучить", deadline=first) + measure(
        "b", text="обучить ", deadline=second
    )
    assert not any("другой срок" in problem for problem in problems(PLAN + plan))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("01.06.2024", "30.06.2024", "01.06.2024"),
        ("3 квартал", "3 квартал 2025", "3 квартал"),
        ("[март, май]", "март", "март, май"),
        ("ежемесячно", "ежемесячно, 2024 год", "ежемесячно"),
        ("скоро", "потом", "скоро"),
    ],
)
def test_same_measure_with_two_dates_may_be_a_slip(first: str, second: str, said: str) -> None:
    plan = measure("a", text="Обучить", deadline=first) + measure(
        "b", text="Обучить", deadline=second
    )
    assert problems(PLAN + plan)[-1] == (
        f"у того же мероприятия «a» другой срок: {said}. Проверьте даты или добавьте пояснение"
        " в поле «waiver»."
    )


@pytest.mark.parametrize(
    ("result", "fact"),
    [
        ("Чат открыт 15.11.2023", "15.11.2023"),
        ("Чат открыт 5 мая 2024 года", "5 мая 2024"),
        ("Описан на https://example.ru", "https://"),
        ("Работа перенесена на 2025 год", "перенесена"),
        ("Чат перенесён", "перенесён"),
        ("Перенос на 2025 год", "Перенос"),
    ],
)
def test_fact_in_an_expected_result(result: str, fact: str) -> None:
    (said,) = problems(PLAN + measure("a", result=result))
    assert said.startswith(f"в ожидаемом результате стоит факт исполнения («{fact}»).")


@pytest.mark.parametrize(
    "result",
    [
        "Ответ за 5 минут до 2025 года",
        "Чат открыт в 3 квартале 2024 года",
        "Приём 24/7, версия 2.0.1",
        "Переносной терминал в 5 офисах",
        "Звонки перенаправлены",
    ],
)
def test_no_fact_in_an_expected_result(result: str) -> None:
    assert problems(PLAN + measure("a", result=result)) == []


def test_same_as_may_name_a_measure_below() -> None:
    plan = measure("a").replace("text: Мера a", "same_as: b") + measure("b")
    (said,) = problems(PLAN + plan)
    assert said.startswith("одно мероприятие «b» записано на несколько предложений.")


def test_same_as_needs_a_measure_with_a_text() -> None:
    plan = "".join(measure(n).replace(f"text: Мера {n}", f"same_as: {n}") for n in "ab")
    assert [said.split(".")[0] for said in problems(PLAN + plan)] == [
        "мероприятия «a» с текстом нет в программе",
        "мероприятия «b» с текстом нет в программе",
    ]
