"""What each published format shows of a document, as text: all of it, and each measure's row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from bs4 import BeautifulSoup

from disclosure.render.tables import unguarded
from tests.pdf.paper import read_paper

ID = "Идентификатор"


@dataclass(frozen=True)
class Shown:
    """The text of a document, and that of the row of each measure by id, if rows can be told."""

    whole: str
    rows: Mapping[str, str] = field(default_factory=dict)

    def count(self, piece: str, measure: str | None) -> int:
        """Return how often a piece of text stands, as whole words, in a measure's row or at all."""
        text = self.rows.get(measure, "") if measure and self.rows else self.whole
        return len(re.findall(_as_words(piece), text))


def _as_words(piece: str) -> str:
    """Return a pattern: a line may break at any place, as it does in the cells of a PDF."""
    characters = r"\s*".join(re.escape(character) for character in "".join(piece.split()))
    before = r"(?<!\w)" if piece[0].isalnum() else ""
    after = r"(?!\w)" if piece[-1].isalnum() else ""
    return before + characters + after


def page(folder: Path) -> Shown:
    soup = BeautifulSoup((folder / "index.html").read_bytes(), "lxml")
    rows = {str(row["id"])[2:]: _html_text(row) for row in soup.select("tr[id^=m-]")}
    (shown,) = soup.select(".d-page")
    return Shown(_html_text(shown), rows)


def _html_text(element: Any) -> str:
    addresses = [str(link["href"]) for link in element.select("a[href]")]
    return "\n".join([element.get_text(" "), *addresses])


def pdf(folder: Path) -> Shown:
    return _paper(_usual(folder))


def large_pdf(folder: Path) -> Shown:
    return _paper(_large(folder))


def _usual(folder: Path) -> Path:
    (file,) = set(folder.glob("*.pdf")) - {_large(folder)}
    return file


def _large(folder: Path) -> Path:
    (file,) = folder.glob("*-large.pdf")
    return file


def _paper(file: Path) -> Shown:
    """Read a PDF in the order of its structure, which running heads and notes do not break.

    The running heads stand first, and once.
    """
    paper = read_paper(file)
    texts = [piece.text for piece in paper.root.pieces()]
    return Shown("\n".join([paper.pages[1].margins, *texts, *_pdf_addresses(file)]))


def _pdf_addresses(file: Path) -> Iterator[str]:
    with pikepdf.open(file) as document:
        for leaf in document.pages:
            for note in leaf.get("/Annots", []):
                if "/A" in note and "/URI" in note.A:
                    yield str(note.A.URI)


def csv_file(folder: Path) -> Shown:
    (file,) = folder.glob("*.csv")
    text = io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")
    records = csv.reader(text, delimiter=";")
    return _table([[unguarded(value) for value in record] for record in records])


def xlsx(folder: Path) -> Shown:
    (file,) = folder.glob("*.xlsx")
    sheets = openpyxl.load_workbook(file).worksheets
    tables = [_table([*sheet.iter_rows(values_only=True)]) for sheet in sheets]
    rows = {measure: row for table in tables for measure, row in table.rows.items()}
    return Shown("\n".join(table.whole for table in tables), rows)


def _table(records: list[Any]) -> Shown:
    heads, *rows = [[_printed(value) for value in record] for record in records]
    texts = ["\n".join(row) for row in rows]
    named = heads.index(ID) if ID in heads else None
    measures = {} if named is None else {row[named]: "\n".join(row) for row in rows if row[named]}
    return Shown("\n".join(["\n".join(heads), *texts]), measures)


def _printed(value: Any) -> str:
    """Return what a program of tables shows: the files have no days but as dd.mm.yyyy."""
    if value is None:
        return ""
    return f"{value:%d.%m.%Y}" if isinstance(value, datetime) else str(value)


def json_file(folder: Path) -> Shown:
    (file,) = folder.glob("*.json")
    document = json.loads(file.read_bytes())
    measures = document["tables"]["measures"]["rows"]
    rows = {row["id"]: "\n".join(_leaves(row)) for row in measures if "id" in row}
    return Shown("\n".join(_leaves(document)), rows)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):  # the files have days as ISO 8601
        yield f"{date.fromisoformat(value):%d.%m.%Y}"
    else:
        yield str(value)


FILES: dict[str, Callable[[Path], Shown]] = {"csv": csv_file, "xlsx": xlsx, "json": json_file}
PRINTS: dict[str, Callable[[Path], Shown]] = {"pdf": pdf, "large pdf": large_pdf}
FORMATS = {"page": page} | PRINTS | FILES
