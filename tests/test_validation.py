from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from disclosure.model import Entity, LegalActs, Programme, Report, Supplier, Vocabulary
from disclosure.source import Source, parse
from disclosure.validation import Checked, validate

GOOD = Path(__file__).parent / "cases" / "good" / "data"
FILES: dict[str, type[Entity]] = {
    "acts.yml": LegalActs,
    "channels.yml": Vocabulary,
    "suppliers/primer/supplier.yml": Supplier,
    "suppliers/primer/programmes/2023.yml": Programme,
    "suppliers/primer/programmes/2024.yml": Programme,
    "suppliers/primer/reports/2023.yml": Report,
}


def check(text: str, entity: type[Entity]) -> Checked[Entity]:
    return validate(parse(text.encode(), "f.yml"), entity, (2024,))


def said(checked: Checked[Entity]) -> list[str]:
    return [str(finding).removeprefix("f.yml:") for finding in sorted(checked.findings)]


@pytest.mark.parametrize("name", FILES)
def test_good_file_is_read_whole(name: str) -> None:
    checked = validate(parse((GOOD / name).read_bytes(), name), FILES[name], (2024,))
    assert checked.findings == []
    assert isinstance(checked.value, FILES[name])
    assert checked.rest.whole


def test_texts_are_trimmed_and_otherwise_kept() -> None:
    supplier = check('name: "  АО   «Пример» "\ninn: 0001112223\n', Supplier).value
    assert isinstance(supplier, Supplier)
    assert (supplier.name, supplier.inn) == ("АО   «Пример»", "0001112223")


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("resutl", "Возможно, имелось в виду «result»?"),
        ("Result", "Возможно, имелось в виду «result»?"),
        ("deadlines", "Возможно, имелось в виду «deadline»?"),
        ("responsable", "Возможно, имелось в виду «responsible»?"),
        ("same-as", "Возможно, имелось в виду «same_as»?"),
        ("waver", "Возможно, имелось в виду «waiver»?"),
    ],
)
def test_nearest_known_field_is_suggested(key: str, advice: str) -> None:
    plan = f"title: t\nplan:\n  items:\n    - id: a\n      text: b\n      {key}: c\n"
    assert said(check(plan, Programme)) == [f"6:7: неизвестное поле «{key}». {advice}"]


def test_known_fields_are_listed_where_none_is_near() -> None:
    assert said(check("acts:\n  - цвет: 1\n", LegalActs))[0] == (
        "2:5: неизвестное поле «цвет». Здесь бывают: act, date, number, title."
    )


MEASURE = "title: t\nplan:\n  items:\n    - id: a\n      text: b\n"


@pytest.mark.parametrize(
    ("text", "entity", "findings"),
    [
        pytest.param(
            MEASURE + "    - text: c\n",
            Programme,
            ["6:7: нет обязательного поля «id». Добавьте его."],
            id="an id is missing, not its measure",
        ),
        pytest.param(
            MEASURE + "    - id: c\n      text: [d]\n",
            Programme,
            ["7:13: здесь нужен текст, а стоит список или поля. Напишите его одной строкой."],
            id="a wrong text is there",
        ),
        pytest.param(
            "title: t\nplan:\n  items:\n    - id: Ы\n      text: b\n",
            Programme,
            ["4:11: «Ы»: здесь только строчные латинские буквы, цифры и дефис. Исправьте."],
            id="a list with nothing right in it is not empty",
        ),
        pytest.param(
            MEASURE + "terms:\n  - name: {a: b}\n    definition: c\n",
            Programme,
            ["7:11: здесь нужен текст, а стоит список или поля. Напишите его одной строкой."],
            id="a wrong name is a name",
        ),
        pytest.param(
            "title: t\nprogramme: 2024\nmeasures:\n  - id: a\n    status: [выполнено]\n",
            Report,
            ["5:13: здесь нужно одно слово, а не список или вложенные поля."],
            id="a list for a status",
        ),
        pytest.param(
            "title: t\nprogramme: 2024\nmeasures:\n  - id: a\n    status: отменено\n"
            "indicators:\n  - items:\n      - name: b\n        values:\n          2024: 1:27\n",
            Report,
            ["8:9: нет обязательного поля «unit». Добавьте его."],
            id="values without a unit are no mappings",
        ),
        pytest.param(
            MEASURE.replace("title: t\n", "<<: *t\n"),
            Programme,
            ["1:1: слияние «<<».", "1:5: ссылка «*t»."],
            id="a merge may have brought what is missing",
        ),
        pytest.param(
            MEASURE.replace("title: t", "title: *t"),
            Programme,
            ["1:8: ссылка «*t»."],
            id="an alias is a value",
        ),
        pytest.param(
            MEASURE + "title: again\n",
            Programme,
            ["6:1: поле «title» указано дважды: в строках 1 и 6."],
            id="a second value is passed over",
        ),
        pytest.param("*x", Programme, ["1:1: ссылка «*x»."], id="an alias is all"),
        pytest.param("- a\n", Programme, ["1:1: здесь нужны поля, каждое с новой"], id="a list"),
    ],
)
def test_no_finding_only_follows_from_another(
    text: str, entity: type[Entity], findings: list[str]
) -> None:
    told = said(check(text, entity))
    assert len(told) == len(findings)
    assert all(line.startswith(start) for line, start in zip(told, findings, strict=True)), told


