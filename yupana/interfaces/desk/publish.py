"""Editions: which are drafts, which are published; and publishing one by its act."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.instruments import actions, consultations, public, queries
from yupana.domain.instruments.facts import NOBODY, EditionState, ItemRole
from yupana.domain.instruments.rules import not_after
from yupana.domain.instruments.rules.lint import Severity
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.authority import PublishForm
from yupana.interfaces.desk.forms.consulting import DocumentForm

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from yupana.domain.instruments.models import Edition


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
        return visit.done(_("%(title)s is published.") % {"title": held.title}, "editions")
    return visit.show("desk/publish.html", {"edition": held, "form": form, **_looked_at(held, visit.on)}, status)


def _looked_at(held: Edition, on: date) -> dict[str, object]:
    """What somebody should see of a text before they publish it: its items, faults, comments and originals."""
    items = list(queries.items(held.pk))
    found = queries.looked_through(held, items, on=on) if held.state == EditionState.DRAFT else ()
    counted = Counter(finding.severity for finding in found)
    return {
        "items": [(item, words.label(ItemRole(item.role))) for item in items],
        "unbound": sum(item.binds and item.audience == NOBODY for item in items),
        "faults": [(words.label(severity), counted[severity]) for severity in Severity if counted[severity]],
        "documents": list(held.documents.all()),
        "document_form": DocumentForm(),
        "rounds": list(consultations.rounds(held)),
        "waiting": consultations.unanswered(held),
        "ended": public.ended(held.pk) if held.state == EditionState.REPEALED else None,
    }
