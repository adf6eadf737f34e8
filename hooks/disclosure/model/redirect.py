"""Addresses that suppliers and documents had, and those they have now."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from disclosure.model.entity import Entity
from disclosure.model.fields import Matching, Text

Path = Annotated[
    Text,
    Matching(
        r"[a-z0-9-]+(/(programmes|reports)/\d{4}(-\d{4})?)?",
        "пишите имя папки поставщика или документ: primer/programmes/2024. Исправьте",
    ),
]


class Redirect(Entity):
    """A supplier or a document that was renamed: all below its old address leads to the new one."""

    old: Path = Field(description="Прежнее имя: primer или primer/programmes/2024")
    new: Path = Field(description="Нынешнее имя")


class Redirects(Entity):
    """What was renamed (data/redirects.yml)."""

    redirects: tuple[Redirect, ...]
