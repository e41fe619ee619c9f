"""Reading how the authority tried to reach entities: for the authority alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.obligations.models import Contact
from yupana.domain.obligations.policy import AUTHORITY
from yupana.foundation.kernel.errors import Forbidden

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor


def readable_contacts(actor: Actor, entity: int) -> QuerySet[Contact]:
    """Select every attempt to reach an entity, the latest first; nobody but the authority may ask."""
    if not (actor.operator or actor.has(*AUTHORITY)):
        raise Forbidden("call-planners-only")
    return Contact.objects.filter(entity=entity).select_related("call").order_by("-on", "-pk")
