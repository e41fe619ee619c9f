"""A workbook that was brought to a draft: kept beside it, looked at, and then applied or put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from yupana.domain.commitments.actions.editing import Edited, edit_rows
from yupana.domain.commitments.models import Upload
from yupana.domain.commitments.rules import chosen, differences, grids
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.rules import Channel, State
from yupana.foundation.kernel.errors import Conflict, Forbidden

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.vault.store import Stored


def bring_upload(*, actor: Actor, submission: Submission, stored: Stored, told: Mapping[str, Any]) -> Upload:
    """Keep what a workbook says beside a draft, in place of what the same file said before; nothing counts yet."""
    _refuse(actor, submission)
    with transaction.atomic():
        Upload.objects.filter(submission=submission, digest=stored.digest).delete()
        return Upload.objects.create(
            submission=submission, name=stored.name[:200], digest=stored.digest, told=dict(told), by_id=actor.person
        )


def apply_upload(
    *,
    actor: Actor,
    upload: Upload,
    seen: Mapping[int, Mapping[str, str] | None],
    mine: Collection[tuple[int, str]],
) -> Edited:
    """Write what a workbook says into its draft; ``seen`` and ``mine`` are as in `rules.chosen`.

    What somebody changed since it was looked at is left as it is and given back as a clash, and the workbook is kept.
    """
    base, rows = grids(upload.told)
    edits = list(chosen(differences(base, rows), rows, seen, mine))
    with transaction.atomic():
        edited = edit_rows(actor=actor, submission=upload.submission, edits=edits)
        if edited.added or edited.changed or edited.removed:
            typed = Submission.objects.filter(pk=upload.submission_id, channel=Channel.DESK)
            typed.update(channel=Channel.WORKBOOK)
        if not edited.clashes:
            Upload.objects.filter(pk=upload.pk).delete()
        return edited


def drop_upload(*, actor: Actor, upload: Upload) -> None:
    """Put a workbook away without applying it."""
    _refuse(actor, upload.submission)
    Upload.objects.filter(pk=upload.pk).delete()


def _refuse(actor: Actor, submission: Submission) -> None:
    if not can_write(actor, submission):
        raise Forbidden("not-entity-planner")
    if submission.state != State.DRAFT:
        raise Conflict("submitted-already")
