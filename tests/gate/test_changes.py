from __future__ import annotations

import dataclasses
import io
import os
import tarfile
from collections.abc import Callable
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

from gate import receive, store
from gate.changes import allow, go_back, publish, told_current, told_releases
from gate.refused import OvertakenError, RefusedError
from tests.gate.folders import live, tree
from tests.gate.releases import EPOCH, Key, Release, make_release

FIRST = {"index.html": b"first", "assets/site.1a2b.css": b"css", "файлы/отчёт.csv": b"1;2"}
SECOND = {**FIRST, "index.html": b"other", "about/index.html": b"about"}


def bring(root: Path, *releases: Release) -> list[str]:
    return [publish(root, io.BytesIO(release.tar)) for release in releases]


def refused(root: Path, content: bytes, why: str) -> None:
    """Hold that a stream is refused for this reason, and that nothing changes."""
    before = tree(root)
    with pytest.raises(RefusedError, match=why):
        publish(root, io.BytesIO(content))
    assert tree(root) == before
    assert not any((root / "incoming").iterdir())


def archive(*members: tuple[str, bytes] | tarfile.TarInfo) -> bytes:
    """An archive of any members in any order."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as made:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                made.addfile(member)
            else:
                header = tarfile.TarInfo(member[0])
                header.size = len(member[1])
                made.addfile(header, io.BytesIO(member[1]))
    return out.getvalue()


def head(release: Release) -> list[tuple[str, bytes]]:
    signature = release.signature
    assert signature is not None
    return [("SHA256SUMS", release.manifest.text().encode()), ("SHA256SUMS.sig", signature)]


def whole(release: Release) -> list[tuple[str, bytes]]:
    return [*head(release), *sorted(release.files.items())]


@pytest.fixture
def first(key: Key) -> Release:
    return make_release(1, FIRST, key)


@pytest.fixture
def second(key: Key) -> Release:
    return make_release(2, SECOND, key)


def test_the_first_release(root: Path, first: Release) -> None:
    assert told_current(root) == "current none"
    assert bring(root, first) == [f"published {first.id}"]
    assert told_current(root) == f"current {first.id}"
    assert live(root) == first.id
    assert live(root, "previous") is None
    assert (root / "current" / "файлы/отчёт.csv").read_bytes() == b"1;2"


def test_the_next_release(root: Path, first: Release, second: Release) -> None:
    bring(root, first)
    assert bring(root, second) == [f"published {second.id}"]
    assert live(root) == second.id
    assert live(root, "previous") == first.id
    assert told_releases(root) == f"{second.id} current\n{first.id} previous"


def test_a_release_is_on_the_disk_before_it_is_live(
    root: Path, first: Release, second: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def sync() -> None:
        seen.append((live(root), (root / "releases" / second.id / "index.html").exists()))

    bring(root, first)
    monkeypatch.setattr("os.sync", sync)
    bring(root, second)
    assert seen == [(first.id, True)]


def test_the_live_release_once_more(root: Path, first: Release) -> None:
    bring(root, first)
    before = tree(root)
    assert bring(root, first) == [f"live {first.id}"]
    assert tree(root) == before


def test_a_web_server_may_read_it(root: Path, first: Release) -> None:
    bring(root, first)
    for path in (root / "releases").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


def test_an_archive_of_another_tar(root: Path, first: Release) -> None:
    """The order of the files does not matter, nor who made the archive."""
    bodies = archive(*head(first), *sorted(first.files.items(), reverse=True))
    assert publish(root, io.BytesIO(bodies)) == f"published {first.id}"


def test_what_is_live_is_told_when_the_change_that_goes_on_ends(
    root: Path, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who lost the line to it learns what came of it."""
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    with store.locked(root):
        assert told_releases(root) == ""
        with pytest.raises(RefusedError, match="Другая публикация"):
            told_current(root)


# What is refused


