"""Several plans and reports to be decided about at once: which can be, and what stands in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.obligations.rules import Expects
from yupana.domain.submissions import policy
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.rules import State, Verdict
from yupana.projections.overviews import coherence
from yupana.projections.overviews.report_review import is_remarkable

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor


class Why(StrEnum):
    """Why one cannot be decided about together with others."""

    NONE = ""
    DECIDED = "decided"
    OWN = "own"
    TO_MEND = "to_mend"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of those that were chosen; ``why`` it has to be looked at by itself (NONE: it can be decided about)."""

    submission: Submission
    why: Why


def chosen(actor: Actor, picks: Collection[int], *, accept: bool) -> tuple[Choice, ...]:
    """Return the chosen versions that the actor may read. Only what nobody found fault with is accepted unread."""
    found = policy.readable_by(actor, submissions.all_with_debtors().filter(pk__in=picks)).exclude(state=State.DRAFT)
    versions = found.prefetch_related("looks").order_by("entry_id")
    return tuple(Choice(each, _why(actor, each, accept=accept)) for each in versions)


def _why(actor: Actor, version: Submission, *, accept: bool) -> Why:
    if version.state != State.SUBMITTED:
        return Why.DECIDED
    if policy.is_own(actor, version.obligation):
        return Why.OWN
    if accept and any(look.verdict == Verdict.MEND for look in version.looks.all()):
        return Why.TO_MEND
    if not accept:
        return Why.NONE
    if version.obligation.call.expects == Expects.PROGRESS:
        return Why.FINDINGS if is_remarkable(actor, version) else Why.NONE
    return Why.FINDINGS if coherence.of(version).open else Why.NONE
