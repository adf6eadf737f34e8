from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure.cli import main
from disclosure.schema import schemas
from tests.building import DATED, Checkout

GOOD = Path(__file__).parent / "cases" / "good" / "data"
FINE = "Данные в порядке.\n"


class Line:
    """A command line: gives the exit code, what is printed and what is complained of."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["disclosure", *map(str, arguments)])
        try:
            status = main()
        except SystemExit as ending:
            status = int(str(ending.code))
        said = self.capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def disclosure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Line:
    """The command, in a folder with good data."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return Line(monkeypatch, capsys)


def supplier(name: str, text: str) -> None:
    shutil.copytree("data/suppliers/primer", f"data/suppliers/{name}")
    Path(f"data/suppliers/{name}/supplier.yml").write_text(text, encoding="utf-8")


def test_good_data(disclosure: Line) -> None:
    assert disclosure("check") == (0, FINE, "")
    assert disclosure("check", "data") == (0, FINE, "")
    assert disclosure("check", GOOD) == (0, FINE, "")


def test_findings(disclosure: Line) -> None:
    supplier("bad", "name: a\ncolour: '#ffffff'\n")
    assert disclosure("check") == (
        1,
        "data/suppliers/bad/supplier.yml:2:9: цвет #ffffff к белому: контраст 1,0, нужно не"
        " меньше 7. Возьмите темнее.\nНайдено: 1 ошибка, 0 предупреждений.\n",
        "",
    )


def test_warnings_alone_are_fine(disclosure: Line) -> None:
    file = Path("data/suppliers/primer/programmes/2024.yml")
    text = file.read_text(encoding="utf-8").replace("Ожидание короче", "Перенос в СУБК")
    file.write_text(text, encoding="utf-8")
    status, said, complaint = disclosure("check")
    assert (status, complaint) == (0, "")
    assert [line.split(": ")[1] for line in said.splitlines()[:-1]] == ["предупреждение"] * 2
    assert said.splitlines()[-1] == "Найдено: 0 ошибок, 2 предупреждения."


@pytest.mark.parametrize("folder", ["nowhere", "nowhere/data", "file"])
def test_missing_folder(disclosure: Line, folder: str) -> None:
    Path("file").touch()
    complaint = f"{folder}: такой папки с данными нет. Проверьте путь.\n"
    assert disclosure("check", folder) == (2, "", complaint)


