"""YAML text → plain values and the place of each: a strict subset in which a scalar is a string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from disclosure.finding import Finding, Severity
from disclosure.syntax import Mark, explain, place_of

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 30

Loc = tuple[str | int, ...]


@dataclass
class Source:
    """One file's data, every scalar a string, with the place of each key and value.

    `findings` tell what is not in the strict subset; `holes` are the places whose value is not to
    be taken for that reason.
    """

    path: str
    data: Any = None
    values: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    holes: set[Loc] = field(default_factory=set)

    def finding(
        self, loc: Loc, message: str, severity: Severity = Severity.ERROR, *, at_key: bool = False
    ) -> Finding:
        """Return a finding at `loc`, or at the nearest enclosing place the file has."""
        line, column = self.mark(loc, at_key=at_key)
        return Finding(self.path, line, column, message, severity)

    def mark(self, loc: Loc, *, at_key: bool = False) -> Mark:
        """Return line and column of `loc`, or of the nearest enclosing place the file has."""
        marks = self.keys if at_key else self.values
        while loc and loc not in marks:
            loc = loc[:-1]
        return marks.get(loc, (1, 1))


class SourceError(Exception):
    """A file that cannot be read to its end, with every finding about it."""

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
    text = _decode(content, path).replace("\r\n", "\n")
    reader = _Reader(path)
    found = reader.source.findings
    found += (Finding(path, *place) for place in _bad_characters(text))
    indents = [Finding(path, *place) for place in _bad_indents(text)]
    if indents or "\r" in text:
        raise SourceError(found + indents)
    text = "".join(map(_harmless, text)) if found else text
    try:
        reader.read(text)
    except yaml.MarkedYAMLError as error:
        place, message = explain(text, error)
        raise SourceError([*found, Finding(path, *place, message)]) from None
    return reader.source


def _decode(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1
        message = "это не текст в кодировке UTF-8. Сохраните файл в UTF-8."
        raise SourceError([Finding(path, line, column, message)]) from None


_INDENT = re.compile(r"(?:\s|-(?=\s))*")


def _bad_indents(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the first character of each line's indentation that looks like a space and is none."""
    for number, line in enumerate(text.split("\n"), 1):
        indent = _INDENT.match(line)
        for column, character in enumerate(indent[0] if indent else "", 1):
            if character == "\t":
                yield number, column, "в отступе табуляция. Замените её обычными пробелами."
                break
            if character != " " and unicodedata.category(character) == "Zs":
                message = "в отступе особый (неразрывный) пробел. Замените его обычным."
                yield number, column, message
                break


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u00ad\u200c\u200d")
_NAMES: Final = {
    "Cc": "управляющий знак",
    "Cf": "невидимый знак",
    "Zl": "невидимый знак",
    "Zp": "невидимый знак",
    "Cn": "недопустимый знак",
    "Co": "недопустимый знак",
    "Cs": "недопустимый знак",
}


