from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from disclosure.finding import Severity
from disclosure.folder import read_folder
from disclosure.model import Duties, SupplierFolder
from disclosure.rules import check
from disclosure.rules.duties import check_duties
from tests.building import YEARS
from tests.folders import programme, report, supplier

TODAY = date(2025, 11, 21)


def warnings(folder: SupplierFolder, until: str, document: str = "programme") -> list[str]:
    duty: dict[str, Any] = {"document": document, "what": "Документ", "basis": "Приказ № 0"}
    year = "до периода" if document == "programme" else "после периода"
    duties = Duties.model_validate({"duties": [duty | {"until": until, "year": year}]})
    found = list(check_duties(folder, duties, "data/", TODAY))
    assert {finding.severity for finding in found} <= {Severity.WARNING}
    return [str(finding) for finding in found]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("20.11", ["срок 20.11.2025 прошёл"]),
        ("21.11", ["последний день — 21.11.2025"]),
        ("21.12", ["последний день — 21.12.2025"]),
        ("22.12", []),
    ],
)
def test_a_publication_is_reminded_of_thirty_days_ahead_and_missed_after(
    until: str, said: list[str]
) -> None:
    found = warnings(supplier({"2025": programme("2025")}), until)
    assert found == [
        f"data/suppliers/primer/programmes/2026.yml: предупреждение: «Документ» за 2026: {when},"
        " а документа нет. Опубликуйте его. Основание: Приказ № 0."
        for when in said
    ]


def test_a_draft_is_told_from_nothing() -> None:
    folder = supplier({"2024": programme("2024")}, {"2024": report("2024", draft="01.02.2025")})
    (warning,) = warnings(folder, "01.03", "report")
    assert warning.startswith("data/suppliers/primer/reports/2024.yml: предупреждение:")
    assert "срок 01.03.2025 прошёл, а есть только черновик." in warning


def test_a_demonstration_owes_nothing() -> None:
    assert warnings(supplier({"2024": programme("2024")}, demo="true"), "01.11") == []


def test_only_who_names_a_day_is_warned() -> None:
    folder = read_folder(YEARS / "data")
    assert not any("срок 01.11.2025 прошёл" in str(found) for found in check(folder))
    assert any("срок 01.11.2025 прошёл" in str(found) for found in check(folder, today=TODAY))


def test_a_document_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(YEARS / "data", data)
    (data / "suppliers/vymysel/programmes/2025.yml").write_text("title: [")
    findings = [str(found) for found in check(read_folder(data), today=TODAY)]
    assert [found for found in findings if "vymysel" in found and "документа нет" in found] == []


def test_redirects_to_other_suppliers_are_not_asked_about_when_one_is_built() -> None:
    folder = read_folder(YEARS / "data", "nebyval")
    assert [str(f) for f in check(folder) if f.severity is Severity.ERROR] == []
