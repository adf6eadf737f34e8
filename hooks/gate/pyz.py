"""The gate as one file that a server can run: an archive of it that Python itself starts."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Final

_STARTER: Final = """\
import sys
if sys.version_info < (3, 9):
    sys.exit("site-gate.pyz: нужен Python 3.9 или новее, а здесь " + sys.version.split()[0])
from gate.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
# Nothing of the caller's environment or folder gets into the interpreter.
_FIRST_LINE: Final = b"#!/usr/bin/python3 -I\n"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def pack() -> bytes:
    """Return the archive: the same source, the same bytes."""
    folder = Path(__file__).parent
    sources = {
        f"{folder.name}/{file.name}": file.read_text(encoding="utf-8")
        for file in sorted(folder.glob("*.py"))
        if file.name != Path(__file__).name
    }
    out = io.BytesIO()
    out.write(_FIRST_LINE)
    with zipfile.ZipFile(out, "a") as archive:
        for name, text in {"__main__.py": _STARTER, **sources}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix, wherever it is packed
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, text)  # not compressed: versions of zlib differ
    return out.getvalue()


if __name__ == "__main__":
    made = Path(sys.argv[1])
    made.write_bytes(pack())
    made.chmod(0o755)
