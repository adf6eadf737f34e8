from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.bounds import BOUNDS, OutOfBounds, bounded

HOOKS = Path(__file__).parent.parent / "hooks"
TIGHT = replace(BOUNDS, seconds=0.05, memory=BOUNDS.memory - 2**20)


def work() -> str:
    return "done"


def fail() -> None:
    raise KeyError("x")


def loop() -> None:
    for _ in range(10**9):
        pass


def wait() -> None:
    time.sleep(60)


def swallow_exceptions() -> None:
    while True:
        with suppress(Exception):
            loop()


def swallow_the_first_alarm() -> None:
    with suppress(BaseException):
        loop()
    loop()


def lose_an_alarm_in_a_destructor() -> None:
    class Slow:
        def __del__(self) -> None:
            loop()

    slow = Slow()
    del slow
    loop()


def lack_memory() -> None:
    raise MemoryError


def alarm() -> tuple[object, tuple[float, float]]:
    return signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)


def memory() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_DATA)


def test_what_the_work_returns_comes_back() -> None:
    assert bounded(work, BOUNDS) == "done"


def test_what_the_work_raises_comes_through() -> None:
    with pytest.raises(KeyError):
        bounded(fail, BOUNDS)


@pytest.mark.parametrize("endless", [loop, wait, swallow_exceptions, swallow_the_first_alarm])
def test_work_that_takes_too_long_is_stopped(endless: Callable[[], None]) -> None:
    with pytest.raises(OutOfBounds, match=r"дольше 0\.05 с\. Разделите"):
        bounded(endless, TIGHT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_gets_lost_is_given_again() -> None:
    with pytest.raises(OutOfBounds):
        bounded(lose_an_alarm_in_a_destructor, TIGHT)


def test_a_lack_of_memory_is_told() -> None:
    with pytest.raises(OutOfBounds, match=r"предел 4096 МиБ\. Разделите"):
        bounded(lack_memory, BOUNDS)


def test_memory_is_limited_while_the_work_is_done() -> None:
    assert bounded(memory, BOUNDS) == (BOUNDS.memory, memory()[1])


def test_a_tighter_limit_of_the_process_stays() -> None:
    assert bounded(lambda: bounded(memory, BOUNDS), TIGHT)[0] == TIGHT.memory


@pytest.mark.parametrize("done", [work, fail, loop, swallow_the_first_alarm, lack_memory])
def test_no_bound_is_left_behind(done: Callable[[], object]) -> None:
    before = alarm(), memory()
    with suppress(KeyError, OutOfBounds):
        bounded(done, TIGHT)
    assert (alarm(), memory()) == before


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("bounded(int, BOUNDS); time.sleep(0.6)", 0),
        ("bounded(lambda: sum(repeat(0, 10**9)), BOUNDS)", 1),  # C, which looks for no signals
    ],
    ids=["after the work", "in the work"],
)
def test_a_process_is_ended_only_while_it_does_not_come_back(program: str, status: int) -> None:
    prepare = (
        "import time; from itertools import repeat; from disclosure.bounds import Bounds, bounded;"
        "BOUNDS = Bounds(seconds=0.2, memory=2**30, grace=0.2);"
    )
    done = subprocess.run(
        [sys.executable, "-c", prepare + program],
        cwd=HOOKS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert ("in bounded" in done.stderr) is bool(status)
