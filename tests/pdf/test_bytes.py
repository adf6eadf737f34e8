"""The same data give the same bytes, whatever the process, its folder and its hash seed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.building import REPOSITORY
from tests.pdf.cases import CASES
from tests.pdf.conftest import PRINTS, Print

ANOTHER_PROCESS = """
import hashlib, pathlib, sys
from disclosure.render.fonts import declare_fonts
declare_fonts(pathlib.Path(sys.argv[1]))
from disclosure.render.pdf import warm_up
from tests.pdf.conftest import EDITIONS, view_of
warm_up()
for case in sys.argv[2:]:
    name, edition = case.split("/")
    print(hashlib.sha256(EDITIONS[edition](view_of(name))).hexdigest())
"""


def test_another_process_sets_each_hard_case_alike(
    printed: Callable[[str, str], Print], tmp_path: Path
) -> None:
    """All but the one of 400 pages, which has nothing that shorter ones lack but its length."""
    cases = [case for case in PRINTS if case[0] in CASES and case[0] != "400-pages"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ANOTHER_PROCESS, tmp_path, *map("/".join, cases)],
        cwd=tmp_path,
        env={
            "PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'hooks'}",
            "PYTHONHASHSEED": "4242",
            "TZ": "Asia/Omsk",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    made = [hashlib.sha256(printed(*case).file.read_bytes()).hexdigest() for case in cases]
    assert dict(zip(cases, done.stdout.split(), strict=True)) == dict(zip(cases, made, strict=True))
