"""Who may say which item a row answers, confirm a plan's first year, import plans and erase them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.submissions.policy import AUTHORITY, is_own
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from yupana.domain.commitments.models import Partnership
    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.kernel.actor import Actor


def reclassify_refusal(actor: Actor, obligation: Obligation) -> str:
    """Why the actor may not reclassify rows of the plan: empty where it may. Never one's own entity's."""
    if not actor.has(Role.REVIEWER, Role.PLANNER):
        return "not-reviewer"
    return "own-entity" if is_own(actor, obligation) else ""


def liken_refusal(actor: Actor, obligation: Obligation) -> str:
    """Why the actor may not say whether an activity is another body's, too: empty where it may. Never of its own."""
    return reclassify_refusal(actor, obligation)


def can_compare(actor: Actor) -> bool:
    """Whether the actor compares the plans of all bodies: the authority, and the machine's operator."""
    return actor.operator or actor.has(*AUTHORITY)


def can_confirm_year(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor may say which year is the first: the entity that wrote the plan, or the authority."""
    own = actor.entities(Role.ENTITY_PLANNER, Role.EXECUTIVE)
    return obligation.debtor_id in own or actor.has(Role.PLANNER, Role.REVIEWER)


def can_answer_for(actor: Actor, asked: Partnership) -> bool:
    """Whether the actor says for the body that was asked whether it takes part."""
    return asked.partner_id in actor.entities(Role.ENTITY_PLANNER, Role.EXECUTIVE)


def can_import(actor: Actor) -> bool:
    """Whether the actor may bring plans in from paper: the machine's operator, or an authority planner."""
    return actor.operator or actor.has(Role.PLANNER)


def can_erase(actor: Actor) -> bool:
    """Whether the actor may erase by a recorded act: the machine's operator, or an authority planner."""
    return actor.operator or actor.has(Role.PLANNER)
