"""The review queue: what waits, who takes it, and what can be decided about together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.commitments.actions import accept_plan, return_plan
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.actions import accept_report, return_report
from yupana.domain.submissions.actions import assign
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import AUTHORITY, UNPROCESSABLE, Visit, door
from yupana.interfaces.desk.forms.review import ReturnForm
from yupana.projections.overviews import queue as overview
from yupana.projections.overviews.together import Choice, Why, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

ACCEPT, RETURN, ASSIGN = "accept", "return", "assign"
MOST = 200
LONGEST = 18  # digits of a key that a database can hold


@door(*AUTHORITY, methods=("GET", "HEAD"))
def queue(visit: Visit) -> HttpResponse:
    """List what waits for a decision, the longest waiting first."""
    asked = visit.request.GET
    call, whose = asked.get("call", ""), asked.get("whose", "")
    whose = whose if whose in overview.WHOSE else ""
    shown = {
        "page": overview.pending(visit.actor, on=visit.on, call=call, whose=whose, page=visit.page),
        "call": call,
        "whose": whose,
        "calls": overview.calls_waiting(visit.actor),
        "reviewers": overview.reviewers(on=visit.on),
        "query": visit.query("call", "whose"),
    }
    return visit.show("desk/queue.html", shown)


@door(Role.REVIEWER, Role.PLANNER, methods=("POST",))
def together(visit: Visit) -> HttpResponse:
    """Do the same with several: give them to somebody at once; accept or return them once that is confirmed."""
    sent = visit.request.POST
    picks = [
        int(each) for each in sent.getlist("pick")[:MOST] if each.isascii() and each.isdigit() and len(each) < LONGEST
    ]
    act = sent.get("act", "")
    if act not in {ACCEPT, RETURN, ASSIGN} or not picks:
        messages.warning(visit.request, _("Choose at least one submission, and what to do with it."))
        return visit.go("queue")
    found = chosen(visit.actor, picks, accept=act == ACCEPT)
    if act == ASSIGN:
        return _assign(visit, found)
    form = ReturnForm(visit.sent if sent.get("sure") else None)
    if not sent.get("sure") or (act == RETURN and not form.is_valid()):
        return _confirm(visit, act, found, form)
    return _decide(visit, act, found, form)


def _assign(visit: Visit, found: Sequence[Choice]) -> HttpResponse:
    """Give plans to a reviewer, or to nobody."""
    text = visit.request.POST.get("reviewer", "")
    reviewer = int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else None
    owed = [each.submission.obligation_id for each in found]
    left = assign(actor=visit.actor, obligations=owed, reviewer=reviewer, on=visit.on)
    given = len(owed) - len(left)
    told = ngettext("%(n)s submission was assigned.", "%(n)s submissions were assigned.", given) % {"n": given}
    messages.success(visit.request, told)
    if left:
        messages.warning(
            visit.request, _("%(n)s were left as they are: nobody reviews their own entity.") % {"n": len(left)}
        )
    return visit.go("queue")


def _confirm(visit: Visit, act: str, found: Sequence[Choice], form: ReturnForm) -> HttpResponse:
    """Show what is about to happen to which plans, and which have to be looked at one by one."""
    ready = [each for each in found if each.why is Why.NONE]
    shown = {"act": act, "ready": ready, "left": [each for each in found if each.why is not Why.NONE], "form": form}
    return visit.show("desk/together.html", shown, UNPROCESSABLE if form.is_bound and not form.is_valid() else 200)


def _decide(visit: Visit, act: str, found: Sequence[Choice], form: ReturnForm) -> HttpResponse:
    """Decide about each by the same action as alone; what could not be decided is told."""
    done = 0
    for each in found:
        name = each.submission.obligation.debtor.name
        if each.why is not Why.NONE:
            messages.warning(visit.request, _("%(entity)s: look at it by itself.") % {"entity": name})
            continue
        try:
            _decide_one(visit, act, each, form)
            done += 1
        except Refused as refused:
            messages.warning(visit.request, f"{name}: {words.sentence(refused)}")
    if act == ACCEPT:
        told = ngettext("%(n)s submission was accepted.", "%(n)s submissions were accepted.", done)
    else:
        told = ngettext("%(n)s submission was returned.", "%(n)s submissions were returned.", done)
    return visit.done(told % {"n": done}, "queue")


def _decide_one(visit: Visit, act: str, choice: Choice, form: ReturnForm) -> None:
    held = choice.submission
    is_report = held.obligation.call.expects == Expects.PROGRESS
    if act == ACCEPT:
        accept = accept_report if is_report else accept_plan
        accept(actor=visit.actor, submission=held, on=visit.on)
    else:
        give_back = return_report if is_report else return_plan
        give_back(actor=visit.actor, submission=held, reason=form.cleaned_data["reason"], remarks={}, on=visit.on)
