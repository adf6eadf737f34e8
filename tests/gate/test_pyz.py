from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from gate.pyz import pack

SYSTEM_PYTHON = Path("/usr/bin/python3")


@pytest.fixture
def pyz(tmp_path: Path) -> Path:
    """What `make gate` makes."""
    made = tmp_path / "site-gate.pyz"
    subprocess.run([sys.executable, "-m", "gate.pyz", made], check=True)
    return made


def test_the_same_source_makes_the_same_bytes(pyz: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kamchatka")
    time.tzset()
    assert pack() == pyz.read_bytes()
    monkeypatch.undo()
    time.tzset()


def test_it_holds_the_gate_and_nothing_else(pyz: Path) -> None:
    with zipfile.ZipFile(pyz) as archive:
        names = archive.namelist()
    assert names[0] == "__main__.py"
    assert names[1:] == sorted(names[1:])
    assert {"gate/__init__.py", "gate/__main__.py", "gate/manifest.py"} <= set(names)
    assert all(name == "__main__.py" or name.startswith("gate/") for name in names)


def test_a_server_starts_it_as_it_is(pyz: Path) -> None:
    """Neither the caller's folder nor the environment gets into it."""
    assert stat.S_IMODE(pyz.stat().st_mode) == 0o755
    if not SYSTEM_PYTHON.exists():
        pytest.skip(f"{SYSTEM_PYTHON} is missing")
    trap = pyz.parent / "trap"
    (trap / "gate").mkdir(parents=True)
    (trap / "gate" / "__init__.py").write_text("raise SystemExit('trapped')", encoding="utf-8")
    (trap / "argparse.py").write_text("raise SystemExit('trapped')", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(trap)}
    done = subprocess.run(
        [pyz, "setup", "--help"],
        check=False,
        capture_output=True,
        text=True,
        cwd=trap,
        env=environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "--name" in done.stdout


def test_an_old_python_is_told_so(pyz: Path) -> None:
    program = (
        "import runpy, sys; sys.version_info = (3, 8, 10); sys.version = '3.8.10 (old)';"
        f"runpy.run_path({str(pyz)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr == "site-gate.pyz: нужен Python 3.9 или новее, а здесь 3.8.10\n"
