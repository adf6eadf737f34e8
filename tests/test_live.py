from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from disclosure import live, web
from disclosure.live import Reading, read_back, told
from disclosure.web import WebError, read_url
from gate.manifest import Manifest
from tests.gate.releases import Release, make_release
from tests.hosting import Answer, Host, hosting

PAGE = b"<p>" + "Мероприятие ".encode() * 99
FILES = {
    "index.html": b"front",
    "404.html": b"missing",
    "about/index.html": PAGE,
    "about/index.html.gz": gzip.compress(PAGE, mtime=0),
    "омск/отчёт 1.csv": b"a;b",
    "assets/100%#?.js": b"js",
}
RELEASE = make_release(7, FILES, None)
ABOUT = "about/index.html"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_PAUSES", (0, 0))


def put(root: Path, release: Release) -> Path:
    """Put a release where a host serves it from."""
    manifest = {"SHA256SUMS": release.manifest.text().encode()}
    for path, content in {**release.files, **manifest}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host that has the release."""
    with hosting(put(tmp_path / "site", RELEASE)) as host:
        yield host


def read(host: Host, manifest: Manifest = RELEASE.manifest) -> Reading:
    return read_back(host.address, manifest)


def said(host: Host) -> list[str]:
    return [str(difference) for difference in read(host).differences]


# A site as it should be --------------------------------------------------------------------------


def test_a_site_that_is_as_its_manifest(host: Host) -> None:
    reading = read(host)
    assert reading == Reading(len(FILES) + 1, (), None)
    assert list(told(reading, RELEASE.manifest)) == [
        f"Проверено: 7 файлов. Все такие, как в манифесте выпуска {RELEASE.id}."
    ]


def test_files_are_asked_for_where_readers_find_them(host: Host) -> None:
    read(host)
    assert set(host.asked) == {
        *("/", "/404.html", "/about/", "/about/index.html.gz", "/assets/100%25%23%3F.js"),
        *("/%D0%BE%D0%BC%D1%81%D0%BA/%D0%BE%D1%82%D1%87%D1%91%D1%82%201.csv", "/SHA256SUMS"),
    }


def test_a_site_below_a_path(tmp_path: Path) -> None:
    with hosting(put(tmp_path, RELEASE), under="/disclosure/omsk/") as host:
        assert not read(host).differences
        assert all(path.startswith("/disclosure/omsk/") for path in host.asked)


def test_the_page_of_errors_may_come_as_an_error(host: Host) -> None:
    host.faults["404.html"] = lambda: Answer(404, FILES["404.html"])
    assert said(host) == []


def test_other_pages_may_not_come_as_errors_nor_as_folders(tmp_path: Path) -> None:
    """Names that end alike are no page of errors and no front page."""
    files = {"a/404.html": b"a", "reindex.html": b"b"}
    release = make_release(8, files, None)
    with hosting(put(tmp_path, release)) as host:
        host.faults["a/404.html"] = lambda: Answer(404, b"a")
        differences = [str(found) for found in read(host, release.manifest).differences]
    assert differences == ["a/404.html: на сайте нет такого файла (ответ 404)"]


def test_a_redirect_within_the_host_is_followed(host: Host) -> None:
    host.faults["404.html"] = lambda: Answer(308, headers={"Location": "/404"})
    host.faults["404"] = lambda: Answer(200, FILES["404.html"])
    assert said(host) == []


def test_a_redirect_to_another_scheme_is_not_followed(host: Host) -> None:
    other = host.address.replace("http:", "https:")
    host.faults["404.html"] = lambda: Answer(302, headers={"Location": other})
    assert said(host) == [f"404.html: не прочитан: сервер отправляет на другой адрес: {other}"]


def test_a_moment_of_trouble_is_waited_out(host: Host) -> None:
    answers = iter([Answer(503), Answer(200, b"fro", length=5)])
    host.faults[""] = lambda: next(answers, None)
    assert said(host) == []


def test_a_manifest_that_broke_off_is_read_from_its_beginning(host: Host) -> None:
    broken = iter([Answer(200, b"# A rel", length=99)])
    host.faults["SHA256SUMS"] = lambda: next(broken, None)
    assert read_url(f"{host.address}SHA256SUMS") == RELEASE.manifest.text().encode()


# A site that differs -----------------------------------------------------------------------------


def _elsewhere() -> Answer:
    return Answer(301, headers={"Location": "https://example.org/\x1babout/"})


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (lambda: Answer(404), "на сайте нет такого файла (ответ 404)"),
        (lambda: Answer(410), "на сайте нет такого файла (ответ 410)"),
        (lambda: Answer(200, PAGE + b"<script>"), "содержание другое"),
        (lambda: Answer(200), "содержание другое"),
        (lambda: Answer(500), "не прочитан: ответ 500"),
        (lambda: Answer(503), "не прочитан: ответ 503"),
        (lambda: Answer(206, PAGE), "не прочитан: ответ 206"),
        (lambda: Answer(200, PAGE, length=9999), "не прочитан: ответ оборвался"),
        (
            lambda: Answer(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
            "сервер сжал его сам (gzip), хотя об этом не просили",
        ),
        (_elsewhere, "не прочитан: сервер отправляет на другой адрес: https://example.org/about/"),
        (
            lambda: Answer(302, headers={"Location": "/about/"}),
            "не прочитан: сервер переадресует по кругу",
        ),
    ],
)
def test_what_differs_is_named(
    host: Host, fault: Callable[[], Answer | None], expected: str
) -> None:
    host.faults["about/"] = fault
    assert said(host) == [f"{ABOUT}: {expected}"]


def test_what_browsers_get_compressed_is_read_too(host: Host) -> None:
    plain = iter([Answer(200, PAGE)])
    wrong = Answer(200, gzip.compress(b"other"), {"Content-Encoding": "gzip"})
    host.faults["about/"] = lambda: next(plain, wrong)
    assert said(host) == [f"{ABOUT}: содержание другое, когда его просят сжатым (gzip)"]


def test_what_browsers_cannot_unpack(host: Host) -> None:
    (host.root / f"{ABOUT}.gz").write_bytes(b"torn")
    assert said(host) == [
        f"{ABOUT}: не прочитан: сжатый ответ не распаковывается",
        f"{ABOUT}.gz: содержание другое",
    ]


def test_another_manifest_is_a_difference(host: Host) -> None:
    (host.root / "SHA256SUMS").write_text("?", encoding="utf-8")
    assert said(host) == ["SHA256SUMS: содержание другое"]
    (host.root / "SHA256SUMS").unlink()
    assert said(host) == ["SHA256SUMS: на сайте нет такого файла (ответ 404)"]


@pytest.mark.parametrize(("number", "age"), [(6, "старее"), (8, "новее")])
def test_another_release_is_told(host: Host, number: int, age: str) -> None:
    other = make_release(number, FILES | {"index.html": b"other"}, None)
    put(host.root, other)
    reading = read(host)
    assert reading.other == other.manifest
    assert list(told(reading, RELEASE.manifest)) == [
        f"На сайте другой выпуск, {age}: {other.id}, а сверяется {RELEASE.id}.",
        "SHA256SUMS: содержание другое",
        "index.html: содержание другое",
        f"Проверено: 7 файлов. Не совпадает: 2 файла. Должен быть выпуск {RELEASE.id}.",
    ]


def test_a_signature_is_read_where_there_is_one(host: Host) -> None:
    assert [
        found.path for found in read_back(host.address, RELEASE.manifest, b"x").differences
    ] == ["SHA256SUMS.sig"]


def test_only_what_differed_is_read_again(host: Host) -> None:
    host.faults["about/"] = lambda: Answer(404)
    first = read(host)
    host.asked.clear()
    again = read_back(host.address, RELEASE.manifest, only=first.differences)
    assert again == Reading(1, first.differences, None)
    assert set(host.asked) == {"/SHA256SUMS", "/about/"}


def test_a_site_that_is_silent(host: Host) -> None:
    host.shutdown()
    host.server_close()
    with pytest.raises(WebError, match="SHA256SUMS: сервер не принимает соединение"):
        read(host)


def test_a_name_in_russian_is_asked_for_as_browsers_do() -> None:
    with pytest.raises(WebError, match=r"http://нет\.invalid/x: такого адреса нет"):
        read_url("http://нет.invalid/x")


# Bounds ------------------------------------------------------------------------------------------


def test_a_file_without_an_end(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_LARGEST", 1500)
    assert said(host) == [f"{ABOUT}: не прочитан: файл больше 0 ГиБ"]


def test_a_file_that_trickles(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_SECONDS", -1)
    with pytest.raises(WebError, match="SHA256SUMS: файл читается дольше -1 секунд"):
        read(host)


def test_a_manifest_without_an_end(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_LARGEST_TEXT", 2)
    with pytest.raises(WebError, match="SHA256SUMS: файл больше 0 МиБ"):
        read(host)


def test_a_site_that_takes_too_long(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_PATIENCE", -60)
    assert len(said(host)) == 7
    assert said(host)[0] == "SHA256SUMS: не прочитан: сайт читается дольше -1 минут"


# What people are told ----------------------------------------------------------------------------


def test_not_more_is_told_than_can_be_read(host: Host) -> None:
    many = make_release(7, {f"{number}.txt": b"" for number in range(31)}, None)
    lines = list(told(read(host, many.manifest), many.manifest))
    assert len([line for line in lines if ".txt: " in line]) == 19  # the manifest differs as well
    assert lines[-2:] == [
        "… и ещё 12 файлов.",
        f"Проверено: 32 файла. Не совпадает: 32 файла. Должен быть выпуск {RELEASE.id}.",
    ]


def test_a_host_that_alters_pages_is_suspected(host: Host) -> None:
    host.faults["about/"] = lambda: Answer(200, PAGE + b"<script>")
    assert any("вставку скриптов" in line for line in told(read(host), RELEASE.manifest))
    host.faults["404.html"] = lambda: Answer(200, gzip.compress(b""), {"Content-Encoding": "gzip"})
    lines = list(told(read(host), RELEASE.manifest))
    assert any("сжимает файлы на ходу" in line for line in lines)
    assert not any("вставку скриптов" in line for line in lines)
