"""Where `.ci/setup test` puts the packages of package-lock.json."""

from __future__ import annotations

from tests.building import REPOSITORY

PACKAGES = REPOSITORY / ".venv" / "npm" / "node_modules"
