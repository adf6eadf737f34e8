"""The index of the search, which Pagefind makes of records; it depends on nothing but them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from disclosure.artifact import Artifact
from disclosure.render import RenderError

_FOLDER: Final = "pagefind"
_PUBLISHED: Final = (
    "pagefind.js",
    "pagefind-entry.json",
    "pagefind.*.pf_meta",
    "wasm.ru.pagefind",
    "index/*.pf_index",
    "fragment/*.pf_fragment",
)
"""What a search asks for; Pagefind also writes interfaces of its own and other languages."""


def search_index(records: Iterable[Artifact]) -> Iterator[Artifact]:
    """Yield the files of the index; a record has the path of the page it is of.

    Raises RenderError where Pagefind fails.
    """
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        site.mkdir()
        for record in records:
            file = site / record.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(record.content)
        made = Path(folder) / _FOLDER
        _index(site, made)
        for pattern in _PUBLISHED:
            for file in sorted(made.glob(pattern)):
                path = file.relative_to(made.parent).as_posix()
                yield Artifact(path, file.read_bytes())


def _index(site: Path, out: Path) -> None:
    """Run Pagefind, out of reach of settings of its own in the environment or at hand."""
    command = [sys.executable, "-m", "pagefind", "--site", site.name, "--output-path", out.name]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    done = subprocess.run(  # noqa: S603
        [*command, "--force-language", "ru", "--silent"],
        cwd=site.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not (out / "pagefind-entry.json").is_file():
        said = (done.stderr or done.stdout).strip()
        raise RenderError(f"Указатель поиска не построен: Pagefind ответил {said!r}.")
