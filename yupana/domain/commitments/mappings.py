"""What was said of forms that are not ours: whoever writes an entity's plan may use it, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.models import Mapping
from yupana.domain.submissions.policy import can_write

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor


def remembered(actor: Actor, draft: Submission, signature: str) -> dict[str, Any] | None:
    """Return what was said of the columns of a form, None where nobody of this entity has said anything yet."""
    return said_of(draft.obligation.debtor_id, signature) if can_write(actor, draft) else None


def said_of(entity: int, signature: str) -> dict[str, Any] | None:
    """Return what an entity said of a form; whoever calls has asked whether it may be known."""
    found = Mapping.objects.filter(entity=entity, signature=signature).first()
    return dict(found.columns) if found else None
