"""Saying why what the coherence rules found may stand: kept with the plan and sealed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.coherence import look
from yupana.domain.commitments.models import Justification
from yupana.domain.commitments.rules.coherence import unexplained
from yupana.domain.submissions.actions.holding import own_draft
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.commitments.coherence import Looked
    from yupana.foundation.kernel.actor import Actor

MOST = 2_000  # characters: a reason, not a second plan


def justify(*, actor: Actor, submission: Submission, reasons: Mapping[tuple[str, int], str]) -> None:
    """Say of some findings of a draft, named by rule and row, why they may stand; an empty reason takes it back.

    A draft that waited for its executive is again the planner's to finish: what would be signed has changed.
    """
    with transaction.atomic():
        draft = own_draft(actor, submission.pk)
        found = {each.key for each in look(draft).findings}
        kept = dict(Justification.objects.filter(submission=draft).values_list("pk", "text"))
        for key, text in reasons.items():
            _say(draft, key, text.strip(), found)
        if kept != dict(Justification.objects.filter(submission=draft).values_list("pk", "text")):
            # The moment only tells readers that something changed; no decision hangs on it.
            Submission.objects.filter(pk=draft.pk).update(saved_at=timezone.now(), ready_on=None, ready_by=None)


def _say(draft: Submission, key: tuple[str, int], text: str, found: set[tuple[str, int]]) -> None:
    rule, row = key
    if not text:
        Justification.objects.filter(submission=draft, rule=rule, row=row).delete()
        return
    if key not in found:
        raise Refused("finding-unknown", row=row)
    if len(text) > MOST:
        raise Refused("justification-too-long", most=MOST)
    Justification.objects.update_or_create(submission=draft, rule=rule, row=row, defaults={"text": text})


def settle(draft: Submission) -> Looked:
    """Look a draft through before it is signed or handed in: drop reasons for what was mended meanwhile.

    Refused where something makes no sense and nobody said why; but a letter is typed in as it is.
    """
    looked = look(draft)
    found = {each.key for each in looked.findings}
    for rule, row in looked.explained.keys() - found:
        Justification.objects.filter(submission=draft, rule=rule, row=row).delete()
    left = unexplained(looked.findings, looked.explained)
    if left and not draft.transcribed:
        raise Refused("finding-unexplained", row=left[0].row, rule=left[0].rule)
    return looked
