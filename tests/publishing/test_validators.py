"""What a reader has kept is never taken for what is live, and is not sent again where it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from gate.headers import FOR_GOOD, HEADERS
from tests.gate.releases import make_release
from tests.publishing.host import Host
from tests.publishing.load import CODINGS
from tests.publishing.telling import SAME, SIZED, with_packed

Rounds = Callable[[int], int]
Figures = Callable[[str], None]


def test_an_edit_of_the_same_size_is_sent_and_what_is_the_same_is_not(host: Host) -> None:
    first, second, third = (host.release(number) for number in (1, 2, 3))
    host.serve_here(first)
    kept = {path: host.get(path).headers["ETag"] for path in (SAME, SIZED)}
    host.serve_here(second)
    assert host.get(SAME, If_None_Match=kept[SAME]).status == 304
    answer = host.get(SIZED, If_None_Match=kept[SIZED])
    assert (answer.status, answer.data) == (200, second.files[SIZED])
    assert len(first.files[SIZED]) == len(answer.data)
    newer = answer.headers["ETag"]
    assert host.ask("rollback", second.id).code == 0
    assert host.get(SIZED, If_None_Match=newer).data == first.files[SIZED]
    assert host.get(SIZED, If_None_Match=kept[SIZED]).status == 304
    host.serve_here(third)
    for tag in (newer, kept[SIZED]):
        assert host.get(SIZED, If_None_Match=tag).data == third.files[SIZED]
    assert host.get(SAME, If_None_Match=kept[SAME]).status == 304


def test_no_kept_answer_is_ever_taken_for_another(
    host: Host, rounds: Rounds, figures: Figures
) -> None:
    """Releases come and are gone back from at random; a reader keeps every answer for long.

    All are built at one moment, as by a clock that stands still: that of the commit is no help.
    """
    chance = random.Random("kept")  # noqa: S311 - nothing here is secret
    reader = Reader(host)
    for number in range(1, 2 + rounds(6)):
        texts = [chance.choice((b"three days", b"four weeks")) * 9 for _ in range(2)]
        files = with_packed({"index.html": texts[0], "feed.xml": texts[1]})
        release = make_release(number, files, host.key, minutes=-60 * number)
        assert host.serve_here(release) == f"published {release.id}"
        reader.read(files)
        if number > 1 and chance.random() < 0.4:
            host.start(f"rollback {release.id}").communicate()
            live = host.root / "current"
            reader.read({path: (live / path).read_bytes() for path in files})
    figures(f"{reader.asked} questions about {len(reader.kept)} kept answers, {reader.same} × 304")
    assert reader.same


class Reader:
    """Keeps the answers it had, with their validators, and asks by each of them again."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.kept: dict[tuple[str, str, str, str], bytes] = {}
        self.asked = self.same = 0

    def read(self, files: dict[str, bytes]) -> None:
        """Read each page of what is live now, and fail if an answer is not what it should be."""
        for path, coding, sent in sendings(files):
            fresh = self.host.get(path, Accept_Encoding=coding)
            assert fresh.data == sent
            for (of, how, name, value), body in self.kept.items():
                if (of, how) == (path, coding):
                    told = fresh.headers[NAMES[name]] == value
                    self._again(path, coding, {name: value}, sent if told else None)
                    assert not told or body == sent, "two contents by one validator"
            for name, header in NAMES.items():
                self.kept[path, coding, name, fresh.headers[header]] = sent
        for oldest in [*self.kept][:-MOST_KEPT]:
            del self.kept[oldest]

    def _again(self, path: str, coding: str, asked: dict[str, str], same: bytes | None) -> None:
        answer = self.host.get(path, Accept_Encoding=coding, **asked)
        assert answer.status == (200 if same is None else 304)
        self.asked += 1
        self.same += answer.status == 304


MOST_KEPT = 600
NAMES = {"If_None_Match": "ETag", "If_Modified_Since": "Last-Modified"}


def sendings(files: dict[str, bytes]) -> Iterator[tuple[str, str, bytes]]:
    """Yield each page, how it may be asked for, and what is then sent."""
    for path in ("index.html", "feed.xml"):
        for coding in CODINGS:
            ending = {"": "", "gzip": ".gz", "br": ".br"}[coding]
            yield path, coding or "identity", files[path + ending]


def test_headers_on_every_kind_of_answer(host: Host) -> None:
    release = host.release(1)
    host.serve_here(release)
    asset = next(path for path in release.files if path.endswith(".css"))
    tag = host.get("/").headers["ETag"]
    answers: dict[str, tuple[int, Any]] = {
        "page": (200, host.get("/")),
        "packed": (200, host.get("/", Accept_Encoding="br")),
        "folder": (301, host.get("/about")),
        "kept": (304, host.get("/", If_None_Match=tag)),
        "missing": (404, host.get("/nowhere")),
        "missing, packed": (404, host.get("/nowhere", Accept_Encoding="gzip")),
        "posted": (405, host.get("/", "POST")),
        "asset": (200, host.get(asset)),
    }
    for name, (status, answer) in answers.items():
        assert answer.status == status, name
        for header, value in HEADERS.items():
            assert answer.headers.getlist(header) == [value], name
        cached = FOR_GOOD if name == "asset" else "no-cache"
        assert answer.headers["Cache-Control"] == cached, name
