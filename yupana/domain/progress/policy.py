"""Who reports, proves, checks, disputes, sets right, measures and evaluates.

A draft and its evidence belong to the entity. What was accepted under a public call everybody may read; of evidence,
only the pieces that the entity calls public. Nobody verifies what an entity reports that they act
for, or acted for then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.obligations.rules import Visibility
from yupana.domain.people import queries as people
from yupana.domain.people.rules import in_force
from yupana.domain.submissions.policy import AUTHORITY, OWN, is_own, is_own_letter
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Obligation
    from yupana.domain.people.models import Mandate
    from yupana.domain.progress.models import Evidence
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

VERIFIERS = (Role.REVIEWER, Role.AUDITOR)


def sees_all(actor: Actor) -> bool:
    """Whether the actor reads what every entity handed in: the authority, and the machine's operator."""
    return actor.operator or actor.has(*AUTHORITY)


def can_set_terms(actor: Actor) -> bool:
    """Whether the actor says how often is reported, how indicators are measured and by which bands scores are read."""
    return actor.operator or actor.has(Role.PLANNER)


def can_bring(actor: Actor, entity: int) -> bool:
    """Whether the actor brings evidence for an entity: who plans or signs for it."""
    return entity in actor.entities(*OWN)


def evidence_readable_by(actor: Actor, evidence: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Those of the pieces that exist for the actor: own ones, handed in ones, public ones that were accepted."""
    seen = Q(entity__in=actor.entities(*OWN))
    if sees_all(actor):
        # Not by what it is not: a piece that a draft cites too is still handed in.
        seen |= Q(supports__submission__state__in=[each for each in State if each != State.DRAFT])
    return evidence.filter(seen | public_evidence()).distinct()


def public_evidence() -> Q:
    """Which pieces everybody may read: called public, and cited by a report accepted under a public call."""
    return Q(
        visibility=Visibility.PUBLIC,
        supports__submission__state=State.ACCEPTED,
        supports__submission__obligation__call__visibility=Visibility.PUBLIC,
    )


def verify_refusal(actor: Actor, report: Submission, held: Iterable[Mandate] | None = None) -> str:
    """Why the actor may not verify what a report says: empty where it may.

    Nobody verifies what their entity reported, nor what it reported while they acted for it, nor a letter that they
    wrote down. ``held`` is all that the
    actor ever held, for who asks about many reports.
    """
    if not actor.has(*VERIFIERS):
        return "not-verifier"
    if is_own(actor, report.obligation):
        return "own-entity"
    if is_own_letter(actor, report):
        return "own-letter"
    past = people.ever_held(actor) if held is None else held
    return "own-entity" if any(_acted(mandate, report) for mandate in past) else ""


def _acted(mandate: Mandate, report: Submission) -> bool:
    """Whether a mandate was for whose report it is, on the day when it was received; on any where that is unknown."""
    if mandate.entity_id != report.obligation.debtor_id:
        return False
    day = report.received_on
    return day is None or in_force(
        starts_on=mandate.starts_on, ends_on=mandate.ends_on, ended_on=mandate.ended_on, on=day
    )


def can_dispute(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor speaks for the entity about what was found of it."""
    return obligation.debtor_id in actor.entities(*OWN)


def can_evaluate(actor: Actor) -> bool:
    """Whether the actor writes and publishes evaluations."""
    return actor.has(Role.PLANNER)
