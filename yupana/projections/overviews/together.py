"""Several plans that are to be decided about at once: which can be, and what stands in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.submissions import policy
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.rules import State, Verdict
from yupana.projections.overviews import coherence

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor


class Why(StrEnum):
    """Why a plan cannot be decided about together with others."""

    NONE = ""
    DECIDED = "decided"
    OWN = "own"
    TO_MEND = "to_mend"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the plans that were chosen; ``why`` it has to be looked at by itself (NONE: it can be decided about)."""

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
    if accept and coherence.of(version).open:
        return Why.FINDINGS
    return Why.NONE
