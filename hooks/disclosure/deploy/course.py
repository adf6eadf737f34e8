"""The course of a publication: hand over, read back as readers do, go back where that differs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin

from disclosure.archive import Release
from disclosure.deploy.target import Back, DeployError, Outcome, Target
from disclosure.live import Reading, read_back, told
from disclosure.values.russian import plural
from disclosure.web import RefusalError, WebError, read_url
from gate.manifest import MANIFEST

_PAUSES: Final = (2.0, 5.0, 10.0, 20.0)
"""Seconds that a cache before the site is given, again and again, to notice a new release."""
_PATIENCE: Final = 300
"""After how many seconds there is no more waiting for a cache."""

Say = Callable[[str], None]


def publish(release: Release, target: Target, address: str, say: Say) -> bool:
    """Publish a release and read it back; return whether readers have it, or a newer one.

    `address` is that of the front page, ended with a slash; `say` is told each step and, last,
    what is live. Raises DeployError where the target does not take the release, and before it is
    asked to where nothing answers at the address: what cannot be read back is not handed over.
    """
    _check_address(address)
    mine = release.manifest.id
    files = plural(len(release.manifest.files), "файл", "файла", "файлов")
    megabytes = f"{release.file.stat().st_size / 1e6:.1f}".replace(".", ",")
    say(f"Передаю выпуск {mine}: {files}, {megabytes} МБ.")
    outcome = target.publish(release)
    say(_OUTCOMES[outcome])
    say(f"Читаю сайт обратно: {address}")
    try:
        reading = read_back(address, release.manifest, release.signature)
        reading = _patiently(reading, release, address, say)
    except WebError as error:
        say(f"Сайт не читается: {error}.")
    else:
        for line in told(reading, release.manifest):
            say(line)
        if not reading.differences:
            say(f"Опубликован выпуск {mine}.")
            return True
    return _take_back(release, target, say)


def _check_address(address: str) -> None:
    try:
        read_url(urljoin(address, MANIFEST))
    except RefusalError:
        return  # as before a first release
    except WebError as error:
        raise DeployError(
            f"Сайт не читается, поэтому выпуск не передан. {error}."
            " Проверьте адрес сайта (SITE_URL) и что сайт открывается."
        ) from None


_OUTCOMES: Final = {
    Outcome.PUBLISHED: "Выпуск принят и включён.",
    Outcome.ALREADY: "Этот выпуск уже был включён, менять нечего.",
}


def _patiently(reading: Reading, release: Release, address: str, say: Say) -> Reading:
    """Read again what differs, as long as a cache may be the reason."""
    until = time.monotonic() + _PATIENCE
    for pause in _PAUSES:
        if not reading.differences or time.monotonic() > until:
            break
        count = plural(len(reading.differences), "файл", "файла", "файлов")
        say(f"Пока по-старому: {count}. Подожду {pause:g} с: может быть, дело в кеше.")
        time.sleep(pause)
        again = read_back(address, release.manifest, release.signature, reading.differences)
        reading = Reading(reading.files, again.differences, again.other)
    return reading


def _take_back(release: Release, target: Target, say: Say) -> bool:
    """Go back from a release that readers do not get whole; return whether a newer one is live."""
    mine = release.manifest.id
    say(f"Возвращаю то, что было до выпуска {mine}.")
    try:
        back = target.back(mine)
    except DeployError as error:
        say(f"Вернуть не удалось: {error}")
        say(
            f"ВНИМАНИЕ: на сайте, похоже, остался выпуск {mine}, и не таким, каким он собран."
            " Позовите администратора сайта."
        )
        return False
    return _ended(back, mine, say)


def _ended(back: Back, mine: str, say: Say) -> bool:
    if back.taken:
        say(f"Выпуск {mine} снят. На сайте снова выпуск {back.live}.")
        return False
    if back.live > mine:
        say(f"Тем временем опубликован более новый выпуск {back.live}: он и остаётся на сайте.")
        return True
    say(f"Выпуск {mine} уже снял кто-то другой. На сайте выпуск {back.live}.")
    return False