def altered(release: Release) -> bytes:
    return archive(*head(release), *sorted({**release.files, "index.html": b"wrong"}.items()))


def extra(release: Release) -> bytes:
    return archive(*whole(release), ("more.html", b""))


def missing(release: Release) -> bytes:
    return archive(*whole(release)[:-1])


def twice(release: Release) -> bytes:
    return archive(*whole(release), ("index.html", release.files["index.html"]))


def manifest_twice(release: Release) -> bytes:
    return archive(*whole(release), head(release)[0])


def escaping(release: Release) -> bytes:
    return archive(*head(release), ("../../state/allowed_signers", b""), *whole(release)[2:])


def absolute(release: Release) -> bytes:
    return archive(*head(release), ("/etc/passwd", b""), *whole(release)[2:])


def roundabout(release: Release) -> bytes:
    return archive(*head(release), ("./index.html", b"first"), *whole(release)[2:])


def linked(kind: bytes) -> Callable[[Release], bytes]:
    def made(release: Release) -> bytes:
        link = tarfile.TarInfo("index.html")
        link.type, link.linkname = kind, "../../state/allowed_signers"
        return archive(*head(release), link, *whole(release)[2:])

    return made


def folder(release: Release) -> bytes:
    made = tarfile.TarInfo("about")
    made.type = tarfile.DIRTYPE
    return archive(*head(release), made, *whole(release)[2:])


def manifest_late(release: Release) -> bytes:
    return archive(*whole(release)[2:], *head(release))


def signature_first(release: Release) -> bytes:
    return archive(*reversed(head(release)), *whole(release)[2:])


def unsigned(release: Release) -> bytes:
    return archive(head(release)[0], *whole(release)[2:])


def nothing_signed(release: Release) -> bytes:
    return archive(head(release)[0], ("SHA256SUMS.sig", b""), *whole(release)[2:])


def manifest_spoilt(release: Release) -> bytes:
    spoilt = head(release)[0][1].replace(b"index.html", b"index.htm")
    return archive(("SHA256SUMS", spoilt), *whole(release)[1:])


def large_signature(release: Release) -> bytes:
    return archive(head(release)[0], ("SHA256SUMS.sig", bytes(20000)), *whole(release)[2:])


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (altered, r"index\.html: файл не тот"),
        (extra, r"more\.html.*не в SHA256SUMS"),
        (missing, r"отчёт\.csv.*не в архиве"),
        (twice, r"index\.html: файл идёт в архиве дважды"),
        (manifest_twice, "не в SHA256SUMS"),
        (escaping, "не в SHA256SUMS"),
        (absolute, "не в SHA256SUMS"),
        (roundabout, "не в SHA256SUMS"),
        (linked(tarfile.SYMTYPE), "обычные файлы"),
        (linked(tarfile.LNKTYPE), "обычные файлы"),
        (folder, "обычные файлы"),
        (manifest_late, "SHA256SUMS: его нет на своём месте"),
        (signature_first, "SHA256SUMS: его нет на своём месте"),
        (unsigned, r"SHA256SUMS\.sig: его нет.*\. Подпишите выпуск: make sign\.$"),
        (nothing_signed, "Подпись выпуска не подходит"),
        (manifest_spoilt, "Подпись выпуска не подходит"),
        (large_signature, "не больше"),
        (lambda _: archive(), "SHA256SUMS: его нет"),
        (lambda _: b"GET / HTTP/1.1\r\n" * 99, "не архив"),
        (lambda _: b"", "оборван"),
    ],
)
def test_what_is_no_whole_release(
    root: Path, first: Release, second: Release, spoil: Callable[[Release], bytes], why: str
) -> None:
    refused(root, spoil(second), why)
    bring(root, first)
    refused(root, spoil(second), why)
    assert bring(root, second) == [f"published {second.id}"]


