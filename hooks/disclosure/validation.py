"""Plain values → entities of the model, or findings in Russian at their places."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from disclosure.finding import Finding
from disclosure.model import Entity
from disclosure.salvage import Loss, Rest
from disclosure.source import Loc, Source

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class Checked(Generic[E]):
    """What a file holds: the entity, unless too little of it is left, and all findings.

    Where there are findings, the entity and `rest` lack what is wrong, so that the rules can be
    asked about all else. Nothing of it may be published then.
    """

    value: E | None
    rest: Rest
    findings: list[Finding]


def validate(source: Source, entity: type[E], years: tuple[int, ...] = ()) -> Checked[E]:
    """Return the entity that a source holds, and the findings of reading it.

    `years` are those of the document's period, taken where a deadline names none.
    """
    if source.data is None or source.data == "":
        empty = Finding(source.path, 0, 0, "файл пуст. Заполните его или удалите.")
        nothing = Rest(Source(source.path, "", {(): (1, 1)}), {})
        return Checked(None, nothing, source.findings or [empty])
    findings = list(source.findings)
    losses = dict.fromkeys(source.holes, Loss.FAULTY)
    while True:
        rest = Rest(source, losses)
        try:
            value = entity.model_validate(rest.source.data, context={"years": years})
            return Checked(value, rest, findings)
        except ValidationError as error:
            errors = [details for details in error.errors() if not _follows(details, rest)]
            errors = _without_misspelt(errors, entity)
            findings += (_finding(rest.source, entity, details) for details in errors)
            losses |= dict(_loss(details, rest) for details in error.errors())
        if () in losses:
            return Checked(None, rest, findings)


def _follows(details: ErrorDetails, rest: Rest) -> bool:
    """Tell whether an error only follows from a loss."""
    loc = details["loc"]
    match details["type"]:
        case "missing":
            return loc[:-1] in rest.poorer
        case "dataclass_type":  # a value whose unit is wrong
            return True
        case "too_short" if details["input"]:  # a list whose items are wrong
            return True
        case _:
            return loc in rest.poorer or _stub(loc, rest) is not None


def _without_misspelt(errors: list[ErrorDetails], entity: type[Entity]) -> list[ErrorDetails]:
    """Drop a missing field where an unknown one beside it is taken for its misspelling."""
    meant = {
        (*details["loc"][:-1], near)
        for details in errors
        if details["type"] == "extra_forbidden"
        for near in _near(entity, details["loc"])
    }
    return [e for e in errors if e["type"] != "missing" or e["loc"] not in meant]


def _stub(loc: Loc, rest: Rest) -> Loc | None:
    around = (loc[:length] for length in range(1, len(loc) + 1))
    return next((place for place in around if place in rest.stubs), None)


def _loss(details: ErrorDetails, rest: Rest) -> tuple[Loc, Loss]:
    """Name what has to be left out, by its place in the whole source."""
    loc = details["loc"]
    if (stub := _stub(loc, rest)) is not None:
        return rest.origin[stub[:-1]], Loss.FAULTY
    if details["type"] == "missing":
        return (*rest.origin[loc[:-1]], loc[-1]), Loss.MISSING
    unknown = details["type"] == "extra_forbidden"
    return rest.origin[rest.nearest(loc)], Loss.UNKNOWN if unknown else Loss.FAULTY


def _finding(source: Source, entity: type[Entity], details: ErrorDetails) -> Finding:
    loc: Loc = details["loc"]
    match details["type"]:
        case "missing":
            return source.finding(loc[:-1], f"нет обязательного поля «{loc[-1]}». Добавьте его.")
        case "extra_forbidden":
            message = f"неизвестное поле «{loc[-1]}».{_nearest(entity, loc)}"
            return source.finding(loc, message, at_key=True)
        case "enum" if not isinstance(details["input"], str):
            return source.finding(loc, "здесь нужно одно слово, а не список или вложенные поля.")
        case "enum":
            known = ", ".join(_values(entity, loc))
            message = f"«{details['input']}» здесь нельзя. Можно: {known}."
        case "value_error":
            message = _sentence(str(details["ctx"]["error"]))
        case kind:
            message = _SHAPES.get(
                kind, "здесь нужны поля, каждое с новой строки: «название: значение»."
            )
    return source.finding(loc, message)


_SHAPES: Final = {
    "too_short": "список пуст. Заполните его или удалите поле.",
    "tuple_type": "здесь нужен список: каждый пункт начинается с «- ».",
}


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _nearest(entity: type[Entity], loc: Loc) -> str:
    if near := _near(entity, loc):
        return f" Возможно, имелось в виду «{near[0]}»?"
    fields = _entity_at(entity, loc[:-1]).model_fields
    return f" Здесь бывают: {', '.join(sorted(fields))}."


def _near(entity: type[Entity], loc: Loc) -> list[str]:
    """Return the field that an unknown key is likely meant for, if any."""
    fields = list(_entity_at(entity, loc[:-1]).model_fields)
    return difflib.get_close_matches(str(loc[-1]), fields, n=1, cutoff=0.5)


def _values(entity: type[Entity], loc: Loc) -> list[str]:
    parent = _entity_at(entity, loc[:-1])
    name = next(part for part in reversed(loc) if isinstance(part, str))
    return [str(value) for kind in _kinds(parent.model_fields[name].annotation) for value in kind]


def _kinds(annotation: Any) -> list[Any]:
    """The enumerations an annotation names, through Optional and tuple."""
    if isinstance(annotation, type) and hasattr(annotation, "__members__"):
        return [annotation]
    return [kind for part in get_args(annotation) for kind in _kinds(part)]


def _entity_at(entity: type[Entity], loc: Loc) -> type[Entity]:
    """Follow field names down to the entity at `loc`; list indices are passed over."""
    for part in loc:
        if isinstance(part, str) and part in entity.model_fields:
            entity = _entity_in(entity.model_fields[part].annotation) or entity
    return entity


def _entity_in(annotation: Any) -> type[Entity] | None:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return annotation
    return next((found for part in get_args(annotation) if (found := _entity_in(part))), None)
