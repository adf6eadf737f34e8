"""Publishing into a storage: what readers have at every moment, and what is said when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.archive import Release, read_release
from disclosure.deploy import DeployError, Outcome, course, find_target, publish
from disclosure.deploy.bucket import content_type
from disclosure.deploy.plan import parse_record
from disclosure.deploy.s3 import RECORD, target
from gate.manifest import MANIFEST, SIGNATURE
from tests.deploy.storage import Storage, serving
from tests.gate import releases
from tests.gate.releases import make_release

OLD = "assets/site.aaaaaaaa.css"
NEW = "assets/site.bbbbbbbb.css"
FIRST = {
    "index.html": b"first " + OLD.encode(),
    "404.html": b"not here",
    "2025/index.html": b"a page",
    "2025/index.html.gz": b"a page, smaller",
    "2025/программа 2025.pdf": b"%PDF",
    "robots.txt": b"",
    OLD: b"old style",
}
SECOND = {
    **{path: FIRST[path] for path in ("404.html", "2025/программа 2025.pdf")},
    "robots.txt": b"changed",
    "index.html": b"second " + NEW.encode(),
    "2026/index.html": b"a new page",
    NEW: b"new style",
}

Make = Callable[[int, Mapping[str, bytes]], Release]


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    monkeypatch.setattr(course, "_PAUSES", ())
    with serving() as storage:
        monkeypatch.setenv("AWS_ENDPOINT_URL", storage.address)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "ru-central1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        yield storage


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return lambda number, files: written(make_release(number, files, None), tmp_path)


@pytest.fixture
def sign(tmp_path: Path) -> Make:
    """Make releases with a signature, which storages do not look into."""

    def sign(number: int, files: Mapping[str, bytes]) -> Release:
        made = make_release(number, files, None)
        return written(replace(made, signature=f"signature of {number}".encode()), tmp_path)

    return sign


def written(made: releases.Release, folder: Path) -> Release:
    file = folder / f"{made.id}.tar"
    file.write_bytes(made.tar)
    return read_release(file)


def live(release: Release) -> dict[str, bytes]:
    """What a bucket has to hold for a release to be live."""
    files = {path: body.read() for path, body in release.files()}
    return {**files, MANIFEST: release.manifest.text().encode()}


def held(storage: Storage) -> dict[str, bytes]:
    return {path: content for path, content in storage.contents().items() if path != RECORD}


def test_a_first_release_fills_an_empty_bucket(storage: Storage, make: Make) -> None:
    first = make(1, FIRST)
    assert target("s3://site").publish(first) is Outcome.PUBLISHED
    assert held(storage) == live(first)


def test_a_next_release_leaves_the_style_of_the_pages_before_it(
    storage: Storage, make: Make
) -> None:
    first, second = make(1, FIRST), make(2, SECOND)
    target("s3://site").publish(first)
    storage.log.clear()
    target("s3://site").publish(second)
    assert held(storage) == {**live(second), OLD: FIRST[OLD]}
    puts = [path for path in storage.done("PUT") if path != RECORD]
    assert puts == [NEW, "2026/index.html", "robots.txt", "index.html", MANIFEST], (
        "only what changed, in order"
    )
    third = make(3, SECOND)
    target("s3://site").publish(third)
    assert held(storage) == live(third)
    record = parse_record(storage.files[RECORD].content)
    assert record.files.keys() == third.manifest.files.keys(), "what was removed is not ours now"


def test_what_is_not_ours_stays(storage: Storage, make: Make) -> None:
    target("s3://site/sub").publish(make(1, FIRST))
    target("s3://site").publish(make(1, FIRST))
    target("s3://site").publish(make(2, SECOND))
    sub = {path.removeprefix("sub/") for path in storage.files if path.startswith("sub/")}
    assert sub - {RECORD} == live(make(1, FIRST)).keys()


def test_a_folder_is_a_site_of_its_own(storage: Storage, make: Make) -> None:
    for number, files in enumerate((FIRST, SECOND, SECOND), 1):
        target("s3://site/some/folder/").publish(make(number, files))
    wanted = {f"some/folder/{path}": held for path, held in live(make(3, SECOND)).items()}
    assert {p: c for p, c in storage.contents().items() if not p.endswith(RECORD)} == wanted


def test_a_long_listing_is_read_to_its_end(storage: Storage, make: Make) -> None:
    many = make(1, {f"data/{number}.csv": b"x" for number in range(120)})
    target("s3://site").publish(many)
    assert target("s3://site").publish(many) is Outcome.ALREADY


def test_the_same_again_changes_nothing(storage: Storage, make: Make) -> None:
    first = make(1, FIRST)
    target("s3://site").publish(first)
    storage.log.clear()
    assert target("s3://site").publish(first) is Outcome.ALREADY
    assert storage.done("PUT", "DELETE") == []


def test_the_same_again_brings_back_what_was_lost_or_altered(storage: Storage, make: Make) -> None:
    first = make(1, FIRST)
    target("s3://site").publish(first)
    del storage.files[OLD]
    target("s3://site").publish(first)
    assert OLD in storage.files
    storage.files["index.html"].headers["ETag"] = '"0"'
    assert target("s3://site").publish(first) is Outcome.PUBLISHED


def test_a_storage_that_encrypts_is_given_everything(storage: Storage, make: Make) -> None:
    """Its ETag does not tell what is in a file."""
    storage.encrypts = True
    target("s3://site").publish(make(1, FIRST))
    storage.log.clear()
    target("s3://site").publish(make(1, FIRST))
    assert set(storage.done("PUT")) - {RECORD} == live(make(1, FIRST)).keys()


def test_the_signature_comes_just_before_the_manifest(
    storage: Storage, make: Make, sign: Make
) -> None:
    target("s3://site").publish(sign(1, FIRST))
    assert storage.done("PUT")[-3:] == [SIGNATURE, MANIFEST, RECORD]
    target("s3://site").publish(make(2, FIRST))
    assert SIGNATURE not in storage.files, "it is not of this manifest"


# What is refused ---------------------------------------------------------------------------------


def test_an_older_release_is_refused(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(2, SECOND))
    with pytest.raises(DeployError, match="более новый выпуск 00000002"):
        target("s3://site").publish(make(1, FIRST))
    assert held(storage) == live(make(2, SECOND))


def test_another_release_of_the_same_name_is_refused(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(1, FIRST))
    with pytest.raises(DeployError, match="с другими файлами"):
        target("s3://site").publish(make(1, SECOND))
    assert held(storage) == live(make(1, FIRST))


@pytest.mark.parametrize("path", [MANIFEST, RECORD])
def test_a_strange_file_in_the_place_of_ours_is_refused(
    storage: Storage, make: Make, path: str
) -> None:
    target("s3://site").publish(make(1, FIRST))
    storage.files[path].content = b"strange"
    with pytest.raises(DeployError, match=rf"На сайте всё по-прежнему\..*{path}"):
        target("s3://site").publish(make(2, SECOND))
    assert NEW not in storage.files


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "s3://Site",
        "s3://site/../up",
        "s3://site?x",
        "s3://key:secret@site",
        "s3://site/a//c",
    ],
)
def test_an_address_that_is_none_is_refused(storage: Storage, address: str) -> None:
    with pytest.raises(ValueError, match="s3://бакет или s3://бакет/папка"):
        target(address)


def test_an_address_of_a_storage_that_is_none_is_refused(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "storage.example")
    with pytest.raises(ValueError, match=r"AWS_ENDPOINT_URL: «storage\.example»"):
        target("s3://site")


def test_a_key_must_be_given(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the library asks for one at an address of clouds, and waits."""
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(ValueError, match=r"Задайте AWS_SECRET_ACCESS_KEY\."):
        target("s3://site")


