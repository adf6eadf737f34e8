"""The notes of a print: each a call in the text and a footnote, linked both ways."""

from __future__ import annotations

from itertools import count

from markupsafe import Markup


class Footnotes:
    """Sets notes and numbers them, from 1, in the order in which they are asked for.

    `sign` is what a call looks like.
    """

    def __init__(self, sign: str = "{}") -> None:
        self._numbers = count(1)
        self._sign = sign

    def __call__(self, text: str) -> Markup:
        """Return a note with its call, to be put right behind what it is about."""
        number = next(self._numbers)
        return Markup(
            '<span data-tag="Reference">'
            '<a class="call" id="call-{0}" href="#note-{0}">{2}</a></span>'
            '<span class="note" data-tag="Note" id="note-{0}">'
            '<span data-tag="Lbl"><a href="#call-{0}">{0}</a></span> {1}</span>'
        ).format(number, text, self._sign.format(number))
