"""Counts of measures by a property that they share, made with pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Counts = dict[str, dict[str, int]]
"""How many there are, by name and then by mark."""


def roll_up(
    found: Iterable[tuple[str, Sequence[str]]], names: Sequence[str], marks: Sequence[str]
) -> Counts:
    """Return how often each mark is found under each name; those never found are 0.

    `found` is what is counted: the name it goes under, and its marks.
    """
    import pandas as pd  # noqa: PLC0415  # half a second, which a check of data need not pay

    records = [(name, mark) for name, given in found for mark in given]
    frame = pd.DataFrame(records, columns=["name", "mark"], dtype="object")
    counts = frame.groupby(["name", "mark"]).size().unstack(fill_value=0)
    filled = counts.reindex(index=list(names), columns=list(marks), fill_value=0).to_dict("index")
    return {name: {mark: int(filled[name][mark]) for mark in marks} for name in names}
