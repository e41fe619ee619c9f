"""What entities ask about what they owe: more time, or to be exempted; and what the authority answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.obligations import actions, queries
from yupana.domain.submissions import actions as submissions
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, ENTITY, Visit, door
from yupana.interfaces.desk.forms.pleas import DenyForm, GrantForm, PleaForm

if TYPE_CHECKING:
    from datetime import date

    from django.forms import Form
    from django.http import HttpResponse

    from yupana.domain.obligations.models import Plea


@door(*ENTITY)
def plead(visit: Visit, obligation: int) -> HttpResponse:
    """Ask for more time or to be exempted, and read what was answered before."""
    owed = queries.owed_one(visit.actor, obligation)
    form = PleaForm(visit.sent)
    status = attempt(form, lambda: actions.plead(actor=visit.actor, obligation=owed, on=visit.on, **form.asked))
    if status == DONE:
        return visit.done(_("Your request was recorded. The answer will appear in your inbox."), "plead", obligation)
    asked = list(queries.pleas(visit.actor).filter(obligation=owed).reverse())
    waits = any(each.granted is None for each in asked)
    return visit.show("desk/plead.html", {"owed": owed, "form": form, "asked": asked, "waits": waits}, status)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def plea(visit: Visit, plea: int) -> HttpResponse:
    """Read what an entity asks."""
    return _shown(visit, queries.plea(visit.actor, plea))


@door(Role.PLANNER, methods=("POST",))
def grant(visit: Visit, plea: int) -> HttpResponse:
    """Grant what an entity asks, by an act."""
    found = queries.plea(visit.actor, plea)
    form = GrantForm(visit.sent, lifts=found.until is None)
    decide = partial(submissions.grant, actor=visit.actor, plea=plea, on=visit.on)
    status = attempt(form, lambda: decide(**form.cleaned_data))
    if status == DONE:
        return _decided(visit, found, form.cleaned_data.get("due_on"))
    return _shown(visit, found, status, grant=form)


@door(Role.PLANNER, methods=("POST",))
def deny(visit: Visit, plea: int) -> HttpResponse:
    """Deny what an entity asks, and say why."""
    found, form = queries.plea(visit.actor, plea), DenyForm(visit.sent, auto_id="deny_%s")
    decide = partial(actions.deny, actor=visit.actor, plea=plea, on=visit.on)
    status = attempt(form, lambda: decide(**form.cleaned_data))
    return _decided(visit, found) if status == DONE else _shown(visit, found, status, deny=form)


def _decided(visit: Visit, plea: Plea, chosen: date | None = None) -> HttpResponse:
    messages.success(visit.request, _("The decision was recorded, and the entity sees it."))
    given = vars(queries.plea(visit.actor, plea.pk))["granted_until"]
    if chosen and given != chosen:  # nobody works on that day
        messages.info(visit.request, _("The last day is now %(day)s.") % {"day": date_format(given)})
    return visit.go("call", plea.obligation.call.code)


def _shown(visit: Visit, plea: Plea, status: int = 200, **forms: Form) -> HttpResponse:
    asked = {"due_on": plea.until, "reason": plea.reason}
    shown = {
        "grant": GrantForm(initial=asked, lifts=plea.until is None),
        "deny": DenyForm(auto_id="deny_%s"),
        "owed": queries.readable_obligation(visit.actor, plea.obligation_id),
        **forms,
    }
    return visit.show("desk/plea.html", {"plea": plea, **shown}, status)
