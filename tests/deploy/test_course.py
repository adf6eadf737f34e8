from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from disclosure import web
from disclosure.archive import Release, read_release
from disclosure.deploy import course, publish
from disclosure.deploy.target import Back, DeployError, Outcome
from tests.gate.releases import make_release
from tests.hosting import Answer, Host, hosting

OLD = make_release(1, {"index.html": b"old"}, None)
NEW = make_release(2, {"index.html": b"new", "a/index.html": b"a"}, None)
NEWER = make_release(3, {"index.html": b"newer"}, None)


@dataclass
class Folder:
    """A target that is a folder; `back` is what comes of going back."""

    root: Path
    outcome: Outcome = Outcome.PUBLISHED
    came: Callable[[], Back] = lambda: Back(OLD.id, taken=True)
    asked: list[str] = field(default_factory=list)

    def publish(self, release: Release) -> Outcome:
        files = {path: body.read() for path, body in release.files()}
        for path, content in files.items() | {("SHA256SUMS", release.manifest.text().encode())}:
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return self.outcome

    def back(self, release_id: str) -> Back:
        self.asked.append(release_id)
        return self.came()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setattr(web, "_PAUSES", (0, 0))
    monkeypatch.setattr(course, "_PAUSES", (0, 0))
    with hosting(tmp_path / "site") as host:
        yield host


@pytest.fixture
def target(host: Host) -> Folder:
    return Folder(host.root)


def run(tmp_path: Path, target: Folder, host: Host) -> tuple[bool, list[str]]:
    archive = tmp_path / "release.tar"
    archive.write_bytes(NEW.tar)
    lines: list[str] = []
    done = publish(read_release(archive), target, host.address, lines.append)
    return done, lines


def test_a_release_is_published_and_read_back(tmp_path: Path, target: Folder, host: Host) -> None:
    done, lines = run(tmp_path, target, host)
    assert done
    assert target.asked == []
    assert lines == [
        f"Передаю выпуск {NEW.id}: 2 файла, 0,0 МБ.",
        "Выпуск принят и включён.",
        f"Читаю сайт обратно: {host.address}",
        f"Проверено: 3 файла. Все такие, как в манифесте выпуска {NEW.id}.",
        f"Опубликован выпуск {NEW.id}.",
    ]


def test_a_release_that_was_live_already_is_read_back_too(
    tmp_path: Path, target: Folder, host: Host
) -> None:
    target.outcome = Outcome.ALREADY
    done, lines = run(tmp_path, target, host)
    assert done
    assert lines[1:3] == [
        "Этот выпуск уже был включён, менять нечего.",
        f"Читаю сайт обратно: {host.address}",
    ]


def test_a_signature_that_readers_do_not_get(tmp_path: Path, target: Folder, host: Host) -> None:
    archive = tmp_path / "release.tar"
    archive.write_bytes(replace(NEW, signature=b"mine").tar)
    lines: list[str] = []
    assert not publish(read_release(archive), target, host.address, lines.append)
    assert any(line.startswith("SHA256SUMS.sig: на сайте нет такого файла") for line in lines)


def test_a_cache_is_given_time(tmp_path: Path, target: Folder, host: Host) -> None:
    cached = iter([Answer(200, b"old")] * 2)
    host.faults[""] = lambda: next(cached, None)
    done, lines = run(tmp_path, target, host)
    assert done
    assert [line for line in lines if "кеше" in line] == [
        "Пока по-старому: 1 файл. Подожду 0 с: может быть, дело в кеше."
    ] * 2
    assert "Проверено: 3 файла." in lines[-2]


def test_what_readers_get_otherwise_is_taken_back(
    tmp_path: Path, target: Folder, host: Host
) -> None:
    host.faults["a/"] = lambda: Answer(200, b"defaced")
    done, lines = run(tmp_path, target, host)
    assert not done
    assert target.asked == [NEW.id]
    assert "a/index.html: содержание другое" in lines
    assert lines[-2:] == [
        f"Возвращаю то, что было до выпуска {NEW.id}.",
        f"Выпуск {NEW.id} снят. На сайте снова выпуск {OLD.id}.",
    ]


def test_a_site_that_is_silent_is_taken_back(tmp_path: Path, target: Folder, host: Host) -> None:
    host.faults["SHA256SUMS"] = lambda: Answer(500)
    done, lines = run(tmp_path, target, host)
    assert not done
    assert target.asked == [NEW.id]
    assert f"Сайт не читается: {host.address}SHA256SUMS: ответ 500." in lines


@pytest.mark.parametrize(
    "address", ["http://nowhere.invalid/", "https://127.0.0.1:{port}/", "http://127.0.0.1:1/"]
)
def test_nothing_is_handed_over_where_nothing_answers(
    address: str, tmp_path: Path, target: Folder, host: Host
) -> None:
    """Or a mistyped address would take a good release back."""
    archive = tmp_path / "release.tar"
    archive.write_bytes(NEW.tar)
    lines: list[str] = []
    with pytest.raises(DeployError, match=r"выпуск не передан.*Проверьте адрес сайта"):
        publish(read_release(archive), target, address.format(port=host.server_port), lines.append)
    assert (target.asked, lines, list(tmp_path.glob("site/*"))) == ([], [], [])


def test_nothing_is_handed_over_where_the_address_leads_elsewhere(
    tmp_path: Path, target: Folder, host: Host
) -> None:
    onward = Answer(301, headers={"Location": "https://www.example.ru/SHA256SUMS"})
    host.faults["SHA256SUMS"] = lambda: onward
    with pytest.raises(DeployError, match="на другой адрес"):
        run(tmp_path, target, host)


def test_a_newer_release_is_left_alone(tmp_path: Path, target: Folder, host: Host) -> None:
    host.faults[""] = lambda: Answer(200, b"newer")
    target.came = lambda: Back(NEWER.id, taken=False)
    done, lines = run(tmp_path, target, host)
    assert done
    said = f"Тем временем опубликован более новый выпуск {NEWER.id}: он и остаётся на сайте."
    assert lines[-1] == said


def test_a_release_that_somebody_took_back_is_not_published(
    tmp_path: Path, target: Folder, host: Host
) -> None:
    host.faults[""] = lambda: Answer(200, b"old")
    target.came = lambda: Back(OLD.id, taken=False)
    done, lines = run(tmp_path, target, host)
    assert not done
    assert lines[-1] == f"Выпуск {NEW.id} уже снял кто-то другой. На сайте выпуск {OLD.id}."


def test_a_way_back_that_fails_is_told_loudly(tmp_path: Path, target: Folder, host: Host) -> None:
    def fail() -> Back:
        raise DeployError("нет связи.")

    host.faults[""] = lambda: Answer(200, b"defaced")
    target.came = fail
    done, lines = run(tmp_path, target, host)
    assert not done
    assert lines[-2] == "Вернуть не удалось: нет связи."
    assert re.match(f"ВНИМАНИЕ: на сайте, похоже, остался выпуск {NEW.id}", lines[-1])
