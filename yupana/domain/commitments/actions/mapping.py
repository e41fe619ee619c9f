"""What a column of somebody's form means: said once by whoever writes the plan, remembered for the next time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction

from yupana.domain.commitments.models import Mapping
from yupana.domain.submissions.policy import can_write
from yupana.foundation.kernel.errors import Forbidden, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping as Told

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_MOST_NAME = 200


def remember_mapping(
    *, actor: Actor, submission: Submission, signature: str, name: str, columns: Told[str, Any]
) -> Mapping:
    """Keep what was said of a form, in place of what was said of it before, for the entity whose plan this is.

    It is a habit of one entity and no part of any plan, so nothing of it is recorded.
    """
    if not can_write(actor, submission):
        raise Forbidden("not-entity-planner")
    if not _SIGNATURE.fullmatch(signature):
        raise Refused("layout-malformed")
    with transaction.atomic():
        found, _new = Mapping.objects.update_or_create(
            entity=submission.obligation.debtor,
            signature=signature,
            defaults={"name": name[:_MOST_NAME], "columns": dict(columns)},
        )
    return found
