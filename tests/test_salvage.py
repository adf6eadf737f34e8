from __future__ import annotations

import pytest

from disclosure.salvage import Loss, Rest
from disclosure.source import Loc, parse

TEXT = """\
title: t
items:
  - id: a
    text: x
  - id: b
    tags: [one, two]
  - id: c
    text: z
"""


def rest(losses: dict[Loc, Loss]) -> Rest:
    return Rest(parse(TEXT.encode(), "f.yml"), losses)


def test_nothing_lost() -> None:
    source = parse(TEXT.encode(), "f.yml")
    left = Rest(source, {})
    assert left.source == source
    assert (left.whole, left.hurt) == (True, set())
    assert all(new == old for new, old in left.origin.items())


def test_items_move_up_and_keep_their_places() -> None:
    left = rest({("items", 0): Loss.FAULTY})
    assert left.source.data["items"][1] == {"id": "c", "text": "z"}
    assert left.source.values[("items", 1, "id")] == (7, 9)
    assert left.source.keys[("items", 1, "id")] == (7, 5)
    assert left.origin[("items", 1, "text")] == ("items", 2, "text")
    assert left.nearest(("items", 1, "nothing", 3)) == ("items", 1)


@pytest.mark.parametrize(
    ("loc", "loss", "poorer", "hurt", "whole"),
    [
        (("items", 0, "text"), Loss.UNKNOWN, ("items", 0), [("items", 0)], True),
        (("items", 0, "text"), Loss.FAULTY, ("items", 0), [(), ("items",), ("items", 0)], False),
        (("items", 1, "tags"), Loss.UNKNOWN, ("items", 1), [(), ("items",), ("items", 1)], False),
        (("items", 1), Loss.FAULTY, ("items",), [(), ("items",)], False),
        (("title",), Loss.UNKNOWN, (), [()], True),
        (("items", 0, "new"), Loss.MISSING, ("items", 0), [(), ("items",), ("items", 0)], False),
    ],
)
def test_loss_hurts_what_holds_it(
    loc: Loc, loss: Loss, poorer: Loc, hurt: list[Loc], whole: bool
) -> None:
    left = rest({loc: loss})
    assert (left.poorer, sorted(left.hurt, key=str), left.whole) == (
        {poorer},
        sorted(hurt, key=str),
        whole,
    )


def test_missing_value_is_stood_in_for() -> None:
    left = rest({("items", 0): Loss.FAULTY, ("items", 2, "date"): Loss.MISSING})
    assert left.source.data["items"][1] == {"id": "c", "text": "z", "date": "x"}
    assert left.stubs == {("items", 1, "date")}


def test_list_that_lost_every_item_is_lost() -> None:
    loc = ("items", 1, "tags")
    left = rest({(*loc, 0): Loss.FAULTY, (*loc, 1): Loss.FAULTY})
    assert left.source.data["items"][1] == {"id": "b"}
    assert left.poorer == {("items", 1)}