def test_an_upload_that_breaks_off(root: Path, first: Release, second: Release) -> None:
    bring(root, first)
    end = len(second.tar.rstrip(b"\0")) + 1024
    for length in range(0, end, 700):
        refused(root, second.tar[:length], "оборван")


@pytest.mark.parametrize(
    "path", ["../index.html", "/index.html", "a//b", "./a", "SHA256SUMS", "a\nb"]
)
def test_a_path_that_a_signed_manifest_may_not_have(
    root: Path, key: Key, first: Release, path: str
) -> None:
    bring(root, first)
    evil = make_release(2, {path: b""}, key)
    refused(root, archive(*head(evil), (path, b"")), "SHA256SUMS")


def test_a_file_below_a_file(root: Path, key: Key) -> None:
    refused(root, make_release(1, {"a": b"", "a/b": b""}, key).tar, "не смог записать")


def test_a_name_too_long_for_a_disk(root: Path, key: Key) -> None:
    refused(root, make_release(1, {"a" * 300: b""}, key).tar, "не смог записать")


def test_a_signature_of_something_else(
    root: Path, key: Key, stranger: Key, first: Release, second: Release
) -> None:
    bring(root, first)
    text = second.manifest.text().encode()
    for signature in (
        key.sign(text, "file"),
        stranger.sign(text),
        first.signature,
        b"-----BEGIN SSH SIGNATURE-----\n",
    ):
        forged = dataclasses.replace(second, signature=signature)
        refused(root, forged.tar, "Подпись выпуска не подходит")


def test_a_server_without_keys(root: Path, first: Release) -> None:
    signers = root / "state" / "allowed_signers"
    signers.write_text("")
    refused(root, first.tar, "Подпись выпуска не подходит")
    signers.unlink()
    refused(root, first.tar, "нет файла .*allowed_signers")


def test_a_folder_that_is_no_server(tmp_path: Path, first: Release) -> None:
    with pytest.raises(RefusedError, match="не настроен"):
        publish(tmp_path, io.BytesIO(first.tar))
    for ask in (told_current, told_releases, go_back):
        with pytest.raises(RefusedError, match="не настроен"):
            ask(tmp_path)
    assert not any(tmp_path.iterdir())


def test_an_older_release(root: Path, key: Key, first: Release, second: Release) -> None:
    bring(root, second)
    # not make release: that is as of the commit, and would be older again
    refused(root, first.tar, r"старше.*: \.ci/release\.")
    rebuilt = make_release(2, FIRST, key, minutes=-1)
    refused(root, rebuilt.tar, "старше")


def test_the_same_id_for_another_manifest(root: Path, key: Key, second: Release) -> None:
    bring(root, second)
    refused(root, make_release(2, FIRST, key).tar, "другой выпуск с именем")


def test_a_rebuilt_release(root: Path, key: Key, second: Release) -> None:
    bring(root, second)
    rebuilt = make_release(2, FIRST, key, minutes=1)
    assert bring(root, rebuilt) == [f"published {rebuilt.id}"]


def test_the_memory_does_not_depend_on_what_is_kept(
    root: Path, first: Release, second: Release
) -> None:
    """Removing releases by hand does not make older ones acceptable."""
    bring(root, second)
    (root / "current").unlink()
    (root / "releases" / second.id).rename(root / "gone")
    refused(root, first.tar, "старше")


def test_a_lost_memory_is_made_of_what_is_kept(
    root: Path, key: Key, first: Release, second: Release
) -> None:
    bring(root, second)
    (root / "state" / "gate.json").unlink()
    refused(root, first.tar, "старше")
    refused(root, make_release(2, FIRST, key).tar, "другой выпуск с именем")
    assert bring(root, second) == [f"live {second.id}"]


