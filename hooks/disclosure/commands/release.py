"""disclosure release: a built site made one signed-to-be archive, and the folder of the same."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.archive import ReleaseError
from disclosure.commands.status import FINDINGS, FINE
from disclosure.history import head
from disclosure.release import check_commit, check_page, make_release
from disclosure.settings import build_time
from disclosure.values.russian import plural
from disclosure.views.publication import PATH as PUBLICATION


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    parser.add_argument("--out", type=Path, default=Path("release"))


def run(options: Namespace) -> int:
    """Make a release of the site; return 0 where it may be published."""
    try:
        commit = check_commit(head(Path.cwd()))
        time = build_time() if os.environ.get("SOURCE_DATE_EPOCH") else commit.time
        check_page(options.site / PUBLICATION / "index.html", commit, time)
        release = make_release(options.site, options.out, commit, time)
    except ReleaseError as error:
        sys.stderr.write(f"{error}\n")
        return FINDINGS
    manifest = release.manifest
    files = plural(len(manifest.files), "файл", "файла", "файлов")
    print(f"Выпуск {manifest.id}: {files}, коммит {manifest.commit[:12]}.")
    print(f"Папка {options.out}, архив {release.file}. Подписать: make sign.")
    return FINE
