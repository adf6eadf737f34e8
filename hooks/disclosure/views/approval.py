"""An approval block in the words of Russian documents."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Approval
from disclosure.values import say_date


def say_approval(approval: Approval | None) -> tuple[str, ...]:
    """Return the lines of an approval block; what the document leaves blank is said to be."""
    return tuple(_approval_lines(approval)) if approval else ()


def _approval_lines(approval: Approval) -> Iterator[str]:
    annex = f"Приложение № {approval.annex}" if approval.annex else ""
    if order := approval.order:
        date = say_date(order.date) if order.date else ""
        marks = " ".join(
            part for part in (date and f"от {date}", order.number and f"№ {order.number}") if part
        )
        said = marks or "(дата и номер не указаны)"
        start = f"{annex} к приказу" if annex else "Приказ"
        yield f"{start} {order.organization} {said}"
    elif annex:
        yield annex
    if approval.approver:
        yield "УТВЕРЖДАЮ"
        yield approval.approver.position
        if approval.approver.name:
            yield approval.approver.name
    if approval.signed:
        yield say_date(approval.signed)
    elif approval.signed_year:
        yield f"{approval.signed_year} год (день подписи не указан)"
