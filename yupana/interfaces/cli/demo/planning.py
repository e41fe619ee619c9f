"""What goes on in the demonstration today: a plan before its executive, a question to a partner, a plea, a review."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from yupana.domain.commitments import actions as plans
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.commitments.rules import Act, CellEdit, Edit, cells_of
from yupana.domain.entities import queries as entities
from yupana.domain.obligations import actions as obligations
from yupana.domain.obligations.queries import call, obligations_of
from yupana.domain.submissions import actions as submissions
from yupana.domain.submissions.rules import Note, Verdict, row_subject
from yupana.interfaces.cli.demo.cast import PLANNER, REVIEWER

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.interfaces.cli.demo.cast import Cast

HEALTH, TOWN, OTHER_TOWN, WAITING = "C-04", "M-01", "M-05", "C-03"
# What the planner of the ministry adds to the first row of her draft.
WHOLE = {
    "person": "Jefatura de Ventanilla Única",
    "unit": "permisos",
    "accumulation": "sum",
    "direction": "up",
    "baseline": "120 (2024)",
    "verification": "Registro de permisos otorgados en línea",
    "value:2027": "300",
    "value:2028": "500",
    "money": "2027 | 8.000,00\n2028 | 10.000,00",
    "also": "line:3 | 25 %",
}


def go_on(cast: Cast, adjustments: str, today: date) -> None:
    """Do today's work in the call for adjustments."""
    lately = today - timedelta(days=6)
    _finish(cast, _owed(adjustments, HEALTH), lately)
    _plead(cast, _owed(adjustments, OTHER_TOWN), lately)
    _review(cast, _owed(adjustments, WAITING), lately)


def _finish(cast: Cast, owed: Obligation, on: date) -> None:
    """Complete the draft, ask a town to take part in it, and put it before the executive."""
    planner = cast.actor("rosa", on)
    draft = _newest(owed)
    seen = cells_of(plan_rows(draft)[0])
    edits = [CellEdit(1, field, seen.get(field, ""), text) for field, text in WHOLE.items()]
    plans.edit_rows(actor=planner, submission=draft, edits=[Edit(Act.CHANGE, 1, tuple(edits))])
    plans.ask_partner(
        actor=planner,
        obligation=owed,
        row=1,
        partner=entities.named(TOWN),
        part="Atender en la ventanilla municipal a quien no tiene conexión.",
        on=on,
    )
    plans.put_before_executive(actor=planner, submission=draft, on=on)


def _plead(cast: Cast, owed: Obligation, on: date) -> None:
    """Let a town ask for more time."""
    later = owed.due_on + timedelta(days=60) if owed.due_on else None
    reason = "El ingeniero de sistemas asumió hace un mes y revisa el plan con cada oficina."
    obligations.plead(actor=cast.actor("tomas", on), obligation=owed, until=later, reason=reason, on=on)


def _review(cast: Cast, owed: Obligation, on: date) -> None:
    """Give a plan to a reviewer, who has noted something about its first row."""
    reviewer = cast.people[REVIEWER].pk
    submissions.assign(actor=cast.actor(PLANNER, on), obligations=[owed.pk], reviewer=reviewer, on=on)
    note = Note(row_subject(1), Verdict.MEND, "¿Con qué oficinas? Nómbrelas.")
    plans.look_at(actor=cast.actor(REVIEWER, on), submission=_newest(owed), notes=[note])


def _newest(owed: Obligation) -> Submission:
    return owed.submissions.select_related("obligation").latest("version")


def _owed(code: str, entity: str) -> Obligation:
    return obligations_of(call(code)).get(debtor=entities.named(entity))
