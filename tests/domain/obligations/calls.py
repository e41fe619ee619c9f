"""A few bodies of a State that does not exist, and a call put to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.domain.instruments.plans import published
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.obligations.actions import open_call
from yupana.domain.obligations.models import Call, Obligation
from yupana.foundation.kernel.actor import OPERATOR

OPENS, DUE, TODAY = date(2024, 4, 1), date(2024, 6, 28), date(2024, 4, 1)
GROUP, HALL, BRIDGE, WELL, GONE = "1", "2", "3", "4", "5"


def body(source_id: str, **more: Any) -> EntityRow:
    told = {"code": f"C-{source_id}", "name": f"Body {source_id}", "level": "municipal", "territory": "LP"}
    return EntityRow(f"bodies.csv:{source_id}", source_id, **(told | more))


BODIES = (
    body(GROUP, name="All bodies", bindable=False, level="", territory=""),
    body(HALL, parent_id=GROUP),
    body(BRIDGE, parent_id=GROUP, territory="OR"),
    body(WELL, parent_id=GROUP, level="departmental"),
    body(GONE, parent_id=GROUP, valid_to=date(2024, 3, 31)),
)


def register(rows: tuple[EntityRow, ...] = BODIES) -> None:
    import_register(actor=OPERATOR, source="test", rows=rows, on=TODAY)


def put(**more: Any) -> Call:
    """Open a call for an edition that is published already, to bodies that are registered already."""
    terms = {"actor": OPERATOR, "editions": ["QIPU/1"], "audience": "all", "opens_on": OPENS, "due_on": DUE}
    return open_call(**(terms | {"period": "2024", "on": TODAY} | more))


def opened(**more: Any) -> Call:
    """Register the bodies, publish the small plan and call for it."""
    register()
    published()
    return put(**more)


def owed(call: Call, source_id: str = HALL) -> Obligation:
    return call.obligations.get(debtor__source_id=source_id)
