"""Entities that have handed nothing in: why, what was tried to reach them, and noting the next attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.entities import queries as entities
from yupana.domain.obligations import queries
from yupana.domain.obligations.actions import contacting
from yupana.domain.obligations.contacts import readable_contacts
from yupana.domain.obligations.rules import ContactHow
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import sending, words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.desk.forms.people import ContactForm
from yupana.projections.overviews import silent as overview
from yupana.projections.overviews.silent import Silence

if TYPE_CHECKING:
    from django.http import HttpResponse, StreamingHttpResponse

    from yupana.domain.entities.models import Entity
    from yupana.domain.obligations.models import Call


@door(*AUTHORITY, methods=("GET", "HEAD"))
def listed(visit: Visit, code: str) -> HttpResponse:
    """List who is silent under a call, by reason if one is chosen."""
    call, why = queries.readable_call(visit.actor, code), visit.request.GET.get("why", "")
    text = visit.request.GET.get("q", "")
    chosen = why if why in list(Silence) else ""
    found = overview.silent(visit.actor, call, on=visit.on, why=chosen, text=text, page=visit.page)
    shown = {"call": call, "found": found, "why": chosen, "q": text, "query": visit.query("why", "q")}
    return visit.show("desk/people/silent.html", shown)


@door(*AUTHORITY, methods=("GET", "HEAD"))
def as_csv(visit: Visit, code: str) -> StreamingHttpResponse:
    """Give the whole list as a table."""
    call = queries.readable_call(visit.actor, code)
    head = (_("Code"), _("Entity"), _("Why"), _("Due on"), _("Attempts"), _("Last attempt"))
    rows = [
        (
            each.obligation.debtor.code,
            each.obligation.debtor.name,
            words.label(each.why),
            each.due_on.isoformat() if each.due_on else "",
            str(each.contacts),
            each.reached_on.isoformat() if each.reached_on else "",
        )
        for each in overview.every_silent(visit.actor, call, on=visit.on)
    ]
    return sending.table(f"silencio-{call.pk}", [head, *rows])


@door(Role.PLANNER)
def contact(visit: Visit, code: str, entity: int) -> HttpResponse:
    """Show every attempt to reach an entity, and note one more."""
    call, body = queries.readable_call(visit.actor, code), entities.bindable(entity)
    form = ContactForm(visit.sent, initial={"contacted_on": visit.on})
    status = attempt(form, lambda: _note(visit, call, body, form))
    if status == DONE:
        return visit.done(_("The attempt was noted."), "contact", code, entity)
    log = [(each, words.label(ContactHow(each.how))) for each in readable_contacts(visit.actor, body.pk)]
    return visit.show("desk/people/contact.html", {"call": call, "entity": body, "log": log, "form": form}, status)


def _note(visit: Visit, call: Call, body: Entity, form: ContactForm) -> None:
    said = form.cleaned_data | {"how": ContactHow(form.cleaned_data["how"])}
    contacting.note_contact(actor=visit.actor, entity=body, call=call, on=visit.on, **said)
