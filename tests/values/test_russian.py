from __future__ import annotations

import pytest

from disclosure.values.russian import plural


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 минут"),
        (1, "1 минута"),
        (2, "2 минуты"),
        (4, "4 минуты"),
        (5, "5 минут"),
        (11, "11 минут"),
        (14, "14 минут"),
        (20, "20 минут"),
        (21, "21 минута"),
        (22, "22 минуты"),
        (111, "111 минут"),
        (112, "112 минут"),
        (1001, "1001 минута"),
    ],
)
def test_noun_agrees_with_its_number(number: int, said: str) -> None:
    assert plural(number, "минута", "минуты", "минут") == said
