"""Handing a release over: `publish` is the course of all targets, `TARGETS` has one a scheme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from disclosure.deploy import s3, ssh
from disclosure.deploy.course import publish
from disclosure.deploy.target import DeployError, Outcome, Target

__all__ = ["TARGETS", "DeployError", "Outcome", "Target", "find_target", "publish"]

TARGETS: Final[dict[str, Callable[[str], Target]]] = {
    "s3": s3.target,
    "ssh": ssh.target,
}
"""By the scheme of its address, what makes a target of the address.

Each raises ValueError with a Russian message where the address is not one of its kind.
"""


def find_target(address: str) -> Target:
    """Return the target that an address names; raise ValueError, in Russian, where it is none."""
    scheme, _, _ = address.partition("://")
    if scheme not in TARGETS:
        known = " или ".join(f"{known}://" for known in sorted(TARGETS))
        said = f"«{address}»: сюда публиковать не умею" if address else "Не сказано, куда (TARGET)"
        raise ValueError(f"{said}. Адрес начинается с {known}.")
    return TARGETS[scheme](address)
