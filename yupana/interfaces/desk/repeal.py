"""Repealing an edition, after looking at what is open under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, queries
from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.rules import not_after
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.rules import CallState
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.consulting import RepealForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(Role.PLANNER)
def repeal(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Name the calls that stay open, and put the edition out of force by its act."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    form = RepealForm(visit.sent, initial={"on": visit.on})
    status = attempt(
        form,
        lambda: actions.repeal(
            actor=visit.actor,
            edition=f"{instrument}/{edition}",
            act=form.cleaned_data["act"],
            reason=form.cleaned_data["reason"],
            on=not_after(form.cleaned_data["on"], visit.on),
        ),
    )
    if status == DONE:
        return visit.done(_("%(title)s is repealed.") % {"title": held.title}, "publish", instrument, edition)
    calls = obligations.readable(visit.actor).filter(editions=held, state=CallState.OPEN)
    shown = {"edition": held, "calls": list(calls), "form": form, "ready": held.state == EditionState.PUBLISHED}
    return visit.show("desk/repeal.html", shown, status)
