from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from disclosure.model import Programme, Status, Vocabulary
from disclosure.views.changes import Change, Pair, pairs

VOCABULARY = Vocabulary.model_validate(
    {
        "service_types": [
            {
                "id": "in-person",
                "title": "Очное обслуживание",
                "channels": [{"id": "office", "title": "Офис"}, {"id": "visits", "title": "Выезд"}],
            }
        ]
    }
)


def _listed(*measures: Mapping[str, Any]) -> Programme:
    """Return a programme that is a flat list; what a measure does not say of itself is alike."""
    return Programme.model_validate(
        {"title": "Программа", "plan": {"items": [_measure(**said) for said in measures]}}
    )


def _grouped(channel: str, *measures: Mapping[str, Any], proposal: str = "Лучше") -> Programme:
    """Return a programme of one group."""
    proposals = [{"text": proposal, "measures": [_measure(**said) for said in measures]}]
    group = {"channel": channel, "proposals": proposals}
    section = {"service_type": "in-person", "groups": [group]}
    return Programme.model_validate({"title": "Программа", "plan": {"sections": [section]}})


def _measure(**said: Any) -> dict[str, Any]:
    return {"id": "kiosk", "text": "Поставить терминал"} | said


def _pairs(
    earlier: Programme, later: Programme, *periods: str, status: Status | None = None
) -> tuple[Pair, ...]:
    before, after = periods or ("2024", "2025")
    statuses = {"kiosk": status} if status else {}
    return pairs((before, earlier), (after, later), VOCABULARY, statuses)


def _changes(
    old: Mapping[str, Any], new: Mapping[str, Any], *periods: str, status: Status | None = None
) -> list[Change]:
    """Return what changed in a measure that goes on from one flat list to another."""
    later = _listed({"continues": "kiosk", **new})
    (pair,) = _pairs(_listed(old), later, *periods, status=status)
    return list(pair.changes)


def _differences(pair: Pair, change: Change) -> list[tuple[str, str, str]]:
    return [(each.title, each.old, each.new) for each in pair.changes[change]]


# Which measures belong together -----------------------------------------------------------------


def test_a_measure_goes_on_as_the_one_that_names_it() -> None:
    earlier = _listed({"id": "kiosk"}, {"id": "chat"})
    later = _listed({"id": "new-kiosk", "continues": "kiosk"}, {"id": "site"})
    told = [
        (pair.before and pair.before.measure.id, pair.entry.measure.id, list(pair.changes))
        for pair in _pairs(earlier, later)
    ]
    assert told == [
        ("kiosk", "new-kiosk", [Change.NONE]),
        (None, "site", [Change.NEW]),
        ("chat", "chat", [Change.DROPPED]),
    ]


def test_sub_items_go_on_by_themselves() -> None:
    earlier = _listed({"items": [{"id": "screen", "text": "Купить экран"}]})
    later = _listed({"id": "screen", "text": "Купить экран", "continues": "screen"})
    told = [(pair.entry.measure.id, list(pair.changes)) for pair in _pairs(earlier, later)]
    assert told == [("screen", [Change.NONE]), ("kiosk", [Change.DROPPED])]


def test_a_measure_may_go_on_as_two() -> None:
    later = _listed({"id": "a", "continues": "kiosk"}, {"id": "b", "continues": "kiosk"})
    found = _pairs(_listed({}), later)
    assert [pair.entry.measure.id for pair in found] == ["a", "b"]


# What changed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"number": "1."}, {"number": "5.6"}),
        ({"text": "Поставить «умный» терминал"}, {"text": 'поставить  "умный" терминал.'}),
        ({"text": "Учёт – сразу"}, {"text": "Учет - сразу"}),
        ({"note": "Первое примечание"}, {"note": "Второе примечание"}),
    ],
    ids=["number", "typography", "dashes", "note"],
)
def test_what_readers_do_not_take_for_a_change_is_none(
    old: dict[str, str], new: dict[str, str]
) -> None:
    assert _changes(old, new) == [Change.NONE]


@pytest.mark.parametrize(
    ("field", "old", "new", "title"),
    [
        ("text", "Поставить терминал", "Поставить два терминала", "Мероприятие"),
        ("result", "1 терминал", "2 терминала", "Ожидаемый результат"),
        ("responsible", "Отдел продаж", "Отдел обращений", "Ответственный"),
        ("funding", "10 тыс. руб.", "20 тыс. руб.", "Финансирование"),
    ],
)
def test_every_text_of_a_measure_is_compared(field: str, old: str, new: str, title: str) -> None:
    (pair,) = _pairs(_listed({field: old}), _listed({field: new, "continues": "kiosk"}))
    assert _differences(pair, Change.REWORDED) == [(title, old, new)]