def test_what_is_set_to_nothing_is_not_set(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a variable that a workflow passes on without having it; nothing is asked for yet."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")
    target("s3://site")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", " ")
    with pytest.raises(ValueError, match="AWS_SECRET_ACCESS_KEY"):
        target("s3://site")


# What fails --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "AccessDenied", "Ключу нужны права"),
        (403, "InvalidAccessKeyId", "не знает такого ключа"),
        (403, "SignatureDoesNotMatch", "Проверьте AWS_ACCESS_KEY_ID"),
        (403, "RequestTimeTooSkewed", "Часы этого компьютера"),
        (404, "NoSuchBucket", "Такого бакета нет"),
        (403, "Unknown", "Ключу нужны права"),
        (418, "Unknown", "Хранилище ответило отказом"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "LIST", "PUT"])
def test_a_refusal_is_explained(
    storage: Storage, make: Make, method: str, status: int, code: str, said: str
) -> None:
    storage.fault = lambda m, _: (status, code) if m == method else None
    with pytest.raises(DeployError, match=rf"{said}.*Код ответа: {code}\."):
        target("s3://site").publish(make(1, FIRST))


def test_a_storage_that_does_not_answer_is_explained(
    storage: Storage, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(DeployError, match=r"по-прежнему\. Хранилище не отвечает.*AWS_ENDPOINT_URL"):
        target("s3://site").publish(make(1, FIRST))


def test_a_key_that_may_not_write_changes_nothing(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(1, FIRST))
    storage.fault = lambda method, _: (403, "AccessDenied") if method == "PUT" else None
    with pytest.raises(DeployError, match="На сайте всё по-прежнему"):
        target("s3://site").publish(make(2, SECOND))


def test_another_name_of_a_bucket_is_explained(storage: Storage, make: Make) -> None:
    with pytest.raises(DeployError, match="Такого бакета нет"):
        target("s3://other").publish(make(1, FIRST))


@pytest.mark.parametrize("path", [NEW, "2026/index.html", "robots.txt", "index.html", MANIFEST])
def test_what_was_cut_short_is_finished_by_another_try(
    storage: Storage, make: Make, path: str
) -> None:
    first, second = make(1, FIRST), make(2, SECOND)
    target("s3://site").publish(first)
    storage.fault = lambda *asked: (403, "X") if asked == ("PUT", path) else None
    with pytest.raises(DeployError, match="Часть файлов на сайте уже новая, часть прежняя"):
        target("s3://site").publish(second)
    assert storage.files[MANIFEST].content == live(first)[MANIFEST]
    storage.fault = lambda *_: None
    target("s3://site").publish(second)
    assert held(storage) == {**live(second), OLD: FIRST[OLD]}


def test_removal_that_was_cut_short_is_finished_by_another_try(
    storage: Storage, make: Make
) -> None:
    target("s3://site").publish(make(1, FIRST))
    storage.fault = lambda m, _: (403, "AccessDenied") if m == "DELETE" else None
    with pytest.raises(DeployError):
        target("s3://site").publish(make(2, SECOND))
    storage.fault = lambda *_: None
    target("s3://site").publish(make(2, SECOND))
    assert held(storage) == {**live(make(2, SECOND)), OLD: FIRST[OLD]}


def test_what_an_abandoned_release_put_is_removed(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(1, FIRST))
    storage.fault = lambda *asked: (403, "X") if asked == ("PUT", "index.html") else None
    with pytest.raises(DeployError):
        target("s3://site").publish(make(2, SECOND))
    storage.fault = lambda *_: None
    assert "2026/index.html" in storage.files
    target("s3://site").publish(make(3, FIRST))
    assert "2026/index.html" not in storage.files
    assert held(storage).keys() == live(make(3, FIRST)).keys() | {NEW}


def test_a_busy_storage_is_asked_again(storage: Storage, make: Make) -> None:
    busy = [(503, "SlowDown")]
    storage.fault = lambda m, _: busy.pop() if busy and m == "PUT" else None
    target("s3://site").publish(make(1, FIRST))
    assert held(storage) == live(make(1, FIRST))


# The way back ------------------------------------------------------------------------------------


def test_a_release_is_taken_back_whole(storage: Storage, make: Make) -> None:
    first, second = make(1, FIRST), make(2, SECOND)
    target("s3://site").publish(first)
    place = target("s3://site")
    place.publish(second)
    storage.log.clear()
    back = place.back(second.manifest.id)
    assert (back.live, back.taken) == (first.manifest.id, True)
    assert held(storage) == {**live(first), NEW: SECOND[NEW]}, "pages just left still load"
    puts = [path for path in storage.done("PUT") if path != RECORD]
    assert set(puts[:2]) == {"2025/index.html", "2025/index.html.gz"}
    assert puts[2:] == ["robots.txt", "index.html", MANIFEST]
    assert target("s3://site").publish(second) is Outcome.PUBLISHED, "it may be tried again"


def test_the_signature_is_taken_back_too(storage: Storage, sign: Make) -> None:
    first, second = sign(1, FIRST), sign(2, SECOND)
    target("s3://site").publish(first)
    place = target("s3://site")
    place.publish(second)
    place.back(second.manifest.id)
    assert storage.files[SIGNATURE].content == first.signature
    assert storage.files[MANIFEST].content == first.manifest.text().encode()


def test_a_newer_release_is_left_alone(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(1, FIRST))
    place = target("s3://site")
    place.publish(make(2, SECOND))
    third = make(3, FIRST)
    target("s3://site").publish(third)
    before = storage.contents()
    back = place.back(make(2, SECOND).manifest.id)
    assert (back.live, back.taken) == (third.manifest.id, False)
    assert storage.contents() == before


def test_a_first_release_has_nothing_to_go_back_to(storage: Storage, make: Make) -> None:
    place = target("s3://site")
    place.publish(make(1, FIRST))
    with pytest.raises(DeployError, match="возвращать нечего"):
        place.back(make(1, FIRST).manifest.id)


def test_a_release_that_was_mended_has_nothing_to_go_back_to(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(1, FIRST))
    del storage.files[OLD]
    place = target("s3://site")
    place.publish(make(1, FIRST))
    with pytest.raises(DeployError, match="возвращать нечего"):
        place.back(make(1, FIRST).manifest.id)


def test_a_way_back_that_fails_is_told(storage: Storage, make: Make) -> None:
    target("s3://site").publish(make(1, FIRST))
    place = target("s3://site")
    place.publish(make(2, SECOND))
    storage.fault = lambda method, _: (403, "AccessDenied") if method == "PUT" else None
    with pytest.raises(DeployError, match=r"Код ответа: AccessDenied\. Повторите публикацию\."):
        place.back(make(2, SECOND).manifest.id)


def test_a_release_that_was_not_whole_is_not_brought_back(storage: Storage, make: Make) -> None:
    """Half of it would be worse than the release that is there."""
    target("s3://site").publish(make(1, FIRST))
    storage.fault = lambda *asked: (403, "X") if asked == ("PUT", MANIFEST) else None
    with pytest.raises(DeployError):
        target("s3://site").publish(make(2, SECOND))
    storage.fault = lambda *_: None
    place = target("s3://site")
    place.publish(make(2, SECOND))
    with pytest.raises(DeployError, match=r"не хватало 2 файлов, например index\.html"):
        place.back(make(2, SECOND).manifest.id)


def test_a_storage_whose_manifest_vanished_is_told(storage: Storage, make: Make) -> None:
    place = target("s3://site")
    place.publish(make(1, FIRST))
    del storage.files[MANIFEST]
    with pytest.raises(DeployError, match="кто-то его убрал"):
        place.back(make(1, FIRST).manifest.id)


# As readers get it -------------------------------------------------------------------------------


def test_readers_get_what_was_released(storage: Storage, make: Make) -> None:
    said: list[str] = []
    first = make(1, FIRST)
    assert publish(first, find_target("s3://site"), storage.address, said.append)
    assert said[-1] == f"Опубликован выпуск {first.manifest.id}."


def test_a_page_that_readers_get_otherwise_is_taken_back(storage: Storage, make: Make) -> None:
    first, second = make(1, FIRST), make(2, SECOND)
    target("s3://site").publish(first)
    place = find_target("s3://site")
    upload = place.publish

    def publish_and_spoil(release: Release) -> Outcome:
        outcome = upload(release)
        storage.files["index.html"].content = b"sabotage"
        return outcome

    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, "publish", publish_and_spoil)
        assert not publish(second, place, storage.address, said.append)
    assert said[-1].endswith(f"На сайте снова выпуск {first.manifest.id}.")
    assert held(storage) == {**live(first), NEW: SECOND[NEW]}


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("2025/index.html.gz", "application/gzip", "no-cache"),
        ("2025/программа 2025.pdf", "application/pdf", "no-cache"),
        ("robots.txt", "text/plain; charset=utf-8", "no-cache"),
        (OLD, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        (MANIFEST, "text/plain; charset=utf-8", "no-cache"),
    ],
)
def test_browsers_are_told_what_a_file_is(
    storage: Storage, make: Make, path: str, kind: str, cache: str
) -> None:
    target("s3://site").publish(make(1, FIRST))
    headers = storage.files[path].headers
    assert (headers["Content-Type"], headers["Cache-Control"]) == (kind, cache)


def test_what_has_no_known_type_is_no_text() -> None:
    assert content_type("pagefind/wasm.ru.pagefind") == "application/octet-stream"
    assert content_type("index.html.br") == "application/octet-stream"
    assert content_type(SIGNATURE) == "text/plain; charset=utf-8"
