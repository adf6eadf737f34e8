"""Whatever is asked of a server, in whatever order and killed wherever, some things always hold."""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gate import receive, store
from gate.archive import pack
from gate.changes import allow, go_back, publish
from gate.manifest import Manifest
from gate.refused import OvertakenError, RefusedError
from gate.state import STATE, read_state
from tests.gate.folders import live, whole
from tests.gate.releases import EPOCH, make_root
from tests.gate.test_crashes import AUDITOR, KilledError, failing

TEXTS = st.fixed_dictionaries(
    {"index.html": st.sampled_from([b"one", b"two"])},
    optional={"a/b.csv": st.sampled_from([b"one", b"two"])},
)
"""Small sites whose files differ and have one size."""


def is_of(name: str, others: set[str]) -> bool:
    """Whether a release is of the commit of any of the others."""
    return store.commit_count(name) in {store.commit_count(one) for one in others}


class Life(RuleBasedStateMachine):
    """What is expected of a server after each change, told in plain sets of ids."""

    def __init__(self) -> None:
        super().__init__()
        self.root = make_root(Path(mkdtemp()) / "site")
        self.made: dict[str, bytes] = {}
        self.count = self.minutes = 0
        self.live: str | None = None
        self.highest = ""
        self.withdrawn: set[str] = set()
        self.left: set[str] = set()
        self.fit_before: set[str] = set()
        self.kept: dict[tuple[str, int, int], bytes] = {}
        self.dying = 0
        self.killed = 0

    def teardown(self) -> None:
        shutil.rmtree(self.root.parent)

    # What may be asked

    @rule(files=TEXTS, hours=st.integers(-3, 3))
    def publish_a_commit(self, files: dict[str, bytes], hours: int) -> None:
        """Commits may be dated in any order, as after a rebase."""
        self.count, self.minutes = self.count + 1, hours * 60
        self.build(files)

    @precondition(lambda self: self.count)
    @rule(files=TEXTS)
    def publish_a_night(self, files: dict[str, bytes]) -> None:
        self.minutes += 1
        self.build(files)

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def publish_once_more(self, data: st.DataObject) -> None:
        self.publish(data.draw(st.sampled_from(sorted(self.made))))

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def check_fails(self, data: st.DataObject) -> None:
        """A publisher asks for the way back from any release, as the live one or as another."""
        name = data.draw(st.sampled_from([self.live, self.live, *sorted(self.made)]))
        assert name
        before = self.live
        try:
            to = self.change(lambda: go_back(self.root, name))
        except OvertakenError:
            assert name != self.live
        except RefusedError:
            assert self.live == name
            assert name != self.highest or not self.fit() - {name}
        else:
            if to:
                assert name == before == self.highest
                self.left.add(name)
                self.went_back(to)

    @precondition(lambda self: self.live)
    @rule()
    def administrator_goes_back(self) -> None:
        assert self.live
        before = self.live
        try:
            to = self.change(lambda: go_back(self.root))
        except RefusedError:
            assert not {one for one in self.fit() if not is_of(one, {before})}
        else:
            if to:
                self.withdrawn.add(before)
                self.went_back(to)

    @precondition(lambda self: self.withdrawn)
    @rule(data=st.data())
    def administrator_allows(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.withdrawn)))
        if self.change(lambda: allow(self.root, name)):
            self.withdrawn -= {one for one in self.withdrawn if is_of(one, {name})}

    @rule(step=st.integers(1, 40))
    def next_is_killed(self, step: int) -> None:
        self.dying = step

    @precondition(lambda self: self.live)
    @rule()
    def memory_is_lost(self) -> None:
        (self.root / STATE).unlink(missing_ok=True)
        self.remember()

    # What comes of it

    def build(self, files: dict[str, bytes]) -> None:
        manifest = Manifest(
            count=self.count,
            commit=f"{self.count:040x}",
            time=EPOCH + timedelta(minutes=self.minutes),
            files={path: hashlib.sha256(text).hexdigest() for path, text in files.items()},
        )
        out = io.BytesIO()
        pack(out, manifest, b"", files.__getitem__)
        self.made[manifest.id] = out.getvalue()
        self.publish(manifest.id)

    def publish(self, name: str) -> None:
        before, fit, all_before = self.live, self.fit(), set(store.releases(self.root))
        try:
            said = self.change(lambda: publish(self.root, io.BytesIO(self.made[name])))
        except RefusedError:
            assert name != self.live
            assert name < self.highest or is_of(name, self.withdrawn)
            return
        if said == f"live {name}":
            assert name == self.live
        elif said:
            assert said == f"published {name}"
            assert name >= self.highest
            assert not is_of(name, self.withdrawn)
            self.live = self.highest = name
            self.killed = 0
            self.withdrawn &= all_before
            self.left &= all_before - {name}
            state = read_state(self.root)
            assert set(state.withdrawn) == self.withdrawn
            assert set(state.left) == self.left
            assert live(self.root, "previous") == before
            self.kept_what_is_worth_it(fit)

    def change(self, ask: Callable[[], str]) -> str:
        """Return what is answered; nothing, where it is killed on the way."""
        dying, self.dying = self.dying, 0
        if not dying:
            return ask()
        before = self.live
        try:
            with failing(lambda step: KilledError() if step >= dying else None):
                return ask()
        except KilledError:
            self.killed += 1
            self.remember()
            assert self.live in {before, live(self.root)}
            return ""

    def went_back(self, said: str) -> None:
        before, self.live = self.live, said.partition(" ")[2]
        assert said == f"back {self.live}"
        assert before
        assert self.live < before
        assert self.live not in self.left
        assert not is_of(self.live, self.withdrawn)
        assert live(self.root, "previous") == before

    def fit(self) -> set[str]:
        """The releases on the disk that may be gone back to."""
        return {
            one
            for one in store.releases(self.root)
            if one not in self.left and not is_of(one, self.withdrawn)
        } & {one for one in self.made if self.live and one <= self.live}

    def remember(self) -> None:
        """Take from the disk what a change that was cut short may have altered, or not."""
        state = read_state(self.root)
        self.live = live(self.root)
        self.highest = max([state.highest, *store.releases(self.root)], default="")
        self.withdrawn, self.left = set(state.withdrawn), set(state.left)

    def kept_what_is_worth_it(self, before: set[str]) -> None:
        """Hold that of all that could be gone back to enough is left, and the rest went first."""
        names = set(store.releases(self.root))
        assert len(names) <= store.KEPT
        were, are = (
            {one for one in fit if not is_of(one, {self.highest})} for fit in (before, self.fit())
        )
        assert are or not were, "there is another commit to go back to"
        newest = {store.commit_count(one): one for one in sorted(before | {self.highest})}
        lost = set(newest.values()) - names
        unfit = {n for n in names if n in self.left or is_of(n, self.withdrawn)}
        worthless = unfit - store.linked(self.root)
        assert not (lost and worthless)

    # What always holds

    @invariant()
    def what_is_live_is_whole(self) -> None:
        assert live(self.root) == self.live
        for link in ("previous", "earlier"):
            live(self.root, link)
        for name in store.releases(self.root):
            assert whole(self.root / "releases" / name) == name
        # each of those killed before they tidied up may have left one, until the next
        assert len(store.releases(self.root)) <= store.KEPT + self.killed

    @invariant()
    def no_two_texts_share_a_validator(self) -> None:
        """The ETag of nginx: whoever kept a text is never told that another is the same."""
        current = self.root / "current"
        for file in current.rglob("*.*") if self.live else ():
            stat, text = file.stat(), file.read_bytes()
            tag = (str(file.relative_to(current)), int(stat.st_mtime), stat.st_size)
            assert self.kept.setdefault(tag, text) == text


def test_any_life(monkeypatch: pytest.MonkeyPatch) -> None:
    if AUDITOR not in _AUDITED:
        sys.addaudithook(AUDITOR)
        _AUDITED.append(AUDITOR)
    monkeypatch.setattr(receive, "check_signature", lambda *_: None)
    monkeypatch.setattr("os.fsync", lambda _: None)
    monkeypatch.setattr(store, "KEPT", 4)
    run_state_machine_as_test(
        Life, settings=settings(max_examples=30, stateful_step_count=30, phases=[Phase.generate])
    )


_AUDITED: list[object] = []
