from __future__ import annotations

import pytest

from disclosure.verify.difference import differences, packed, verbatim
from disclosure.verify.node import Grid, Line, Piece

HEADS = ("№", "Срок", "Итог")
ROWS = (("1", "март", "да"), ("2", "май", "нет"), ("3", "июнь", "да"))


def grid(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS, caption: str = "План") -> Grid:
    return Grid(caption, heads, rows)


def lines(*texts: str) -> list[Piece]:
    return [Line("абзац", text) for text in texts]


FOUND: dict[str, tuple[list[Piece], list[Piece], list[str]]] = {
    "nothing": ([grid(*ROWS)], [grid(*ROWS)], []),
    "a cell": (
        [grid(*ROWS)],
        [grid(ROWS[0], ("2", "май", "да"), ROWS[2])],
        ["таблица «План», строка 2 («2»), столбец «Итог»: в данных «нет», а здесь «да»"],
    ),
    "a row lost": (
        [grid(*ROWS)],
        [grid(ROWS[0], ROWS[2])],
        ["таблица «План»: нет строки 2: «2 · май · нет»"],
    ),
    "a row too much": (
        [grid(*ROWS[:2])],
        [grid(*ROWS)],
        ["таблица «План»: лишняя строка 3: «3 · июнь · да»"],
    ),
    "a column lost, told once": (
        [grid(*ROWS)],
        [grid(*((number, term) for number, term, _ in ROWS), heads=HEADS[:2])],
        ["таблица «План»: нет столбца «Итог»"],
    ),
    "a caption": (
        [grid(*ROWS)],
        [grid(*ROWS, caption="")],
        ["таблица «План»: подпись: в данных «План», а здесь пусто"],
    ),
    "a paragraph lost": (lines("раз", "два"), lines("раз"), ["нет: абзац «два»"]),
    "a paragraph too much": (lines("раз"), lines("раз", "два"), ["лишнее: абзац «два»"]),
    "paragraphs swapped": (
        lines("раз", "два", "три"),
        lines("два", "раз", "три"),
        ["не на своём месте: абзац «два»"],
    ),
    "another kind": (
        lines("раз"),
        [Line("заголовок", "раз")],
        ["абзац, а здесь заголовок: в данных «раз», а здесь «раз»"],
    ),
    "the end of a long text": (
        lines("слово " * 30 + "5 дней"),
        lines("слово  " * 30 + "6 дней"),
        [
            f"абзац: в данных «…{('слово ' * 30 + '5 дней')[-60:]}»,"
            f" а здесь «…{('слово  ' * 30 + '6 дней')[-60:]}»"
        ],
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_a_difference_is_named(case: str) -> None:
    wanted, found, said = FOUND[case]
    assert list(differences(wanted, found)) == said


def test_spaces_are_alike_on_pages_and_differ_in_files_of_data() -> None:
    wanted, found = lines("10 000"), lines("10  000")
    assert list(differences(wanted, found, packed)) == []
    assert len(list(differences(wanted, found, verbatim))) == 1
