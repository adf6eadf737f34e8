"""The suppliers' colours as a style sheet, so that no page needs a style of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from coloraide import Color

from disclosure.views.supplier import SupplierView

NIGHT: Final = 0.86
"""The lightness (OKLCH, 0 to 1) of a colour that is read on a dark ground."""


def suppliers_style(suppliers: Iterable[SupplierView]) -> str:
    """Return a rule for each supplier that sets its colour on its pages and their header."""
    return "".join(
        f".supplier-{view.supplier.slug},:root:has(.d-page.supplier-{view.supplier.slug})"
        f"{{--d-brand:{view.colour};--d-brand-night:{night(view.colour)}}}\n"
        for view in suppliers
    )


def night(colour: str) -> str:
    """Return the colour of the same hue that is read on a dark ground, as #rrggbb."""
    light = Color(colour).convert("oklch").set("lightness", NIGHT)
    return light.convert("srgb").fit(method="oklch-chroma").to_string(hex=True)
