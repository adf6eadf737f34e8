from __future__ import annotations

from datetime import date

from disclosure.model import SupplierFolder
from disclosure.views.standing import with_standing
from tests.folders import programme, report, supplier, views

TODAY = date(2025, 11, 21)


def marks(folder: SupplierFolder) -> dict[str, str]:
    """Return what each document leads to, or else how it stands."""
    return {
        view.place.path: view.newer.path if view.newer else view.standing
        for view in with_standing(views(folder), TODAY)
    }


def test_a_superseded_document_leads_to_the_one_in_force() -> None:
    periods = ("2023-2024", "2024", "2025", "2026")
    folder = supplier(
        {period: programme(period) for period in periods},
        {period: report(period) for period in ("2023-2024", "2024")},
    )
    assert marks(folder) == {
        "programmes/2023-2024/": "programmes/2025/",
        "programmes/2024/": "programmes/2025/",
        "programmes/2025/": "действует",
        "programmes/2026/": "",
        "reports/2023-2024/": "reports/2024/",
        "reports/2024/": "последний",
    }


def test_a_draft_supersedes_nothing() -> None:
    folder = supplier(
        {period: programme(period) for period in ("2024", "2025")},
        {"2024": report("2024"), "2025": report("2025", draft="01.10.2025")},
    )
    assert marks(folder)["reports/2024/"] == "последний"
    assert marks(folder)["reports/2025/"] == ""


def test_a_programme_whose_period_ended_is_no_longer_in_force() -> None:
    assert marks(supplier({"2024": programme("2024")})) == {"programmes/2024/": "последняя"}


def test_downloads_of_a_document_never_change_when_a_newer_appears() -> None:
    old, new = programme("2024"), programme("2025")
    alone, *_ = with_standing(views(supplier({"2024": old})), TODAY)
    superseded, _ = with_standing(views(supplier({"2024": old, "2025": new})), TODAY)
    assert superseded.newer
    assert superseded.digest == alone.digest
