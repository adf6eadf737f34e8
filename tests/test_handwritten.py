"""Pages written by hand: what their images and tables become."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from markdown import markdown

from disclosure.handwritten import HandwrittenExtension

TABLE = """
## Сроки ответа

| Обращение | Дней |
|-----------|-----:|
| Письмо    |   30 |
"""


def _html(text: str) -> Tag:
    return BeautifulSoup(markdown(text, extensions=["tables", HandwrittenExtension()]), "lxml")


def test_the_words_of_an_image_stand_beside_it() -> None:
    page = _html("Схема: ![Путь заявки](way.png) готова.")
    (frame,) = page.select("p > .d-image")
    assert [child.name for child in frame.find_all()] == ["img", "span"]
    assert frame.get_text() == "Изображение: Путь заявки"
    assert frame.select('[aria-hidden="true"]')  # the image has said it
    assert page.get_text() == "Схема: Изображение: Путь заявки готова."


def test_an_image_may_be_a_link() -> None:
    assert _html("[![Карта офисов](map.png)](map.pdf)").select("a > .d-image > img")


def test_a_table_scrolls_in_a_region_named_after_its_heading() -> None:
    (region,) = _html(TABLE).select(".d-scroll")
    assert region["role"] == "region"
    assert region["tabindex"] == "0"
    assert region["aria-label"] == "Таблица 1. Сроки ответа"
    assert [child.name for child in region.find_all(recursive=False)] == ["table"]


def test_regions_of_one_heading_have_names_of_their_own() -> None:
    labels = [region["aria-label"] for region in _html(TABLE + "\nи\n" + TABLE).select(".d-scroll")]
    assert labels == ["Таблица 1. Сроки ответа", "Таблица 2. Сроки ответа"]
    (nameless,) = _html(TABLE.partition("ответа")[2]).select(".d-scroll")
    assert nameless["aria-label"] == "Таблица 1"


def test_a_table_within_a_list_is_named_after_the_heading_above_it() -> None:
    inner = TABLE.partition("ответа")[2].replace("\n", "\n    ")
    page = _html(f"# Сроки\n\n1. Так:\n{inner}\n\n## Дальше\n")
    assert [region["aria-label"] for region in page.select("li .d-scroll")] == ["Таблица 1. Сроки"]


def test_columns_are_aligned_by_class_and_headed() -> None:
    page = _html(TABLE)
    assert page.select("[style]") == []
    assert [cell.get_text() for cell in page.select(".d-right")] == ["Дней", "30"]
    assert [str(head["scope"]) for head in page.select("th")] == ["col", "col"]
