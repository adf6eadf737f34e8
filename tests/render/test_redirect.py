from __future__ import annotations

from bs4 import BeautifulSoup

from disclosure.render.redirect import redirect_page
from disclosure.views.redirects import RedirectView

MOVED = RedirectView(
    "obrazec/programmes/2024/", "primer/programmes/2024/", "Программа, 2024 год", "АО «<Пример>»"
)


def page(site: str | None = None) -> BeautifulSoup:
    return BeautifulSoup(redirect_page(MOVED, site), "html.parser")


def test_a_reader_is_led_on_at_once_and_by_a_link() -> None:
    (refresh,) = page().select("meta[http-equiv=refresh]")
    assert refresh["content"] == "0; url=../../../primer/programmes/2024/"
    (link,) = page().select("a")
    assert link["href"] == "../../../primer/programmes/2024/"
    assert link.get_text() == "Программа, 2024 год — АО «<Пример>»"


def test_robots_are_told_to_take_the_new_address() -> None:
    robots, canonical = "meta[name=robots][content=noindex]", "link[rel=canonical]"
    assert page().select(robots)
    assert page().select(canonical) == []
    (link,) = page("https://primer.example/").select(canonical)
    assert link["href"] == "https://primer.example/primer/programmes/2024/"
