"""The accessibility checker axe-core with every rule switched on."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.browser.npm import PACKAGES

NAME = "axe.min.js"
"""The script that its complaints name."""

RUN = """
async (include) => {
  const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, {enabled: true}]));
  const found = await axe.run(include ?? document, {rules, resultTypes: ["violations"]});
  return found.violations;
}
"""


def axe(page: Page, include: str | None = None) -> list[str]:
    """Return what axe finds wrong on a page or in one part of it, a line for each element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {_reason(node)}"
        for rule in page.evaluate(RUN, include)
        for node in rule["nodes"]
    ]


def _reason(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(check["message"] for check in checks)


@cache
def _source() -> str:
    source = (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    return f"{source}\n//# sourceURL={NAME}"
