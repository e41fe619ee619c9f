"""A small plan of one axis and two lines, the second with a target, and its life up to publication."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.actions import draft_edition, publish
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from yupana.domain.instruments.models import Edition
    from yupana.foundation.kernel.report import Report

AXIS, LINE, TARGET = ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET
ENACTED = date(2024, 3, 1)

SMALL = (
    ItemRow("plan.csv:2", AXIS, "1", "Services that people reach", None),
    ItemRow("plan.csv:3", LINE, "1.1", "One counter", (AXIS, "1")),
    ItemRow("plan.csv:4", LINE, "1.2", "Open data", (AXIS, "1")),
    ItemRow("plan.csv:5", TARGET, "1.2.a", "Half of the registers published", (LINE, "1.2")),
)
RENUMBERED = (*SMALL[:2], ItemRow("plan.csv:4", LINE, "1.3", "Open data", (AXIS, "1")))


def row(role: ItemRole, code: str, parent: tuple[ItemRole, str] | None = None, **more: object) -> ItemRow:
    told: dict[str, Any] = {"text": f"{role} {code}", **more}
    return ItemRow(f"t.csv:{code}", role, code, parent=parent, **told)


def draft(edition: str = "1", rows: tuple[ItemRow, ...] = SMALL, **more: object) -> Report:
    """Draft it; ``more`` are parts of the cover, of the manuscript, or how to draft."""
    cover: dict[str, Any] = {
        "instrument": "QIPU", "title": "Knots plan", "kind": "plan", "edition": edition,
        "edition_title": f"Knots {edition}", "legal_basis": "",
    }  # fmt: skip
    text: dict[str, Any] = {"rows": rows, "digest": "ab" * 32}
    how: dict[str, Any] = {"actor": OPERATOR}
    for name, value in more.items():
        (cover if name in cover else text if name in text else how)[name] = value
    return draft_edition(manuscript=Manuscript(Heading(**cover), **text), **how)


def enact(edition: str = "1", **more: object) -> Edition:
    act: dict[str, Any] = {"actor": OPERATOR, "instrument": "QIPU", "act": "D.S. 1", "on": ENACTED, **more}
    return publish(edition=edition, **act)


def published(edition: str = "1", rows: tuple[ItemRow, ...] = SMALL, **more: object) -> Edition:
    draft(edition, rows)
    return enact(edition, **more)
