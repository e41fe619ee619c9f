"""A draft that was begun by mistake, taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.commitments.actions.uploading import put_away
from yupana.domain.commitments.models import Upload
from yupana.domain.commitments.versions import adds_something
from yupana.domain.submissions.actions.holding import own_draft
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from yupana.foundation.kernel.actor import Actor


def discard_draft(*, actor: Actor, submission: Submission, sure: bool = False) -> None:
    """Take a draft away with all that it holds; what was handed in before stands as it does.

    Refused while it says anything that the version before does not, unless its writer is ``sure``.
    """
    with transaction.atomic():
        draft = own_draft(actor, submission.pk)
        if not sure and adds_something(draft):
            raise Refused("draft-says-more")
        put_away(Upload.objects.filter(submission=draft))
        Submission.objects.filter(pk=draft.pk, state=State.DRAFT).delete()
