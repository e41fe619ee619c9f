"""A workbook that was brought to a draft: kept beside it, looked at, and then applied or put away.

Of each draft only the newest few wait; what waits no more leaves no file behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from yupana.domain.commitments.actions.editing import Edited, edit_rows
from yupana.domain.commitments.models import Upload
from yupana.domain.commitments.rules import chosen, differences, grids
from yupana.domain.submissions.actions.holding import refuse_to_write
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import Channel
from yupana.foundation.vault import aside

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.vault.store import Stored

MOST_WAITING = 5


def bring_upload(*, actor: Actor, submission: Submission, stored: Stored, told: Mapping[str, Any]) -> Upload:
    """Keep what a workbook says beside a draft, in place of what the same file said before; nothing counts yet.

    Where more than `MOST_WAITING` would wait, the oldest is put away, and so is what still waits beside older versions.
    """
    refuse_to_write(actor, submission)
    waiting = Upload.objects.filter(submission=submission)
    with transaction.atomic():
        waiting.filter(digest=stored.digest).delete()
        brought = Upload.objects.create(
            submission=submission, name=stored.name[:200], digest=stored.digest, told=dict(told), by_id=actor.person
        )
        newest = waiting.order_by("-pk").values_list("pk", flat=True)[:MOST_WAITING]
        of_plan = Upload.objects.filter(submission__obligation=submission.obligation_id)  # versions handed in, too
        put_away(of_plan.exclude(pk__in=list(newest)))
        return brought


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
            put_away(Upload.objects.filter(pk=upload.pk))
        return edited


def drop_upload(*, actor: Actor, upload: Upload) -> None:
    """Put a workbook away without applying it."""
    refuse_to_write(actor, upload.submission)
    put_away(Upload.objects.filter(pk=upload.pk))


def put_away(uploads: QuerySet[Upload]) -> None:
    """Take workbooks away, and their files once that is settled, but for those that wait beside another draft."""
    digests = set(uploads.values_list("digest", flat=True))
    uploads.delete()

    def forget() -> None:
        aside.forget(digests.difference(Upload.objects.filter(digest__in=digests).values_list("digest", flat=True)))

    transaction.on_commit(forget)
