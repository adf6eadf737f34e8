"""disclosure verify: the built site read back and compared with the data."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.commands.status import FINDINGS, FINE, WRONG_USE, complain
from disclosure.finding import DataError
from disclosure.settings import data_folder, date_by_commit, only_supplier, record_file
from disclosure.site import read_site
from disclosure.values.russian import plural
from disclosure.verify import Verified, verify


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("site", type=Path)
    parser.add_argument("--changed", action="store_true")


def run(options: Namespace) -> int:
    """Verify a site; return 0 where it tells what the data tell."""
    folder: Path = options.site
    if not (folder / "index.html").is_file():
        sys.stderr.write(f"{folder}: здесь нет построенного сайта. Постройте его: make site.\n")
        return WRONG_USE
    date_by_commit(Path.cwd())  # as a build does
    try:
        site = read_site(data_folder(), only=only_supplier())
    except DataError as error:
        complain(error.findings)
        return FINDINGS
    verified = verify(folder, site, record_file() if options.changed else None)
    complain(verified.findings)
    print(_compared(verified))
    return FINDINGS if verified.findings else FINE


def _compared(verified: Verified) -> str:
    said = [
        plural(verified.documents, "документ", "документа", "документов"),
        plural(verified.formats, "формат", "формата", "форматов"),
        plural(verified.values, "значение", "значения", "значений"),
        plural(verified.links, "ссылка", "ссылки", "ссылок"),
    ]
    verdict = f"Сверено: {', '.join(said)}."
    if not verified.findings:
        return f"{verdict} Сайт совпадает с данными."
    return (
        f"{verdict} Сайт с данными расходится. Постройте его заново: make site, с теми же"
        " DISCLOSURE_DATA, SUPPLIER и SITE_URL, с какими сверяете."
        " Если не помогло, это ошибка программы: сообщите разработчикам."
    )
