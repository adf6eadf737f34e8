"""Rules of one supplier: its colour, and its measures from period to period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from coloraide import Color

from disclosure.model import Programme, Supplier, SupplierFolder
from disclosure.rules.problem import Beside, Problem, in_programme

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
    known = _places(folder, earlier) if earlier else {}
    plan = in_programme(folder, earlier, ("plan",), _EARLIER) if earlier else None
    for loc, measure in folder.programmes[period].measures():
        if measure.continues is not None and measure.continues not in known:
            message = (
                f"в программе за {earlier} нет мероприятия «{measure.continues}»."
                " Исправьте continues."
                if earlier
                else "прошлой программы нет, продолжать нечего. Удалите continues."
            )
            yield Problem(loc, message, place=("continues",), beside=plan)
        if measure.id in known and measure.continues != measure.id:
            message = (
                f"id «{measure.id}» уже есть в программе за {earlier}. Если это оно же,"
                f" добавьте «continues: {measure.id}», иначе смените id."
            )
            yield Problem(loc, message, place=("id",), beside=known[measure.id])
    yield from _dropped(folder.programmes[period], earlier, known, plan)


_EARLIER: Final = "прошлая программа"


def _dropped(
    programme: Programme, earlier: str | None, known: Mapping[str, Beside], plan: Beside | None
) -> Iterator[Problem]:
    continued = {measure.continues for _, measure in programme.measures()}
    seen: set[str] = set()
    for index, dropped in enumerate(programme.dropped):
        message = None
        if earlier is None:
            message = "прошлой программы нет, прекращать нечего. Удалите dropped."
        elif dropped.id not in known:
            message = f"в программе за {earlier} нет мероприятия «{dropped.id}». Исправьте id."
        elif dropped.id in seen:
            message = f"о мероприятии «{dropped.id}» уже сказано выше. Оставьте одну запись."
        elif dropped.id in continued:
            message = (
                f"мероприятие «{dropped.id}» и продолжено (continues), и названо непродолженным."
                " Оставьте что-то одно."
            )
        if message:
            beside = known.get(dropped.id, plan)
            yield Problem(("dropped", index), message, place=("id",), beside=beside)
        seen.add(dropped.id)


def _places(folder: SupplierFolder, period: str) -> dict[str, Beside]:
    measures = folder.programmes[period].measures()
    return {measure.id: in_programme(folder, period, loc, _EARLIER) for loc, measure in measures}