def test_a_target_is_compared() -> None:
    old = {"success": {"measure": "Очередь", "target": "10", "unit": "мин"}}
    new = {"success": {"measure": "Очередь", "target": "5", "unit": "мин"}}
    assert _changes(old, new) == [Change.REWORDED]


def test_a_text_that_is_there_or_gone_is_a_change() -> None:
    assert _changes({}, {"result": "1 терминал"}) == [Change.REWORDED]
    assert _changes({"result": "1 терминал"}, {}) == [Change.REWORDED]


def test_one_measure_may_be_moved_and_redated_and_reworded() -> None:
    earlier = _grouped("office", {"deadline": "март 2024"}, proposal="Ждать меньше")
    new = {"text": "Поставить экран", "deadline": "май 2025", "continues": "kiosk"}
    (pair,) = _pairs(earlier, _grouped("visits", new, proposal="Знать больше"))
    assert list(pair.changes) == [Change.MOVED, Change.REDATED, Change.REWORDED]
    assert _differences(pair, Change.MOVED) == [
        ("Группа", "Очное обслуживание, Офис", "Очное обслуживание, Выезд"),
        ("Предложение", "Ждать меньше", "Знать больше"),
    ]
    assert _differences(pair, Change.REDATED) == [("Срок", "март 2024", "май 2025")]
    assert _differences(pair, Change.REWORDED) == [
        ("Мероприятие", "Поставить терминал", "Поставить экран")
    ]


def test_another_proposal_in_the_same_group_is_another_wording() -> None:
    later = _grouped("office", {"continues": "kiosk"}, proposal="Удобнее")
    (pair,) = _pairs(_grouped("office", {}), later)
    assert _differences(pair, Change.REWORDED) == [("Предложение", "Лучше", "Удобнее")]


def test_a_list_and_a_plan_by_groups_have_no_places_to_compare() -> None:
    (pair,) = _pairs(_listed({}), _grouped("office", {"continues": "kiosk"}))
    assert list(pair.changes) == [Change.NONE]


# Deadlines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ежемесячно", "Ежемесячно"),
        ("до 31.12.2025", "31 декабря 2025 года"),
        ("1–4 кварталы 2025", "2025 год"),
        (["4 квартал 2025", "2 квартал 2025"], ["2 квартал 2025", "4 квартал 2025"]),
        ("2 квартал 2024 года", "2 квартал 2025"),
        ("1 полугодие 2024", "01.01.2025–30.06.2025"),
        ("февраль 2024", "февраль 2025"),
        ("февраль 2024", "01.02.2024–29.02.2024"),
        ("28.02.2023", "28.02.2024"),
    ],
    ids=str,
)
def test_the_same_days_are_the_same_deadline(old: object, new: object) -> None:
    periods = ("2023", "2024") if old == "28.02.2023" else ("2024", "2025")
    assert _changes({"deadline": old}, {"deadline": new}, *periods) == [Change.NONE]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 квартал 2024", "3 квартал 2025"),
        ("ежемесячно", "ежеквартально"),
        ("ежемесячно", "1 квартал 2025"),
        ([], "постоянно"),
        ("2 квартал 2024", ["2 квартал 2025", "4 квартал 2025"]),
        ("31.12.2024", "30.12.2025"),
        ("31.09.2024", "31.09.2025"),
    ],
    ids=str,
)
def test_other_days_are_another_deadline(old: object, new: object) -> None:
    assert _changes({"deadline": old}, {"deadline": new}) == [Change.REDATED]


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (None, Change.NONE),
        (Status.DONE, Change.NONE),
        (Status.IN_PROGRESS, Change.NONE),
        (Status.UNKNOWN, Change.NONE),
        (Status.PARTLY, Change.REDATED),
        (Status.NOT_DONE, Change.REDATED),
        (Status.POSTPONED, Change.REDATED),
    ],
)
def test_what_was_still_owed_got_a_new_deadline(status: Status | None, change: Change) -> None:
    old, new = {"deadline": "4 квартал 2024"}, {"deadline": "4 квартал 2025"}
    assert _changes(old, new, status=status) == [change]


def test_a_deadline_after_its_own_programme_is_not_one_of_every_year() -> None:
    old, new = {"deadline": "31.12.2026"}, {"deadline": "31.12.2027"}
    assert _changes(old, new) == [Change.REDATED]


def test_years_are_counted_from_the_first_of_a_period() -> None:
    old, new = {"deadline": "1 квартал 2024"}, {"deadline": "1 квартал 2026"}
    assert _changes(old, new, "2023-2024", "2025-2026") == [Change.NONE]
    assert _changes(old, {"deadline": "1 квартал 2025"}, "2023-2024", "2025-2026") == [
        Change.REDATED
    ]
