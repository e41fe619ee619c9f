"""What bodies say in a consultation, in their own name: whoever acts for one speaks from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, consultations, queries
from yupana.domain.instruments.facts import EditionState, item_key
from yupana.domain.people import queries as people
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import ENTITY, Visit, door
from yupana.interfaces.desk.forms.consulting import SpeakForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.domain.instruments.models import Edition


@door(*ENTITY, methods=("GET", "HEAD"))
def hearings(visit: Visit) -> HttpResponse:
    """List what is put to everybody now."""
    return visit.show("desk/hearings.html", {"rounds": list(consultations.under_way())})


@door(*ENTITY)
def speak(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Comment on a text, or on the item that was asked for, in the name of a body."""
    held = _put(visit, instrument, edition)
    item = visit.request.GET.get("item", "")
    bodies = _bodies(visit)
    form = SpeakForm(visit.sent, bodies=bodies, item=item)
    status = attempt(
        form,
        lambda: actions.comment(actor=visit.actor, edition=f"{instrument}/{edition}", on=visit.on, **form.cleaned_data),
    )
    if status == DONE:
        return visit.done(_("Your comment was received and written down in the record."), "speak", instrument, edition)
    asked = form["item"].value() or ""
    items = queries.items(held.pk)
    about = next((each for each in items if asked == item_key(each.role, each.code)), None)
    shown = {"edition": held, "form": form, "items": items, "about": about, "alone": len(bodies) == 1}
    return visit.show("desk/speak.html", shown, status)


def _put(visit: Visit, instrument: str, edition: str) -> Edition:
    """Find what is in consultation; anything else is not there."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    if held.state != EditionState.CONSULTATION:
        raise Missing("edition-unknown", edition=f"{instrument}/{edition}")
    return held


def _bodies(visit: Visit) -> list[tuple[int, str]]:
    """The bodies for which they may speak."""
    held = people.mandates_of(visit.request.user, visit.on)  # type: ignore[arg-type] # the door lets nobody else in
    mine = visit.actor.entities(*ENTITY)
    return sorted({mandate.entity.pk: mandate.entity.name for mandate in held if mandate.entity.pk in mine}.items())
