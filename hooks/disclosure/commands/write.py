"""disclosure write: the artifacts, without MkDocs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.commands.status import FINDINGS, FINE, WRONG_USE, complain
from disclosure.finding import DataError
from disclosure.output import build
from disclosure.render import RenderError
from disclosure.settings import cache_folder, data_folder, only_supplier
from disclosure.values.russian import plural


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("out", type=Path)


def run(options: Namespace) -> int:
    """Write all artifacts into a new folder; return 0 where the data may be published."""
    out: Path = options.out
    if out.is_dir() and any(out.iterdir()):
        sys.stderr.write(f"{out}: папка не пуста. Назовите новую или очистите эту.\n")
        return WRONG_USE
    try:
        artifacts = list(build(data_folder(), only=only_supplier(), cache=cache_folder()))
    except DataError as error:
        complain(error.findings)
        return FINDINGS
    except RenderError as error:
        sys.stderr.write(f"{error}\n")
        return FINDINGS
    for artifact in artifacts:
        file = out / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(artifact.content)
    print(f"Записано в {out}: {plural(len(artifacts), 'файл', 'файла', 'файлов')}.")
    return FINE
