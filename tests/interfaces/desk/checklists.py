"""A call for a kind of plan with a checklist, and a version under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cast import DUE_ON, OPENS_ON, hand_in, make_edition, obligation_of
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.obligations.actions import open_call
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from tests.interfaces.desk.desk import Desk
    from yupana.domain.instruments.models import Item
    from yupana.domain.submissions.models import Submission

TEXT = ItemRole.TEXT
SECTIONS = (
    ItemRow("l.csv:2", TEXT, "1.", "Carátula", None, binds=False),
    ItemRow("l.csv:3", TEXT, "2.", "Inventario", None, binds=False),
    ItemRow("l.csv:4", TEXT, "2.1.", "Personal", (TEXT, "2."), binds=False),
    ItemRow("l.csv:5", TEXT, "2.2.", "Servidores", (TEXT, "2."), binds=False),
)


def under_a_checklist(desk: Desk, plan_type: str = "pislea") -> Submission:
    """Inti's plan under a call that puts a checklist beside what it asks."""
    make_edition("LISTA", rows=SECTIONS)
    call = open_call(
        actor=OPERATOR,
        editions=["PLAN/1", "LISTA/1"],
        audience="level:municipal",
        opens_on=OPENS_ON,
        due_on=DUE_ON,
        period="2019",
        plan_type=plan_type,
        on=OPENS_ON,
    )
    return hand_in(desk.cast.inti, obligation_of(call, desk.cast.a))


def items() -> dict[str, Item]:
    """The items of the checklist by code."""
    from yupana.domain.instruments.models import Item  # noqa: PLC0415 - tables exist once the apps are loaded

    return {item.code: item for item in Item.objects.filter(edition__instrument__code="LISTA")}