def test_folder_of_the_environment(disclosure: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", "nowhere")
    assert disclosure("check")[0] == 2
    assert disclosure("check", "data")[0] == 0
    monkeypatch.setenv("DISCLOSURE_DATA", "")
    assert disclosure("check")[0] == 0


def test_supplier_of_the_environment(disclosure: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    supplier("bad", "")
    assert disclosure("check")[0] == 1
    monkeypatch.setenv("SUPPLIER", "primer")
    assert disclosure("check") == (0, FINE, "")
    monkeypatch.setenv("SUPPLIER", "nobody")
    assert "здесь нет поставщика «nobody»" in disclosure("check")[1]


def test_data_are_compared_with_what_is_published(disclosure: Line) -> None:
    published = {"supplier": "primer", "kind": "programme", "period": "2022", "demo": False}
    edition = {"draft": False, "sha256": "0", "editions": [{}]}
    register = json.dumps({"documents": [published | edition]})
    Path("editions.json").write_text(register, encoding="utf-8")
    status, said, complaint = disclosure("check", "--published", "editions.json")
    assert (status, complaint) == (1, "")
    assert said == (
        "data/suppliers/primer/programmes/2022.yml: документ опубликован, а файла больше нет."
        " Верните файл, а если документ или папка переименованы, запишите это в redirects.yml.\n"
        "Найдено: 1 ошибка, 0 предупреждений.\n"
    )
    assert disclosure("check", "--published", ".", "data")[0] == 1
    Path("editions.json").write_text('{"documents": []}', encoding="utf-8")
    assert disclosure("check", "--published", ".") == (0, FINE, "")


def test_nothing_to_compare_with(disclosure: Line) -> None:
    complaint = (
        "нет ни такой ревизии в git, ни файла editions.json. Исправьте --published"
        " или, если история git неполная, выполните git fetch --unshallow."
    )
    assert disclosure("check", "--published", "v1") == (2, "", f"v1: {complaint}\n")


def test_schema_is_written(disclosure: Line) -> None:
    assert disclosure("schema", "out/schemas") == (0, "", "")
    written = {
        file.name: file.read_text(encoding="utf-8") for file in Path("out/schemas").iterdir()
    }
    assert written == schemas()


def test_schema_in_place_of_a_file(disclosure: Line) -> None:
    Path("file").touch()
    assert disclosure("schema", "file") == (
        2,
        "",
        "file: здесь уже есть файл, а нужна папка.\n",
    )


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["check", "--help"], ["write", "-h"]])
def test_help_is_russian(disclosure: Line, asked: list[str]) -> None:
    status, said, complaint = disclosure(*asked)
    assert (status, complaint) == (0, "")
    commands = "disclosure check review write verify changed schema release sign deploy live help"
    options = "data out summary md published origin main editions json tar key address signers s"
    names = "YAML MkDocs PDF git ssh OpenSSH DISCLOSURE_DATA SUPPLIER SITE_URL allowed_signers"
    secrets = "SIGNING_KEY DEPLOY_KEY KNOWN_HOSTS"
    known = {*commands.split(), *options.split(), *names.split(), *secrets.split()}
    assert set(re.findall(r"[A-Za-z_]+", said)) == known
    assert said.startswith("Программы и отчёты")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["che"],
        ["check", "data", "data"],
        ["check", "--fast"],
        ["check", "--published"],
        ["review", "--out"],
        ["write"],
        ["verify"],
        ["verify", "site", "--all"],
        ["schema", "a", "b"],
        ["--version"],
    ],
)
def test_wrong_use(disclosure: Line, arguments: list[str]) -> None:
    status, said, complaint = disclosure(*arguments)
    assert (status, said) == (2, "")
    heading, _, help_text = complaint.partition("\n\n")
    assert heading == " ".join(["Неверный вызов: disclosure", *arguments])
    assert help_text == disclosure("--help")[1]


# Verifying -----------------------------------------------------------------------------------


@pytest.fixture
def built(example: Checkout, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site, with the environment that it was built in."""
    monkeypatch.setenv("DISCLOSURE_DATA", str(example.data))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DATED)
    return example.site


def test_a_site_that_says_what_the_data_say(disclosure: Line, built: Path) -> None:
    status, said, complaint = disclosure("verify", built)
    assert (status, complaint) == (0, "")
    assert re.fullmatch(
        r"Сверено: 3 документа, 10 форматов, \d+ значени[еяй], \d+ ссыл(ка|ки|ок)\."
        r" Сайт совпадает с данными\.\n",
        said,
    )
    assert not Path(".cache").exists()
    assert disclosure("verify", "--changed", built) == (status, said, complaint)
    assert Path(".cache/verified.json").is_file()


def test_a_site_that_lost_something(disclosure: Line, built: Path) -> None:
    shutil.copytree(built, "site")
    Path("site/programmes/2024/primer-programme-2024.csv").unlink()
    status, said, complaint = disclosure("verify", "site")
    assert status == 1
    assert "programmes/2024/primer-programme-2024.csv: нет файла\n" in complaint
    assert said.endswith("Если не помогло, это ошибка программы: сообщите разработчикам.\n")


def test_no_site_to_verify(disclosure: Line) -> None:
    said = "data: здесь нет построенного сайта. Постройте его: make site.\n"
    assert disclosure("verify", "data") == (2, "", said)


def test_bad_data_are_told_before_the_site(disclosure: Line, built: Path) -> None:
    supplier("bad", "")
    Path("site").mkdir()
    shutil.copy(built / "index.html", "site")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DISCLOSURE_DATA")
        status, said, complaint = disclosure("verify", "site")
    assert (status, said) == (1, "")
    assert complaint.startswith("data/suppliers/bad/supplier.yml: файл пуст.")


def test_command_gives_its_exit_code(disclosure: Line) -> None:
    assert disclosure("check")[0] == 0
    supplier("bad", "")
    done = subprocess.run(
        [sys.executable, "-m", "disclosure", "check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("data/suppliers/bad/supplier.yml: файл пуст.")
