"""A few bodies of a State that does not exist, and a call put to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.domain.instruments.plans import published
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.obligations.actions import open_call
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call, Obligation

OPENS, DUE, TODAY = date(2024, 4, 1), date(2024, 6, 28), date(2024, 4, 1)
GROUP, HALL, BRIDGE, WELL, GONE = "1", "2", "3", "4", "5"


def body(source_id: str, **more: object) -> EntityRow:
    told: dict[str, Any] = {"code": f"C-{source_id}", "name": f"Body {source_id}", "level": "municipal"}
    return EntityRow(f"bodies.csv:{source_id}", source_id, **{**told, "territory": "LP", **more})


BODIES = (
    body(GROUP, name="All bodies", bindable=False, level="", territory=""),
    body(HALL, parent_id=GROUP),
    body(BRIDGE, parent_id=GROUP, territory="OR"),
    body(WELL, parent_id=GROUP, level="departmental"),
    body(GONE, parent_id=GROUP, valid_to=date(2024, 3, 31)),
)


def register(rows: tuple[EntityRow, ...] = BODIES) -> None:
    import_register(actor=OPERATOR, source="test", rows=rows, on=TODAY)


def put(**more: object) -> Call:
    """Open a call for an edition that is published already, to bodies that are registered already."""
    terms: dict[str, Any] = {"actor": OPERATOR, "editions": ["QIPU/1"], "audience": "all", "period": "2024"}
    return open_call(**{**terms, "opens_on": OPENS, "due_on": DUE, "on": TODAY, **more})


def opened(**more: object) -> Call:
    """Register the bodies, publish the small plan and call for it."""
    register()
    published()
    return put(**more)


def owed(call: Call, source_id: str = HALL) -> Obligation:
    return call.obligations.get(debtor__source_id=source_id)
