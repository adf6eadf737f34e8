"""What the complaint of the YAML parser means to an editor: where to look and what to do."""

from __future__ import annotations

from itertools import takewhile
from typing import Final, Protocol

import yaml

Mark = tuple[int, int]

_HERE, _START = "problem", "context"

# Words of the parser's context and problem; where to point; what to say, where {line} is the line
# in which the part began that the parser complains about, {sign} the character at the place.
_KNOWN: Final = (
    (
        "quoted scalar found unexpected",
        _START,
        "кавычка открыта здесь и нигде не закрыта. Закройте её в конце значения.",
    ),
    (
        "quoted scalar",
        _HERE,
        "в двойных кавычках знак «\\» особый. Возьмите значение в одинарные кавычки.",
    ),
    (
        "simple key could not find expected ':'",
        _START,
        "здесь нет двоеточия с пробелом после названия поля или пробела после «-». Добавьте.",
    ),
    (
        "flow mapping did not find expected",
        _START,
        "скобка «{{» открыта здесь и не закрыта. Закройте её или возьмите значение в кавычки.",
    ),
    (
        "flow sequence did not find expected",
        _START,
        "скобка «[» открыта здесь и не закрыта. Закройте её или возьмите значение в кавычки.",
    ),
    (
        "did not find expected key",
        _HERE,
        "строка не на месте. Выровняйте её с пунктом списка над ней или с полями, начатыми"
        " в строке {line}.",
    ),
    (
        "did not find expected '-' indicator",
        _HERE,
        "строка не на месте. Выровняйте её с пунктами списка, начатыми в строке {line};"
        " пункт начинается с «- » (дефис и пробел).",
    ),
    (
        "block sequence entries are not allowed",
        _HERE,
        "список начинается с новой строки. Перенесите «- » под название поля.",
    ),
    (
        "block scalar",
        _HERE,
        "после «|» или «>» текст начинается с новой строки. Перенесите его.",
    ),
    ("directive", _START, "строка не может начинаться с «%». Возьмите значение в кавычки."),
    ("YAML document", _HERE, "указание версии YAML. Удалите эту строку."),
    ("<document start>", _HERE, "лишний текст после конца данных. Удалите его."),
    ("alias", _START, "значение не может начинаться с «*». Возьмите его в кавычки."),
    ("anchor", _START, "значение не может начинаться с «&». Возьмите его в кавычки."),
    ("tag", _START, "значение не может начинаться с «!». Возьмите его в кавычки."),
    (
        "cannot start any token",
        _HERE,
        "значение не может начинаться с «{sign}». Возьмите его в кавычки.",
    ),
    ("mapping keys", _HERE, "значение не может начинаться с «?». Возьмите его в кавычки."),
    ("node content", _HERE, "здесь ожидается значение, а стоит «{sign}». Проверьте скобки."),
)
_UNKNOWN: Final = "разметка YAML нарушена. Проверьте отступы, двоеточия и кавычки."


def explain(text: str, error: yaml.MarkedYAMLError) -> tuple[Mark, str]:
    """Return the place an editor should look at, and a sentence in Russian."""
    place = place_of(error.problem_mark or error.context_mark)
    started = place_of(error.context_mark or error.problem_mark)
    said = f"{error.context} {error.problem}"
    if "quoted scalar" not in said and (found := _after_quote(text, place)):
        return found
    if _line(text, place)[: place[1]].endswith("]("):
        return place, "значение начинается с «[». Возьмите его в кавычки или начните с «|»."
    if "mapping values" in said:
        return place, _colon(text, place)
    for words, where, message in _KNOWN:
        if words in said:
            sign = _line(text, place)[place[1] - 1 :][:1]
            said = message.format(line=started[0], sign=sign)
            return (place if where is _HERE else started), said
    return place, _UNKNOWN


class _Mark(Protocol):
    """A place as either of the YAML parsers tells it, counted from 0."""

    line: int
    column: int


def place_of(mark: _Mark | None) -> Mark:
    """Return the line and the column of a mark, from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _line(text: str, place: Mark) -> str:
    return [*text.split("\n"), ""][place[0] - 1]


def _after_quote(text: str, place: Mark) -> tuple[Mark, str] | None:
    """Blame a closing quote that the parser stumbled right behind."""
    last = None
    try:
        for token in takewhile(
            lambda token: place_of(token.end_mark) <= place,
            yaml.scan(text, Loader=yaml.CBaseLoader),
        ):
            last = token
    except yaml.YAMLError:
        pass
    if not isinstance(last, yaml.ScalarToken) or last.plain:
        return None
    opened, closed = place_of(last.start_mark), place_of(last.end_mark)
    if closed[0] != place[0] or _line(text, place)[closed[1] - 1 : place[1] - 1].strip():
        return None
    if opened[0] < closed[0]:
        return opened, (
            f"кавычка, открытая здесь, закрыта только в строке {closed[0]}, и за ней стоит ещё"
            " текст. Закройте её в конце значения."
        )
    return place, (
        "после закрывающей кавычки стоит ещё текст. Возьмите в кавычки всё значение,"
        " а внутри него пишите «ёлочки»."
    )


def _colon(text: str, place: Mark) -> str:
    """Tell a colon within a value from a field that the lines above do not let begin."""
    before = _line(text, place)[: place[1] - 1]
    if ":" in before or " " in before.strip(" -"):
        return "лишнее двоеточие. Возьмите значение с «: » в кавычки."
    return (
        f"поле «{before.strip(' -')[:40]}» не на месте. Проверьте его отступ, а в строке выше"
        " двоеточие с пробелом после названия поля."
    )
