"""YAML text → plain values and the place of each: a strict subset in which a scalar is a string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from disclosure.finding import Finding, Severity

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 30

Loc = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass
class Source:
    """One file's data, every scalar a string, with the place of each key and value."""

    path: str
    data: Any = None
    values: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)

    def finding(
        self, loc: Loc, message: str, severity: Severity = Severity.ERROR, *, at_key: bool = False
    ) -> Finding:
        """Return a finding at `loc`, or at the nearest enclosing place the file has."""
        marks = self.keys if at_key else self.values
        while loc and loc not in marks:
            loc = loc[:-1]
        line, column = marks.get(loc, (1, 1))
        return Finding(self.path, line, column, message, severity)


class SourceError(Exception):
    """A file that is not in the strict subset, with every finding about it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(map(str, findings)))


def read(file: Path, path: str) -> Source:
    """Read a file whose name in findings is `path`, or raise SourceError."""
    size = file.stat().st_size
    if size > MAX_BYTES:
        message = f"файл больше {MAX_BYTES // 1024} КиБ. Разделите документ или уберите лишнее."
        raise SourceError([Finding(path, 0, 0, message)])
    return parse(file.read_bytes(), path)


def parse(content: bytes, path: str) -> Source:
    """Read the bytes of a file whose name in findings is `path`, or raise SourceError."""
    text = _decode(content, path)
    if findings := [Finding(path, *place) for place in _bad_characters(text)]:
        raise SourceError(findings)
    reader = _Reader(path)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        reader.findings.append(_syntax(path, error))
    except RecursionError:
        reader.findings.append(Finding(path, 1, 1, _TOO_DEEP))
    if reader.findings:
        raise SourceError(reader.findings)
    return reader.source


_TOO_DEEP = f"вложенность глубже {MAX_DEPTH} уровней. Проверьте отступы."


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = "файл не в кодировке UTF-8. Сохраните его в UTF-8."
        raise SourceError([Finding(path, line, column, message)]) from None


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u2028\u2029\u2060\ufeff")
_LEADING = re.compile(r"\s*")


def _bad_characters(text: str) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        indent = _LEADING.match(line.rstrip("\r"))
        for column, character in enumerate(indent[0] if indent else "", 1):
            if character != " " and character not in _INVISIBLE:
                name = "табуляция" if character == "\t" else "особый (неразрывный) пробел"
                yield number, column, f"в отступе {name}. Замените обычными пробелами."
                break
        for column, character in enumerate(line.removesuffix("\r"), 1):
            if message := _bad_character(character):
                yield number, column, message


def _bad_character(character: str) -> str | None:
    code = f"U+{ord(character):04X}"
    if character in _BIDI:
        return f"знак направления письма {code}. Удалите его."
    if character in _INVISIBLE:
        return f"невидимый знак {code}. Удалите его."
    if character != "\t" and unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}:
        return f"недопустимый знак {code}. Удалите его."
    return None


class _Reader:
    """Builds a Source from the events of the YAML parser."""

    def __init__(self, path: str) -> None:
        self.source = Source(path)
        self.findings: list[Finding] = []
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        self._refuse_extras(event)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self._say(event, "второй документ в файле («---»). Оставьте один.")
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._open(event, {})
            case yaml.SequenceStartEvent():
                self._open(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()

    def _say(self, event: yaml.Event, message: str) -> None:
        self.findings.append(Finding(self.source.path, *_mark(event), message))

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._say(event, f"ссылка «*{event.anchor}». Повторите значение словами.")
            self._put(event, "")
            return
        if anchor := getattr(event, "anchor", None):
            self._say(event, f"якорь «&{anchor}». Удалите его.")
        if tag := getattr(event, "tag", None):
            self._say(event, f"тег «{tag}». Удалите его.")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is not None and parent.expects_key:
            self._key(parent, event)
            return
        empty = event.style is None and event.value in {"~", "null"}
        self._put(event, "" if empty else event.value)

    def _key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        key = event.value
        parent.key = key
        if key == "<<" and event.style is None:
            self._say(event, "ключ слияния «<<». Впишите поля прямо сюда.")
        elif key in parent.value:
            first = self.source.keys[(*parent.loc, key)][0]
            line = _mark(event)[0]
            message = f"поле «{key}» указано дважды: в строках {first} и {line}. Оставьте одно."
            self._say(event, message)
        else:
            self.source.keys[(*parent.loc, key)] = _mark(event)

    def _open(self, event: yaml.Event, value: dict[str, Any] | list[Any]) -> None:
        if self._stack and self._stack[-1].expects_key:
            self._say(event, "ключом может быть только слово. Проверьте скобки и отступы.")
            self._stack[-1].key = ""
        if len(self._stack) == MAX_DEPTH:
            self._say(event, _TOO_DEEP)
        loc = self._put(event, value)
        self._stack.append(_Open(loc, value))

    def _close(self) -> None:
        self._stack.pop()

    def _put(self, event: yaml.Event, value: Any) -> Loc:
        if not self._stack:
            if self._documents == 1:
                self.source.data = value
                self.source.values[()] = _mark(event)
            return ()
        parent = self._stack[-1]
        loc = (*parent.loc, parent.next_key())
        parent.add(value)
        self.source.values[loc] = _mark(event)
        return loc


@dataclass
class _Open:
    """A mapping or a list that is being read."""

    loc: Loc
    value: Any
    key: str | None = None

    @property
    def expects_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None

    def next_key(self) -> str | int:
        return len(self.value) if isinstance(self.value, list) else (self.key or "")

    def add(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        else:
            self.value.setdefault(self.key or "", value)
            self.key = None


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_SYNTAX: Final = {
    "mapping values are not allowed": "лишнее двоеточие: значение с «: » возьмите в кавычки",
    "could not find expected ':'": "после названия поля нет двоеточия",
    "did not find expected key": "отступ или кавычки нарушены: ожидается поле",
    "did not find expected '-' indicator": "отступ нарушен: ожидается пункт списка с «- »",
    "block sequence entries are not allowed": "список здесь начать нельзя: перенесите его ниже",
    "found character that cannot start": "значение с такого знака возьмите в кавычки",
    "found unexpected end of stream": "кавычка открыта и не закрыта",
    "found unknown escape character": "в двойных кавычках «\\» недопустим: возьмите одинарные",
    "did not find expected ',' or": "скобка открыта и не закрыта, или между пунктами нет запятой",
    "did not find expected node content": "здесь ожидается значение",
    "undefined alias": "ссылка на якорь: повторите значение словами",
    "found undefined alias": "ссылка на якорь: повторите значение словами",
    "did not find expected alphabetic": "значение, начатое с «&» или «*», возьмите в кавычки",
}


def _syntax(path: str, error: yaml.MarkedYAMLError) -> Finding:
    problem = f"{error.problem}"
    said = next((said for known, said in _SYNTAX.items() if known in problem), None)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message = said or "разметка YAML нарушена: проверьте отступы, двоеточия и кавычки"
    return Finding(path, line, column, f"{message}.")
