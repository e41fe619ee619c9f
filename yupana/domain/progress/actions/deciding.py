"""What the authority decides about a report: given back row by row, accepted as complete and in form, turned away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.histories import plan_of
from yupana.domain.progress.models import Progress
from yupana.domain.submissions.actions import decide, look
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.policy import review_refusal
from yupana.domain.submissions.rules import State, row_subject
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.domain.submissions.models import Look, Submission
    from yupana.domain.submissions.rules import Note
    from yupana.foundation.kernel.actor import Actor


def look_at_report(*, actor: Actor, submission: Submission, notes: Sequence[Note]) -> tuple[Look, ...]:
    """Note something about rows of a report under review; give back what another noted meanwhile."""
    known = {row_subject(row) for row in _rows(submission)}
    return look(actor=actor, submission=submission.pk, notes=notes, known=known)


def return_report(
    *,
    actor: Actor,
    submission: Submission,
    reason: str,
    remarks: Mapping[int, str],
    on: date,
    notes: Sequence[Note] = (),
) -> Step:
    """Give a report back to be mended, saying why: in general, or by row."""
    if refusal := review_refusal(actor, submission):
        raise Forbidden(refusal)
    for row in sorted(set(remarks) - _rows(submission)):
        raise Refused("row-unknown", row=row)
    return _decided(actor, submission, State.RETURNED, on, notes, reason=reason, remarks=remarks)


def accept_report(*, actor: Actor, submission: Submission, on: date, notes: Sequence[Note] = ()) -> Step:
    """Accept a report as complete and in form; whether it is true is another question."""
    return _decided(actor, submission, State.ACCEPTED, on, notes)


def misfile_report(*, actor: Actor, submission: Submission, reason: str, on: date) -> Step:
    """Say that this is not the report that was asked for: no corresponde."""
    return _decided(actor, submission, State.MISFILED, on, (), reason=reason)


def _rows(submission: Submission) -> set[int]:
    """Number the rows of the plan and those that the report speaks of: what is left unsaid can be remarked on too."""
    plan = Step.objects.filter(submission__obligation=plan_of(submission.obligation), after=State.ACCEPTED)
    last = plan.order_by("-entry_id").values("submission")[:1]
    told = Progress.objects.filter(submission=submission).values_list("row", flat=True)
    return {*told, *Activity.objects.filter(submission__in=last).values_list("row", flat=True)}


def _decided(
    actor: Actor,
    submission: Submission,
    after: State,
    on: date,
    notes: Sequence[Note],
    *,
    reason: str = "",
    remarks: Mapping[int, str] | None = None,
) -> Step:
    if submission.obligation.call.expects != Expects.PROGRESS:
        raise Refused("call-asks-no-report", call=submission.obligation.call.code)
    with transaction.atomic():
        if notes and look_at_report(actor=actor, submission=submission, notes=notes):
            raise Conflict("look-moved")
        return decide(actor=actor, submission=submission.pk, after=after, on=on, reason=reason, remarks=remarks)
