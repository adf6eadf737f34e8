from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup, Tag

from disclosure.render.page import plain_page
from disclosure.views.document import SectionView
from disclosure.views.edits import edited
from disclosure.views.table import Cell, Column, Link, Table, row
from tests import samples


def _comparison(*, portal: bool = False) -> tuple[dict[str, str], Tag]:
    """Return the front matter and the body of the page of the example."""
    pages = samples.example().pages
    view = next(page for page in pages if page.path == "programmes/2025/since-2024/")
    _, front, body = plain_page(view, portal=portal).split("---\n", 2)
    return json.loads(front), BeautifulSoup(body, "lxml")


def _cell(cell: Cell) -> Tag:
    """Return how a page shows a cell."""
    table = Table("comparison", "Таблица", (Column("text", "Что"),), (row({"text": cell}),), "text")
    view = next(page for page in samples.example().pages if page.crumbs)
    section = SectionView("one", "Раздел", None, (table,))
    page = type(view)(view.supplier, "", view.path, "Страница", "О чём", (section,))
    found = BeautifulSoup(plain_page(page, portal=False), "lxml").select_one("tbody th > div")
    assert found
    return found


def _seen(element: Tag) -> str:
    """Return what readers see."""
    copy = BeautifulSoup(str(element), "lxml")
    for hidden in copy.select(".d-hidden"):
        hidden.decompose()
    return " ".join(copy.get_text().split())


def _heard(element: Tag) -> str:
    """Return what a screen reader says."""
    copy = BeautifulSoup(str(element), "lxml")
    for silent in copy.select("[aria-hidden=true]"):
        silent.decompose()
    return " ".join(copy.get_text().split())


def test_a_page_is_below_its_programme() -> None:
    front, page = _comparison()
    assert front["title"] == "Что изменилось с 2024 года — АО «Пример»"
    crumbs = [(link.get_text(), link["href"]) for link in page.select(".d-crumbs a")]
    assert crumbs == [("АО «Пример»", "../../../"), ("Программа, 2025 год", "../")]


def test_every_link_within_the_page_has_its_target() -> None:
    _, page = _comparison()
    links = [str(link["href"]) for link in page.select(".d-table--counts a")]
    assert links
    assert all(page.select(link) for link in links)


def test_no_measure_is_an_anchor_twice() -> None:
    _, page = _comparison()
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    ("old", "new", "heard"),
    [
        ("два окна", "три окна", "удалено: два добавлено: три; далее: окна"),
        ("два окна", "два новых окна", "два добавлено: новых ; далее: окна"),
        ("окна, двери", "окна", "окна удалено: , двери"),
        ("открыть окна.", "открыть двери.", "открыть удалено: окна добавлено: двери."),
    ],
)
def test_what_changed_is_heard(old: str, new: str, heard: str) -> None:
    assert _heard(_cell(edited(old, new))) == heard


def test_what_changed_is_marked_and_words_keep_their_spaces() -> None:
    shown = _cell(edited("два окна и дверь", "два новых окна"))
    assert [_seen(deleted) for deleted in shown.select("del")] == ["и дверь"]
    assert [_seen(inserted) for inserted in shown.select("ins")] == ["новых"]
    assert _seen(shown) == "два новых окна и дверь"


def test_marked_words_are_escaped() -> None:
    shown = _cell(edited("<b>старое</b>", "<script>новое</script>"))
    assert shown.select("b, script") == []
    assert _seen(shown) == "<b>старое</bscript>новое</script>"


def test_a_number_that_changed_is_heard_as_a_sentence() -> None:
    assert _heard(_cell(Cell("1 → 7", spoken="1, теперь 7"))) == "1, теперь 7"
    assert _seen(_cell(Cell("1 → 7", spoken="1, теперь 7"))) == "1 → 7"


def test_the_outcome_of_a_measure_is_named_by_its_number_or_its_text() -> None:
    _, page = _comparison()
    names = [_heard(link) for link in page.select(".d-table--comparison .d-col-status a")]
    assert "выполнено (отчёт о мероприятии № 1, теперь 1.1.1)" in names
    assert any("«Поставить терминалы»" in name for name in names)
    assert len(names) == len(set(names))


def test_a_link_is_the_whole_text_of_its_cell() -> None:
    shown = _cell(Cell(links=(Link("Построить пандус", "../#m-ramp"), Link("Прежде", "../#m-x"))))
    assert [link.get_text() for link in shown.select("a")] == ["Построить пандус", "Прежде"]
    assert len(shown.select("br")) == 1
