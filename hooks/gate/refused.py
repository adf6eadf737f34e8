"""What the gate answers when it does not do what it was asked."""

from __future__ import annotations


class RefusedError(Exception):
    """The gate refuses and has changed nothing; the message says why and what to do, in Russian."""


class OvertakenError(Exception):
    """The release to go back from is not the current one any more; nothing has changed."""

    def __init__(self, current: str) -> None:
        super().__init__(f"Сейчас опубликован другой выпуск: {current}. Он не тронут.")
        self.current = current
