"""How the gate ends a call, and why where it did not do what it was asked."""

from __future__ import annotations

from typing import Final

INSTALLED: Final = "/usr/local/lib/site-gate.pyz"
"""Where a server has the gate: what people are told to call there."""

DONE, REFUSED, WRONG_CALL, OVERTAKEN = range(4)
"""How a call ends; what is refused or overtaken has changed nothing."""


class RefusedError(Exception):
    """The gate refuses and has changed nothing; the message says why and what to do, in Russian."""


class OvertakenError(Exception):
    """The release to go back from is not the current one any more; nothing has changed."""

    def __init__(self, current: str) -> None:
        super().__init__(f"Сейчас опубликован другой выпуск: {current}. Он не тронут.")
        self.current = current
