from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure.source import MAX_BYTES, MAX_DEPTH, Source, SourceError, parse, read


def parsed(text: str) -> Source:
    source = parse(text.encode(), "f.yml")
    assert not source.findings
    return source


def complaints(text: str | bytes) -> list[str]:
    """What is said of a text, read as far as it can be."""
    content = text.encode() if isinstance(text, str) else text
    try:
        findings = parse(content, "f.yml").findings
    except SourceError as error:
        findings = error.findings
    return [str(finding).removeprefix("f.yml:") for finding in findings]


@pytest.mark.parametrize(
    "scalar",
    [
        "1:27", "no", "yes", "on", "8.00", "1.10", "010", "0x1F", "1e3", "true", "2024-06-01",
        "01.06.2024", "+7", "1_000", ".inf", "NaN", "24:00:00", "–", "Нет", "a:b",
    ],
)  # fmt: skip
def test_scalar_stays_as_written(scalar: str) -> None:
    assert parsed(f"a: {scalar}\n").data == {"a": scalar}
    assert parsed(f"- {scalar}").data == [scalar]
    assert parsed(f"{scalar}: a").data == {scalar: "a"}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", '""', "''"])
def test_nothing_is_empty(nothing: str) -> None:
    assert parsed(f"a: {nothing}\n").data == {"a": ""}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"null"', "null"),
        ("'~'", "~"),
        ('"a: b"', "a: b"),
        ("'it''s'", "it's"),
        ('"a\\u00a0b\\n"', "a\u00a0b\n"),
        ("a#b", "a#b"),
        ("a\u00a0b", "a\u00a0b"),
        ("co\u00adop", "co\u00adop"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("|\n  a\n\n  b\n", "a\n\nb\n"),
        (">-\n  a\n  b\n", "a b"),
    ],
)
def test_text_is_read_as_yaml_means_it(text: str, value: str) -> None:
    assert parsed(f"a: {text}").data == {"a": value}


def test_lists_and_mappings_in_either_style() -> None:
    block = parsed("a:\n  - b: 1\n    c: 2\n  - d\n").data
    assert block == parsed("a: [{b: 1, c: 2}, d]").data == {"a": [{"b": "1", "c": "2"}, "d"]}


@pytest.mark.parametrize(
    "content",
    [
        b"a: 1\r\nb: |\r\n  x\r\n  y\r\n",
        b"\xef\xbb\xbfa: 1\nb: |\n  x\n  y\n",
        b"\xef\xbb\xbf---\r\na: 1\r\nb: |\r\n  x\r\n  y\r\n...\r\n",
    ],
    ids=["crlf", "bom", "both"],
)
def test_line_ends_and_byte_order_mark_do_not_matter(content: bytes) -> None:
    source = parse(content, "f.yml")
    assert (source.data, source.findings) == ({"a": "1", "b": "x\ny\n"}, [])
    assert source.values[("b",)][1] == 4


