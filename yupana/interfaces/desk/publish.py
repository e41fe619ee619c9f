"""Editions: which are drafts, which are published; and publishing one by its act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, queries
from yupana.domain.instruments.facts import EditionState, ItemRole
from yupana.domain.instruments.rules import not_after
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.authority import PublishForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(Role.PLANNER, methods=("GET", "HEAD"))
def editions(visit: Visit) -> HttpResponse:
    """List every edition, drafts first."""
    # Sorted here: databases do not agree on where what has no entry yet comes.
    found = sorted(queries.readable(visit.actor), key=lambda one: one.state != EditionState.DRAFT)
    return visit.show("desk/editions.html", {"editions": found})


@door(Role.PLANNER)
def publish(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """Show a draft as it will be published, and publish it by its act once that is confirmed."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{edition}")
    form = PublishForm(visit.sent, initial={"on": visit.on})
    status = 200
    if visit.writes:
        status = attempt(
            form,
            lambda: actions.publish(
                actor=visit.actor,
                instrument=instrument,
                edition=edition,
                act=form.cleaned_data["act"],
                on=not_after(form.cleaned_data["on"], visit.on),
            ),
        )
    if status == DONE:
        messages.success(visit.request, _("%(title)s is published.") % {"title": held.title})
        return visit.go("editions")
    items = [(item, words.label(ItemRole(item.role))) for item in queries.items(held.pk)]
    shown = {"edition": held, "items": items, "form": form}
    return visit.show("desk/publish.html", shown, status)
