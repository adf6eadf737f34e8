"""The contrast of every scheme, computed from the style sheets as they are shipped (WCAG 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
import tinycss2
from coloraide import Color
from tinycss2.ast import AtRule, QualifiedRule

from disclosure.render.style import suppliers_style
from disclosure.site import read_site
from tests.building import DEMONSTRATION

REPOSITORY = Path(__file__).parents[1]
PALETTE = REPOSITORY / "overrides" / "theme" / "assets" / "palette.css"

LOW_VISION = {
    "black-on-white": ("#000000", "#ffffff", 21.00),
    "white-on-black": ("#ffffff", "#000000", 21.00),
    "navy-on-sky": ("#063462", "#9dd1ff", 7.76),
    "brown-on-beige": ("#4d4b43", "#f7f3d6", 7.80),
    "green-on-brown": ("#a9e44d", "#3b2716", 9.34),
}
"""The text, the ground and the contrast of each scheme of «Версия для слабовидящих»."""

STATUS = ("done", "going", "moved", "failed")
TEXT = [
    *product(("ink", "muted", "link", "accent", *STATUS), ("paper",)),
    *product(("ink", "muted"), ("quiet", "mark")),
    *product(("link", *STATUS), ("mark",)),
    ("on-bar", "bar"),
    ("on-accent", "accent"),
]
"""What is written on what: at least 7 to 1 (1.4.6, level AAA)."""

SHAPES = [("focus", "paper"), ("on-bar", "bar"), ("edge", "paper"), ("accent", "paper")]
"""Rings and borders of controls, and what they stand on: at least 3 to 1 (1.4.11, 2.4.13)."""


@dataclass(frozen=True)
class Rule:
    """Custom properties that a selector sets under some conditions."""

    selector: str
    values: dict[str, str]
    media: frozenset[str] = field(default_factory=frozenset)


def rules(css: str, media: frozenset[str] = frozenset()) -> Iterator[Rule]:
    """Yield the rules of a style sheet in their order, those within @media too."""
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        selector = tinycss2.serialize(node.prelude).strip()
        if isinstance(node, AtRule):
            inner = tinycss2.serialize(node.content)
            yield from rules(inner, media | frozenset(selector.split(" and ")))
        elif isinstance(node, QualifiedRule):
            found = tinycss2.parse_declaration_list(node.content, skip_whitespace=True)
            values = {
                declaration.name: tinycss2.serialize(declaration.value).strip()
                for declaration in found
                if declaration.type == "declaration" and declaration.name.startswith("--")
            }
            yield Rule(selector, values, media)


@pytest.fixture(scope="module")
def style() -> list[Rule]:
    """The palette and the colours of the repository's suppliers."""
    suppliers = suppliers_style(read_site(DEMONSTRATION).suppliers)
    return [*rules(PALETTE.read_text(encoding="utf-8")), *rules(suppliers)]


def tokens(
    style: list[Rule], scheme: str, media: frozenset[str], supplier: str = ""
) -> dict[str, str]:
    """Return what the properties of a page come to in a scheme, on a page of a supplier."""
    values: dict[str, str] = {}
    for rule in style:
        applies = (
            re.match(r":root(,|$)", rule.selector)
            or f'[data-scheme="{scheme}"]' in rule.selector
            or rule.selector.startswith(f".supplier-{supplier},")
        )
        if rule.media <= media and applies:
            values |= rule.values
    return {name: resolve(value, values) for name, value in values.items()}


def resolve(value: str, values: dict[str, str]) -> str:
    """Replace var(--name, otherwise) as a browser does."""
    called = re.fullmatch(r"var\((--[\w-]+)(?:,\s*(.+))?\)", value)
    if not called:
        return value
    return resolve(values.get(called[1], called[2]), values)


SUPPLIERS = ["none", *sorted(file.name for file in (DEMONSTRATION / "suppliers").iterdir())]


class Media(frozenset[str]):
    """Conditions of @media that hold."""

    def __str__(self) -> str:
        return " and ".join(sorted(self)) or "print"


PRINT = Media()
LIGHT = Media({"screen"})
DARK = Media({"screen", "(prefers-color-scheme: dark)"})
MORE = Media({"screen", "(prefers-contrast: more)"})
MORE_DARK = Media(MORE | DARK)
SCHEMES = [
    *product(["usual"], (PRINT, LIGHT, DARK, MORE, MORE_DARK)),
    *product(LOW_VISION, (LIGHT, DARK, MORE_DARK)),
]


@pytest.mark.parametrize("supplier", SUPPLIERS)
@pytest.mark.parametrize(("scheme", "media"), SCHEMES, ids=str)
def test_every_text_and_shape_has_contrast(
    scheme: str, media: frozenset[str], supplier: str, style: list[Rule]
) -> None:
    page = tokens(style, scheme, media, supplier)
    for needed, pairs in ((7, TEXT), (3, SHAPES)):
        found = {pair: contrast(page, pair) for pair in pairs}
        assert {pair: ratio for pair, ratio in found.items() if ratio < needed} == {}


def contrast(page: dict[str, str], pair: tuple[str, str]) -> float:
    """Return the contrast (WCAG 2.2) of two tokens."""
    over, under = (Color(page[f"--d-{name}"]) for name in pair)
    return over.contrast(under, method="wcag21")


@pytest.mark.parametrize(("scheme", "value"), LOW_VISION.items())
def test_a_low_vision_scheme_is_its_two_colours_and_no_other(
    scheme: str, value: tuple[str, str, float], style: list[Rule]
) -> None:
    text, ground, ratio = value
    page = tokens(style, scheme, LIGHT)
    assert (page["--d-text"], page["--d-ground"]) == (text, ground)
    assert round(Color(text).contrast(Color(ground), method="wcag21"), 2) == ratio
    brand = {"--d-brand", "--d-brand-night"}
    assert {value for name, value in page.items() if name not in brand} == {text, ground}


def test_no_colour_is_written_outside_the_palette() -> None:
    assets = REPOSITORY / "overrides" / "theme" / "assets"
    for file in {*assets.glob("*.css")} - {PALETTE}:
        css = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=\s*[;,)])|rgba?\(|hsla?\(|opacity:", css) == []
