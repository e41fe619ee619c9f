"""A body that is no more: who goes on with its work, and which activity goes where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.domain.entities import actions as register
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.succession import SuccessionForm, TransferForm
from yupana.projections.overviews.succession import Passing, passing

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(Role.PLANNER)
def transfer(visit: Visit, obligation: int) -> HttpResponse:
    """Show every activity with where it would go, and pass them on by an act."""
    found = passing(visit.actor, obligation)
    form = TransferForm(visit.sent, receivers=found.receivers, rows=found.rows)
    status = attempt(form, lambda: _pass_on(visit, found, form))
    if status == DONE:
        told = _("What %(entity)s owed has passed to its successor.") % {"entity": found.obligation.debtor.name}
        return visit.done(told, "call", found.obligation.call.code)
    rows = [(row, form[f"row-{row.row}"]) for row in found.rows] if len(found.receivers) > 1 else []
    return visit.show("desk/transfer.html", {"passing": found, "form": form, "rows": rows}, status)


@door(Role.PLANNER)
def succession(visit: Visit, obligation: int) -> HttpResponse:
    """Record by which act another body goes on with the work of this one."""
    found = passing(visit.actor, obligation)
    form = SuccessionForm(visit.sent, initial={"on": visit.on})
    status = attempt(form, lambda: _succeed(visit, found, form))
    if status == DONE:
        return visit.done(_("The succession is recorded."), "transfer", obligation)
    return visit.show("desk/succession.html", {"passing": found, "form": form}, status)


def _pass_on(visit: Visit, found: Passing, form: TransferForm) -> None:
    said = form.cleaned_data
    by_key = {str(owed.pk): owed for owed in found.receivers}
    actions.transfer_plan(
        actor=visit.actor,
        obligation=found.obligation,
        to=by_key[said["to"]],
        rows={row: by_key[key] for row, key in form.elsewhere().items()},
        reason=said["reason"],
        act=said["act"],
        on=visit.on,
    )


def _succeed(visit: Visit, found: Passing, form: SuccessionForm) -> None:
    said = form.cleaned_data
    register.record_succession(
        actor=visit.actor,
        predecessors=[found.obligation.debtor],
        successor=said["successor"],
        on=said["on"],
        act=said["act"],
    )
