"""Tables are tables to a screen reader, whether they are shown as tables or as cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import YEARS
from tests.browser.visit import Visit

PAGES = (
    "altaienergosbyt/programmes/2024/",
    "saratovenergo/programmes/2023-2024/",
    "saratovenergo/reports/2023-2024/",
    "yantarenergosbyt/",
    "yantarenergosbyt/programmes/2025/",
    "yantarenergosbyt/reports/2025/",
)
TABLE = {"table", "caption", "row", "columnheader", "rowheader", "cell"}
Node = dict[str, Any]


def _tables(page: Page) -> list[tuple[str, str]]:
    """Return the role and the name of each part of each table, in the order of reading."""
    session = page.context.new_cdp_session(page)
    nodes: dict[str, Node] = {
        node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]
    }
    (root,) = (node for node in nodes.values() if "parentId" not in node)
    read = ((_said(node, "role"), _said(node, "name")) for node in _below(root, nodes))
    return [(role, name) for role, name in read if role in TABLE]


def _below(node: Node, nodes: dict[str, Node]) -> Iterator[Node]:
    if not node["ignored"]:
        yield node
    for child in node["childIds"]:
        if child in nodes:
            yield from _below(nodes[child], nodes)


def _said(node: Node, key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


@pytest.mark.parametrize("path", PAGES)
def test_cards_have_the_roles_and_names_of_the_table(path: str, visit: Visit) -> None:
    _are_alike(visit(path, width=320), visit(path, width=1280))


@pytest.mark.parametrize("name", ["results", "comparison", "editions", "deadlines"])
def test_tables_of_the_years_are_as_good_as_cards(name: str, visit: Visit) -> None:
    _are_alike(*(visit(YEARS[name], site="years", width=width) for width in (320, 1280)))


def _are_alike(cards: Page, table: Page) -> None:
    assert _display(cards) == "block"
    assert _display(table) == "table-row"
    assert _tables(cards) == _tables(table)


def _display(page: Page) -> str:
    rows = page.locator(".d-fit tbody tr")
    return str(rows.first.evaluate("row => getComputedStyle(row).display"))


def test_every_role_of_a_table_is_there(visit: Visit) -> None:
    roles = [role for role, _ in _tables(visit("yantarenergosbyt/reports/2025/", width=320))]
    assert set(roles) == TABLE
    page = visit("yantarenergosbyt/reports/2025/", width=320)
    for role, element in {
        "cell": "td",
        "rowheader": "tbody th",
        "columnheader": "thead th",
    }.items():
        assert roles.count(role) == page.locator(f"main {element}").count()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_programme_has_no_tables_that_scroll(width: int, visit: Visit) -> None:
    page = visit("saratovenergo/programmes/2023-2024/", width=width)
    assert page.locator("main table").count() > 10
    assert page.locator("main [tabindex='0'], main [role=region]").count() == 0
    wide = "tables => tables.filter(t => t.scrollWidth > t.parentElement.clientWidth).length"
    assert page.locator("main table").evaluate_all(wide) == 0


def test_a_link_to_a_measure_says_to_which(visit: Visit) -> None:
    page = visit("saratovenergo/programmes/2023-2024/")
    assert page.get_by_role("link", name="Ссылка на мероприятие № 1.1.2", exact=True).count() == 1


def test_a_status_is_readable_in_forced_colours(visit: Visit) -> None:
    page = visit("saratovenergo/reports/2023-2024/", forced_colors="active")
    tag = page.locator(".d-status--done").first
    assert tag.inner_text() == "выполнено"
    colours = """tag => {
      const style = getComputedStyle(tag);
      const paper = getComputedStyle(document.body).backgroundColor;
      return [style.color, style.borderTopColor, getComputedStyle(tag, "::before").content, paper];
    }"""
    ink, edge, icon, paper = tag.evaluate(colours)
    assert ink == edge != paper
    assert icon == '"✓ " / ""'
