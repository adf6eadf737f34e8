"""The Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.browser.npm import PACKAGES

JAR = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
OPTIONS = ("--errors-only", "--format", "json", "--stdout", "--exit-zero-always")


def nu(files: Sequence[Path]) -> list[str]:
    """Return the errors in HTML files, a line for each."""
    done = subprocess.run(
        ["java", "-jar", JAR, *OPTIONS, *files],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [
        f"{message.get('url', '')}:{message.get('lastLine', '')}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
    ]
