"""What a file says otherwise than the data: each difference by its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, TypeVar

from disclosure.verify.node import Grid, Line, Piece

Item = TypeVar("Item")
Pair = tuple[int, int]

SHOWN: Final = 60
"""How many letters of a value a finding quotes."""


def packed(text: str) -> str:
    """Return a text without its spaces: on a page and on paper a line may end at each."""
    return "".join(text.split())


def verbatim(text: str) -> str:
    """Return a text as it is: files of data may change nothing of it."""
    return text


def differences(
    wanted: Sequence[Piece], found: Sequence[Piece], same: Callable[[str], str] = packed
) -> Iterator[str]:
    """Yield what is missing, what is too much and what differs; `same` says what texts are one."""

    def key(piece: Piece) -> Hashable:
        if isinstance(piece, Line):
            return piece.kind, same(piece.text)
        rows = tuple(tuple(map(same, row)) for row in piece.rows)
        return same(piece.caption), tuple(map(same, piece.heads)), rows

    ours, theirs = [*map(key, wanted)], [*map(key, found)]
    pairs = [*_aligned(ours, theirs, wanted, found, _alike)]
    extra = {theirs[other] for one, other in pairs if one < 0}
    lost = {ours[one] for one, other in pairs if other < 0}
    for one, other in pairs:
        if other < 0:
            word = "не на своём месте" if ours[one] in extra else "нет"
            yield f"{word}: {_named(wanted[one])}"
        elif one < 0:
            if theirs[other] not in lost:
                yield f"лишнее: {_named(found[other])}"
        else:
            yield from _between(wanted[one], found[other], same)


def count(pieces: Sequence[Piece]) -> int:
    """Return how many values there are."""
    lines = sum(isinstance(piece, Line) for piece in pieces)
    grids = [piece for piece in pieces if isinstance(piece, Grid)]
    return lines + sum(bool(cell) for grid in grids for row in grid.rows for cell in row)


def quoted(text: str, other: str = "") -> str:
    """Quote a text; of a long one, what is around its first difference from another."""
    start = max(0, _difference(text, other) - SHOWN // 2)
    if len(text) - start < SHOWN:
        start = max(0, len(text) - SHOWN)
    before, after = "…" * (start > 0), "…" * (start + SHOWN < len(text))
    return f"«{before}{text[start : start + SHOWN]}{after}»" if text else "пусто"


def _difference(text: str, other: str) -> int:
    """Return where a text first differs from another in more than spaces."""
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    pairs = zip((text[at] for at in letters), packed(other), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return letters[alike] if alike < len(letters) else len(text)


def _between(wanted: Piece, found: Piece, same: Callable[[str], str]) -> Iterator[str]:
    if isinstance(wanted, Grid) and isinstance(found, Grid):
        yield from _grids(wanted, found, same)
    elif isinstance(wanted, Line) and isinstance(found, Line):
        kind = wanted.kind if wanted.kind == found.kind else f"{wanted.kind}, а здесь {found.kind}"
        yield f"{kind}: {instead(wanted.text, found.text)}"


def instead(wanted: str, found: str) -> str:
    """Say what the data have, and what a file has in its place."""
    return f"в данных {quoted(wanted, found)}, а здесь {quoted(found, wanted)}"


def _named(piece: Piece) -> str:
    if isinstance(piece, Line):
        return f"{piece.kind} {quoted(piece.text)}"
    return f"таблица {quoted(piece.caption or ' · '.join(piece.heads or sum(piece.rows[:2], ())))}"


def _alike(wanted: Piece, found: Piece) -> bool:
    if isinstance(wanted, Line) and isinstance(found, Line):
        return wanted.kind == found.kind and _near(wanted.text, found.text)
    if isinstance(wanted, Grid) and isinstance(found, Grid):
        return bool(
            wanted.caption == found.caption != ""
            or (wanted.heads == found.heads and wanted.heads)
            or set(wanted.rows) & set(found.rows)
        )
    return False


def _near(one: str, other: str) -> bool:
    return SequenceMatcher(None, one[:500], other[:500], autojunk=False).ratio() > 0.6


def _grids(wanted: Grid, found: Grid, same: Callable[[str], str]) -> Iterator[str]:
    where = f"таблица {quoted(wanted.caption)}" if wanted.caption else "таблица без подписи"
    if same(wanted.caption) != same(found.caption):
        yield f"{where}: подпись: {instead(wanted.caption, found.caption)}"
    columns: list[tuple[str, int, int]] = []
    ours, theirs = _heads(wanted), _heads(found)
    for head, at in ours.items():
        if head in theirs:
            columns.append((head[0], at, theirs[head]))
        else:
            yield f"{where}: нет столбца {quoted(head[0])}"
    yield from (f"{where}: лишний столбец {quoted(h[0])}" for h in theirs if h not in ours)
    yield from _rows(where, columns, wanted, found, same)


def _heads(grid: Grid) -> dict[tuple[str, int], int]:
    """Return the place of each column by its head, and by which one of that head it is."""
    width = max([len(grid.heads), *map(len, grid.rows)])
    heads = [*grid.heads, *([""] * (width - len(grid.heads)))]
    return {(head, heads[:at].count(head)): at for at, head in enumerate(heads)}


def _rows(
    where: str,
    columns: Sequence[tuple[str, int, int]],
    wanted: Grid,
    found: Grid,
    same: Callable[[str], str],
) -> Iterator[str]:
    ours = [[_cell(row, at) for _, at, _ in columns] for row in wanted.rows]
    theirs = [[_cell(row, at) for _, _, at in columns] for row in found.rows]
    keys = [[tuple(map(same, row)) for row in rows] for rows in (ours, theirs)]
    for one, other in _aligned(keys[0], keys[1], keys[0], keys[1], _kin):
        row = f"{where}, строка {(one if one >= 0 else other) + 1}"
        if other < 0:
            yield f"{where}: нет строки {one + 1}: {_row(ours[one])}"
        elif one < 0:
            yield f"{where}: лишняя строка {other + 1}: {_row(theirs[other])}"
        else:
            name = quoted(next(filter(None, ours[one]), ""))
            for (head, *_), cell, shown in zip(columns, ours[one], theirs[other], strict=True):
                if same(cell) != same(shown):
                    column = f", столбец {quoted(head)}" if head else ""
                    yield f"{row} ({name}){column}: {instead(cell, shown)}"


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _row(cells: Sequence[str]) -> str:
    return quoted(" · ".join(cell for cell in cells if cell))


def _kin(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two rows are one: the same name, or most cells alike."""
    if one and one[0] and one[0] == other[0]:
        return True
    filled = [(a, b) for a, b in zip(one, other, strict=True) if a or b]
    return 2 * sum(a == b for a, b in filled) >= len(filled)


def _aligned(
    keys: Sequence[Hashable],
    others: Sequence[Hashable],
    wanted: Sequence[Item],
    found: Sequence[Item],
    alike: Callable[[Item, Item], bool],
) -> Iterator[Pair]:
    """Yield the places of items that differ: in both, or -1 where one side lacks the item."""
    if keys == others:
        return
    for tag, a, b, c, d in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = [*range(c, d)]
        if b - a == d - c == 1 and type(wanted[a]) is type(found[c]):
            yield a, c
            continue
        for one in range(a, b):
            other = next((at for at in left if alike(wanted[one], found[at])), -1)
            if other >= 0:
                left.remove(other)
            yield one, other
        yield from ((-1, other) for other in left)
