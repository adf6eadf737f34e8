"""Each value that editors wrote is found in each format, in the row of its measure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import get_annotations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from disclosure.folder import read_folder
from disclosure.model.entity import Entity
from disclosure.rules.problem import walk
from tests.building import DEMONSTRATION, Checkout
from tests.samples import EXAMPLE
from tests.site.shown import FILES, FORMATS, PRINTS


class Scalar(NamedTuple):
    """A value as written: the keys above it, the mapping it stands in, its measure's id."""

    keys: tuple[str, ...]
    text: str
    beside: dict[str, Any]
    measure: str | None

    @property
    def key(self) -> str:
        """What the value is: a reason in a waiver is a text whatever it is about."""
        return "waiver" if "waiver" in self.keys else self.keys[-1]


@dataclass(frozen=True)
class Written:
    """A document as its editors wrote it."""

    data: Path
    path: str

    @property
    def content(self) -> Any:
        return _load(self.data / self.path)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of service types and of channels by their ids."""
        types = _load(self.data / "channels.yml")["service_types"]
        named = [*types, *(channel for kind in types for channel in kind["channels"])]
        return {item["id"]: item["title"] for item in named}

    def of_measure(self, measure: str, key: str) -> str:
        """Return what is written of a measure."""
        return next(s.text for s in scalars(self.content) if (s.measure, s.key) == (measure, key))

    def before(self) -> Written:
        """Return the programme of the period before."""
        periods = sorted((self.data / self.path).parent.glob("*.yml"))
        earlier = periods[periods.index(self.data / self.path) - 1]
        return Written(self.data, earlier.relative_to(self.data).as_posix())


def _load(file: Path) -> Any:
    return yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506  # only strings


def scalars(
    value: Any,
    keys: tuple[str, ...] = (),
    beside: dict[str, Any] | None = None,
    measure: str | None = None,
) -> Iterator[Scalar]:
    """Yield every scalar but keys; the years that are keys of indicators have a test of views."""
    if isinstance(value, dict):
        for key, item in value.items():
            named = None if "dropped" in keys else value.get("id", measure)  # it has no row here
            yield from scalars(item, (*keys, key), value, named)
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item, keys, beside, measure)
    else:
        yield Scalar(keys, value.strip(), beside or {}, measure)


NOT_SHOWN = {
    "shows": "the parts that a section shows are looked for themselves",
    "colour": "the style has it: test_each_supplier_has_its_colour",
    "demo": "a notice says it: test_demonstration_data_are_said_to_be_and_hidden_from_robots",
}


def said(scalar: Scalar, written: Written, where: str) -> str | None:
    """Return what is shown for a value: itself, or what it refers to.

    `where` is «page», «paper», or «files» for CSV, XLSX and JSON.
    """
    text: str | None = scalar.text
    match scalar.key:
        case "id" if "dropped" in scalar.keys and where != "files":  # the words it had
            text = written.before().of_measure(scalar.text, "text")
        case "id":  # an address on the page, a column of the files, of no use on paper
            text = {"page": f"#m-{text}", "paper": None}.get(where, text)
        case "continues":  # a number for readers, an id to join the files of two years by
            number = written.before().of_measure(scalar.text, "number")
            text = scalar.text if where == "files" else f"№ {number}"
        case "same_as":  # the text that two measures share
            text = written.of_measure(scalar.text, "text")
        case "channel" | "service_type":  # its title, unless the document prints one of its own
            text = None if "title" in scalar.beside else written.titles[scalar.text]
        case "programme":  # a link on the page, the period elsewhere
            link = f"../../programmes/{text}/"
            text = link if where == "page" else scalar.text.replace("-", "–")
        case "unit":  # one unit has two spellings
            text = scalar.text.replace(" : ", ":")
        case "segment":  # Cyrillic and Latin letters alike
            text = scalar.text.translate(str.maketrans("ВС", "BC"))
    return None if scalar.key in NOT_SHOWN else text


PROSE = {
    ("description",),
    ("conclusions",),
    ("conclusions",),
    ("sections", "text"),
    ("sections", "clauses", "text"),
}


def pieces(text: str) -> list[str]:
    """Return what is left of prose without its Markdown marks."""
    text = re.sub(r"\[([^]^]+)]\((?!javascript:)([^)]+)\)", r"\n\n\1\n\n\2\n\n", text)
    marks = r"\n\s*\n|^\s*(?:-|\d+\.)\s+|\*+|\[\^\w+]:?"
    return [piece.strip() for piece in re.split(marks, text, flags=re.MULTILINE) if piece.strip()]


def expected(written: Written, where: str) -> Counter[tuple[str, str | None]]:
    """Return how often each piece of text must at least be shown, in its measure's row."""
    found: Counter[tuple[str, str | None]] = Counter()
    for scalar in scalars(written.content):
        if text := said(scalar, written, where):
            for piece in pieces(text) if scalar.keys in PROSE else [text]:
                found[piece, scalar.measure] += 1
    return found


