"""Reading what was handed in. Every function that gives a version to an interface was told who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery

from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.facts import Decision, Subject, step_content
from yupana.domain.submissions.models import Document, Step, Submission
from yupana.domain.submissions.policy import readable_by, reviewable_by
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

CHUNK = 500


def all_with_debtors() -> QuerySet[Submission]:
    """Every version, its call and its debtor at hand: for those who record, never for an interface."""
    return Submission.objects.select_related("obligation__call", "obligation__debtor")


def found(actor: Actor, submission: int) -> Submission:
    """One version, or Missing: absent and not for this reader look the same."""
    version = readable_by(actor, all_with_debtors()).filter(pk=submission).first()
    if version is None:
        raise Missing("submission-unknown")
    return version


def document_of(actor: Actor, submission: int, digest: str) -> Document:
    """One file of a version that the actor may read; Missing too where an act erased what the version said."""
    version = found(actor, submission)
    kept = Document.objects.filter(submission=version, submission__entry__erasure=None)
    document = kept.filter(digest=digest).first() if "\0" not in digest else None
    if document is None:
        raise Missing("file-missing", digest=digest)
    return document


def documents_handed_in() -> QuerySet[Document]:
    """List every file that a version was handed in with, whoever asks: for those who prove that they are there."""
    handed_in = Document.objects.filter(submission__entry__isnull=False, submission__entry__erasure=None)
    return handed_in.select_related("submission__obligation__call").order_by("submission", "digest")


def versions_of(actor: Actor, obligation: int) -> QuerySet[Submission]:
    """The versions of one plan that the actor may read, newest first, with their steps and remarks."""
    mine = readable_by(actor, all_with_debtors().filter(obligation=obligation))
    return mine.prefetch_related("steps__remarks").order_by("-version")


def under_review(actor: Actor) -> QuerySet[Submission]:
    """What waits for this reviewer's decision, oldest first."""
    return reviewable_by(actor, all_with_debtors()).order_by("entry_id")


def with_accepted(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Annotate ``accepted_id``, the version accepted last (NULL: none), and what ``rules.day_that_counts`` needs.

    ``first_met_on`` is the earliest day on which an accepted version met it (NULL: none is known), ``has_doubt``
    whether the day of any of them is doubtful.
    """
    accepted = Step.objects.filter(submission__obligation=OuterRef("pk"), after=State.ACCEPTED)
    dated = accepted.filter(met_on__isnull=False).order_by("met_on")
    return obligations.annotate(
        accepted_id=Subquery(accepted.order_by("-entry_id").values("submission_id")[:1]),
        first_met_on=Subquery(dated.values("met_on")[:1]),
        has_doubt=Exists(accepted.filter(met_on__isnull=True)),
    )


def last_day(obligation: Obligation, locks_on: date) -> date:
    """Return the last day on which a report is taken: the lock's, or the end of a term that this entity was given."""
    due = with_due(Obligation.objects.filter(pk=obligation.pk)).get().effective_due
    back = Step.objects.filter(submission__obligation=obligation, after=State.RETURNED).order_by("-entry_id")
    days = [locks_on, due, *back.values_list("remedy_until", flat=True)[:1]]
    return max(day for day in days if day is not None)


def subject_of(submission: Submission) -> Subject:
    """Name a version for an entry; its call and its debtor should be at hand."""
    obligation = submission.obligation
    call, entity = obligation.call, obligation.debtor.ref
    reserved = call.visibility == Visibility.RESTRICTED
    return Subject(call.code, entity, obligation.pk, submission.pk, submission.version, reserved)


def sealed_contents() -> Iterator[Content]:
    """What stands behind every step: for verification."""
    steps = Step.objects.select_related("submission__obligation__call", "submission__obligation__debtor")
    return rebuilt(steps.prefetch_related("remarks"), _decided)


def state_due(submission: Submission) -> State:
    """Say where a version that was handed in must stand, by its steps, which should be at hand."""
    last = max(submission.steps.all(), key=lambda step: step.entry_id, default=None)
    return State(last.after) if last else State.SUBMITTED


def _decided(step: Step) -> Plain:
    expect(found=step.before, due=State.SUBMITTED)
    told = [(remark.row, remark.text) for remark in step.remarks.all()]
    expect(found=len(dict(told)), due=len(told))
    decision = Decision(
        after=step.after,
        on=step.on,
        reason=step.reason,
        remarks=dict(told),
        remedy_until=step.remedy_until,
        met_on=step.met_on,
        resolution_due_on=step.resolution_due_on,
        by=step.by_id,
        looked=[(subject, verdict, text) for subject, verdict, text in step.looked or ()],
    )
    return step_content(subject_of(step.submission), decision)
