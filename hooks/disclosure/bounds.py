"""Bounds of time and memory for work that a mistake in the data could make endless."""

from __future__ import annotations

import faulthandler
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

T = TypeVar("T")

_AGAIN: Final = 0.1
"""Seconds from alarm to alarm: what is raised in a destructor or a callback of C gets lost."""

ADVICE: Final = (
    "Разделите документ или найдите в данных ошибку, например очень длинный текст."
    " Пределы заданы в hooks/disclosure/bounds.py."
)


@dataclass(frozen=True)
class Bounds:
    """What one file may take: seconds, bytes of the process's data, seconds of grace to end in."""

    seconds: float
    memory: int
    grace: float

    @property
    def said(self) -> str:
        """The bounds in words."""
        return f"{self.seconds:g} с, {self.memory >> 20} МиБ"


BOUNDS: Final = Bounds(seconds=300, memory=4 * 2**30, grace=30)
"""A document of 3760 measures (400 pages) takes less than a fifth of either."""


class OutOfBounds(Exception):  # noqa: N818  # it is no error of the program
    """Work that took more than its bounds; the text says which in Russian, and what to do."""


class _Alarm(BaseException):
    """The time is up; no Exception, since libraries catch those and go on."""


def bounded(work: Callable[[], T], bounds: Bounds) -> T:
    """Return what `work` returns; only in the main thread of a process.

    Raises OutOfBounds where it takes longer or more memory. Where it does not come back from C,
    the process ends after the grace, and tells on its standard error where it was.
    """
    try:
        return _guarded(work, bounds)
    except _Alarm:
        said = f"файл готовился дольше {bounds.seconds:g} с"
    except MemoryError:
        said = f"не хватило памяти, предел {bounds.memory >> 20} МиБ"
    raise OutOfBounds(f"{said}. {ADVICE}")


def _guarded(work: Callable[[], T], bounds: Bounds) -> T:
    """Do work under the bounds, and leave none of them behind."""
    finished = False

    def alarm(*_: object) -> None:
        if not finished:
            raise _Alarm

    before = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [bounds.memory, *(limit for limit in before if limit != resource.RLIM_INFINITY)]
    handler = signal.signal(signal.SIGALRM, alarm)
    try:
        faulthandler.dump_traceback_later(bounds.seconds + bounds.grace, exit=True)
        resource.setrlimit(resource.RLIMIT_DATA, (min(limits), before[1]))
        signal.setitimer(signal.ITIMER_REAL, bounds.seconds, _AGAIN)
        return work()
    finally:
        finished = True  # first, so that no alarm disturbs what follows
        resource.setrlimit(resource.RLIMIT_DATA, before)  # then memory for all the rest
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        faulthandler.cancel_dump_traceback_later()
