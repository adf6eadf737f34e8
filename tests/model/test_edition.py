from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.model import Document, Programme, Report, checksum, content, differences
from disclosure.source import parse
from disclosure.validation import validate
from tests.samples import EXAMPLE

PLAN = """\
title: Программа
published: 01.02.2025
plan:
  items:
    - id: office
      text: Открыть офис
      deadline: 3 квартал 2025
    - id: video
      text: Принимать по видеосвязи
      waiver: {result: нет в документе, deadline: нет в документе}
"""


def read(text: str, entity: type[Document] = Programme) -> Document:
    """Return the document of a text."""
    checked = validate(parse(text.encode(), "2025.yml"), entity, (2025,))
    assert checked.value, checked.findings
    return checked.value


REPORT = """\
title: Отчёт
programme: 2025
approval: {signed: 01.02.2026}
channels:
  - {name: Офис, hours: "пн–пт 8:00–17:00, сб, вс выходной", phones: ["1", "2"]}
measures:
  - {id: office, status: Перенесено., new_deadline: [1 квартал 2026, 2027], note: Пояснение}
indicators:
  - items:
      - {name: Ожидание, unit: "мин : сек", values: {2024: нет данных, 2025: "1:27"}}
"""

# Whoever has a checksum on paper must find it again: these never change.
PLAN_SUM = "709e14dd9185d3b6059a93bc1d7b24e778818745ecec727394eb32a74acb9d63"
REPORT_SUM = "e054e776c6892dba7d349a40480907f2705bf7816c4cedd9fbebe7c435f6ad28"


def test_checksums_last() -> None:
    assert checksum(read(PLAN)) == PLAN_SUM
    assert checksum(read(REPORT, Report)) == REPORT_SUM


def test_a_checksum_is_that_of_plain_values() -> None:
    """It can be had without this program: sorted keys, no spaces, UTF-8."""
    said = (
        '{"approval":{"signed":"2026-02-01"},'
        '"channels":[{"hours":"пн–пт 8:00–17:00, сб, вс выходной","name":"Офис",'
        '"phones":["1","2"]}],'
        '"indicators":[{"items":[{"name":"Ожидание","unit":"мин:сек",'
        '"values":{"2024":"нет данных","2025":"1:27"}}]}],'
        '"measures":[{"id":"office","new_deadline":["1 квартал 2026","2027"],"note":"Пояснение",'
        '"status":"перенесено"}],"programme":"2025","title":"Отчёт"}'
    )
    assert hashlib.sha256(said.encode()).hexdigest() == REPORT_SUM


FORMATTINGS = {
    "comments": "# пояснение\n" + PLAN,
    "quotes": PLAN.replace("title: Программа", 'title: "Программа"'),
    "spaces": PLAN.replace("title: Программа", "title:    Программа  "),
    "lines": PLAN.replace("Открыть офис", "\n        Открыть\n        офис"),
    "order": PLAN.replace(
        "      text: Открыть офис\n      deadline: 3 квартал 2025",
        "      deadline: 3 квартал 2025\n      text: Открыть офис",
    ),
    "order of waivers": PLAN.replace(
        "{result: нет в документе, deadline: нет в документе}",
        "{deadline: нет в документе, result: нет в документе}",
    ),
    "list of one": PLAN.replace("deadline: 3 квартал 2025", "deadline: [3 квартал 2025]"),
    "line ends": PLAN.replace("\n", "\r\n"),
    "day of publication": PLAN.replace("published: 01.02.2025\n", ""),
    "revisions": PLAN + "revisions:\n  - {date: 01.03.2025, what: срок, why: приказ}\n",
}


@pytest.mark.parametrize("form", FORMATTINGS)
def test_how_a_file_is_written_does_not_count(form: str) -> None:
    assert FORMATTINGS[form] != PLAN
    assert checksum(read(FORMATTINGS[form])) == PLAN_SUM


CHANGES = {
    "word": PLAN.replace("Открыть офис", "Открыть два офиса"),
    "capital": PLAN.replace("Открыть", "открыть"),
    "same time in other words": PLAN.replace("3 квартал 2025", "III квартал 2025"),
    "order": PLAN.replace("office", "other").replace("video", "office").replace("other", "video"),
    "reason": PLAN.replace("{result: нет в документе,", "{result: опечатка,"),
    "new field": PLAN + "city: Омск\n",
    "less": PLAN.replace("      deadline: 3 квартал 2025\n", ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_document_says_counts(change: str) -> None:
    assert CHANGES[change] != PLAN
    assert checksum(read(CHANGES[change])) != PLAN_SUM


def leaves(value: Any, loc: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the place of every text within plain values."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, item in items for leaf in leaves(item, (*loc, key))]
    return [loc]


def files() -> list[str]:
    return sorted(str(file.relative_to(EXAMPLE)) for file in EXAMPLE.glob("suppliers/*/*/*.yml"))


@pytest.mark.parametrize("name", files())
def test_every_value_of_a_document_counts(name: str) -> None:
    """Each text of a file is in its content, but for what tells of the file itself."""
    entity = Report if "reports" in name else Programme
    text = (EXAMPLE / name).read_bytes()
    source = parse(text, name)
    document = validate(source, entity, (int(Path(name).stem),)).value
    assert document is not None
    told = {leaf[:-1] if isinstance(leaf[-1], int) else leaf for leaf in leaves(content(document))}
    written = {leaf[:-1] if isinstance(leaf[-1], int) else leaf for leaf in leaves(source.data)}
    about_itself = {leaf for leaf in written if leaf[0] in {"published", "revisions"}}
    assert told == written - about_itself


# Places that differ -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ({"a": "1"}, {"a": "1"}, []),
        ({"a": "1"}, {"a": "2"}, [("a",)]),
        ({"a": "1"}, {"b": "1"}, [("b",), ("a",)]),
        ({"a": [{"b": "1"}, {"b": "2"}]}, {"a": [{"b": "1"}, {"b": "3"}]}, [("a", 1, "b")]),
        (["1", "2"], ["1", "x", "2"], [(1,)]),
        (["1", "2"], ["1"], [(0,)]),
        (["1"], ["1", "2"], [(1,)]),
        (["1"], [], [()]),
        ({"a": "1"}, {"a": {"b": "1"}}, [("a",)]),
    ],
)
def test_places_that_differ(old: Any, new: Any, places: list[Any]) -> None:
    assert list(differences(old, new)) == places


PLAIN = st.recursive(
    st.sampled_from("ab"),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("xy"), inner),
)


@given(PLAIN, PLAIN)
def test_contents_that_differ_do_so_at_a_place(old: Any, new: Any) -> None:
    assert bool(list(differences(old, new))) == (old != new)
