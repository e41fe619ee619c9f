"""Calls: who is asked for what, how they stand, and the acts that move or lift what one entity owes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.commitments.checklists import sections_in
from yupana.domain.entities import public as entities
from yupana.domain.entities.rules import parse_audience, spoken
from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.facts import EditionState
from yupana.domain.obligations import actions, queries
from yupana.domain.obligations.labels import CALENDAR_NAMES, PLAN_TYPE_NAMES
from yupana.domain.obligations.rules import CALENDARS, EVERYWHERE, Expects, Visibility, plan_type
from yupana.domain.submissions import actions as submissions
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, UNPROCESSABLE, Visit, door
from yupana.interfaces.desk.forms.authority import CallForm, ExtendForm, WaiveForm
from yupana.projections.overviews import followup, queue

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from yupana.domain.obligations.models import Obligation
    from yupana.projections.overviews.queue import Reach


LAST_PERIODS = 4  # of the reports, on the page of a call


@door(*AUTHORITY, methods=("GET", "HEAD"))
def calls(visit: Visit) -> HttpResponse:
    """List the calls with how their debtors stand."""
    return visit.show("desk/calls.html", {"calls": queue.calls(visit.actor)})


@door(*AUTHORITY, methods=("GET", "HEAD"))
def call(visit: Visit, code: str) -> HttpResponse:
    """List who owes what in one call."""
    found = queries.readable_call(visit.actor, code)
    text = visit.request.GET.get("q", "")
    page = queue.debtors(visit.actor, found, on=visit.on, text=text, page=visit.page)
    is_plan = found.expects == Expects.PLAN
    shown = {"call": found, "audience": _said(found.audience), "unowed": queries.unowed(found) if is_plan else ()}
    if is_plan:
        shown["reports"] = followup.followed(visit.actor, found, on=visit.on, size=LAST_PERIODS)
    shown |= {"kind": PLAN_TYPE_NAMES.get(found.plan_type), "calendar": CALENDAR_NAMES.get(found.calendar)}
    shown |= {"pleas": queries.undecided(visit.actor).filter(obligation__call=found)}
    return visit.show("desk/call.html", {**shown, "page": page, "q": text, "query": visit.query("q")})


@door(Role.PLANNER)
def new(visit: Visit) -> HttpResponse:
    """Open a call in two steps: the first shows whom it would reach, the second opens it for exactly those."""
    published, earlier = _in_force(visit)
    form = CallForm(visit.sent, published=published, earlier=earlier, initial={"opens_on": visit.on})
    if not visit.writes:
        return visit.show("desk/call_new.html", {"form": form})
    reach = _reach(visit, form)
    if reach is None:
        return visit.show("desk/call_new.html", {"form": form}, UNPROCESSABLE)
    asked = f"{form.cleaned_data['audience']} @ {form.cleaned_data['opens_on']}"
    if visit.request.POST.get("reached") == asked:
        opened: list[str] = []
        status = attempt(form, lambda: opened.append(_open(visit, form)))
        if status == DONE:
            return visit.done(_("The call is open."), "call", opened[0])
        return visit.show("desk/call_new.html", {"form": form}, status)
    kind = plan_type(form.cleaned_data["plan_type"])
    restricted = (form.cleaned_data["visibility"] or kind.visibility) == Visibility.RESTRICTED
    said = _said(form.cleaned_data["audience"])
    shown = {"audience": said, "asked": asked, "dues": _dues(form), "restricted": restricted}
    shown |= {"unlisted": kind.checklist and not _has_sections(visit, form)}
    return visit.show("desk/call_new.html", {"form": form, "reach": reach, **shown})


def _dues(form: CallForm) -> list[tuple[date | None, list[str]]]:
    """Say when it would be due: first for most, then where on another day, with the names of the departments."""
    said = form.cleaned_data
    due = actions.due_days(said["calendar"], said["opens_on"], said["due_on"], said["due_in"])
    dues: dict[date | None, list[str]] = {due(EVERYWHERE): []}
    for code, name in CALENDARS[said["calendar"]].names.items() if said["calendar"] else ():
        if due(code) != due(EVERYWHERE):
            dues.setdefault(due(code), []).append(name)
    return list(dues.items())


def _in_force(visit: Visit) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the editions that can be called for, and those before that a complementary call can go on from."""
    put: dict[str, list[tuple[str, str]]] = {EditionState.PUBLISHED: [], EditionState.SUPERSEDED: []}
    for one in instruments.readable(visit.actor).filter(state__in=list(put)):
        put[one.state].append((f"{one.instrument.code}/{one.code}", one.title))
    return put[EditionState.PUBLISHED], put[EditionState.SUPERSEDED]


