"""Notes that reviewers share while a version is under review; whoever decides takes them into the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.submissions.actions.holding import locked
from yupana.domain.submissions.models import Look
from yupana.domain.submissions.policy import review_refusal
from yupana.domain.submissions.rules import Looked, Note, State, checked, mark
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor


def look(*, actor: Actor, submission: int, notes: Sequence[Note], known: Collection[str]) -> tuple[Look, ...]:
    """Note something about parts of a version; ``known`` are the parts that it has.

    What another reviewer noted meanwhile is left as it is and given back.
    """
    with transaction.atomic():
        version = locked(submission)
        refusal = review_refusal(actor, version)
        if refusal:
            raise Forbidden(refusal)
        if version.state != State.SUBMITTED:
            raise Refused("not-under-review") if version.state == State.DRAFT else Conflict("decided-already")
        stray = next((note.subject for note in notes if note.subject not in known), None)
        if stray is not None:
            raise Refused("part-unknown", subject=stray)
        stored = {each.subject: each for each in version.looks.all()}
        kept = (_noted(actor, version, note, stored.get(note.subject)) for note in notes)
        return tuple(clash for clash in kept if clash is not None)


def _noted(actor: Actor, version: Submission, note: Note, held: Look | None) -> Look | None:
    """Keep one note; return what stands there where that is another than was seen."""
    verdict, text = checked(note)
    now = mark(held.verdict, held.text) if held else ""
    if mark(verdict, text) == now:
        return None
    if held is not None and note.seen not in (None, now):
        return held
    if not verdict:
        Look.objects.filter(submission=version, subject=note.subject).delete()
        return None
    said = {"verdict": verdict, "text": text, "by_id": actor.person}
    Look.objects.update_or_create(submission=version, subject=note.subject, defaults=said)
    return None


def noted(version: Submission) -> tuple[Looked, ...]:
    """Return every note about a version, in an order of their own."""
    told = version.looks.order_by("subject").values_list("subject", "verdict", "text")
    return tuple((subject, verdict, text) for subject, verdict, text in told)
