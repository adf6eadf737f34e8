"""What a command answers its caller with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from disclosure.finding import Finding

FINE: Final = 0
FINDINGS: Final = 1
WRONG_USE: Final = 2


def complain(findings: Sequence[Finding]) -> None:
    """Print findings where errors go."""
    for finding in findings:
        sys.stderr.write(f"{finding}\n")
