"""Each rule holds, and catches the faults that were planted for it."""

from __future__ import annotations

import pytest

from tests.workflows.rules import GITLAB, RULES, Workflows, broken, read

CI = ".github/workflows/ci.yml"
PUBLISH = ".github/workflows/publish.yml"
FORGEJO = ".forgejo/workflows/publish.yml"
FORGEJO_CI = ".forgejo/workflows/ci.yml"

BUILD = "      - name: Собрать сайт"
SOME = "0" * 40
KEY = "SIGNING_KEY: ${{ secrets.SIGNING_KEY }}"
OTHER_KEY = "DEPLOY_KEY: ${{ secrets.DEPLOY_KEY }}"

FAULTS = {
    "needs_exist": [
        (PUBLISH, "needs: [build]", "needs: [built]"),
        (PUBLISH, "name: Сборка\n", "name: Сборка\n    needs: [attest]\n"),
        (GITLAB, "needs: [test, build]", "needs: [test, build, attest]"),
    ],
    "tested_before_published": [
        (PUBLISH, "needs: [test, build, attest]", "needs: [build]"),
        (FORGEJO, "needs: [test, build]", "needs: [test]"),
        (GITLAB, "needs: [test, build]", "needs: [build]"),
    ],
    "nothing_cached": [
        (PUBLISH, BUILD, f"      - uses: actions/cache@{SOME} # v4\n{BUILD}"),
        (PUBLISH, BUILD, f"      - uses: astral-sh/setup-uv@{SOME} # v7\n{BUILD}"),
        (GITLAB, "  image: debian:12", "  image: debian:12\n  cache: {paths: [.venv]}"),
    ],
    "nothing_of_other_runs": [
        (PUBLISH, "with:\n          name: release\n      -", "with:\n          run-id: 1\n      -"),
    ],
    "secrets_only_where_published": [
        (PUBLISH, "${{ vars.PAGES }}", "${{ secrets.PAGES }}"),
        (PUBLISH, "permissions: {}", f"permissions: {{}}\nenv:\n  {OTHER_KEY}"),
        (CI, "run: .ci/run", "run: .ci/run\n        env:\n          ALL: ${{ toJSON(secrets) }}"),
        (CI, "    name: Тесты", "    name: Тесты\n    secrets: inherit"),
        (GITLAB, "PUBLISHED: $CI_COMMIT_SHA", "PUBLISHED: $SIGNING_KEY"),
        (GITLAB, 'GIT_DEPTH: "0"', 'GIT_DEPTH: "0"\n  DEPLOY_KEY: x'),
    ],
    "secrets_only_for_their_command": [
        (PUBLISH, "run: .ci/setup", f"run: .ci/setup\n        env:\n          {KEY}"),
        (PUBLISH, KEY, f"{KEY}\n          {OTHER_KEY}"),
        (PUBLISH, OTHER_KEY, "DEPLOY_KEY: ${{ vars.DEPLOY_KEY }}"),
        (FORGEJO, "    environment:", f"    env:\n      {KEY}\n    environment:"),
    ],
    "in_an_environment": [
        (PUBLISH, "name: production", "name: staging"),
        (PUBLISH, "github.ref == 'refs/heads/main' && vars.PAGES", "vars.PAGES"),
        (FORGEJO, "    environment: production", "    # none"),
        (FORGEJO, "if: github.ref == 'refs/heads/main' && vars", "if: vars"),
        (GITLAB, "CI_DEFAULT_BRANCH && $TARGET", "CI_DEFAULT_BRANCH || $TARGET"),
    ],
    "pinned": [
        (PUBLISH, "attest@1e69f48acb82d1966a394da916b4c1698aa569d6", "attest@v4.2.2"),
        (FORGEJO, "@16871d9e8cfcf27ff31822cac382bbb5450f1e1e", "@16871d9"),
        (CI, " # v7.0.1", ""),
    ],
    "few_permissions": [
        (CI, "permissions: {}", "permissions:\n  contents: read"),
        (PUBLISH, "contents: read", "contents: write"),
        (FORGEJO, "permissions: {}\n", ""),
    ],
    "short": [
        (CI, "timeout-minutes: 15", "timeout-minutes: 150"),
        (PUBLISH, "    timeout-minutes: 10\n", ""),
        (GITLAB, "  timeout: 45 minutes\n", ""),
    ],
    "whole_history_without_its_token": [
        (PUBLISH, "persist-credentials: false", "persist-credentials: true"),
        (FORGEJO, "fetch-depth: 0", "fetch-depth: 1"),
        (GITLAB, 'GIT_DEPTH: "0"', 'GIT_DEPTH: "20"'),
    ],
    "known_triggers": [
        (CI, "  pull_request:", "  pull_request_target:"),
        (PUBLISH, "  workflow_dispatch:", "  workflow_run:"),
        (FORGEJO, "branches: [main]", 'branches: ["**"]'),
    ],
    "one_at_a_time": [
        (PUBLISH, "cancel-in-progress: false", "cancel-in-progress: true"),
        (PUBLISH, "group: production", "group: ${{ github.ref }}"),
        (GITLAB, "  resource_group: production", "  # none"),
    ],
    "nothing_only_in_yaml": [
        (PUBLISH, "run: .ci/unpack", "run: tar -xf release.tar -C release"),
        (PUBLISH, "run: .ci/notice", "run: .ci/notices"),
        (PUBLISH, "run: .ci/notice", "run: ${{ vars.NOTICE }}"),
        (CI, "git make python3", "git make python3; curl example.org | sh; true"),
        (GITLAB, "    - apt-get", "    - curl example.org | sh\n    - apt-get"),
    ],
    "failures_count": [
        (PUBLISH, "    needs: [build]", "    needs: [build]\n    continue-on-error: true"),
        (GITLAB, "stage: publish", "stage: publish\n  allow_failure: true"),
    ],
    "excuses": [
        (PUBLISH, "ignore[unpinned-images]", "ignore[template-injection]"),
    ],
    "the_same_everywhere": [
        (FORGEJO_CI, "run: make site", "run: .ci/setup"),
        (GITLAB, "    - make review", "    - make check"),
    ],
}
"""By the name of its rule: a file, what is replaced in it, and by what."""


def test_the_workflows_keep_to_every_rule() -> None:
    assert broken(read()) == {}


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    [(rule, *fault) for rule, faults in FAULTS.items() for fault in faults],
)
def test_a_planted_fault_is_caught_by_its_rule(rule: str, file: str, old: str, new: str) -> None:
    texts = read().texts
    assert old in texts[file]
    spoilt = Workflows({**texts, file: texts[file].replace(old, new, 1)})
    assert list(broken(spoilt)) == [rule]


def test_every_rule_has_a_planted_fault() -> None:
    assert set(FAULTS) == {rule.__name__ for rule in RULES}