def documents(data: Path, *kinds: str) -> list[str]:
    return sorted(
        file.relative_to(data).as_posix()
        for kind in kinds
        for file in data.glob(f"suppliers/*/{kind}")
    )


OURS = [("portal", path) for path in documents(DEMONSTRATION, "*/*.yml")]
EXAMPLES = [("example", path) for path in documents(EXAMPLE, "*/*.yml")]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("site", "path"), OURS + EXAMPLES)
def test_every_value_is_shown(
    site: str, path: str, form: str, request: pytest.FixtureRequest
) -> None:
    checkout: Checkout = request.getfixturevalue(site)
    written = Written(checkout.data, path)
    supplier, kind, period = path.removeprefix("suppliers/").removesuffix(".yml").split("/")
    folder = checkout.site / (supplier if site == "portal" else ".") / kind / period
    shown = FORMATS[form](folder)

    where = "files" if form in FILES else "paper" if form in PRINTS else form
    wanted = expected(written, where)
    assert len(wanted) > 20
    missing = [
        f"{measure or path}: {found} of {times}: {piece}"
        for (piece, measure), times in wanted.items()
        if (found := shown.count(piece, measure)) < times
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("site", "path"),
    [("portal", path) for path in documents(DEMONSTRATION, "supplier.yml")]
    + [("example", path) for path in documents(EXAMPLE, "supplier.yml")],
)
def test_every_value_of_a_supplier_is_on_its_page(
    site: str, path: str, request: pytest.FixtureRequest
) -> None:
    checkout: Checkout = request.getfixturevalue(site)
    written = Written(checkout.data, path)
    folder = checkout.site / (path.split("/")[1] if site == "portal" else ".")
    shown = FORMATS["page"](folder)

    wanted = expected(written, "page")
    missing = [piece for (piece, _), times in wanted.items() if shown.count(piece, None) < times]
    assert wanted
    assert missing == []


def test_the_example_fills_every_field_of_the_model() -> None:
    disclosure = read_folder(EXAMPLE).disclosure
    (supplier,) = disclosure.suppliers
    read = [disclosure, *supplier.programmes.values(), *supplier.reports.values()]
    entities = [entity for top in read for _, entity in walk(top)]
    known = {name for kind in _kinds(Entity) for name in _declared(kind, kind.model_fields)}
    filled = {name for e in entities for name in _declared(type(e), e.model_fields_set)}
    assert known - filled == set()


def _kinds(kind: type[Entity]) -> set[type[Entity]]:
    """Return the entities of which no others are kinds."""
    kinds = kind.__subclasses__()
    return set().union(*map(_kinds, kinds)) if kinds else {kind}


def _declared(kind: type[Entity], fields: Iterable[str]) -> Iterator[str]:
    """Name each field by the entity that declares it, so that it counts wherever it is filled."""
    for field in fields:
        owner = next(base for base in kind.__mro__ if field in get_annotations(base))
        yield f"{owner.__name__}.{field}"
