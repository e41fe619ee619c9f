"""Handing in: a last look, a confirmation; and what was handed in, to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.plan import HandInForm
from yupana.projections.overviews import plan_form, receipt

if TYPE_CHECKING:
    from django.http import HttpResponse


@door()
def hand_in(visit: Visit, obligation: int) -> HttpResponse:
    """Show what is missing, as hints, and hand the plan in once that is confirmed."""
    sheet = plan_form.sheet(visit.actor, obligation)
    draft = sheet.draft
    form, status = HandInForm(visit.sent), 200
    if visit.writes:
        status = attempt(
            form,
            lambda: actions.submit_plan(
                actor=visit.actor,
                submission=draft.submission,
                received_on=draft.header.received_on if draft.by_letter else visit.on,
                on=visit.on,
            ),
        )
    if status == DONE:
        messages.success(visit.request, _("The plan was handed in. This page is your receipt."))
        return visit.go("version", draft.submission.pk)
    return visit.show("desk/hand_in.html", {"sheet": sheet, "form": form}, status)


@door(methods=("GET", "HEAD"))
def version(visit: Visit, submission: int) -> HttpResponse:
    """Show one version as it was handed in, with the proof of it and every decision about it."""
    found = plan_form.version(visit.actor, submission)
    return visit.show("desk/version.html", {"version": found, "proof": receipt.proof_of(found.plan.submission)})
