"""A plan before the entity's executive: put there by its planner, given back, approved; and handed in without that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.actions.drafting import refuse_too_long, submit_plan
from yupana.domain.commitments.actions.justifying import settle
from yupana.domain.commitments.facts import PlanHeader
from yupana.domain.people.queries import in_force
from yupana.domain.submissions.actions.holding import locked, refuse_handed_in
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import can_submit, is_executive, is_own_writer
from yupana.domain.submissions.queries import all_with_debtors
from yupana.domain.submissions.rules import Resolution, State, resolution_state
from yupana.domain.submissions.rules.life import FIRST_YEAR
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from yupana.foundation.kernel.actor import Actor


def put_before_executive(*, actor: Actor, submission: Submission, on: date) -> Submission:
    """Say that a draft is finished and waits for the entity's executive, who must have a mandate in force."""
    with transaction.atomic():
        draft = locked(submission.pk)
        if not is_own_writer(actor, draft.obligation):
            raise Forbidden("not-entity-planner")
        refuse_handed_in(draft)
        if not settle(draft).rows:
            raise Refused("plan-empty")
        if not in_force(on).filter(entity=draft.obligation.debtor_id, role=Role.EXECUTIVE).exists():
            raise Refused("executive-missing")
        _claim(draft, ready_on=on, ready_by_id=actor.person, ready_note="")
        return all_with_debtors().get(pk=draft.pk)


def give_back(*, actor: Actor, submission: Submission, note: str) -> Submission:
    """Give a draft back to its planner, with a note; the executive does that, as long as it waits for them."""
    with transaction.atomic():
        draft = locked(submission.pk)
        if not is_executive(actor, draft.obligation):
            raise Forbidden("not-executive")
        refuse_handed_in(draft)
        if draft.ready_on is None:
            raise Conflict("not-before-executive")
        if not note.strip():
            raise Refused("reason-missing")
        _claim(draft, ready_on=None, ready_by_id=None, ready_note=note.strip())
        return all_with_debtors().get(pk=draft.pk)


def approve_plan(
    *, actor: Actor, submission: Submission, resolution: str, resolution_on: date, seen: datetime, on: date
) -> Submission:
    """Approve a draft by a resolution and hand it in. The executive signs what they read.

    ``seen`` is the ``saved_at`` of what they read; if it changed since, Conflict("draft-changed").
    """
    with transaction.atomic():
        draft = locked(submission.pk)
        if not is_executive(actor, draft.obligation):
            raise Forbidden("not-executive")
        refuse_handed_in(draft)
        if draft.saved_at != seen:
            raise Conflict("draft-changed")
        _refuse_resolution(resolution.strip(), resolution_on, on)
        _claim(
            draft,
            resolution=resolution.strip(),
            resolution_state=Resolution.KNOWN,
            resolution_on=resolution_on,
            approved=True,
        )
        return submit_plan(actor=actor, submission=draft, received_on=on, on=on)


def hand_in_plan(
    *, actor: Actor, submission: Submission, resolution: str, resolution_on: date | None, on: date
) -> Submission:
    """Hand a draft in without the executive's approval, saying which resolution approves it; none: it is pending.

    Who transcribes a letter hands in what stands in it, received on the day that its heading says.
    """
    with transaction.atomic():
        draft = locked(submission.pk)
        if not can_submit(actor, draft):
            raise Forbidden("not-entity-planner")
        refuse_handed_in(draft)
        text = resolution.strip()
        if resolution_on is not None:
            _refuse_resolution(text, resolution_on, on)
        refuse_too_long((), PlanHeader(resolution=text))
        _claim(draft, resolution=text, resolution_state=resolution_state(text), resolution_on=resolution_on)
        received_on = draft.received_on if draft.transcribed else on
        return submit_plan(actor=actor, submission=draft, received_on=received_on, on=on)


def _refuse_resolution(text: str, day: date, on: date) -> None:
    if not text:
        raise Refused("resolution-unsaid")
    refuse_too_long((), PlanHeader(resolution=text))
    if not day.year >= FIRST_YEAR or day > on:
        raise Refused("resolution-day", resolution_on=day, on=on)


def _claim(draft: Submission, **changes: object) -> None:
    """Change a draft only where it still is one, and say when: whoever reads it meanwhile is told."""
    if not Submission.objects.filter(pk=draft.pk, state=State.DRAFT).update(saved_at=timezone.now(), **changes):
        raise Conflict("submitted-already")
