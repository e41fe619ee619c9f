"""Reading what was checked: verdicts, disputes and corrective actions, and what stands behind their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.progress.facts import verdict_content, words_content
from yupana.domain.progress.models import Corrective, CorrectiveStep, Dispute, Progress, Verdict
from yupana.domain.progress.policy import sees_all
from yupana.domain.progress.rules import CorrectiveState, said_of
from yupana.domain.submissions.policy import OWN
from yupana.domain.submissions.queries import subject_of
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.progress.rules import Said
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


def counting(
    reports: Mapping[int, int | None], *, position: int | None = None, on: date | None = None
) -> dict[tuple[int, int], list[Verdict]]:
    """Return by version and row the verdicts that count of reports (by obligation, the version that holds).

    The last one of a row holds. One on an earlier version counts on where the version that holds says the same of the
    row, so that nobody rids themselves of a verdict by handing in again; not where a dispute of it was upheld since.
    ``position`` leaves out what was recorded from there on, ``on`` what was found after a day.
    """
    given = Verdict.objects.filter(submission__obligation__in=[key for key, version in reports.items() if version])
    told = given.select_related("entry", "submission__obligation", "dispute__answer_entry").order_by("entry_id")
    if position is not None:
        told = told.filter(entry__position__lt=position).order_by("entry__position")
    if on is not None:
        told = told.filter(on__lte=on)
    found: dict[tuple[int, int], list[Verdict]] = {}
    for each in told:
        found.setdefault((each.submission_id, each.row), []).append(each)
    holding = {version for version in reports.values() if version}
    older = {key for key in found if key[0] not in holding}
    said = _said(older, reports, found) if older else {}
    counted: dict[tuple[int, int], list[Verdict]] = {}
    for (version, row), verdicts in sorted(found.items(), key=lambda item: item[1][-1].entry_id):
        now = reports[verdicts[-1].submission.obligation_id] or 0
        again = (version, row) in older
        if not again or (
            said.get((now, row)) == said.get((version, row)) and not _was_upheld(verdicts[-1], position, on)
        ):
            counted.setdefault((now, row), []).extend(verdicts)
    return counted


def _said(
    older: Collection[tuple[int, int]],
    reports: Mapping[int, int | None],
    found: Mapping[tuple[int, int], Sequence[Verdict]],
) -> dict[tuple[int, int], Said]:
    versions = {version for version, _ in older} | {reports[found[key][0].submission.obligation_id] for key in older}
    rows = Progress.objects.filter(submission__in=versions, row__in={row for _, row in older})
    return {(each.submission_id, each.row): said_of(each) for each in rows}


def _was_upheld(verdict: Verdict, position: int | None, on: date | None) -> bool:
    said: Dispute | None = getattr(verdict, "dispute", None)
    if said is None or not said.upheld or said.answer_entry is None or said.answered_on is None:
        return False
    at = said.answer_entry.position
    return (position is None or (at is not None and at < position)) and (on is None or said.answered_on <= on)


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
