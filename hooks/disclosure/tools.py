"""The tools that check the site, in the versions that this checkout has locked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
NPM_LOCK: Final = ROOT / "tests" / "browser" / "package-lock.json"
PYTHON_LOCK: Final = ROOT / "requirements.lock"


def tool_versions() -> dict[str, str]:
    """Return the version of axe-core, vnu-jar and playwright by the name of the package."""
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    found = {name: str(packages[f"node_modules/{name}"]["version"]) for name in _FROM_NPM}
    locked = PYTHON_LOCK.read_text(encoding="utf-8")
    return found | dict(re.findall(r"^(playwright)==(\S+)", locked, re.MULTILINE))


_FROM_NPM: Final = ("axe-core", "vnu-jar")
