"""What the browser tests take from npm is locked by content, whatever registry it comes from."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.npm import PACKAGES

FOLDER = Path(__file__).parent


def test_each_package_is_locked_by_its_checksum_and_by_no_address() -> None:
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    root, *packages = json.loads(text)["packages"].values()
    assert len(packages) == len(root["dependencies"])
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert "://" not in text


def test_the_installed_packages_are_the_locked_ones() -> None:
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name, version in wanted.items():
        package = json.loads((PACKAGES / name / "package.json").read_text(encoding="utf-8"))
        assert package["version"] == version
