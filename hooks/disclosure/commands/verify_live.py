"""disclosure verify-live: a published site compared, file by file, with its signed manifest."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from disclosure.commands.status import FINDINGS, FINE, WRONG_USE
from disclosure.finding import DataError
from disclosure.live import read_back, told
from disclosure.settings import data_folder, web_address
from disclosure.signers import SIGNERS
from disclosure.web import WebError, read_url
from gate.manifest import MANIFEST, SIGNATURE, ManifestError, parse_manifest
from gate.refused import RefusedError
from gate.signature import check_signature


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("address")
    parser.add_argument("manifest", nargs="?")
    parser.add_argument("--signers", type=Path)


def run(options: Namespace) -> int:
    """Verify a published site; return 0 where readers get what was signed."""
    try:
        address = web_address(options.address, "АДРЕС")
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USE
    if options.signers:
        options.signers.open("rb").close()  # cli tells in Russian why it cannot be read
    source: str = options.manifest or urljoin(address, MANIFEST)
    try:
        content = _read(source)
        manifest = parse_manifest(content)
        signature = _signature(source)
        signed = _is_signed(content, signature, options.signers)
        reading = read_back(address, manifest, signature)
    except (WebError, ManifestError) as error:
        sys.stderr.write(f"{error}\n")
        return FINDINGS
    print(f"Манифест: {source}, выпуск {manifest.id}, коммит {manifest.commit}.")
    for line in told(reading, manifest):
        print(line)
    return FINE if signed and not reading.differences else FINDINGS


def _read(source: str) -> bytes:
    if source.startswith(("https://", "http://")):
        return read_url(source)
    return Path(source).read_bytes()


def _signature(source: str) -> bytes | None:
    """Return the signature beside a manifest, None where there is none."""
    try:
        return _read(f"{source}.sig")
    except (WebError, FileNotFoundError):
        return None


def _is_signed(content: bytes, signature: bytes | None, signers: Path | None) -> bool:
    """Say what is known of the signature; return whether that is no reason to mistrust."""
    known = data_folder() / SIGNERS
    if signers is None and not known.is_file():
        sys.stderr.write(
            "ВНИМАНИЕ: подпись не проверена, потому что неизвестно, чьей ей быть. Возьмите"
            " открытый ключ поставщика из надёжного места и назовите файл с ним: --signers ФАЙЛ.\n"
        )
        return True
    signers = signers or known
    if signature is None:
        sys.stderr.write(f"ВНИМАНИЕ: рядом с манифестом нет его подписи ({SIGNATURE}).\n")
        return False
    if not shutil.which("ssh-keygen"):
        sys.stderr.write("Нет программы ssh-keygen, без неё подпись не проверить.\n")
        return False
    with TemporaryDirectory(prefix="disclosure-") as folder:
        file = Path(folder, "signature")
        file.write_bytes(signature)
        try:
            check_signature(content, file, signers)
        except RefusedError:
            sys.stderr.write(
                f"ВНИМАНИЕ: подпись не подходит ни к одному ключу из {signers}. Манифест подписал"
                " кто-то другой, или его изменили после подписи.\n"
            )
            return False
    print(f"Подпись верна: ключ из {signers}.")
    return True
