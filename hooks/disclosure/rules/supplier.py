"""Rules of one supplier: its colour, and its measures from period to period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coloraide import Color

from disclosure.model import Programme, Supplier, SupplierFolder
from disclosure.rules.problem import Problem

MIN_CONTRAST: Final = 7.0
"""Contrast of text with its background, WCAG 2.2, 1.4.6 (AAA)."""


def check_supplier(supplier: Supplier) -> Iterator[Problem]:
    """Yield what is wrong with a supplier's own file."""
    contrast = Color(supplier.colour).contrast("white")
    if contrast < MIN_CONTRAST:
        said = f"{contrast:.1f}".replace(".", ",")
        message = (
            f"цвет {supplier.colour} к белому: контраст {said}, нужно не меньше 7. Возьмите темнее."
        )
        yield Problem((), message, place=("colour",))


def check_continuity(folder: SupplierFolder, period: str) -> Iterator[Problem]:
    """Yield what is wrong with how a programme continues the one before it."""
    earlier = folder.before(period)
    known = _ids(folder.programmes[earlier]) if earlier else set()
    for loc, measure in folder.programmes[period].measures():
        if measure.continues is not None and measure.continues not in known:
            message = (
                f"в программе за {earlier} нет мероприятия «{measure.continues}»."
                " Исправьте continues."
                if earlier
                else "прошлой программы нет, продолжать нечего. Удалите continues."
            )
            yield Problem(loc, message, place=("continues",))
        if measure.id in known and measure.continues != measure.id:
            message = (
                f"id «{measure.id}» уже есть в программе за {earlier}. Если это оно же,"
                f" добавьте «continues: {measure.id}», иначе смените id."
            )
            yield Problem(loc, message, place=("id",))


def _ids(programme: Programme) -> set[str]:
    return {measure.id for _, measure in programme.measures()}