def test_what_is_left_can_be_checked_on() -> None:
    text = MEASURE + "      note: {c: d}\n    - [id]\n    - id: f\n      text: g\n"
    checked = check(text.replace("title", "titel"), Programme)
    assert len(checked.findings) == 3  # «titel», the note, the list
    assert isinstance(checked.value, Programme)
    assert [(loc[-1], m.id, m.text, m.note) for loc, m in checked.value.measures()] == [
        (0, "a", "b", None),
        (1, "f", "g", None),
    ]
    assert checked.rest.source.values[("plan", "items", 1, "id")] == (8, 11)


@pytest.mark.parametrize("text", ["", "# a\n", "null", '""'])
def test_empty_file(text: str) -> None:
    checked = check(text, Supplier)
    assert checked.value is None
    assert [str(finding) for finding in checked.findings] == [
        "f.yml: файл пуст. Заполните его или удалите."
    ]


def test_year_left_out_is_that_of_the_period() -> None:
    programme = check(MEASURE + "      deadline: 3 квартал\n", Programme).value
    assert isinstance(programme, Programme)
    ((_, measure),) = programme.measures()
    assert str(measure.deadline[0]) == "3 квартал 2024"


def source_of(data: Any) -> Source:
    return parse(yaml.safe_dump(data, allow_unicode=True).encode(), "f.yml")


def places(data: Any, loc: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    if not isinstance(data, dict | list):
        return []
    return [found for key, v in pairs for found in ((*loc, key), *places(v, (*loc, key)))]


junk = st.sampled_from(["", "x", "31.02.2024", [], {}, ["x"], {"x": "y"}, [[]], [{"id": "a"}]]).map(
    copy.deepcopy
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[type[Entity], Any]:
    """A good file with values replaced, removed or added at random."""
    name = draw(st.sampled_from(list(FILES)))
    data = copy.deepcopy(parse((GOOD / name).read_bytes(), name).data)
    for _ in range(draw(st.integers(1, 6))):
        *path, last = draw(st.sampled_from(places(data)))
        parent = data
        for step in path:
            parent = parent[step]
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove" if len(parent) > 1 or path:
                del parent[last]
            case "add" if isinstance(parent, dict):
                parent[f"{last}x"] = draw(junk)
            case _:
                parent[last] = draw(junk)
        if not places(data):
            break
    return FILES[name], data


@given(spoilt())
def test_spoilt_file_is_an_entity_or_findings_in_russian(file: tuple[type[Entity], Any]) -> None:
    entity, data = file
    checked = validate(source_of(data), entity, (2024,))
    assert len(set(checked.findings)) == len(checked.findings)
    if checked.value is None or not checked.rest.whole:
        assert checked.findings
    assert not any("nput" in finding.message for finding in checked.findings)
    assert all(finding.line >= 1 or finding.message[:4] == "файл" for finding in checked.findings)
