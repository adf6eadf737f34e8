"""disclosure sign: the signature of a release, in its archive."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from disclosure.archive import ReleaseError, put_signature, read_release
from disclosure.commands.status import FINDINGS, FINE, WRONG_USE
from disclosure.keys import SigningError, private_files, sign


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("release", type=Path)
    parser.add_argument("--key", type=Path)


def run(options: Namespace) -> int:
    """Sign a release; return 0 where the archive has the signature."""
    text = os.environ.get("SIGNING_KEY", "")
    if not options.key and not text.strip():
        sys.stderr.write("Чем подписать? Назовите ключ: --key ФАЙЛ или текст его в SIGNING_KEY.\n")
        return WRONG_USE
    if "PRIVATE KEY" in str(options.key):  # or the complaint of a file not found would tell it
        sys.stderr.write("Ключ нужен файлом: --key ФАЙЛ. Текст ключа дают в SIGNING_KEY.\n")
        return WRONG_USE
    if options.key:
        options.key.open("rb").close()  # cli tells in Russian why it cannot be read
    try:
        release = read_release(options.release)
        content = release.manifest.text().encode()
        if options.key:
            signature = sign(content, options.key)
        else:
            with private_files(SIGNING_KEY=text) as files:
                signature = sign(content, files["SIGNING_KEY"])
        put_signature(release, signature)
    except (ReleaseError, SigningError) as error:
        sys.stderr.write(f"{error}\n")
        return FINDINGS
    print(f"Подписан выпуск {release.manifest.id}: {options.release}.")
    return FINE
