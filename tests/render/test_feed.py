from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import feedparser

from disclosure.model import Edition, SupplierFolder
from disclosure.render.feed import render_feed
from disclosure.views.document import brief, say_checksum
from disclosure.views.feed import feed_view
from tests.folders import programme, report, supplier, views

TODAY = date(2025, 11, 21)
REVISION = {"date": "05.02.2025", "what": "Сдвинут срок <b>", "why": "Приказ & просьба"}


def parsed(folder: SupplierFolder, site: str | None = None, home: str = "primer/") -> Any:
    editions = {
        file: (
            Edition(document, None, document.published),
            *(Edition(document, revision) for revision in document.revisions),
        )
        for file, document in folder.documents()
    }
    about = brief("primer", folder.supplier)
    view = feed_view(about, home, folder, views(folder, home), editions, TODAY)
    found = feedparser.parse(render_feed(view, site))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def published() -> SupplierFolder:
    return supplier(
        {
            "2024": programme("2024", published="01.11.2023"),
            "2025": programme("2025", published="01.11.2024", revisions=[REVISION]),
        },
        {"2024": report("2024")},
    )


def test_publications_and_changes_are_told_the_newest_first() -> None:
    found = parsed(published())
    assert [(entry.title, entry.updated) for entry in found.entries] == [
        ("Изменение: Программа, 2025 год", "2025-02-05T00:00:00Z"),
        ("Программа, 2025 год", "2024-11-01T00:00:00Z"),
        ("Программа, 2024 год", "2023-11-01T00:00:00Z"),
    ]
    assert found.feed.updated == "2025-02-05T00:00:00Z"
    assert found.feed.author == "АО «Пример»"


def test_a_change_says_what_why_and_the_checksum() -> None:
    folder = published()
    checksum = Edition(folder.programmes["2025"]).checksum
    assert checksum
    assert parsed(folder).entries[0].summary.splitlines() == [
        "Что изменено: Сдвинут срок <b>",
        "Почему: Приказ & просьба",
        f"Контрольная сумма: {say_checksum(checksum)}",
    ]


def test_a_publication_says_the_checksum_of_its_first_edition() -> None:
    folder = published()
    said = {entry.title: entry.summary.splitlines() for entry in parsed(folder).entries}
    first = Edition(folder.programmes["2024"]).checksum
    assert first
    assert said["Программа, 2024 год"] == [
        "Программа на 2024",
        f"Контрольная сумма: {say_checksum(first)}",
    ]


def test_names_last_and_are_given_once() -> None:
    at_home, at_host = parsed(published()), parsed(published(), "https://primer.example/")
    names = [entry.id for entry in at_home.entries]
    assert names == [entry.id for entry in at_host.entries]
    assert len({*names, at_home.feed.id}) == len(names) + 1
    assert all(name.startswith("urn:uuid:") for name in names)


def test_links_are_whole_where_the_site_has_an_address() -> None:
    found = parsed(published(), "https://primer.example/")
    assert found.entries[1].link == "https://primer.example/primer/programmes/2025/"
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": "https://primer.example/primer/",
        "self": "https://primer.example/primer/feed.xml",
    }


def test_links_start_at_the_feed_where_the_site_has_none() -> None:
    found = parsed(published())
    assert [link.href for link in found.feed.links] == ["./"]
    assert found.entries[1].link == "programmes/2025/"


def test_a_draft_is_called_one() -> None:
    draft = report("2025", draft="01.10.2025", published="02.10.2025")
    (entry,) = parsed(supplier({"2025": programme("2025")}, {"2025": draft})).entries
    assert entry.title == "Отчёт, 2025 год (черновик)"


def test_a_document_of_no_known_day_is_left_out() -> None:
    found = parsed(supplier({"2024": programme("2024")}))
    assert found.entries == []
    assert found.feed.updated == "2025-11-21T00:00:00Z"


def test_a_day_of_git_is_not_called_the_day_of_publication() -> None:
    folder = supplier({"2024": programme("2024")})
    (view,) = views(folder)
    dated = replace(view, changed=datetime(2024, 5, 5, 21, 2, 3, tzinfo=UTC))
    editions = {file: (Edition(document),) for file, document in folder.documents()}
    told = feed_view(brief("primer", folder.supplier), "", folder, (dated,), editions, TODAY)
    (entry,) = feedparser.parse(render_feed(told, None)).entries
    assert "published" not in entry
    assert entry.updated == "2024-05-05T21:02:03Z"
    changed = "Файл документа изменён 06.05.2024, 00:02 (московское время)."
    assert entry.summary.splitlines()[1] == f"День публикации не указан. {changed}"


def changed_at(folder: SupplierFolder, changed: datetime) -> Any:
    """The feed of documents whose files were all last changed at a moment."""
    documents = tuple(replace(view, changed=changed) for view in views(folder))
    editions = {file: (Edition(document),) for file, document in folder.documents()}
    told = feed_view(brief("primer", folder.supplier), "", folder, documents, editions, TODAY)
    return feedparser.parse(render_feed(told, None))


def test_an_entry_has_the_hour_of_a_file_that_was_last_changed_on_its_day() -> None:
    folder = published().model_copy(update={"reports": {}})
    on_the_day = changed_at(folder, datetime(2023, 11, 1, 9, 30, tzinfo=UTC))
    assert [entry.updated for entry in on_the_day.entries] == [
        "2025-02-05T00:00:00Z",
        "2024-11-01T00:00:00Z",
        "2023-11-01T09:30:00Z",
    ]
    assert on_the_day.entries[2].published == "2023-11-01T00:00:00Z"
    revised = changed_at(folder, datetime(2025, 2, 5, 20, 54, tzinfo=UTC))
    assert revised.entries[0].updated == revised.feed.updated == "2025-02-05T20:54:00Z"
    superseded = changed_at(folder, datetime(2024, 11, 1, 9, 30, tzinfo=UTC))
    assert superseded.entries[1].updated == "2024-11-01T00:00:00Z"
