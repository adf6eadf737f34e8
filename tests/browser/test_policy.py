"""The policy that a page carries itself, for servers that cannot be told to say it."""

from __future__ import annotations

from playwright.sync_api import Page, Route

from tests.browser.test_search import SURVEY, finds, search
from tests.browser.visit import Visit

MEANT = 'http-equiv="Content-Security-Policy"'
INLINE = "<script>document.title = 'it ran'</script></body>"


def served(visit: Visit, *changes: tuple[str, str]) -> Page:
    """Open a page that says none of the headers of security, with some of its text replaced."""

    def change(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        route.fulfill(response=answer, body=text)

    page = visit("about/", headers={})
    page.route("**/accessibility/", change)
    page.goto("accessibility/")
    return page


def test_a_page_refuses_an_inline_script_without_any_header(visit: Visit) -> None:
    page = served(visit, ("</body>", INLINE))
    visit.expect("violates the following Content Security Policy directive")
    assert page.title() != "it ran"


def test_it_is_the_policy_that_refuses(visit: Visit) -> None:
    page = served(visit, ("</body>", INLINE), (MEANT, 'name="policy"'))
    assert page.title() == "it ran"


def test_the_search_works_without_any_header(visit: Visit) -> None:
    assert SURVEY in finds(search(visit, "опрос", headers={}))
