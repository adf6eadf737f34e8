"""The order of steps, held at every moment between them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.deploy.plan import Record, parse_record, plan
from gate.manifest import MANIFEST, SIGNATURE, Manifest
from tests.gate.releases import make_release

Site = Mapping[str, str]
"""What is in each file, by path; a page says which style it wants."""

STYLES = [f"assets/site.{digit * 8}.css" for digit in "abcd"]
PAGES = ["index.html", "404.html", "about/index.html", "2025/index.html"]
OTHERS = ["2025/programme.pdf", "feed.xml", "robots.txt"]


@st.composite
def sites(draw: st.DrawFn) -> Site:
    style = draw(st.sampled_from(STYLES))
    pages = dict.fromkeys(draw(st.sets(st.sampled_from(PAGES), min_size=1)), style)
    others = draw(st.dictionaries(st.sampled_from(OTHERS), st.sampled_from("xyz")))
    return {**pages, **others, style: style}


def manifest(number: int, site: Site) -> Manifest:
    files = {path: content.encode() for path, content in site.items()}
    return make_release(number, files, None).manifest


class Bucket:
    """A bucket in memory, which does the steps of a plan and stops where it is told to."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.live: Manifest | None = None
        self.record = Record("", {})

    def publish(self, number: int, site: Site, draw: st.DataObject) -> bool:
        """Publish up to a random moment; return whether it came to the end."""
        new = manifest(number, site)
        record = self.record.begun(self.live, new)
        wanted = {**site, MANIFEST: new.id}
        changed = {path for path in wanted if self.files.get(path) != wanted[path]}
        gone = record.gone(new) & self.files.keys()
        steps = plan(changed, gone, self.files.keys())
        needed = {path for path in (*self.files, *site) if path in STYLES} & self.styles(site)
        self.record = parse_record(record.text().encode())
        phases = [*((True, p) for p in steps.puts), *((False, p) for p in steps.deletes)]
        last = draw.draw(st.integers(0, len(phases)), label="phases done whole")
        for putting, phase in phases[:last]:
            self.carry_out(putting, phase, wanted, new, needed)
        if last < len(phases):
            putting, phase = phases[last]
            some = draw.draw(st.sets(st.sampled_from(phase)), label="then, of the next")
            self.carry_out(putting, tuple(some), wanted, new, needed)
            return False
        self.record = parse_record(record.ended(new).text().encode())
        return True

    def styles(self, site: Site) -> set[str]:
        """What pages ask for that a reader may have open: of what is live, and of what comes."""
        live = set(self.live.files) if self.live else set()
        return {path for path in (live | set(site)) if path in STYLES}

    def carry_out(
        self, putting: bool, phase: tuple[str, ...], wanted: Site, new: Manifest, needed: set[str]
    ) -> None:
        had = needed & self.files.keys()
        for path in phase:
            if putting:
                self.files[path] = wanted[path]
                self.live = new if path == MANIFEST else self.live
            else:
                del self.files[path]
            self.check()
        assert had <= self.files.keys()

    def check(self) -> None:
        """Every page that is there can be shown as it was made."""
        for page in self.files.keys() & set(PAGES):
            assert self.files[page] in self.files, page


@given(st.lists(sites(), min_size=2, max_size=5), st.data())
def test_every_page_has_its_style_at_every_moment(sites: list[Site], data: st.DataObject) -> None:
    """Whichever publications were cut short, and wherever."""
    bucket = Bucket()
    for number, site in enumerate(sites, 1):
        whole = bucket.publish(number, site, data)
        if data.draw(st.booleans(), label="again"):
            whole = bucket.publish(number, site, data)
        if whole:
            assert {path: bucket.files[path] for path in site} == site
            others = bucket.files.keys() - site.keys() - {MANIFEST}
            assert others <= set(STYLES), "what an abandoned release put is removed too"


def test_what_shows_comes_before_what_is_shown_and_the_manifest_last() -> None:
    changed = {
        *("index.html", "index.html.gz", "2026/index.html", "feed.xml", "2026/new.pdf"),
        *("assets/site.aaaaaaaa.css", "assets/site.aaaaaaaa.css.br", MANIFEST, SIGNATURE),
    }
    gone = {"assets/site.bbbbbbbb.css", "2025/index.html", "2025/old.pdf"}
    steps = plan(changed, gone, {*gone, "index.html", "index.html.gz", "feed.xml", MANIFEST})
    assert steps.puts == (
        ("assets/site.aaaaaaaa.css", "assets/site.aaaaaaaa.css.br"),
        ("2026/new.pdf",),
        ("2026/index.html",),
        ("feed.xml",),
        ("index.html", "index.html.gz"),
        (SIGNATURE,),
        (MANIFEST,),
    )
    assert steps.deletes == (("2025/index.html",), ("2025/old.pdf",), ("assets/site.bbbbbbbb.css",))


def test_the_signature_of_another_manifest_goes_first() -> None:
    assert plan(set(), {SIGNATURE, "a.html"}, {"a.html"}).deletes == ((SIGNATURE,), ("a.html",))


def test_nothing_to_do_is_an_empty_plan() -> None:
    assert plan(set(), set(), {"index.html"}).puts == ()


def test_styles_of_the_release_before_stay_for_one_release_more() -> None:
    first, second, third = (
        manifest(number, {"index.html": style, style: style})
        for number, style in enumerate(STYLES[:3], 1)
    )
    record = Record("", {}).begun(None, first).ended(first)
    record = record.begun(first, second)
    assert record.gone(second) == set()
    record = record.ended(second).begun(second, third)
    assert record.gone(third) == {STYLES[0]}
    assert record.ended(third).files.keys() == {"index.html", *STYLES[1:3]}


def test_a_second_try_keeps_the_styles_of_the_release_before_the_first() -> None:
    first, second = (
        manifest(number, {"index.html": style, style: style})
        for number, style in enumerate(STYLES[:2], 1)
    )
    record = Record("", {}).begun(first, second)
    assert record.begun(second, second).gone(second) == set()


def test_what_no_release_has_put_is_never_gone() -> None:
    new = manifest(2, {"index.html": "x"})
    assert Record("", {}).begun(manifest(1, {"old.html": "x"}), new).gone(new) == {"old.html"}


def test_record_is_read_as_it_was_written() -> None:
    record = Record("", {}).begun(
        manifest(1, {"файл с пробелом.pdf": "x", "a.html": "y"}), manifest(2, {})
    )
    assert parse_record(record.text().encode()) == record


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff",
        b"# another\n",
        Record("", {"../up": manifest(1, {}).id}).text().encode(),
        Record("", {}).text().encode() + b"rest",
    ],
    ids=["empty", "not text", "another", "escapes", "rest"],
)
def test_what_is_no_record_is_refused(said: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_record(said)
