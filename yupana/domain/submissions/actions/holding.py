"""Taking hold of a version: until the transaction ends nobody else changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.queries import all_with_debtors
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor


def locked(key: int) -> Submission:
    """Take hold of a version, its call and its debtor at hand; who comes second waits."""
    return all_with_debtors().select_for_update(of=("self",), no_key=True).get(pk=key)


def own_draft(actor: Actor, key: int) -> Submission:
    """Take hold of a draft that the actor may write; Forbidden for anybody else's, Conflict once it was handed in."""
    draft = locked(key)
    refuse_to_write(actor, draft)
    return draft


def refuse_to_write(actor: Actor, draft: Submission) -> None:
    """Refuse who may not write a version, and any that is a draft no more."""
    if not can_write(actor, draft):
        raise Forbidden("not-entity-planner")
    refuse_handed_in(draft)


def refuse_handed_in(draft: Submission) -> None:
    """Refuse to change what was handed in."""
    if draft.state != State.DRAFT:
        raise Conflict("submitted-already")
