"""The accessibility statement: what is promised, how it is checked, whom to tell of a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.views.supplier import SupplierView

PATH = "accessibility/"


@dataclass(frozen=True)
class AccessibilityView:
    """The statement of a site; `tools` are the versions of what checked it, by package."""

    built: date
    tools: Mapping[str, str]
    suppliers: tuple[SupplierView, ...]
    demo: bool
