"""Asking for reports on the plans of a call: for one period now, or for each as it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yupana.domain.progress import actions
from yupana.domain.progress.rules import Frequency
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.desk.forms.followup import USUAL_TERM, AskForm, RhythmForm
from yupana.projections.overviews import followup as overview

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from yupana.domain.obligations.models import Call


@door(*AUTHORITY, methods=("GET", "HEAD"))
def followup(visit: Visit, code: str) -> HttpResponse:
    """Say which periods were asked for and how they were answered, with both forms."""
    return _show(visit, overview.plan_call(visit.actor, code))


@door(Role.PLANNER, methods=("POST",))
def ask(visit: Visit, code: str) -> HttpResponse:
    """Ask for the report on one period."""
    call = overview.plan_call(visit.actor, code)
    form = AskForm(visit.sent, periods=overview.choices(call))
    opened: list[Call] = []
    status = attempt(form, lambda: opened.append(_ask(visit, call, form)))
    if status != DONE:
        return _show(visit, call, status, ask=form)
    period = words.period(opened[0].period)
    return visit.done(_("The report on %(period)s is asked for.") % {"period": period}, "answers", opened[0].code)


@door(Role.PLANNER, methods=("POST",))
def rhythm(visit: Visit, code: str) -> HttpResponse:
    """Say how often is reported."""
    call = overview.plan_call(visit.actor, code)
    form = RhythmForm(visit.sent)
    said = form.data
    status = attempt(
        form, lambda: actions.set_rhythm(actor=visit.actor, call=call, on=visit.on, **_terms(form.cleaned_data))
    )
    if status != DONE:
        return _show(visit, call, status, rhythm=form)
    stops = not said.get("frequency")
    return visit.done(_("Nothing is asked for by itself any more.") if stops else _("It is set."), "followup", code)


def _terms(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("frequency", "since", "due_in", "lock_in")}


def _ask(visit: Visit, call: Call, form: AskForm) -> Call:
    said = {name: form.cleaned_data[name] for name in ("period", "opens_on", "due_on", "due_in", "lock_in")}
    return actions.open_reports(actor=visit.actor, call=call, on=visit.on, **said)


def _show(
    visit: Visit, call: Call, status: int = 200, *, ask: Form | None = None, rhythm: Form | None = None
) -> HttpResponse:
    found = overview.followed(visit.actor, call, on=visit.on, page=visit.page)
    often = [(words.label(Frequency(each.frequency)) if each.frequency else "", each) for each in found.rhythms]
    shown: dict[str, object] = {"call": call, "found": found, "often": often, "last": often[-1] if often else None}
    shown["coming"] = [words.period(each) for each in found.coming]
    if visit.governs:
        held = found.rhythm
        since = {"since": visit.on, "due_in": USUAL_TERM} if held is None else vars(held)
        named = overview.choices(call)
        shown["ask"] = ask or AskForm(None, periods=named, initial={"due_in": USUAL_TERM, "period": _next(named)})
        shown["rhythm"] = rhythm or RhythmForm(None, initial=since)
    return visit.show("desk/followup/followup.html", shown, status)


def _next(named: list[str]) -> str:
    """Propose the first quarter that nobody was asked for."""
    return next((each for each in named if "-Q" in each), named[0] if named else "")
