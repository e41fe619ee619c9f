"""One version: begun, handed in, decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from yupana.domain.obligations.models import Obligation, Transfer
from yupana.domain.obligations.queries import term_of
from yupana.domain.obligations.rules import CallState
from yupana.domain.submissions.actions.holding import locked
from yupana.domain.submissions.actions.looking import noted
from yupana.domain.submissions.facts import Decision, step_content
from yupana.domain.submissions.models import Look, Remark, Step, Submission
from yupana.domain.submissions.policy import acts_for, can_submit, is_own_writer, review_refusal, start_refusal
from yupana.domain.submissions.queries import all_with_debtors, last_day, subject_of
from yupana.domain.submissions.rules import (
    MOVES,
    Channel,
    Doubt,
    Handed,
    State,
    check_reception,
    is_open,
    met_on,
    reasons,
)
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

VERBS = {
    State.SUBMITTED: "submission.submitted",
    State.RETURNED: "submission.returned",
    State.ACCEPTED: "submission.accepted",
    State.MISFILED: "submission.misfiled",
}


def open_draft(*, actor: Actor, obligation: Obligation, on: date) -> tuple[Submission, Submission | None]:
    """Begin the next version; return it with the one before it.

    An authority planner who is not of the entity transcribes a letter, which the entity has yet to confirm.
    """
    refusal = start_refusal(actor, obligation)
    if refusal:
        raise Forbidden(refusal)
    own = is_own_writer(actor, obligation)
    _refuse_outside_window(obligation, on)
    if own:  # of a letter the day counts on which it came, and that is said when it is handed in
        _refuse_locked(obligation, on, on)
    last = Submission.objects.filter(obligation=obligation).order_by("-version").first()
    if last is not None and last.state in (State.DRAFT, State.SUBMITTED):
        raise Conflict("draft-exists" if last.state == State.DRAFT else "under-review")
    draft = Submission(
        obligation=obligation,
        version=last.version + 1 if last else 1,
        channel=Channel.DESK if own else Channel.LETTER,
        asks_target=obligation.call.asks_target,
        asks_responsible=obligation.call.asks_responsible,
        asks_budget=obligation.call.asks_budget,
        transcribed=not own,
        confirmed=own,
        transcribed_by_id=None if own else actor.person,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("draft-exists") from error
    return draft, last


def hand_in(
    *, actor: Actor, submission: int, received_on: date | None, on: date, content: Callable[[Submission], Plain]
) -> Submission:
    """Hand a draft in and record it; ``content`` says what stands in it, once nobody can change it any more.

    Who acts for the entity hands in today. Who transcribes says on which day the letter came (None: as in the draft):
    that day has to lie between the opening and the last day on which anything is taken, however late it is typed in.
    """
    with transaction.atomic():
        version = all_with_debtors().get(pk=submission)
        if not can_submit(actor, version):
            raise Forbidden("not-entity-planner")
        _refuse_outside_window(version.obligation, on)
        by_letter = not acts_for(actor, version.obligation)
        if not by_letter and received_on not in (None, on):
            raise Refused("received-another-day", received_on=received_on)
        version.received_on = received_on or version.received_on if by_letter else on
        refuse_reception(version.obligation, version.received_on, on=on)
        _refuse_locked(version.obligation, on, version.received_on if by_letter else on)
        version.date_doubt = "" if version.received_on else Doubt.DATE_MISSING
        version.confirmed = not by_letter
        _claim(
            version,
            State.DRAFT,
            received_on=version.received_on,
            date_doubt=version.date_doubt,
            confirmed=version.confirmed,
        )
        entry = record(subject_of(version).fact(VERBS[State.SUBMITTED], on, content(version)))
        try:
            with transaction.atomic():
                _claim(version, State.DRAFT, state=State.SUBMITTED, entry=entry)
        except IntegrityError as error:
            raise Conflict("under-review") from error
        version.state, version.entry = State.SUBMITTED, entry
        return version


def decide(
    *,
    actor: Actor,
    submission: int,
    after: State,
    on: date,
    reason: str = "",
    remarks: Mapping[int, str] | None = None,
    resolution_due_on: date | None = None,
) -> Step:
    """Return, accept or turn away the version under review, with every note about it. The second of two is told so.

    ``remarks`` come on top of the rows that were noted as to be mended.
    """
    with transaction.atomic():
        # Nobody notes anything meanwhile.
        version = locked(submission)
        refusal = review_refusal(actor, version)
        if refusal:
            raise Forbidden(refusal)
        before = State(version.state)
        if before is State.DRAFT or after not in MOVES[State.SUBMITTED]:
            raise Refused("not-under-review")
        looked = noted(version)
        said = reasons(looked, after, remarks or {})
        if not (reason.strip() or after is State.ACCEPTED or (after is State.RETURNED and (said or is_open(looked)))):
            raise Refused("reason-missing")
        Look.objects.filter(submission=version).delete()
        _claim(version, State.SUBMITTED, state=after)
        decision = Decision(
            after=after,
            on=on,
            reason=reason.strip(),
            remarks=said,
            remedy_until=_remedy_until(version, on) if after is State.RETURNED else None,
            met_on=met_on(_chain(version)) if after is State.ACCEPTED else None,
            resolution_due_on=resolution_due_on,
            by=actor.person,
            looked=looked,
        )
        return _record_step(version, decision)


def _remedy_until(version: Submission, on: date) -> date:
    return term_of(version.obligation, on, version.obligation.call.remedy_days)


def _record_step(version: Submission, decision: Decision) -> Step:
    subject = subject_of(version)
    content = step_content(subject, decision)
    entry = record(subject.fact(VERBS[State(decision.after)], decision.on, content))
    step = Step.objects.create(
        submission=version,
        before=State.SUBMITTED,
        after=decision.after,
        on=decision.on,
        by_id=decision.by,
        reason=decision.reason,
        remedy_until=decision.remedy_until,
        met_on=decision.met_on,
        resolution_due_on=decision.resolution_due_on,
        looked=[list(each) for each in decision.looked] or None,
        entry=entry,
    )
    Remark.objects.bulk_create([Remark(step=step, row=row, text=text) for row, text in decision.remarks.items()])
    return step


def _chain(version: Submission) -> list[Handed]:
    """This version and the unbroken run of returned ones before it, oldest first, as the clock sees them."""
    chain = [_handed(version, None)]
    older = Submission.objects.filter(obligation=version.obligation_id, version__lt=version.version)
    for each in older.order_by("-version").prefetch_related("steps"):
        if each.state != State.RETURNED:
            break
        chain.insert(0, _handed(each, next((step.remedy_until for step in each.steps.all()), None)))
    return chain


def _handed(version: Submission, remedy_until: date | None) -> Handed:
    return Handed(None if version.date_doubt else version.received_on, remedy_until)


def _claim(version: Submission, expected: State, **changes: object) -> None:
    """Change a version only where it still stands as expected; whoever comes second is told."""
    standing = Submission.objects.filter(pk=version.pk, state=expected)
    if not standing.update(saved_at=timezone.now(), **changes):
        raise Conflict("submitted-already" if expected is State.DRAFT else "decided-already")


def refuse_reception(obligation: Obligation, received_on: date | None, *, on: date | None) -> None:
    """Refuse a day on which nothing can have been received under the obligation's call."""
    call = obligation.call
    check_reception(received_on, opens_on=None if call.historical else call.opens_on, on=on)


def _refuse_outside_window(obligation: Obligation, on: date) -> None:
    """A call takes what is late, but nothing before it opens or after it is closed. History has no first day."""
    call = obligation.call
    if call.state != CallState.OPEN:
        raise Refused("call-closed", call=call.code)
    if Transfer.objects.filter(obligation=obligation).exists():
        raise Conflict("obligation-transferred", call=call.code, entity=obligation.debtor.name)
    if on < call.opens_on and not call.historical:
        raise Refused("call-not-open-yet", call=call.code, opens_on=call.opens_on)


def _refuse_locked(obligation: Obligation, on: date, received_on: date | None) -> None:
    """Refuse what came after the last day; after it, what came on a day that nobody says."""
    call = obligation.call
    last = last_day(obligation, call.locks_on) if call.locks_on else None
    if last is None or on <= last:
        return
    if received_on is None:
        raise Refused("letter-undated", call=call.code, locks_on=last)
    if received_on > last:
        raise Refused("call-locked", call=call.code, locks_on=last)
