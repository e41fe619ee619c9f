"""What the authority decides about a plan, and what both sides confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.commitments.checklists import parts_of
from yupana.domain.commitments.facts import reclassification_content, year_one_content
from yupana.domain.commitments.models import Activity, Reclassification, YearOne
from yupana.domain.commitments.policy import can_confirm_year, reclassify_refusal
from yupana.domain.commitments.queries import item_names, scope_items, with_answered
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.actions import decide, look
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.queries import subject_of
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.domain.instruments.models import Item
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Look, Step
    from yupana.domain.submissions.rules import Note
    from yupana.foundation.kernel.actor import Actor

YEARS = range(1990, 2101)


def look_at(*, actor: Actor, submission: Submission, notes: Sequence[Note]) -> tuple[Look, ...]:
    """Note something about rows of a version and sections of its checklist; give back what another noted meanwhile."""
    return look(actor=actor, submission=submission.pk, notes=notes, known=parts_of(submission))


def _note(actor: Actor, submission: Submission, notes: Sequence[Note]) -> None:
    """Note what comes with a decision; nothing is decided over what another noted meanwhile."""
    if notes and look_at(actor=actor, submission=submission, notes=notes):
        raise Conflict("look-moved")


def return_plan(
    *,
    actor: Actor,
    submission: Submission,
    reason: str,
    remarks: Mapping[int, str],
    on: date,
    notes: Sequence[Note] = (),
) -> Step:
    """Give a plan back to be mended, saying why: in general, or by row beside what was noted before."""
    rows = set(Activity.objects.filter(submission=submission).values_list("row", flat=True))
    for row in sorted(set(remarks) - rows):
        raise Refused("row-unknown", row=row)
    with transaction.atomic():
        _note(actor, submission, notes)
        return decide(
            actor=actor, submission=submission.pk, after=State.RETURNED, on=on, reason=reason, remarks=remarks
        )


def accept_plan(
    *,
    actor: Actor,
    submission: Submission,
    on: date,
    resolution_due_on: date | None = None,
    notes: Sequence[Note] = (),
) -> Step:
    """Accept a plan as complete and in form; its legal act may still be pending until a day."""
    with transaction.atomic():
        _note(actor, submission, notes)
        due = resolution_due_on
        return decide(actor=actor, submission=submission.pk, after=State.ACCEPTED, on=on, resolution_due_on=due)


def misfile_plan(*, actor: Actor, submission: Submission, reason: str, on: date, notes: Sequence[Note] = ()) -> Step:
    """Say that this is not what the call asks for: no corresponde."""
    with transaction.atomic():
        _note(actor, submission, notes)
        return decide(actor=actor, submission=submission.pk, after=State.MISFILED, on=on, reason=reason)


def reclassify(
    *, actor: Actor, activity: Activity, item: Item | str | None, reason: str, on: date, moves: int | None = None
) -> Reclassification:
    """Say which item of the obligation's scope a row really answers (None: none); the entity's own stays beside it.

    ``moves`` says how often it had been moved when the reviewer looked: somebody else did since, Conflict("row-moved").
    """
    with transaction.atomic():
        # Nobody decides about the version meanwhile, and nobody else moves a row of it.
        Submission.objects.select_for_update(no_key=True).get(pk=activity.submission_id)
        rows = Activity.objects.select_related("submission__obligation__call", "submission__obligation__debtor")
        row = with_answered(rows).get(pk=activity.pk)
        obligation = row.submission.obligation
        refusal = reclassify_refusal(actor, obligation)
        if refusal:
            raise Forbidden(refusal)
        if row.submission.state not in (State.SUBMITTED, State.ACCEPTED):
            raise Refused("not-under-review")
        if not reason.strip():
            raise Refused("reason-missing")
        if moves is not None and moves != row.reclassifications.count():
            raise Conflict("row-moved", row=row.row)
        chosen = _chosen(obligation, item)
        if chosen == row.answered_id:
            raise Refused("item-unchanged")
        subject = subject_of(row.submission)
        name = item_names([chosen]).get(chosen or 0, "")
        content = reclassification_content(subject, row.row, name, reason.strip())
        entry = record(subject.fact("row.reclassified", on, content, row=row.row))
        return Reclassification.objects.create(activity=row, item_id=chosen, reason=reason.strip(), entry=entry)


def confirm_year_one(*, actor: Actor, obligation: Obligation, year: int, on: date) -> YearOne:
    """Say, once for a plan and all its versions, which year its "Año 1" is."""
    if not can_confirm_year(actor, obligation):
        raise Forbidden("not-entity-planner")
    if year not in YEARS:
        raise Refused("year-out-of-range", year=year, first=YEARS[0], last=YEARS[-1])
    entity, call = obligation.debtor.ref, obligation.call.code
    codes: dict[str, str | int] = {"call": call, "entity": entity, "obligation": obligation.pk}
    reserved = obligation.call.visibility == Visibility.RESTRICTED
    try:
        with transaction.atomic():
            entry = record(Fact("year.confirmed", codes, on, year_one_content(call, entity, year), reserved=reserved))
            return YearOne.objects.create(obligation=obligation, year=year, entry=entry)
    except IntegrityError as error:
        raise Conflict("year-confirmed-already") from error


def _chosen(obligation: Obligation, item: Item | str | None) -> int | None:
    if item is None or item == "":
        return None
    items = scope_items([obligation])[obligation.scope_id]
    found = items.get(item, []) if isinstance(item, str) else [item.pk]
    if len(found) != 1 or found not in items.values():
        raise Refused("plan-item-ambiguous" if found else "plan-item-unknown", item=str(item))
    return found[0]
