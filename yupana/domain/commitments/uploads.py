"""Workbooks that were brought to a draft and not applied yet: whoever writes the draft sees them, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Upload
from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor


def upload(actor: Actor, pk: int) -> Upload:
    """Find a workbook whose draft the actor writes; Missing otherwise."""
    told = Upload.objects.select_related("submission__obligation__call", "submission__obligation__debtor")
    found = told.filter(pk=pk, submission__state=State.DRAFT).first()
    if found is None or not can_write(actor, found.submission):
        raise Missing("upload-unknown")
    return found


def uploads_of(draft: Submission) -> QuerySet[Upload]:
    """List what was brought to a draft and waits to be looked at, the newest first; the caller may write the draft."""
    return Upload.objects.filter(submission=draft).order_by("-at", "-pk")
