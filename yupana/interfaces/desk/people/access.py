"""Who acts for an entity, and putting somebody in their place by a designation letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _

from yupana.domain.entities import queries as entities
from yupana.domain.people import queries as people
from yupana.domain.people.facts import Invited, Letter
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.desk.forms.people import AccessForm
from yupana.interfaces.desk.people.inviting import tell_passed_on
from yupana.projections.notices import actions

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.entities.models import Entity

FOUND = 30


@door(Role.PLANNER, methods=("GET", "HEAD"))
def find(visit: Visit) -> HttpResponse:
    """Find the entity whose people change."""
    text = visit.request.GET.get("q", "")
    found = entities.search(text).filter(bindable=True)[:FOUND] if text.strip() else []
    return visit.show("desk/people/access_find.html", {"q": text, "found": found})


@door(Role.PLANNER)
def access(visit: Visit, entity: int) -> HttpResponse:
    """Show who acts for an entity; put somebody else in their place."""
    body = entities.bindable(entity)
    form, done = AccessForm(visit.sent), list[Any]()
    status = attempt(form, lambda: done.append(_hand_over(visit, body, form)))
    if status == DONE:
        messages.success(
            visit.request, _("%(name)s acts for the entity from today on.") % {"name": done[0].person.display_name}
        )
        tell_passed_on(visit, done)
        return visit.go("invite-sheet") if done[0].link else visit.go("access", entity)
    acting = [
        (mandate, words.label(Role(mandate.role)))
        for mandate in people.acting_for(body.pk, visit.on)
        if mandate.role not in {role.value for role in AUTHORITY}
    ]
    return visit.show("desk/people/access.html", {"entity": body, "acting": acting, "form": form}, status)


def _hand_over(visit: Visit, body: Entity, form: AccessForm) -> object:
    said = form.cleaned_data
    letter = Letter(said["letter"], said["letter_on"])
    row = Invited("", body.ref, said["name"], said["email"], said["role"], letter)
    return actions.hand_over(actor=visit.actor, entity=body, row=row, on=visit.on)
