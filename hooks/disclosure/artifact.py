"""What a build yields: files, by their path below the root of the site's sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Artifact:
    """A file to publish; a page is Markdown, `menu` its name in the navigation."""

    path: str
    content: bytes
    menu: str | None = None
