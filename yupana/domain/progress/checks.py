"""Reading what was checked: verdicts, disputes and corrective actions, and what stands behind their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.progress.facts import verdict_content, words_content
from yupana.domain.progress.models import Corrective, CorrectiveStep, Dispute, Verdict
from yupana.domain.progress.policy import sees_all
from yupana.domain.progress.rules import CorrectiveState
from yupana.domain.submissions.policy import OWN
from yupana.domain.submissions.queries import subject_of
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

REPORT = "submission__obligation"
_WITH = (f"{REPORT}__call", f"{REPORT}__debtor")


def all_verdicts() -> QuerySet[Verdict]:
    """Every verdict with its report, its call and its body at hand: for those who record, never for an interface."""
    return Verdict.objects.select_related(*_WITH)


def all_correctives() -> QuerySet[Corrective]:
    """Every corrective action, the same, with its steps: for those who record, never for an interface."""
    return Corrective.objects.select_related(*(f"verdict__{each}" for each in _WITH)).prefetch_related("steps")


def verdicts(actor: Actor) -> QuerySet[Verdict]:
    """Those that exist for the actor: of their own bodies, and all for the authority."""
    return (
        all_verdicts() if sees_all(actor) else all_verdicts().filter(**{f"{REPORT}__debtor__in": actor.entities(*OWN)})
    )


def correctives(actor: Actor) -> QuerySet[Corrective]:
    """The same of corrective actions."""
    if sees_all(actor):
        return all_correctives()
    return all_correctives().filter(**{f"verdict__{REPORT}__debtor__in": actor.entities(*OWN)})


def own(actor: Actor) -> frozenset[int]:
    """Bodies for which the actor reads and answers what was found."""
    return frozenset(actor.entities(*OWN))


def verdict(actor: Actor, key: int) -> Verdict:
    """One verdict, or Missing."""
    found = verdicts(actor).filter(pk=key).first()
    if found is None:
        raise Missing("verdict-unknown")
    return found


def corrective(actor: Actor, key: int) -> Corrective:
    """One corrective action, or Missing."""
    found = correctives(actor).filter(pk=key).first()
    if found is None:
        raise Missing("corrective-unknown")
    return found


def standing(found: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Those that nobody superseded."""
    return found.filter(superseded_by__isnull=True)


def state_of(found: Corrective) -> CorrectiveState | None:
    """Where it stands by its last step, which should be at hand; None: nothing happened yet."""
    steps = sorted(found.steps.all(), key=lambda step: step.order)
    return CorrectiveState(steps[-1].after) if steps else None


def content_of_verdict(given: Verdict) -> dict[str, Plain]:
    """What is sealed when a verdict is given."""
    before = given.supersedes
    return verdict_content(
        subject_of(given.submission),
        given.row,
        said=(given.value, given.numerator, given.denominator),
        basis=given.basis,
        on=given.on,
        by=given.by_id,
        supersedes=before.entry_id if before else None,
    )


def content_of_dispute(dispute: Dispute) -> dict[str, Plain]:
    """What is sealed when an entity disputes a verdict."""
    return _words(dispute.verdict, {"text": dispute.text, "on": dispute.on, "by": dispute.by_id})


def content_of_answer(dispute: Dispute) -> dict[str, Plain]:
    """What is sealed when a dispute is answered."""
    told: dict[str, Plain] = {
        "upheld": dispute.upheld,
        "answer": dispute.answer,
        "on": dispute.answered_on,
        "by": dispute.answered_by_id,
    }
    return _words(dispute.verdict, {**told, "dispute": dispute.entry_id})


def content_of_corrective(opened: Corrective) -> dict[str, Plain]:
    """What is sealed when a corrective action is opened."""
    return _words(opened.verdict, {"text": opened.text, "due_on": opened.due_on, "on": opened.on, "by": opened.by_id})


def content_of_step(step: CorrectiveStep) -> dict[str, Plain]:
    """What is sealed of a move of a corrective action."""
    told: dict[str, Plain] = {
        "order": step.order,
        "after": step.after,
        "text": step.text,
        "on": step.on,
        "by": step.by_id,
    }
    return _words(step.corrective.verdict, {**told, "corrective": step.corrective.entry_id})


def _words(about: Verdict, fields: dict[str, Plain]) -> dict[str, Plain]:
    return words_content(subject_of(about.submission), about.row, {"verdict": about.entry_id, **fields})


def sealed_contents() -> Iterator[Content]:
    """What stands behind the entries of checks: for verification."""
    about = tuple(f"verdict__{each}" for each in _WITH)
    disputes = Dispute.objects.select_related(*about)
    steps = CorrectiveStep.objects.select_related(*(f"corrective__{each}" for each in about))
    yield from rebuilt(all_verdicts().select_related(*_WITH, "supersedes"), content_of_verdict)
    yield from rebuilt(disputes, content_of_dispute)
    yield from rebuilt(disputes, content_of_answer, entry="answer_entry")
    yield from rebuilt(Corrective.objects.select_related(*about), content_of_corrective)
    yield from rebuilt(steps, content_of_step)
