"""Who reviews what: the authority's own arrangement, which nobody is bound by and no record holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.obligations.models import Obligation
from yupana.domain.people.queries import in_force
from yupana.domain.submissions.models import Assignment
from yupana.domain.submissions.policy import can_assign
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Forbidden, Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from yupana.foundation.kernel.actor import Actor


def assign(*, actor: Actor, obligations: Collection[int], reviewer: int | None, on: date) -> tuple[int, ...]:
    """Give some plans to one reviewer (None: to nobody); return those that they cannot have: their own entity's."""
    if not can_assign(actor):
        raise Forbidden("not-reviewer")
    with transaction.atomic():
        held = Assignment.objects.filter(obligation__in=obligations)
        if reviewer is None:
            held.delete()
            return ()
        mandates = list(in_force(on).filter(person=reviewer, person__is_active=True).values_list("role", "entity"))
        if not any(role == Role.REVIEWER for role, _ in mandates):
            raise Refused("reviewer-unknown")
        wanted = Obligation.objects.filter(pk__in=obligations)
        own = set(wanted.filter(debtor__in=[entity for _, entity in mandates]).values_list("pk", flat=True))
        taken = [pk for pk in wanted.order_by("pk").values_list("pk", flat=True) if pk not in own]
        held.filter(obligation__in=taken).delete()
        Assignment.objects.bulk_create(
            [Assignment(obligation_id=pk, reviewer_id=reviewer, by_id=actor.person, on=on) for pk in taken]
        )
        return tuple(sorted(own))
