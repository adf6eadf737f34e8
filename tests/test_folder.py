from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure.folder import Folder, read_folder, years_of
from disclosure.rules import check
from disclosure.source import MAX_BYTES

GOOD = Path(__file__).parent / "cases" / "good" / "data"
PRIMER = Path("data/suppliers/primer")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The good data folder, in a folder of its own where the test works."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return Path("data")


def found(root: Path, only: str | None = None) -> list[str]:
    return [str(finding) for finding in check(read_folder(root, only))]


def test_folder_becomes_the_model(data: Path) -> None:
    folder = read_folder(data)
    (supplier,) = folder.disclosure.suppliers
    assert (supplier.slug, supplier.supplier.name) == ("primer", "АО «Пример»")
    assert (list(supplier.programmes), list(supplier.reports)) == (["2023", "2024"], ["2023"])
    assert [kind.id for kind in folder.disclosure.vocabulary.service_types] == [
        "in-person",
        "remote",
    ]
    assert [act.number for act in folder.disclosure.acts.acts] == ["442"]
    assert (folder.findings, folder.unread) == ([], frozenset())


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2024", (2024,)),
        ("2023-2024", (2023, 2024)),
        ("2023-2025", (2023, 2024, 2025)),
        ("2024-2023", ()),
        ("24", ()),
        ("1024", ()),
        ("2024-", ()),
        ("2024 ", ()),
    ],
)
def test_name_of_a_document_is_its_period(period: str, years: tuple[int, ...]) -> None:
    assert years_of(period) == years


def test_suppliers_come_in_the_order_of_their_names(data: Path) -> None:
    for slug in ("zeta", "alfa", "1-st"):
        shutil.copytree(PRIMER, data / "suppliers" / slug)
    folder = read_folder(data)
    assert [s.slug for s in folder.disclosure.suppliers] == ["1-st", "alfa", "primer", "zeta"]


def test_only_one_supplier_is_read_where_one_is_picked(data: Path) -> None:
    shutil.copytree(PRIMER, data / "suppliers" / "other")
    (data / "suppliers" / "other" / "supplier.yml").write_text("", encoding="utf-8")
    assert found(data, "primer") == []
    assert found(data, "other") == [
        "data/suppliers/other/supplier.yml: файл пуст. Заполните его или удалите."
    ]


@pytest.mark.parametrize("slug", ["nobody", "..", "../primer", "primer/..", ".", "PRIMER"])
def test_no_such_supplier(data: Path, slug: str) -> None:
    said = f"data/suppliers: здесь нет поставщика «{slug}». Создайте папку с supplier.yml."
    assert found(data, slug) == [said]


def test_hidden_files_are_passed_over(data: Path) -> None:
    (data / ".DS_Store").write_bytes(b"\0")
    (PRIMER / ".2024.yml.swp").write_bytes(b"\0")
    (PRIMER / "programmes" / ".gitkeep").touch()
    assert found(data) == []


def test_supplier_without_documents(data: Path) -> None:
    shutil.rmtree(PRIMER / "reports")
    shutil.rmtree(PRIMER / "programmes")
    assert found(data) == []