def test_a_lost_memory_does_not_give_an_mtime_again(root: Path, key: Key) -> None:
    """Commits may be dated in any order, and the same moment may come once more."""
    for n, minutes, text in ((1, 0, b"one"), (2, -600, b"two"), (3, -120, b"six")):
        bring(root, make_release(n, {"index.html": text}, key, minutes=minutes))
        (root / "state" / "gate.json").unlink()
    times = [
        (root / "releases" / name / "index.html").stat().st_mtime for name in store.releases(root)
    ]
    assert len(set(times)) == 3


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"highest": 1}', "\0"])
def test_a_spoilt_memory(root: Path, first: Release, text: str) -> None:
    (root / "state" / "gate.json").write_text(text)
    refused(root, first.tar, r"gate\.json испорчен")


def test_the_memory_is_never_half_written(root: Path, first: Release, second: Release) -> None:
    bring(root, first)
    (root / "kept.json").hardlink_to(root / "state" / "gate.json")
    before = (root / "kept.json").read_text()
    bring(root, second)
    assert (root / "kept.json").read_text() == before, "it was replaced, not written over"


# The way back


def test_going_back(root: Path, first: Release, second: Release) -> None:
    bring(root, first, second)
    assert go_back(root, second.id) == f"back {first.id}"
    assert live(root) == first.id
    assert live(root, "previous") == second.id, "its pages still need its assets"
    assert told_releases(root) == f"{second.id} previous\n{first.id} current"
    assert bring(root, second) == [f"published {second.id}"], "the way to it may have been at fault"


