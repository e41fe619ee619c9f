"""Inviting many people at once, and the sheet with the links for those who get theirs on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.people import queries
from yupana.domain.people.actions import Faulty
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.people import InviteForm
from yupana.interfaces.interchange.invitations import parse_invitations
from yupana.interfaces.mail import invitation
from yupana.projections.notices import actions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from yupana.domain.people.actions.inviting import Admitted

SHOWN = 50  # faults of one list; who has more pastes another list
ON_SHEET = 100


@door(Role.PLANNER)
def invite(visit: Visit) -> HttpResponse:
    """Invite everybody who was pasted, or nobody and say why."""
    form, faults = InviteForm(visit.sent), list[tuple[str, str]]()
    status = attempt(form, lambda: _invite(visit, form, faults))
    if status == DONE:
        return visit.go("invite-sheet")
    waiting = queries.awaited(visit.actor).count()
    shown = {"form": form, "faults": faults[:SHOWN], "more": max(len(faults) - SHOWN, 0), "waiting": waiting}
    return visit.show("desk/people/invite.html", shown, status)


def _invite(visit: Visit, form: InviteForm, faults: list[tuple[str, str]]) -> None:
    try:
        rows = parse_invitations(form.cleaned_data["rows"], _("line"))
        told = actions.invite(actor=visit.actor, rows=rows, on=visit.on)
    except Faulty as faulty:
        faults += [(where.replace(":", " "), words.sentence(why)) for where, why in faulty.lines]
        raise
    many = sum(each.link for each in told)
    messages.success(
        visit.request,
        ngettext("%(n)d person was invited.", "%(n)d people were invited.", many) % {"n": many},
    )
    tell_passed_on(visit, told)


def tell_passed_on(visit: Visit, told: Iterable[Admitted]) -> None:
    """Say which accounts were taken over, and from whom."""
    for each in told:
        if each.before:
            messages.warning(visit.request, words.passed_on(each))


@door(Role.PLANNER, methods=("GET", "HEAD"))
def sheet(visit: Visit) -> HttpResponse:
    """Show the links of those who have not come yet, one to a slip, to be printed and handed over."""
    people = list(queries.awaited(visit.actor)[:ON_SHEET])
    slips = [(each, [mandate.entity.name for mandate in each.mandates.all()], invitation(each)) for each in people]
    return visit.show("desk/people/sheet.html", {"slips": slips})
