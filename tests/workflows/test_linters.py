"""The linters of workflows find nothing, and find the faults that were planted for them."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.building import REPOSITORY
from tests.workflows.rules import FILES, GITLAB

BIN = REPOSITORY / ".venv" / "bin"
DEPENDABOT = ".github/dependabot.yml"
CI = ".github/workflows/ci.yml"
PUBLISH = ".github/workflows/publish.yml"

ZIZMOR = [
    ("excessive-permissions", CI, "permissions: {}", "permissions: write-all"),
    ("unpinned-uses", PUBLISH, "attest@1e69f48acb82d1966a394da916b4c1698aa569d6", "attest@v4"),
    ("dangerous-triggers", CI, "  pull_request:", "  pull_request_target:"),
    (
        "template-injection",
        CI,
        "run: make review",
        'run: echo "${{ github.event.pull_request.title }}"',
    ),
    ("artipacked", PUBLISH, "persist-credentials: false", "persist-credentials: true"),
    (
        "secrets-inherit",
        CI,
        "jobs:",
        "jobs:\n  call:\n    uses: ./.github/workflows/x.yml\n    secrets: inherit",
    ),
    ("dependabot-cooldown", DEPENDABOT, "      default-days: 14", "      default-days: 1"),
]
SCHEMAS = [
    ("vendor.github-workflows", CI, "timeout-minutes:", "timeout-minuts:"),
    ("vendor.github-workflows", PUBLISH, "cancel-in-progress: false", "cancel: false"),
    ("vendor.github-workflows", ".forgejo/workflows/ci.yml", "    steps:", "    step:"),
    ("vendor.gitlab-ci", GITLAB, "resource_group: production", "resource_group: [production]"),
    ("vendor.gitlab-ci", GITLAB, "expire_in: 30 days", "expires: 30 days"),
    ("vendor.dependabot", DEPENDABOT, "interval: monthly", "interval: sometimes"),
]


def schema_of(file: str) -> str:
    """Return the name of the schema of a file."""
    named = {GITLAB: "vendor.gitlab-ci", DEPENDABOT: "vendor.dependabot"}
    return named.get(file, "vendor.github-workflows")


def spoilt(folder: Path, number: int, file: str, old: str, new: str) -> Path:
    """Write a file with a fault planted in it, and return where."""
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    assert old in text
    written = folder / str(number) / Path(file).name
    written.parent.mkdir()
    written.write_text(text.replace(old, new, 1), encoding="utf-8")
    return written


def zizmor(files: Iterable[Path]) -> Mapping[Path, set[str]]:
    """Return the kinds of findings in each file."""
    options = ["--offline", "--no-config", "--persona=auditor", "--no-progress", "--no-exit-codes"]
    command: list[str | Path] = [
        BIN / "zizmor",
        *options,
        "--strict-collection",
        "--format=json",
        *files,
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    found = defaultdict(set)
    for each in json.loads(done.stdout):
        for location in each["locations"]:
            place = location["symbolic"]["key"]["Local"]["verbatim_path"]
            found[Path(place)].add(each["ident"])
    return found


def unlike(schema: str, files: Iterable[Path]) -> set[Path]:
    """Return the files that are not as a schema wants them."""
    options = ["--builtin-schema", schema, "--output-format=json", "--force-filetype=yaml"]
    command: list[str | Path] = [BIN / "check-jsonschema", *options, *files]
    done = subprocess.run(command, capture_output=True, check=False)
    told = json.loads(done.stdout)
    assert not told["parse_errors"]
    return {Path(error["filename"]) for error in told["errors"]}


def test_zizmor_finds_nothing() -> None:
    files = [REPOSITORY / file for file in (*FILES, DEPENDABOT) if file != GITLAB]
    assert zizmor(files) == {}


def test_zizmor_finds_what_was_planted(tmp_path: Path) -> None:
    planted = {
        spoilt(tmp_path, number, *fault): ident for number, (ident, *fault) in enumerate(ZIZMOR)
    }
    found = zizmor(planted)
    assert {file: ident for file, ident in planted.items() if ident not in found[file]} == {}


@pytest.mark.parametrize("schema", sorted({schema for schema, *_ in SCHEMAS}))
def test_files_are_as_their_schemas_want_them(schema: str, tmp_path: Path) -> None:
    files = [REPOSITORY / file for file in (*FILES, DEPENDABOT) if schema_of(file) == schema]
    faults = [fault for kind, *fault in SCHEMAS if kind == schema]
    planted = {spoilt(tmp_path, number, *fault) for number, fault in enumerate(faults)}
    assert unlike(schema, [*files, *planted]) == planted
