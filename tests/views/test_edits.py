from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure.views.edits import edited, edits
from disclosure.views.table import Run


def _marked(old: str, new: str) -> str:
    """Show what was deleted in [brackets] and what was inserted in {braces}."""
    signs = {"": "{}", "del": "[{}]", "ins": "{{{}}}"}
    return "".join(signs[run.edit].format(run.text) for run in edits(old, new))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("Обновить сайт", "Обновить сайт", "Обновить сайт"),
        ("Обновить сайт", "Обновить сайт и чат", "Обновить сайт{ и чат}"),
        ("Обновить сайт и чат", "Обновить чат", "Обновить [сайт и ]чат"),
        ("до 31.12.2024", "до 31.12.2025", "до [31.12.2024]{31.12.2025}"),
        ("в call-центре", "в кол-центре", "в [call-центре]{кол-центре}"),
        ("офисы, чат", "офисы; чат", "офисы[,]{;} чат"),
        ("", "Обновить", "{Обновить}"),
        ("Обновить", "", "[Обновить]"),
        ("", "", ""),
    ],
)
def test_words_that_changed_are_marked(old: str, new: str, marked: str) -> None:
    assert _marked(old, new) == marked


def test_a_rewritten_sentence_is_one_deletion_and_one_insertion() -> None:
    old = "Увеличить число операторов в call-центре до 9 человек"
    new = "Усовершенствовать звонки в приложении, чтобы человек ждал меньше"
    assert _marked(old, new) == f"[{old}]{{{new}}}"


def test_a_short_word_between_two_changes_goes_with_them() -> None:
    marked = _marked("Поставить терминалы в городах", "Поставить инфоматы в посёлках")
    assert marked == "Поставить [терминалы в городах]{инфоматы в посёлках}"


def test_what_can_be_read_by_itself_stays_between_two_changes() -> None:
    marked = _marked("Открыть 2 офиса и 3 киоска", "Открыть 4 офиса и 5 киосков")
    assert marked == "Открыть [2]{4} офиса и [3 киоска]{5 киосков}"


def test_two_insertions_delete_nothing_between_them() -> None:
    assert _marked("офисы, чат", "офисы новые, удобный чат") == "офисы{ новые}, {удобный }чат"


def test_words_added_before_and_dropped_after_leave_what_is_between() -> None:
    assert _marked("два окна и дверь", "два новых окна") == "два {новых }окна[ и дверь]"


def test_a_sentence_between_two_rewritten_ones_stays() -> None:
    marked = _marked(
        "Терминалы принимают только карты. Мы открыты каждый день. Памятки печатаем летом и зимой",
        "Чат отвечает всем круглосуточно. Мы открыты каждый день. Обучение проводим только осенью",
    )
    assert "}. Мы открыты каждый день. [" in marked


def test_a_space_is_nothing_that_two_texts_have_in_common() -> None:
    assert _marked("новый чат", "чат офиса") == "[новый ]чат{ офиса}"


def test_words_that_stand_in_a_text_often_are_compared_as_well() -> None:
    text = "да и нет " * 200
    assert edits(text, f"лес {text}") == (Run("лес ", "ins"), Run(text))


def test_a_long_text_is_compared_whole() -> None:
    old = " ".join(f"слово{number}" for number in range(2000))
    new = old.replace("слово1000 ", "")
    assert [run for run in edits(old, new) if run.edit] == [Run("слово1000 ", "del")]


_TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["офис", "чат", "и", "в", ", ", "\n", " ", "–", "31.12", "5%"])).map(
        "".join
    ),
)


@given(_TEXTS, _TEXTS)
@example("a\x1cb", "a b")
@example("а\u0301", "а")
def test_both_wordings_can_be_read_back(old: str, new: str) -> None:
    runs = edits(old, new)
    assert "".join(run.text for run in runs if run.edit != "ins") == old
    assert "".join(run.text for run in runs if run.edit != "del") == new
    assert all(run.text for run in runs)


@given(_TEXTS)
def test_nothing_is_marked_where_nothing_changed(text: str) -> None:
    assert edits(text, text) == ((Run(text),) if text else ())


def test_a_cell_has_the_new_wording_as_its_text() -> None:
    assert edited("два окна", "три окна").text == "три окна"
    assert edited("два окна", "").text == "два окна"
