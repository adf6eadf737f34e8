"""The gate runs on the Python of old servers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GATE = Path(__file__).parents[2] / "hooks" / "gate"


@pytest.mark.parametrize("file", sorted(GATE.glob("*.py")), ids=lambda file: file.name)
def test_the_grammar_is_that_of_python_3_9(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 9))
    assert "from __future__ import annotations" in source or "import" not in source
