"""Where a release may be handed over to, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from disclosure.archive import Release


class DeployError(Exception):
    """A release that was not handed over, or not taken back.

    The message says in Russian what happened, what readers have now and what to do.
    """


class Outcome(Enum):
    """What a target did with a release."""

    PUBLISHED = auto()
    """It is live now."""
    ALREADY = auto()
    """It was live already, and nothing changed."""


@dataclass(frozen=True)
class Back:
    """What a target has after it was asked to take a release back.

    `live` is the id of the release that readers have now; `taken` is false where the release was
    not live any more, and nothing changed.
    """

    live: str
    taken: bool


class Target(Protocol):
    """A place that readers get a site from."""

    def publish(self, release: Release) -> Outcome:
        """Make a release live, whole or not at all; raise DeployError where it is not."""

    def back(self, release_id: str) -> Back:
        """Make live again what was live before a release, if that is still the live one.

        Raises DeployError where there is nothing to go back to, or it does not succeed.
        """
