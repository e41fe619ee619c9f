"""Checking what was declared: verdicts, what an entity says against one, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.progress.checks import all_verdicts, content_of_answer, content_of_dispute, content_of_verdict
from yupana.domain.progress.models import Dispute, Progress, Verdict
from yupana.domain.progress.policy import can_dispute, verify_refusal
from yupana.domain.progress.rules import said_of
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.queries import all_with_debtors, subject_of
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.quantity import MOST
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.progress.rules import Said
    from yupana.foundation.kernel.actor import Actor

MOST_TEXT = 5_000


def give_verdict(
    *,
    actor: Actor,
    submission: Submission,
    row: int,
    said: Said,
    basis: str,
    on: date,
    supersedes: Verdict | None = None,
) -> Verdict:
    """Say what was found of one row of an accepted report: the value that holds, and how it was checked.

    Where a verdict holds already, another one names it in ``supersedes``; Conflict("verdict-moved") where another one
    holds by now. One that is in dispute is answered first.
    """
    with transaction.atomic():
        version = all_with_debtors().get(pk=submission.pk)
        _refuse_verifier(actor, version)
        _refuse_row(version, row, said)
        # Nobody disputes it meanwhile.
        standing = Verdict.objects.select_for_update(of=("self",), no_key=True).filter(submission=version, row=row)
        holds = standing.filter(superseded_by=None).first()
        if holds != supersedes:
            raise Conflict("verdict-moved")
        if holds is not None and Dispute.objects.filter(verdict=holds, upheld=None).exists():
            raise Refused("dispute-unanswered")
        given = Verdict(
            submission=version,
            row=row,
            value=said.value,
            numerator=said.numerator,
            denominator=said.denominator,
            basis=written(basis),
            on=on,
            by_id=actor.person,
            supersedes=holds,
        )
        given.entry = record(subject_of(version).fact("verdict.given", on, content_of_verdict(given), row=row))
        try:
            with transaction.atomic():
                given.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("verdict-moved") from error
        return given


def dispute(*, actor: Actor, verdict: Verdict, text: str, on: date) -> Dispute:
    """Say, for the entity, why a verdict that holds is wrong; once."""
    with transaction.atomic():
        about = all_verdicts().select_for_update(of=("self",), no_key=True).get(pk=verdict.pk)
        if not can_dispute(actor, about.submission.obligation):
            raise Forbidden("not-entity-planner")
        _refuse_superseded(about)
        said = Dispute(verdict=about, text=written(text), on=on, by_id=actor.person)
        content = content_of_dispute(said)
        said.entry = record(subject_of(about.submission).fact("verdict.disputed", on, content, row=about.row))
        try:
            with transaction.atomic():
                said.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("disputed-already") from error
        return said


def answer_dispute(
    *,
    actor: Actor,
    dispute: Dispute,
    upheld: bool,
    answer: str,
    on: date,
    said: Said | None = None,
    basis: str = "",
) -> Dispute:
    """Answer what an entity says against a verdict; never by who gave it.

    Who upholds the dispute says at once which value holds instead: a verdict found wrong does not go on standing. Only
    where a later version of the report was accepted nothing is said instead: that verdict counts no more.
    """
    with transaction.atomic():
        held = Dispute.objects.select_for_update(of=("self",), no_key=True).get(pk=dispute.pk)
        about = all_verdicts().get(pk=held.verdict_id)
        _refuse_verifier(actor, about.submission)
        if about.by_id is not None and about.by_id == actor.person:
            raise Forbidden("own-verdict")
        if held.upheld is not None:
            raise Conflict("dispute-answered-already")
        _refuse_superseded(about)
        counts = _accepted_last(about.submission) == about.submission_id
        if upheld and counts and said is None:
            raise Refused("dispute-upheld-without-value")
        held.upheld, held.answer, held.answered_on, held.answered_by_id = upheld, written(answer), on, actor.person
        fact = subject_of(about.submission).fact("dispute.answered", on, content_of_answer(held), row=about.row)
        held.answer_entry = record(fact)
        held.save(force_update=True)
        if upheld and counts and said is not None:
            give_verdict(
                actor=actor, submission=about.submission, row=about.row, said=said, basis=basis or answer, on=on,
                supersedes=about,
            )  # fmt: skip
        return held


def written(text: str) -> str:
    """Return a text that a check cannot do without."""
    bare = text.strip()
    if not 0 < len(bare) <= MOST_TEXT:
        raise Refused("check-text", most=MOST_TEXT)
    return bare


def _refuse_verifier(actor: Actor, version: Submission) -> None:
    refusal = verify_refusal(actor, version)
    if refusal:
        raise Forbidden(refusal)


def _refuse_superseded(about: Verdict) -> None:
    if Verdict.objects.filter(supersedes=about).exists():
        raise Conflict("verdict-moved")


def _accepted_last(version: Submission) -> int | None:
    """Return the version of the same report that was accepted last."""
    steps = Step.objects.filter(submission__obligation=version.obligation_id, after=State.ACCEPTED)
    return steps.order_by("-entry_id").values_list("submission", flat=True).first()


def _refuse_row(version: Submission, row: int, said: Said) -> None:
    """Only what an accepted report says can be checked, in the version that holds, and like for like."""
    if _accepted_last(version) != version.pk:
        raise Refused("report-not-accepted")
    declared = Progress.objects.filter(submission=version, row=row).first()
    if declared is None or not said_of(declared).is_known:
        raise Refused("row-says-nothing", row=row)
    if (
        not said.is_known
        or said.is_rate != said_of(declared).is_rate
        or (said.numerator is None) != (said.denominator is None)
    ):
        raise Refused("verdict-unlike", row=row)
    if any(abs(each) > MOST for each in (said.value, said.numerator, said.denominator) if each is not None):
        raise Refused("value-beyond", what="row", which=str(row))
    if (said.denominator or 0) < 0:
        raise Refused("denominator-negative", what="row", which=str(row))
