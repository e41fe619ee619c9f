"""Files that a version is handed in with: its resolution, the signed plan. They are chosen while it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.submissions.actions.holding import locked
from yupana.domain.submissions.models import Document, Submission
from yupana.domain.submissions.policy import can_submit
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused

if TYPE_CHECKING:
    from yupana.domain.submissions.rules import DocumentKind
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.vault.store import Stored

MOST = 10


def attach_document(*, actor: Actor, submission: int, stored: Stored, kind: DocumentKind) -> Document:
    """Hand a file in with a draft; the same file again only gets the other name and kind."""
    with transaction.atomic():
        draft = _changed(actor, submission)
        others = Document.objects.filter(submission=draft).exclude(digest=stored.digest)
        if others.count() >= MOST:
            raise Refused("documents-too-many", most=MOST)
        told = {"kind": kind, "name": stored.name, "media_type": stored.media_type, "size": stored.size}
        return Document.objects.update_or_create(submission=draft, digest=stored.digest, defaults=told)[0]


def detach_document(*, actor: Actor, submission: int, digest: str) -> None:
    """Take a file away from a draft; the vault keeps it, for it may be named elsewhere."""
    with transaction.atomic():
        draft = _changed(actor, submission)
        if not Document.objects.filter(submission=draft, digest=digest).delete()[0]:
            raise Missing("file-missing", digest=digest)


def _changed(actor: Actor, submission: int) -> Submission:
    """Lock the draft and say that it changed, for whoever reads it to sign it; whom it waited for is kept."""
    draft = locked(submission)
    if not can_submit(actor, draft):
        raise Forbidden("not-entity-planner")
    # The moment only tells readers that something changed; no decision hangs on it.
    if not Submission.objects.filter(pk=draft.pk, state=State.DRAFT).update(saved_at=timezone.now()):
        raise Conflict("submitted-already")
    return draft
