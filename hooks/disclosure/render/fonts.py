"""The fonts of the PDFs: the declared faces and only they, so that every machine sets alike."""

from __future__ import annotations

import os
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from disclosure.render import RenderError

_FOLDER: Final = Path("/usr/share/fonts/truetype")
FACES: Final = tuple(
    _FOLDER / name
    for name in (
        "paratype/PTS55F.ttf",
        "paratype/PTS75F.ttf",
        "paratype/PTS56F.ttf",
        "paratype/PTS76F.ttf",
        "dejavu/DejaVuSans.ttf",
        "dejavu/DejaVuSans-Bold.ttf",
    )
)
"""PT Sans in its four faces; DejaVu Sans for the signs it lacks."""


def check_fonts() -> None:
    """Raise RenderError, in Russian, where a declared face is missing."""
    missing = [face for face in FACES if not face.is_file()]
    if missing:
        raise RenderError(
            f"нет шрифта {missing[0]}. Установите его:"
            " apt-get install fonts-paratype fonts-dejavu-core"
        )


@cache
def drawn() -> frozenset[int] | None:
    """Return the code points that the declared faces draw, None where a face is missing."""
    if not all(face.is_file() for face in FACES):
        return None
    return frozenset(sign for face in FACES for sign in _signs(face))


def _signs(face: Path) -> list[int]:
    with TTFont(face, lazy=True) as font:
        return list(font.getBestCmap())


def declare_fonts(folder: Path) -> None:
    """Make fontconfig see the declared faces alone; call it before Pango is loaded."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    caches = folder / "fontconfig"
    caches.mkdir(exist_ok=True)
    accepted = "".join(f"<glob>{face}</glob>" for face in FACES)
    folders = "".join(f"<dir>{path}</dir>" for path in sorted({face.parent for face in FACES}))
    config = folder / "fonts.conf"
    _write_whole(
        config,
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{folders}<cachedir>{escape(str(caches))}</cachedir>"
        "<selectfont><rejectfont><glob>*</glob></rejectfont>"
        f"<acceptfont>{accepted}</acceptfont></selectfont></fontconfig>",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


def _write_whole(file: Path, text: str) -> None:
    """Write a file so that another worker never reads a part of it."""
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(file)
