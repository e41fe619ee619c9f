"""A body that was merged into another, with what both had promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tests.cast import make_call, make_edition, make_entities, make_people, make_plan
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.entities.actions import record_succession
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call, Obligation

ON = date(2018, 6, 15)
MERGED_ON = date(2018, 6, 10)
OF_A = (
    PlanRow(row=1, item="line:1", name="De Ábaco, uno", programmed=(Value("2018", 30_000),), money=(Money(2018, 700),)),
    PlanRow(row=2, item="line:2", name="De Ábaco, dos", also=(AlsoAnswers("line:1", 2_000),)),
)
OF_B = (PlanRow(row=1, item="line:2", name="De Ñandú"),)


@dataclass
class Merger:
    """A was merged into B, and part of its work went to C."""

    cast: Cast
    call: Call
    a: Obligation
    b: Obligation
    c: Obligation

    def transfer(self, **more: object) -> actions.Transferred:
        told = {
            "actor": OPERATOR,
            "obligation": self.a,
            "to": self.b,
            "rows": {},
            "reason": "Fusión",
            "act": "Ley 1/2018",
            "on": ON,
        }
        return actions.transfer_plan(**{**told, **more})  # type: ignore[arg-type] # the terms of one


def make_merger(a: Sequence[PlanRow] = OF_A, b: Sequence[PlanRow] = OF_B) -> Merger:
    """Let A and B promise something, and B and C go on with A's work."""
    cast = make_people(make_entities())
    make_edition()
    call = make_call(audience="all")
    owed = {each.debtor_id: each for each in call.obligations.select_related("call", "debtor")}
    make_plan(cast, owed[cast.a.pk], a)
    make_plan(cast, owed[cast.b.pk], b, actor=cast.killa)
    for successor in (cast.b, cast.c):
        record_succession(actor=OPERATOR, predecessors=[cast.a], successor=successor, on=MERGED_ON, act="Ley 1/2018")
    return Merger(cast, call, owed[cast.a.pk], owed[cast.b.pk], owed[cast.c.pk])