def test_each_value_and_key_knows_its_place() -> None:
    source = parsed("название: Отчёт\nпункты:\n  - id: один\n    срок: [март, май]\n")
    assert source.values == {
        (): (1, 1),
        ("название",): (1, 11),
        ("пункты",): (3, 3),
        ("пункты", 0): (3, 5),
        ("пункты", 0, "id"): (3, 9),
        ("пункты", 0, "срок"): (4, 11),
        ("пункты", 0, "срок", 0): (4, 12),
        ("пункты", 0, "срок", 1): (4, 18),
    }
    assert source.keys == {
        ("название",): (1, 1),
        ("пункты",): (2, 1),
        ("пункты", 0, "id"): (3, 5),
        ("пункты", 0, "срок"): (4, 5),
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_count_characters_whatever_the_bytes(newline: str, mark: str) -> None:
    text = newline.join(["# комментарий 👩", "а: 👩🔧", "б: {в: 1}"])
    source = parsed(mark + text)
    assert (source.values[("а",)], source.values[("б", "в")]) == ((2, 4), (3, 8))


def test_finding_points_to_the_nearest_place_that_is_there() -> None:
    source = parsed("a:\n  - b: 1\n")
    places = [("a", 0, "b"), ("a", 0, "c"), ("a", 5, "c"), ("z",), ()]
    found = [source.finding(loc, "!") for loc in places]
    assert [(f.line, f.column) for f in found] == [(2, 8), (2, 5), (2, 3), (1, 1), (1, 1)]
    key = source.finding(("a", 0, "b"), "!", at_key=True)
    assert (key.line, key.column) == (2, 5)


TWICE = "Оставьте одно или начните новый пункт с «- »."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a: 1\nb: 2\na: 3",
            [f"3:1: поле «a» указано дважды: в строках 1 и 3. {TWICE}"],
        ),
        (
            "a: 1\na: 2\na: 3",
            [
                f"2:1: поле «a» указано дважды: в строках 1 и 2. {TWICE}",
                f"3:1: поле «a» указано дважды: в строках 1 и 3. {TWICE}",
            ],
        ),
        (
            '"a": 1\n? a\n: 2',
            [f"2:3: поле «a» указано дважды: в строках 1 и 2. {TWICE}"],
        ),
        (
            "a: b # c",
            [
                "1:4: текст после « #» пропадёт. Возьмите значение в кавычки"
                " или перенесите пояснение на строку выше."
            ],
        ),
        ("a: &x b", ["1:4: якорь «&x». Удалите его, а если это текст, возьмите его в кавычки."]),
        ("&k a: b", ["1:1: якорь «&k». Удалите его, а если это текст, возьмите его в кавычки."]),
        (
            "a: *x",
            ["1:4: ссылка «*x». Впишите само значение, а если это текст, возьмите его в кавычки."],
        ),
        ("a: !!s 1", ["1:4: тег «!!s». Удалите его, а если это текст, возьмите его в кавычки."]),
        ("a: ! 1", ["1:4: тег «!». Удалите его, а если это текст, возьмите его в кавычки."]),
        ("!t [1]", ["1:1: тег «!t». Удалите его, а если это текст, возьмите его в кавычки."]),
        ("<<: {a: 1}", ["1:1: слияние «<<». Впишите поля прямо сюда."]),
        ("a: 1\n---\nb: 2", ["2:1: второй документ в файле («---»). Оставьте один."]),
        ("%YAML 1.1\n---\na", ["1:1: указание для программ, начатое с «%». Удалите эту строку."]),
        (
            "a: {{ b }}",
            ["1:5: скобка там, где ожидается поле. Возьмите значение со скобками в кавычки."],
        ),
        ("a:\n\tb: 1", ["2:1: в отступе табуляция. Замените её обычными пробелами."]),
        ("a:\n  -\tb: 1", ["2:4: в отступе табуляция. Замените её обычными пробелами."]),
        ("\u2003a: 1", ["1:1: в отступе особый (неразрывный) пробел. Замените его обычным."]),
        ("a: \x85", ["1:4: управляющий знак U+0085. Удалите его."]),
        ("a: 1\rb: 2", ["1:5: управляющий знак U+000D. Удалите его."]),
        (
            "a: \ufffe\ue000",
            [
                "1:4: недопустимый знак U+FFFE. Удалите его.",
                "1:5: недопустимый знак U+E000. Удалите его.",
            ],
        ),
        ("a: \u2028b", ["1:4: невидимый знак U+2028. Удалите его."]),
        ("a: \u061cb", ["1:4: знак направления письма U+061C. Удалите его."]),
        (b"a: 1\nb: \xd0\xff", ["2:4: это не текст в кодировке UTF-8. Сохраните файл в UTF-8."]),
        (b"\xef\xbb\xbf\xff", ["1:1: это не текст в кодировке UTF-8. Сохраните файл в UTF-8."]),
    ],
)
def test_refusal(text: str | bytes, said: list[str]) -> None:
    assert sorted(complaints(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a: "b\nc: d', "1:4: кавычка открыта здесь и нигде не закрыта."),
        ("a: 'b\n---\nc: d'", "1:4: кавычка открыта здесь и нигде не закрыта."),
        ('a: "b\nc: "d"', "1:4: кавычка, открытая здесь, закрыта только в строке 2"),
        ("a: 'b'c'", "1:7: после закрывающей кавычки стоит ещё текст."),
        ('"a" b: c', "1:5: после закрывающей кавычки стоит ещё текст."),
        ('a: "C:\\Windows"', "1:7: в двойных кавычках знак «\\» особый."),
        ('a: "\\xZZ"', "1:7: в двойных кавычках знак «\\» особый."),
        ("a: b: c", "1:5: лишнее двоеточие."),
        ("a: b c: d", "1:7: лишнее двоеточие."),
        ("a b\nc: d", "2:2: поле «c» не на месте."),
        ("a: b\n  c: d", "2:4: поле «c» не на месте."),
        ("a: 1\nb:2\nc: 3", "2:1: здесь нет двоеточия с пробелом"),
        ("a:\n  - b\n  -c\n", "3:3: здесь нет двоеточия с пробелом"),
        ("a:\n  b: 1\n c: 2", "3:2: строка не на месте."),
        ("a:\n  - b: 1\n   c: 2", "3:4: строка не на месте."),
        ("a: - b", "1:4: список начинается с новой строки."),
        ("a: [b, c\nd: e", "1:4: скобка «[» открыта здесь и не закрыта."),
        ("a: {b: c\nd: e", "1:4: скобка «{» открыта здесь и не закрыта."),
        ("a: ]", "1:4: здесь ожидается значение, а стоит «]»."),
        ("a: [,]", "1:5: здесь ожидается значение, а стоит «,»."),
        ("a: |b\n  c", "1:5: после «|» или «>» текст начинается с новой строки."),
        ("a: @b", "1:4: значение не может начинаться с «@»."),
        ("a: `b`", "1:4: значение не может начинаться с «`»."),
        ("a: %b", "1:4: значение не может начинаться с «%»."),
        ("a: **b**", "1:4: значение не может начинаться с «*»."),
        ("a: &&b", "1:4: значение не может начинаться с «&»."),
        ("a: !б", "1:4: значение не может начинаться с «!»."),
        ("a: !b!c d", "1:4: значение не может начинаться с «!»."),
        ("a: ? b", "1:4: значение не может начинаться с «?»."),
        ("%b", "1:1: строка не может начинаться с «%»."),
        ("%YAML 2.0\n---\na: b", "1:1: указание версии YAML."),
        ("a: 1\n...\nb: 2", "3:1: лишний текст после конца данных."),
        (": a", "1:1: строка не на месте."),
    ],
)
def test_syntax_error_is_told_in_russian(text: str, said: str) -> None:
    (complaint,) = complaints(text)
    assert complaint.startswith(said)
    assert complaint.endswith(".")