@pytest.mark.parametrize("asked", ["next", "back"])
def test_assets_of_a_page_just_left_are_at_one_of_the_links_at_any_moment(
    asked: str, root: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server looks at one link after another, and any of them may be moved meanwhile."""
    made = [make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 5)]
    bring(root, *made[:3])
    links = ("current", "previous", "earlier")
    moments = [[live(root, link) for link in links]]
    moved = store._point

    def move(*arguments: Any) -> None:
        moved(*arguments)
        moments.append([live(root, link) for link in links])

    monkeypatch.setattr(store, "_point", move)
    if asked == "next":
        bring(root, made[3])
    else:
        go_back(root)
    assert len(moments) == 4
    for looked in combinations_with_replacement(moments, len(links)):
        found = {moment[place] for place, moment in enumerate(looked)}
        assert found >= {made[2].id, made[1].id}


def test_an_administrator_withdraws_what_is_live(
    root: Path, first: Release, second: Release
) -> None:
    bring(root, first, second)
    assert go_back(root) == f"back {first.id}"
    assert told_releases(root) == f"{second.id} previous withdrawn\n{first.id} current"


def test_a_commit_is_withdrawn_with_all_that_is_built_of_it(root: Path, key: Key) -> None:
    """Or the next night would publish again what somebody went back from."""
    one = make_release(1, {"index.html": b"1"}, key)
    two, night, next_night = (
        make_release(2, {"index.html": b"2"}, key, minutes=minutes) for minutes in (0, 10, 20)
    )
    bring(root, one, two, night)
    assert go_back(root) == f"back {one.id}"
    refused(root, next_night.tar, "того же коммита отозван")
    assert allow(root, two.id) == f"allowed {two.id}"
    assert bring(root, next_night) == [f"published {next_night.id}"]


def test_going_back_from_what_is_not_live(root: Path, first: Release, second: Release) -> None:
    bring(root, first, second)
    before = tree(root)
    with pytest.raises(OvertakenError) as error:
        go_back(root, first.id)
    assert error.value.current == second.id
    assert tree(root) == before


def test_nobody_goes_back_to_what_was_gone_back_from(root: Path, key: Key) -> None:
    """What readers did not get whole is not what was before."""
    good, bad, newer, night = (
        make_release(n, {"index.html": b"%d" % n}, key, minutes=minutes)
        for n, minutes in ((1, 0), (2, 0), (3, 0), (3, 10))
    )
    bring(root, good, bad)
    go_back(root, bad.id)
    bring(root, newer)
    assert go_back(root, newer.id) == f"back {good.id}"
    bring(root, newer, night)
    assert go_back(root) == f"back {good.id}"


def test_a_publisher_goes_back_from_the_last_release_only(root: Path, key: Key) -> None:
    """A stolen key must not bring up the oldest release there is, step by step."""
    made = [make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 4)]
    bring(root, *made)
    go_back(root, made[2].id)
    before = tree(root)
    with pytest.raises(RefusedError, match=r"не последним.*site-gate\.pyz rollback"):
        go_back(root, made[1].id)
    assert tree(root) == before
    assert go_back(root) == f"back {made[0].id}", "an administrator may"


def test_going_back_where_nothing_is_older(root: Path, first: Release) -> None:
    with pytest.raises(RefusedError, match="не опубликовано"):
        go_back(root)
    bring(root, first)
    before = tree(root)
    with pytest.raises(RefusedError, match="нет выпуска"):
        go_back(root)
    assert tree(root) == before


def test_going_back_twice_passes_over_what_is_withdrawn(root: Path, key: Key) -> None:
    one, two, three, four = (make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 5))
    bring(root, one, two, three)
    assert go_back(root) == f"back {two.id}"
    bring(root, four)
    assert go_back(root) == f"back {two.id}"
    assert go_back(root) == f"back {one.id}"


def test_a_withdrawn_release(root: Path, key: Key, first: Release, second: Release) -> None:
    bring(root, first, second)
    go_back(root)
    refused(root, second.tar, "отозван.*/usr/local/lib/site-gate.pyz allow")
    refused(root, make_release(2, FIRST, key).tar, "другой выпуск с именем")
    assert bring(root, first) == [f"live {first.id}"]
    assert allow(root, second.id) == f"allowed {second.id}"
    assert bring(root, second) == [f"published {second.id}"]
    assert live(root) == second.id
    assert live(root, "previous") == first.id
    with pytest.raises(RefusedError, match="не отозван"):
        allow(root, second.id)


def test_a_newer_one_after_going_back(
    root: Path, key: Key, first: Release, second: Release
) -> None:
    bring(root, first, second)
    go_back(root)
    third = make_release(3, SECOND, key)
    assert bring(root, third) == [f"published {third.id}"]
    assert live(root, "previous") == first.id


# What is kept


def test_old_releases_go(root: Path, key: Key) -> None:
    made = [make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 9)]
    bring(root, *made)
    assert store.releases(root) == [release.id for release in made[-store.KEPT :]]


def test_what_a_link_leads_to_stays(root: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 6)]
    bring(root, *made[:4])
    go_back(root)
    go_back(root)
    monkeypatch.setattr(store, "KEPT", 1)
    bring(root, made[4])
    assert store.releases(root) == [made[1].id, made[2].id, made[4].id]
    assert (live(root), live(root, "previous")) == (made[4].id, made[1].id)


def test_nights_of_one_commit_leave_something_to_go_back_to(root: Path, key: Key) -> None:
    days = [make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 5)]
    nights = [make_release(4, {"index.html": b"4"}, key, minutes=m) for m in range(1, 8)]
    bring(root, *days, *nights)
    assert store.releases(root) == [made.id for made in (*days[1:3], *nights[-3:])]
    assert go_back(root) == f"back {days[2].id}"


def test_withdrawn_releases_go_first(root: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "KEPT", 4)
    one, two, three, four, five = (
        make_release(n, {"index.html": b"%d" % n}, key) for n in range(1, 6)
    )
    bring(root, one, two, three)
    go_back(root)
    bring(root, four)
    bring(root, five)
    assert store.releases(root) == [one.id, two.id, four.id, five.id]


def test_a_failure_to_tidy_up_is_no_failure(
    root: Path, first: Release, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("gate.changes.prune", fail)
    assert bring(root, first) == [f"published {first.id}"]
    assert "Старые выпуски не удалены" in capsys.readouterr().err


# Times


def mtime(root: Path, path: str) -> float:
    return (root / "current" / path).stat().st_mtime


def test_a_file_that_stays_keeps_its_mtime(root: Path, first: Release, second: Release) -> None:
    """And with it its ETag."""
    bring(root, first)
    assert mtime(root, "index.html") == first.manifest.time.timestamp()
    before = {path: mtime(root, path) for path in FIRST}
    bring(root, second)
    assert {path for path in FIRST if mtime(root, path) != before[path]} == {"index.html"}
    assert (
        len({mtime(root, path) for path in ("index.html", "about/index.html", "SHA256SUMS")}) == 1
    )


def test_two_contents_of_a_path_never_share_an_mtime(root: Path, key: Key) -> None:
    """However the builder's clock goes, whatever was gone back from, with a memory or without."""
    seen: dict[float, bytes] = {}
    for number, content in enumerate([b"a", b"b", b"a", b"c", b"c", b"d", b"a"], start=1):
        made = make_release(number, {"index.html": content}, key)
        slow = dataclasses.replace(made.manifest, time=EPOCH)
        signature = key.sign(slow.text().encode())
        bring(root, dataclasses.replace(made, manifest=slow, signature=signature))
        assert seen.setdefault(mtime(root, "index.html"), content) == content
        if number in {3, 6}:
            go_back(root)
    assert len(seen) == 6


def test_a_clock_ahead_gives_no_mtime_in_the_future(
    root: Path, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1000.5)
    bring(root, first)
    assert mtime(root, "index.html") == 1000


def test_an_altered_live_file_does_not_lend_its_mtime(
    root: Path, first: Release, second: Release
) -> None:
    bring(root, first)
    file = root / "current" / "assets/site.1a2b.css"
    before = file.stat()
    file.write_bytes(b"CSS")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    bring(root, second)
    assert live(root) == second.id
    assert mtime(root, "assets/site.1a2b.css") != before.st_mtime


def test_a_live_release_that_was_spoilt_does_not_stop_the_next(
    root: Path, first: Release, second: Release
) -> None:
    bring(root, first)
    (root / "current" / "SHA256SUMS").write_bytes(b"?")
    (root / "current" / "index.html").unlink()
    bring(root, second)
    assert live(root) == second.id


@pytest.mark.parametrize("aim", ["releases/00000001-20251122T100000Z", "/var/www", "."])
def test_a_link_that_leads_nowhere_is_put_right(root: Path, first: Release, aim: str) -> None:
    (root / "current").symlink_to(aim)
    assert bring(root, first) == [f"published {first.id}"]
    assert live(root) == first.id


def test_a_folder_where_the_link_should_be(root: Path, first: Release) -> None:
    (root / "current").mkdir()
    refused(root, first.tar, "должен быть ссылкой")


# Limits


def test_a_release_that_does_not_come(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "RECEIVE_SECONDS", 0.05)
    reading, writing = os.pipe()
    with open(reading, "rb") as stream, pytest.raises(RefusedError, match="не пришёл"):  # noqa: PTH123
        publish(root, stream)
    os.close(writing)
    assert not any((root / "incoming").iterdir())


def test_a_change_that_does_not_end(
    root: Path, first: Release, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    with store.locked(root), pytest.raises(RefusedError, match="Другая публикация"):
        publish(root, io.BytesIO(first.tar))
    assert capsys.readouterr().err.count("жду") == 1
    assert bring(root, first) == [f"published {first.id}"]


def test_leftovers_are_removed(root: Path, first: Release) -> None:
    incoming = root / "incoming"
    (incoming / "upload" / "a").mkdir(parents=True)
    (incoming / "upload" / "a" / "b").touch()
    (incoming / "current").symlink_to("releases")
    (incoming / "state").touch()
    assert bring(root, first) == [f"published {first.id}"]
    assert not any(incoming.iterdir())
