"""What the workflows call besides make: each script in a folder of its own, make only listens."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

import pytest

from tests.building import REPOSITORY
from tests.workflows.rules import KEYS

NAMES = "|".join(sorted(set.union(*KEYS.values()) | {"SOURCE_DATE_EPOCH"}))
LISTENER = f"""#!/bin/sh
echo "${{0##*/}} $*:$(env | sed -nE 's/^({NAMES})=/ &/p' | sort | tr -d '\\n')" >>"$HEARD"
"""


class Folder:
    """A checkout of nothing but scripts; what they call is heard, with the keys it was given."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(REPOSITORY / ".ci", root / ".ci")
        (root / "bin").mkdir()
        for listener in (root / "bin" / "make", root / ".ci" / "setup"):
            listener.write_text(LISTENER)
            listener.chmod(0o755)

    def run(self, script: str, **environment: str) -> str:
        known = {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}", "HEARD": str(self.heard)}
        command = [self.root / ".ci" / script]
        return subprocess.check_output(command, env=known | environment, text=True)

    @property
    def heard(self) -> Path:
        return self.root / "heard"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_publishing_gives_each_command_its_own_keys(folder: Folder) -> None:
    ours, reach = KEYS["make sign"], KEYS["make deploy"]
    folder.run("publish", **dict.fromkeys(ours | reach, "x"))
    assert folder.heard.read_text().splitlines() == [
        "setup :",
        "make sign:" + "".join(f" {name}=x" for name in sorted(ours)),
        "make deploy:" + "".join(f" {name}=x" for name in sorted(reach)),
    ]


def test_a_release_is_of_the_moment(folder: Folder) -> None:
    before = int(time.time())
    folder.run("release", SOURCE_DATE_EPOCH="1")
    command, _, moment = folder.heard.read_text().strip().partition(": SOURCE_DATE_EPOCH=")
    assert command == "make release"
    assert before <= int(moment) <= time.time()


def test_unpacking_leaves_nothing_of_what_was_there(folder: Folder) -> None:
    (folder.root / "release").mkdir()
    (folder.root / "release" / "old.html").touch()
    (folder.root / "index.html").write_text("new")
    with tarfile.open(folder.root / "release.tar", "w") as archive:
        archive.add(folder.root / "index.html", "a/index.html")
    folder.run("unpack")
    left = {str(file.relative_to(folder.root)) for file in (folder.root / "release").rglob("*")}
    assert left == {"release/a", "release/a/index.html"}


@pytest.mark.parametrize(
    ("given", "published"),
    [({}, False), ({"TARGET": "", "PAGES": ""}, False), ({"PAGES": "yes"}, True)],
)
def test_a_run_tells_what_it_made_and_whether_it_is_published(
    folder: Folder, given: dict[str, str], published: bool
) -> None:
    (folder.root / "release").mkdir()
    (folder.root / "release" / "SHA256SUMS").write_text("# id: 00000001\n00  index.html\n")
    summary = folder.root / "summary.md"
    summary.write_text("earlier\n")
    told = folder.run("notice", GITHUB_STEP_SUMMARY=str(summary), **given)
    assert summary.read_text(encoding="utf-8") == f"earlier\n{told}"
    assert "# id: 00000001\n" in told
    assert ("нигде не опубликован" not in told) is published
    assert ("TARGET" not in told) is published
    assert folder.run("notice", **given) == told
