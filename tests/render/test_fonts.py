from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from disclosure.render import RenderError, fonts
from disclosure.render.fonts import FACES, check_fonts, declare_fonts, drawn


def test_a_missing_face_is_told_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    check_fonts()
    monkeypatch.setattr(fonts, "FACES", (*FACES, Path("/nowhere/PTS99F.ttf")))
    with pytest.raises(
        RenderError, match=r"^нет шрифта /nowhere/PTS99F\.ttf\. Установите его: apt"
    ):
        check_fonts()


def test_no_face_is_declared_twice() -> None:
    """Two files of one face would corrupt text."""
    named = [TTFont(face)["name"].getBestFullName() for face in FACES]
    assert len(set(named)) == len(named)


def test_the_signs_that_can_be_drawn_are_those_of_all_faces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn.cache_clear()
    signs = drawn()
    assert signs is not None
    assert {ord(sign) for sign in "яЯzé№«»–−→☐✓"} <= signs
    assert ord("漢") not in signs
    drawn.cache_clear()
    monkeypatch.setattr(fonts, "FACES", (*FACES, Path("/nowhere/PTS99F.ttf")))
    assert drawn() is None
    drawn.cache_clear()


def test_only_the_declared_faces_are_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    declare_fonts(tmp_path / "a & b")
    config = (tmp_path / "a & b" / "fonts.conf").read_text(encoding="utf-8")
    accepted, rejected = "<acceptfont>", "<rejectfont><glob>*</glob></rejectfont>"
    assert rejected in config
    assert config.split(accepted)[1].count("<glob>") == len(FACES)
    assert "a &amp; b" in config