def _bad_characters(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each character that may not stand in a text, once a line."""
    bad = set(filter(_bad, set(text)))
    for number, line in enumerate(text.split("\n"), 1) if bad else ():
        for character in bad & set(line):
            column = line.index(character) + 1
            yield number, column, _complaint(character)


def _complaint(character: str, where: str = "") -> str:
    """Say what a character that may not stand in a text is, and what to do."""
    mend = "Напишите обычную цифру." if character.isdigit() else "Удалите его."
    return f"{_bad(character)} U+{ord(character):04X}{where}. {mend}"


def _harmless(character: str) -> str:
    """Return what stands for a character while the rest of a file is read on."""
    return character if not _bad(character) else "1" * character.isdigit()


@cache
def _bad(character: str) -> str | None:
    """Name a character that may not stand in a text, None for all others."""
    if character in _BIDI:
        return "знак направления письма"
    if character in _JOINERS or character in "\t\n":
        return None
    category = unicodedata.category(character)
    if category == "Nd" and not character.isascii():
        return "цифра чужой письменности"
    return _NAMES.get(category)


class _Reader:
    """Builds a Source from the events of the YAML parser."""

    def __init__(self, path: str) -> None:
        self.source = Source(path)
        self._lines: list[str] = []
        self._stack: list[_Open] = []

    def read(self, text: str) -> None:
        """Take all events of the first document, or raise SourceError where that is no use."""
        self._lines = [*text.split("\n"), ""]
        documents = 0
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._say(event, "второй документ в файле («---»). Оставьте один.")
                    return
            self._refuse_extras(event)
            self._take(event)

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.ScalarEvent():
                self._refuse_escaped(event)
                self._refuse_comment(event)
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._open(event, {})
            case yaml.SequenceStartEvent():
                self._open(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._stack.pop()

    def _say(self, event: yaml.Event, message: str) -> None:
        self.source.findings.append(Finding(self.source.path, *_mark(event), message))

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            self._say(event, "указание для программ, начатое с «%». Удалите эту строку.")
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            if isinstance(event, yaml.AliasEvent):
                self._say(event, f"ссылка «*{event.anchor}». Впишите само значение{_QUOTE}")
            else:
                self._say(event, f"якорь «&{event.anchor}». Удалите его{_QUOTE}")
        if tag := getattr(event, "tag", None):
            said = tag.replace("tag:yaml.org,2002:", "!!")
            self._say(event, f"тег «{said}». Удалите его{_QUOTE}")

    def _refuse_escaped(self, event: yaml.ScalarEvent) -> None:
        """Refuse characters that double quotes let in by their numbers."""
        for character in sorted(set(event.value)) if event.style == '"' else ():
            if _bad(character):
                self._say(event, _complaint(character, " в кавычках"))

    def _refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """Refuse a comment behind a plain value: « #» cuts off what an editor meant to say."""
        if event.style or event.end_mark is None:
            return
        rest = self._lines[event.end_mark.line][event.end_mark.column :]
        if rest.lstrip().startswith("#"):
            message = "текст после « #» пропадёт. Возьмите значение в кавычки"
            self._say(event, f"{message} или перенесите пояснение на строку выше.")

    def _alias(self, event: yaml.AliasEvent) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is not None and parent.expects_key:
            self._key_aside(parent, event)
        else:
            self.source.holes.add(self._put(event, ""))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is not None and parent.expects_key:
            self._key(parent, event)
            return
        empty = not event.style and event.value in _NULLS
        self._put(event, "" if empty else event.value)

    def _key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        key = event.value
        if key == "<<" and not event.style:
            self._say(event, "слияние «<<». Впишите поля прямо сюда.")
            self._key_aside(parent, event)
        elif key in parent.value:
            first = self.source.keys[(*parent.loc, key)][0]
            line = _mark(event)[0]
            message = f"поле «{key}» указано дважды: в строках {first} и {line}."
            self._say(event, f"{message} Оставьте одно или начните новый пункт с «- ».")
            self._key_aside(parent, event)
        else:
            parent.key = key
            self.source.keys[(*parent.loc, key)] = _mark(event)

    def _key_aside(self, parent: _Open, event: yaml.Event) -> None:
        """Put what follows where nothing is taken from."""
        parent.key = f"\0{_mark(event)}"
        self.source.holes.add((*parent.loc, parent.key))

    def _open(self, event: yaml.Event, value: dict[str, Any] | list[Any]) -> None:
        if self._stack and self._stack[-1].expects_key:
            message = "скобка там, где ожидается поле. Возьмите значение со скобками в кавычки."
            self._say(event, message)
            raise SourceError(self.source.findings)
        if len(self._stack) == MAX_DEPTH:
            self._say(event, f"вложенность глубже {MAX_DEPTH} уровней. Проверьте отступы и скобки.")
            raise SourceError(self.source.findings)
        loc = self._put(event, value)
        self._stack.append(_Open(loc, value))

    def _put(self, event: yaml.Event, value: Any) -> Loc:
        if not self._stack:
            self.source.data = value
            self.source.values[()] = _mark(event)
            return ()
        parent = self._stack[-1]
        loc = (*parent.loc, parent.next_key())
        parent.add(value)
        self.source.values[loc] = _mark(event)
        return loc


_QUOTE: Final = ", а если это текст, возьмите его в кавычки."
_NULLS: Final = frozenset({"~", "null", "Null", "NULL"})


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
            self.value[self.key or ""] = value
            self.key = None


def _mark(event: yaml.Event) -> Mark:
    return place_of(event.start_mark)
