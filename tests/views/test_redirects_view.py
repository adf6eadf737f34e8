from __future__ import annotations

from disclosure.model import Redirects
from disclosure.views.redirects import redirect_views

PAGES = {
    "": ("Поставщики", ""),
    "primer/": ("Страница поставщика", "АО «Пример»"),
    "primer/programmes/2024/": ("Программа, 2024 год", "АО «Пример»"),
    "primer/deadlines/": ("Сроки", "АО «Пример»"),
    "primery/": ("Страница поставщика", "АО «Примеры»"),
}


def leads(*renamed: tuple[str, str], only: str | None = None) -> dict[str, str]:
    said = {"redirects": [{"old": old, "new": new} for old, new in renamed]}
    pages = PAGES if only is None else {p.removeprefix(f"{only}/"): t for p, t in PAGES.items()}
    found = redirect_views(Redirects.model_validate(said), pages, only)
    return {view.path: view.target for view in found}


def test_every_page_of_a_renamed_supplier_leads_on() -> None:
    assert leads(("obrazec", "primer")) == {
        "obrazec/": "primer/",
        "obrazec/deadlines/": "primer/deadlines/",
        "obrazec/programmes/2024/": "primer/programmes/2024/",
    }


def test_a_renamed_document_of_a_renamed_supplier_leads_on_from_both_names() -> None:
    found = leads(("obrazec", "primer"), ("primer/programmes/2023-2024", "primer/programmes/2024"))
    assert found["primer/programmes/2023-2024/"] == "primer/programmes/2024/"
    assert found["obrazec/programmes/2023-2024/"] == "primer/programmes/2024/"


def test_the_site_of_one_supplier_has_no_slugs() -> None:
    renamed = (("obrazec", "primer"), ("primer/programmes/2023", "primer/programmes/2024"))
    assert leads(*renamed, only="primer") == {"programmes/2023/": "programmes/2024/"}
    assert leads(("primery/programmes/2023", "primery/programmes/2024"), only="primer") == {}


def test_a_page_that_exists_is_not_replaced() -> None:
    assert leads(("staroe/programmes/2024", "primer/programmes/2024"), only="primer") == {}


def test_a_page_says_what_is_at_the_new_address() -> None:
    said = {"redirects": [{"old": "a/programmes/2024", "new": "primer/programmes/2024"}]}
    (view,) = redirect_views(Redirects.model_validate(said), PAGES)
    assert (view.title, view.supplier) == ("Программа, 2024 год", "АО «Пример»")
