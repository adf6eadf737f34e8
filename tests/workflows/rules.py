"""What the workflows of the three forges must keep to, where the linters do not look."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import yaml

from tests.building import REPOSITORY

Finding = str
Rule = Callable[["Workflows"], Iterable[Finding]]

GITLAB: Final = ".gitlab-ci.yml"
FILES: Final = (
    ".github/workflows/ci.yml",
    ".github/workflows/publish.yml",
    ".forgejo/workflows/ci.yml",
    ".forgejo/workflows/publish.yml",
    GITLAB,
)
FORGES: Final = (".github/", ".forgejo/", GITLAB)

PUBLISHING: Final = frozenset({"make sign", "make deploy", ".ci/publish"})
"""A job is publishing if it runs one of these; it alone has keys."""

KEYS: Final = {
    "make sign": {"SIGNING_KEY"},
    "make deploy": {"DEPLOY_KEY", "KNOWN_HOSTS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"},
}
"""Which command is given which secrets."""

GRANTS: Final = {
    "review": {"contents": "read"},
    "test": {"contents": "read"},
    "preview": {"contents": "read"},
    "build": {"contents": "read"},
    "attest": {"id-token": "write", "attestations": "write"},
    "deploy": {"contents": "read"},
    "pages": {"contents": "read", "pages": "write", "id-token": "write"},
}
"""What the token of each job may do."""

TRIGGERS: Final = {
    "ci.yml": {"pull_request"},
    "publish.yml": {"push", "schedule", "workflow_dispatch"},
}

SETTING_UP: Final = re.compile(
    r"apt-get update && apt-get install -y --no-install-recommends [a-z0-9 -]+"
    r'|git config --global --add safe\.directory "\$(GITHUB_WORKSPACE|CI_PROJECT_DIR)"'
)
"""What must be said before `make` is there, and git reads the checkout."""

LONGEST: Final = 60
"""Minutes."""


@dataclass(frozen=True)
class Job:
    """A job of any forge, told in the same words."""

    file: str
    name: str
    told: Mapping[str, Any]

    @property
    def place(self) -> str:
        """Return where the job is."""
        return f"{self.file}: {self.name}"

    @property
    def needs(self) -> list[str]:
        """Return the names of the jobs that must end well before."""
        needs = self.told.get("needs") or []
        return [needs] if isinstance(needs, str) else list(needs)

    @property
    def steps(self) -> list[Mapping[str, Any]]:
        """Return the steps; a line of GitLab's script is one."""
        script = [{"run": line} for line in self.told.get("script", [])]
        return [*self.told.get("steps", []), *script]

    @property
    def commands(self) -> list[str]:
        """Return what the steps run."""
        return [step["run"].strip() for step in self.steps if "run" in step]

    @property
    def is_publishing(self) -> bool:
        """Tell whether the job runs what wants a key."""
        return not PUBLISHING.isdisjoint(self.commands)


