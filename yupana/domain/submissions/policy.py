"""Who may see, write, hand in and decide.

A draft belongs to the entity. What was handed in is between the entity and the authority, until it is accepted under a
public call: then everybody may read it. An authority planner who transcribes a letter sees that one draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.obligations.policy import is_own as is_own  # noqa: PLC0414 (said here as well)
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

OWN = (Role.ENTITY_PLANNER, Role.EXECUTIVE)
AUTHORITY = (Role.PLANNER, Role.REVIEWER, Role.AUDITOR)


def can_read(actor: Actor, submission: Submission) -> bool:
    """Whether this version exists for the actor."""
    if acts_for(actor, submission.obligation) or _transcribes(actor, submission):
        return True
    if submission.state == State.DRAFT:
        return False
    if actor.operator or actor.has(*AUTHORITY):
        return True
    return submission.state == State.ACCEPTED and submission.obligation.call.visibility == Visibility.PUBLIC


def readable_by(actor: Actor, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """The same for many: those that exist for the actor."""
    seen = Q(state=State.ACCEPTED, obligation__call__visibility=Visibility.PUBLIC)
    seen |= Q(obligation__debtor__in=actor.entities(*OWN))
    if actor.operator or actor.has(*AUTHORITY):
        seen |= ~Q(state=State.DRAFT)
    if actor.person is not None and actor.has(Role.PLANNER):
        seen |= Q(state=State.DRAFT, transcribed_by=actor.person)
    return submissions.filter(seen)


def can_start(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor may begin a version: the entity's planner, or an authority planner who transcribes a letter."""
    return not start_refusal(actor, obligation)


def start_refusal(actor: Actor, obligation: Obligation) -> str:
    """Why the actor may not begin a version: empty where it may. Nobody transcribes for an entity they act for."""
    if is_own_writer(actor, obligation):
        return ""
    if not actor.has(Role.PLANNER):
        return "not-entity-planner"
    return "own-entity" if is_own(actor, obligation) else ""


def is_own_writer(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor writes for the entity itself; an authority planner who begins a version transcribes it."""
    return obligation.debtor_id in actor.entities(Role.ENTITY_PLANNER)


def can_write(actor: Actor, submission: Submission) -> bool:
    """Whether the actor may change this draft."""
    return is_own_writer(actor, submission.obligation) or _writes_for_another(actor, submission)


def can_submit(actor: Actor, submission: Submission) -> bool:
    """Whether the actor may hand this draft in: who writes it, and the entity's executive."""
    return acts_for(actor, submission.obligation) or _writes_for_another(actor, submission)


def acts_for(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor speaks for the entity that owes the plan."""
    return obligation.debtor_id in actor.entities(*OWN)


def is_executive(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor approves plans for the entity that owes this one."""
    return obligation.debtor_id in actor.entities(Role.EXECUTIVE)


def review_refusal(actor: Actor, submission: Submission) -> str:
    """Why the actor may not decide about a version: empty where it may.

    Nobody decides about their own entity's work, nor alone about a letter that they wrote down.
    """
    if not actor.has(Role.REVIEWER):
        return "not-reviewer"
    if is_own(actor, submission.obligation):
        return "own-entity"
    return "own-letter" if is_own_letter(actor, submission) else ""


def is_own_letter(actor: Actor, submission: Submission) -> bool:
    """Whether the actor wrote it down from a letter, and nobody of the entity handed it in or confirmed it."""
    mine = actor.person is not None and submission.transcribed_by_id == actor.person
    return mine and not submission.confirmed


def can_assign(actor: Actor) -> bool:
    """Whether the actor arranges who of the authority reviews what."""
    return actor.has(Role.REVIEWER, Role.PLANNER)


def reviewable_by(actor: Actor, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """The versions under review that the actor may decide about."""
    if not actor.has(Role.REVIEWER):
        return submissions.none()
    own = {entity for _, entity in actor.mandates}
    waiting = submissions.filter(state=State.SUBMITTED).exclude(obligation__debtor__in=own)
    return waiting.exclude(transcribed_by=actor.person, confirmed=False) if actor.person else waiting


def _writes_for_another(actor: Actor, submission: Submission) -> bool:
    return _transcribes(actor, submission) and not is_own(actor, submission.obligation)


def _transcribes(actor: Actor, submission: Submission) -> bool:
    mine = actor.person is not None and submission.transcribed_by_id == actor.person
    return mine and submission.state == State.DRAFT and actor.has(Role.PLANNER)