def test_what_can_be_read_beside_refusals_is_read() -> None:
    text = "a: &x 1\nb: *x\na: 2\n<<: {c: 3}\nd: !t [e\u200b]\n"
    source = parse(text.encode(), "f.yml")
    assert [finding.line for finding in source.findings] == [5, 1, 2, 3, 4, 5]
    left = {key: value for key, value in source.data.items() if (key,) not in source.holes}
    assert left == {"a": "1", "d": ["e"]}


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "a:\n"])
def test_depth_is_limited(opening: str) -> None:
    def nested(depth: int) -> str:
        if opening == "a:\n":
            return "".join(" " * level + opening for level in range(depth))
        return opening * depth + {"[": "]", "{a: ": "}"}.get(opening, "") * depth

    assert complaints(nested(MAX_DEPTH)) == []
    (complaint,) = complaints(nested(MAX_DEPTH + 1))
    assert complaint.endswith("вложенность глубже 30 уровней. Проверьте отступы и скобки.")


@pytest.mark.parametrize("piece", ["[", "{", "- ", "{a: ", "? ", "\0", "\u202e", '"', "!a "])
def test_hostile_file_is_refused_at_once(piece: str) -> None:
    assert len(complaints(piece * 100_000)) <= 3


def test_size_is_limited(tmp_path: Path) -> None:
    file = tmp_path / "f.yml"
    file.write_bytes(b"#" * MAX_BYTES)
    assert read(file, "f.yml").data is None
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(SourceError) as refusal:
        read(file, "f.yml")
    said = "f.yml: файл больше 2048 КиБ. Разделите документ или уберите лишнее."
    assert str(refusal.value) == said


def shape(value: Any) -> bool:
    """Whether a value is made of texts, lists of them, and mappings from texts."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and shape(item) for key, item in value.items())
    return isinstance(value, str) or (isinstance(value, list) and all(map(shape, value)))


signs = "aб1:- \n[]{},'\"&*!<|>#?%@`\\\t\0\r\u00a0\ufeff\u202e\ud800👩"


@given(
    st.binary()
    | (st.text() | st.text(signs)).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@example(b"a: {{ b }}")
@example(b"*a : {b: *a}")
def test_any_bytes_are_a_source_or_findings_in_russian(content: bytes) -> None:
    try:
        source = parse(content, "f.yml")
    except SourceError as error:
        findings = error.findings
        assert findings
    else:
        findings = source.findings
        assert source.data is None or shape(source.data)
        assert source.holes <= source.values.keys()
    lines = content.count(b"\n") + 1
    assert all(1 <= finding.line <= lines + 1 and finding.column >= 1 for finding in findings)
    assert not any("expected" in finding.message for finding in findings)