def _has_sections(visit: Visit, form: CallForm) -> bool:
    """Whether what was chosen holds a list of sections for its reviewers."""
    chosen = set(form.cleaned_data["editions"])
    readable = instruments.readable(visit.actor)
    return sections_in(one.pk for one in readable if f"{one.instrument.code}/{one.code}" in chosen).exists()


def _reach(visit: Visit, form: CallForm) -> Reach | None:
    """Say whom the call would reach; None where the form cannot be used, with everything that is wrong told at once."""
    usable = form.is_valid()
    text = form.cleaned_data.get("audience")
    if text is None:
        return None
    try:
        reach = queue.reach(text, on=form.cleaned_data.get("opens_on") or visit.on)
    except Refused as refused:
        form.add_error("audience", words.sentence(refused))
        return None
    return reach if usable else None


def _said(audience: str) -> str:
    """Say an audience as people say it."""
    return entities.named_in([audience]).whom(audience)


def _open(visit: Visit, form: CallForm) -> str:
    said = form.cleaned_data
    return actions.open_call(
        actor=visit.actor,
        editions=said["editions"],
        audience=spoken(parse_audience(said["audience"]), "en"),
        opens_on=said["opens_on"],
        due_on=said["due_on"],
        period=said["period"],
        title=said["title"],
        asks_target=said["asks_target"],
        asks_responsible=said["asks_responsible"],
        asks_budget=said["asks_budget"],
        visibility=said["visibility"],
        due_in=said["due_in"],
        plan_type=said["plan_type"],
        calendar=said["calendar"],
        remedy_days=said["remedy_days"],
        since=said["since"],
        on=visit.on,
    ).code


@door(Role.PLANNER, methods=("POST",))
def close(visit: Visit, code: str) -> HttpResponse:
    """Close an open call."""
    found = queries.readable_call(visit.actor, code)
    if "sure" in visit.request.POST:
        actions.close_call(actor=visit.actor, call=found, on=visit.on)
        messages.success(visit.request, _("The call is closed."))
    return visit.go("call", code)


@door(Role.PLANNER)
def extend(visit: Visit, obligation: int) -> HttpResponse:
    """Give one entity more time, by an act."""
    owed = queries.readable_obligation(visit.actor, obligation)
    form = ExtendForm(visit.sent)
    given: list[date] = []
    status = attempt(form, lambda: given.append(_extended(visit, owed, form)))
    if status == DONE:
        return visit.done(_("The last day is now %(day)s.") % {"day": date_format(given[0])}, "call", owed.call.code)
    return visit.show("desk/extend.html", {"owed": owed, "form": form}, status)


def _extended(visit: Visit, owed: Obligation, form: ExtendForm) -> date:
    given = actions.extend(actor=visit.actor, obligation=owed, on=visit.on, **form.cleaned_data)
    return given.due_on


@door(Role.PLANNER)
def waive(visit: Visit, obligation: int) -> HttpResponse:
    """Lift what one entity owes, by an act."""
    owed = queries.readable_obligation(visit.actor, obligation)
    form = WaiveForm(visit.sent)
    lift = partial(submissions.waive, actor=visit.actor, obligation=owed, on=visit.on)
    status = attempt(form, lambda: lift(**form.cleaned_data))
    if status == DONE:
        return visit.done(_("The obligation was lifted."), "call", owed.call.code)
    return visit.show("desk/waive.html", {"owed": owed, "form": form}, status)
