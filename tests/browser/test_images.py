"""Images: switched off they leave their words, without colour they stay."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe
from tests.browser.pages import set_panel
from tests.browser.visit import Visit
from tests.building import Checkout

RED = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
PAGE = """\
# Как к нам пройти

![Схема: вход со двора](way.png)

| Офис | Этаж |
|------|-----:|
| A    |    2 |
"""


@pytest.fixture(scope="module")
def site(example: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a page written by hand that has an image and a table."""
    checkout = example.copy(tmp_path_factory.mktemp("images") / "checkout")
    (checkout.root / "content" / "way.md").write_text(PAGE, encoding="utf-8")
    (checkout.root / "content" / "way.png").write_bytes(RED)
    config = checkout.root / "mkdocs.yml"
    written = config.read_text(encoding="utf-8")
    config.write_text(written.replace("\nnav:\n", "\nnav:\n  - Путь: way.md\n"), encoding="utf-8")
    return checkout.built().site


@pytest.mark.parametrize("js", [True, False])
def test_an_image_switched_off_leaves_its_words(js: bool, site: Path, visit: Visit) -> None:
    page = visit("way/", site=site, js=js)
    image = page.get_by_role("img", name="Схема: вход со двора")
    words = page.get_by_text("Изображение: Схема: вход со двора")
    expect(words).to_be_hidden()
    set_panel(page, open=True)
    page.check("#images-off")
    expect(words).to_be_visible()
    box = image.bounding_box()
    assert box
    assert box["width"] <= 1
    expect(image).to_have_count(1)  # a screen reader still meets it, once


def test_an_image_can_lose_its_colours(site: Path, visit: Visit) -> None:
    page = visit("way/", site=site)
    set_panel(page, open=True)
    page.check("#images-grey")
    expect(page.get_by_role("img", name="Схема")).to_have_css("filter", "grayscale(1)")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_written_by_hand_is_as_accessible(width: int, site: Path, visit: Visit) -> None:
    page = visit("way/", site=site, width=width, bypass_csp=True)
    assert axe(page) == []
    expect(page.get_by_role("region", name="Таблица 1. Как к нам пройти")).to_be_visible()