@dataclass(frozen=True)
class Workflows:
    """The texts of the workflows by their paths."""

    texts: Mapping[str, str]

    @cached_property
    def told(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what each file says; every scalar is text, so that `on` stays what it is."""
        return {
            file: yaml.load(text, yaml.CBaseLoader)  # noqa: S506 it makes nothing but text
            for file, text in self.texts.items()
        }

    @cached_property
    def jobs(self) -> list[Job]:
        """Return the jobs of every file."""
        return [
            Job(file, name, job)
            for file, told in self.told.items()
            for name, job in (_gitlab(told) if file == GITLAB else told["jobs"]).items()
        ]

    @property
    def actions(self) -> Iterator[tuple[Job, Mapping[str, Any]]]:
        """Yield the steps that are actions of somebody else."""
        for job in self.jobs:
            yield from ((job, step) for step in job.steps if "uses" in step)

    @property
    def publishing_files(self) -> set[str]:
        """Return the files that publish."""
        return {job.file for job in self.jobs if job.is_publishing}

    def of(self, file: str) -> dict[str, Job]:
        """Return the jobs of one file by name."""
        return {job.name: job for job in self.jobs if job.file == file}


def read() -> Workflows:
    """Return the workflows as they are."""
    texts = {file: (REPOSITORY / file).read_text(encoding="utf-8") for file in FILES}
    return Workflows(texts)


def _gitlab(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: job for name, job in told.items() if "script" in job}


def _strings(node: Any) -> Iterator[str]:
    """Yield every key and every value of a parsed file."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    else:
        yield str(node)


def _secret(node: Any) -> bool:
    """Tell whether a secret is spoken of: as an expression, or by its name."""
    names = "|".join(sorted(set.union(*KEYS.values())))
    return any(re.search(rf"\bsecrets\b|\b({names})\b", text) for text in _strings(node))


def _programs(command: str) -> Iterator[str]:
    """Yield the command, and the targets that it calls if it is a script of this project."""
    yield command
    script = REPOSITORY / command
    if command.startswith(".ci/") and script.is_file():
        text = script.read_text(encoding="utf-8")
        yield from re.findall(r"^(?:env .*)?(make [a-z-]+)", text, re.MULTILINE)


# The rules ---------------------------------------------------------------------------------------


def needs_exist(workflows: Workflows) -> Iterator[Finding]:
    """What a job needs is a job of the same file, and none waits for itself."""
    for job in workflows.jobs:
        jobs = workflows.of(job.file)
        for name in job.needs:
            if name not in jobs:
                yield f"{job.place} needs {name}, which there is not"
        if job.name in _before(job, jobs):
            yield f"{job.place} waits for itself"


def _before(job: Job, jobs: Mapping[str, Job]) -> set[str]:
    found: set[str] = set()
    asked = list(job.needs)
    while asked:
        name = asked.pop()
        if name in jobs and name not in found:
            found.add(name)
            asked += jobs[name].needs
    return found


def tested_before_published(workflows: Workflows) -> Iterator[Finding]:
    """What is published was tested in the same run, and built by another job."""
    for job in workflows.jobs:
        jobs = workflows.of(job.file)
        before = {command for name in _before(job, jobs) for command in jobs[name].commands}
        if job.is_publishing and not {".ci/run", ".ci/release"} <= before:
            yield f"{job.place} does not wait for the tests and the build"


def nothing_cached(workflows: Workflows) -> Iterator[Finding]:
    """Where it publishes there is no cache, which a change not yet merged could have filled."""
    for file in workflows.publishing_files:
        if any("cache" in text for text in _strings(workflows.told[file])):
            yield f"{file} has a cache"
    for job, step in workflows.actions:
        if job.file in workflows.publishing_files and "/setup-" in step["uses"]:
            yield f"{job.place}: {step['uses']} may keep a cache of its own accord"


def nothing_of_other_runs(workflows: Workflows) -> Iterator[Finding]:
    """An artifact is of the same run, never of a change not yet merged."""
    for job, step in workflows.actions:
        if {"run-id", "repository", "github-token"} & set(step.get("with", {})):
            yield f"{job.place}: {step['uses']} reaches out of its run"


def secrets_only_where_published(workflows: Workflows) -> Iterator[Finding]:
    """No secret is spoken of outside the job that publishes."""
    for file, told in workflows.told.items():
        jobs = _gitlab(told) if file == GITLAB else told["jobs"]
        rest = {key: value for key, value in told.items() if key != "jobs" and key not in jobs}
        if _secret(rest):
            yield f"{file} has a secret for every job"
    for job in workflows.jobs:
        if not job.is_publishing and _secret(job.told):
            yield f"{job.place} has a secret"


def secrets_only_for_their_command(workflows: Workflows) -> Iterator[Finding]:
    """In the job that publishes a secret is known only to the step that uses it."""
    for job in filter(lambda job: job.is_publishing, workflows.jobs):
        if _secret({key: value for key, value in job.told.items() if key != "steps"}):
            yield f"{job.place} has a secret for every step"
        for step in job.told.get("steps", []):
            given = {key for key, value in step.get("env", {}).items() if "secrets." in value}
            rest = {key: value for key, value in step.items() if key != "env"}
            if given != KEYS.get(step.get("run", ""), set()) or _secret(rest):
                yield f"{job.place}: {step.get('name') or step.get('uses')} has other secrets"


def in_an_environment(workflows: Workflows) -> Iterator[Finding]:
    """What has secrets has them from the environment `production`, and from main alone."""
    for job in filter(lambda job: job.is_publishing, workflows.jobs):
        said = job.told.get("environment") or {}
        if (said if isinstance(said, str) else said.get("name")) != "production":
            yield f"{job.place} is not in the environment production"
        rules = str(job.told.get("if") or job.told.get("rules"))
        main = ("github.ref == 'refs/heads/main'", "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH")
        if not any(each in rules for each in main) or "||" in rules:
            yield f"{job.place} publishes other branches too"


def pinned(workflows: Workflows) -> Iterator[Finding]:
    """An action is named by its commit, and by its version for people."""
    for file, text in workflows.texts.items():
        for line in re.findall(r"^[ -]*uses:.*", text, re.MULTILINE):
            if not re.search(r"uses: \S+@[0-9a-f]{40} # v\d+(\.\d+\.\d+)?$", line):
                yield f"{file}: {line.strip()}"


def few_permissions(workflows: Workflows) -> Iterator[Finding]:
    """The token may do nothing, but for what is granted to a job by name."""
    for file, told in workflows.told.items():
        if file != GITLAB and told.get("permissions") != {}:
            yield f"{file} grants permissions to every job"
    for job in workflows.jobs:
        if job.file != GITLAB and job.told.get("permissions") != GRANTS.get(job.name):
            yield f"{job.place} is granted something else"


def short(workflows: Workflows) -> Iterator[Finding]:
    """No job hangs for hours."""
    default = workflows.told[GITLAB].get("default", {}).get("timeout", "")
    for job in workflows.jobs:
        said = job.told.get("timeout-minutes") or job.told.get("timeout") or ""
        minutes = re.fullmatch(r"(\d+)( minutes)?", said or (default if job.file == GITLAB else ""))
        if not minutes or int(minutes[1]) > LONGEST:
            yield f"{job.place} may run for hours"


def whole_history_without_its_token(workflows: Workflows) -> Iterator[Finding]:
    """A checkout has every commit, by which documents are dated, and keeps no token."""
    for job, step in workflows.actions:
        wanted = {"persist-credentials": "false", "fetch-depth": "0"}
        if "/checkout@" in step["uses"] and step.get("with") != wanted:
            yield f"{job.place} checks out otherwise"
    if workflows.told[GITLAB].get("variables", {}).get("GIT_DEPTH") != "0":
        yield f"{GITLAB} has not every commit"


def known_triggers(workflows: Workflows) -> Iterator[Finding]:
    """Changes not yet merged start only what has no secrets; only main is published."""
    for file, told in workflows.told.items():
        on = told.get("on", {})
        if file != GITLAB and set(on) != TRIGGERS[file.rpartition("/")[2]]:
            yield f"{file} is started by something else"
        if "push" in on and on["push"] != {"branches": ["main"]}:
            yield f"{file} is started by other branches"


def one_at_a_time(workflows: Workflows) -> Iterator[Finding]:
    """Publishing is a queue of one, and is never cut short."""
    for file in workflows.publishing_files - {GITLAB}:
        wanted = {"group": "production", "cancel-in-progress": "false"}
        if workflows.told[file].get("concurrency") != wanted:
            yield f"{file} may publish twice at once"
    for job in workflows.of(GITLAB).values():
        if job.is_publishing and job.told.get("resource_group") != "production":
            yield f"{job.place} may publish twice at once"


def nothing_only_in_yaml(workflows: Workflows) -> Iterator[Finding]:
    """What a step runs a person can run: a target of make, or a script."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    before = workflows.told[GITLAB].get("default", {}).get("before_script", [])
    places = [(job.place, command) for job in workflows.jobs for command in job.commands]
    for place, command in [*places, *((GITLAB, line) for line in before)]:
        make = re.fullmatch(r"make ([a-z-]+)", command)
        if make and make[1] in targets:
            continue
        script = re.fullmatch(r"\.ci/[a-z]+", command) and os.access(REPOSITORY / command, os.X_OK)
        if not script and not SETTING_UP.fullmatch(command):
            yield f"{place} runs {command}"


def failures_count(workflows: Workflows) -> Iterator[Finding]:
    """Nothing that fails is passed over."""
    for job in workflows.jobs:
        if {"continue-on-error", "allow_failure"} & set(_strings(job.told)):
            yield f"{job.place} may fail"


def excuses(workflows: Workflows) -> Iterator[Finding]:
    """The linter is told to overlook one thing only: images go by their names."""
    for file, text in workflows.texts.items():
        for excused in re.findall(r"zizmor: ignore\[(.*?)\]", text):
            if excused != "unpinned-images":
                yield f"{file} excuses {excused}"


def the_same_everywhere(workflows: Workflows) -> Iterator[Finding]:
    """The three forges run the same commands, but for what only one of them has."""
    elsewhere = {"make verify-live", ".ci/unpack", "make screenshots"}  # GitHub Pages, photographs
    called = {
        forge: {
            program
            for job in workflows.jobs
            if job.file.startswith(forge)
            for command in job.commands
            for program in _programs(command)
            if program.startswith("make ") and program not in elsewhere
        }
        for forge in FORGES
    }
    every = set.union(*called.values())
    for forge, some in called.items():
        if some != every:
            yield f"{forge} does not run {', '.join(sorted(every - some))}"


RULES: Final[tuple[Rule, ...]] = (
    needs_exist,
    tested_before_published,
    nothing_cached,
    nothing_of_other_runs,
    secrets_only_where_published,
    secrets_only_for_their_command,
    in_an_environment,
    pinned,
    few_permissions,
    short,
    whole_history_without_its_token,
    known_triggers,
    one_at_a_time,
    nothing_only_in_yaml,
    failures_count,
    excuses,
    the_same_everywhere,
)


def broken(workflows: Workflows) -> dict[str, list[Finding]]:
    """Return the findings by the names of the rules that have any."""
    found = {rule.__name__: list(rule(workflows)) for rule in RULES}
    return {name: findings for name, findings in found.items() if findings}
