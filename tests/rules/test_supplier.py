from __future__ import annotations

import pytest

from disclosure.model import Supplier
from disclosure.rules.supplier import check_supplier


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [
        ("#1f2a6b", None),
        ("#000000", None),
        ("#595959", None),  # 7,0 : 1
        ("#5a5a5a", "6,9"),
        ("#ffffff", "1,0"),
        ("#FF9900", "2,1"),
    ],
)
def test_contrast_of_the_colour_with_white(colour: str, contrast: str | None) -> None:
    problems = list(check_supplier(Supplier.model_validate({"name": "s", "colour": colour})))
    said = f"цвет {colour} к белому: контраст {contrast}, нужно не меньше 7. Возьмите темнее."
    assert [problem.message for problem in problems] == ([said] if contrast else [])
    assert not any(problem.waiver for problem in problems)
