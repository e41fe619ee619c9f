"""Mi bandeja: what waits for whoever signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.obligations import queries as obligations
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.people.news import top
from yupana.projections.overviews import inbox as overview
from yupana.projections.overviews import partners, queue, verification
from yupana.projections.overviews.joint import joint

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(methods=("GET", "HEAD"))
def inbox(visit: Visit) -> HttpResponse:
    """Show what they owe, and for the authority what waits for it."""
    owed = overview.owed(visit.actor, on=visit.on) if visit.owes else None
    work = queue.work(visit.actor, on=visit.on) if visit.reviews else None
    asked = partners.waiting(visit.actor) if visit.owes else ()
    shared = joint(visit.actor) if visit.owes else ()
    pleas = obligations.undecided(visit.actor) if visit.governs else ()
    shown: dict[str, object] = {"owed": owed, "work": work, "asked": asked, "joint": shared, "pleas": pleas}
    shown["checks"] = verification.waiting(visit.actor, on=visit.on)
    return visit.show("desk/inbox.html", {**shown, **top(visit)})