def test_paths_are_told_as_the_editor_knows_them(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (PRIMER / "supplier.yml").write_text("", encoding="utf-8")
    here = Path.cwd()
    said = "suppliers/primer/supplier.yml: файл пуст. Заполните его или удалите."
    assert found(data) == found(here / "data") == [f"data/{said}"]
    monkeypatch.chdir(data)
    assert found(Path()) == [said]
    monkeypatch.chdir("/")
    assert found(here / "data") == [f"{(here / 'data').as_posix().removeprefix('/')}/{said}"]


def test_file_out_of_the_working_folder_is_told_whole(
    data: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = data.absolute()
    (root / "acts.yml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert found(root) == [f"{root}/acts.yml: файл пуст. Заполните его или удалите."]


# What must not be in a data folder ---------------------------------------------------------


def _link(place: str) -> Callable[[Path], None]:
    """Move what is at the place away, and leave a symbolic link to it."""

    def act(data: Path) -> None:
        away = Path("away")
        (data / place).rename(away)
        (data / place).symlink_to(away.absolute())

    return act


def _remove(place: str) -> Callable[[Path], None]:
    def act(data: Path) -> None:
        path = data / place
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return act


def _too_large(data: Path) -> None:
    (data / "acts.yml").write_bytes(b"#" * (MAX_BYTES + 1))


def _dangling(data: Path) -> None:
    (data / "suppliers" / "primer" / "programmes" / "2025.yml").symlink_to("nowhere")


def _out(data: Path) -> None:
    Path("secret.yml").write_text("name: АО «Тайна»\n", encoding="utf-8")
    (data / "suppliers" / "primer" / "supplier.yml").unlink()
    (data / "suppliers" / "primer" / "supplier.yml").symlink_to("../../../secret.yml")


FILE = "это символическая ссылка. Положите сюда сам файл."
FOLDER = "это символическая ссылка. Положите сюда саму папку."


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (_link("acts.yml"), f"data/acts.yml: {FILE}"),
        (_link("suppliers/primer/programmes/2024.yml"), f"{PRIMER}/programmes/2024.yml: {FILE}"),
        (_link("suppliers/primer/reports"), f"{PRIMER}/reports: {FOLDER}"),
        (_link("suppliers/primer"), f"{PRIMER}: {FOLDER}"),
        (_link("suppliers"), f"data/suppliers: {FOLDER}"),
        (_dangling, f"{PRIMER}/programmes/2025.yml: {FILE}"),
        (_out, f"{PRIMER}/supplier.yml: {FILE}"),
        (
            _too_large,
            "data/acts.yml: файл больше 2048 КиБ. Разделите документ или уберите лишнее.",
        ),
        (_remove("acts.yml"), "data/acts.yml: такого файла нет. Создайте его."),
        (_remove("channels.yml"), "data/channels.yml: такого файла нет. Создайте его."),
        (
            _remove("suppliers/primer/supplier.yml"),
            f"{PRIMER}/supplier.yml: такого файла нет. Создайте его.",
        ),
        (_remove("suppliers"), "data/suppliers: такой папки нет. Создайте её."),
        (
            _remove("suppliers/primer"),
            "data/suppliers: здесь нет ни одного поставщика. Создайте папку с supplier.yml.",
        ),
    ],
)
def test_folder_is_refused(data: Path, act: Callable[[Path], None], said: str) -> None:
    act(data)
    assert found(data) == [said]


def test_root_may_not_be_a_link_either(data: Path) -> None:
    Path("link").symlink_to("data")
    assert found(Path("link")) == [f"link: {FOLDER}"]


def test_missing_root() -> None:
    assert found(Path("/nowhere/data")) == ["/nowhere/data: такой папки с данными нет. Проверьте путь."]  # fmt: skip # noqa: E501


# What cannot be read hides nothing else, and nothing is said only because of it ------------


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def read(data: Path) -> tuple[Folder, list[str]]:
    return read_folder(data), found(data)


@pytest.mark.parametrize(
    "place",
    [
        "channels.yml",
        "acts.yml",
        "suppliers/primer/supplier.yml",
        "suppliers/primer/programmes/2023.yml",
        "suppliers/primer/programmes/2024.yml",
        "suppliers/primer/reports/2023.yml",
    ],
)
def test_broken_file_makes_one_finding(data: Path, place: str) -> None:
    (data / place).write_text("a: [b\n", encoding="utf-8")
    folder, said = read(data)
    assert folder.unread == {place}
    assert len(said) == 1
    assert said[0].startswith(f"data/{place}:1:4: скобка «[» открыта здесь")


def test_broken_file_does_not_hide_the_others(data: Path) -> None:
    (data / "channels.yml").write_text("a: [b\n", encoding="utf-8")
    spoil(PRIMER / "programmes" / "2024.yml", "01.06.2024", "31.06.2024")
    spoil(PRIMER / "reports" / "2023.yml", "1:27", "1:72")
    assert [line.split(" ")[0] for line in found(data)] == [
        "data/channels.yml:1:4:",
        "data/suppliers/primer/programmes/2024.yml:31:29:",
        "data/suppliers/primer/reports/2023.yml:30:17:",
    ]


def test_unknown_field_keeps_the_file_whole(data: Path) -> None:
    """What ties files together is checked all the same."""
    spoil(PRIMER / "programmes" / "2023.yml", "code:", "kode:")
    spoil(PRIMER / "reports" / "2023.yml", "id: queue", "id: fax")
    assert [line.split(" ")[0] for line in found(data)] == [
        "data/suppliers/primer/programmes/2023.yml:5:1:",
        "data/suppliers/primer/reports/2023.yml:4:3:",
        "data/suppliers/primer/reports/2023.yml:16:9:",
    ]


def test_lost_measures_are_not_missed_in_the_report(data: Path) -> None:
    spoil(PRIMER / "programmes" / "2023.yml", "items:\n", "itemz:\n")
    assert [line.split(": ", 1)[1][:24] for line in found(data)] == ["неизвестное поле «itemz»"]


def test_waiver_is_not_idle_where_rules_could_not_be_asked(data: Path) -> None:
    answer = "status: выполнено\n    date: 15.08.2023\n    waiver:\n      date: Так напечатано."
    spoil(PRIMER / "reports" / "2023.yml", "status: выполнено\n    date: 15.05.2023", answer)
    assert found(data) == []
    (PRIMER / "programmes" / "2023.yml").write_text("a: [b\n", encoding="utf-8")
    assert len(found(data)) == 1
