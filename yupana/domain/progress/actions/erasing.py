"""Removing by a recorded act what a report or a piece of evidence says. Numbers, days and digests stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, TextField, Value, When

from yupana.domain.commitments.policy import can_erase
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.models import Evidence, Fetch, Measured, Progress
from yupana.domain.submissions.models import Document, Submission
from yupana.domain.submissions.queries import all_with_debtors
from yupana.foundation.kernel.errors import Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import erase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yupana.foundation.kernel.actor import Actor

HEADER_TEXTS = ("cites", "resolution", "document_url", "notes", "reason", "act", "ready_note")
ROW_TEXTS = ("variation", "done", "next_step")


def erase_report(*, actor: Actor, submission: Submission, act: str, on: date) -> Submission:
    """Black out every text of a report that was handed in, by an act. Its values stay, so no figure moves.

    Its evidence stays with its entity: a piece that says too much is erased by itself.
    """
    if not can_erase(actor):
        raise Forbidden("not-authority-planner")
    with transaction.atomic():
        version = all_with_debtors().get(pk=submission.pk)
        if version.obligation.call.expects != Expects.PROGRESS:
            raise Refused("call-asks-no-report", call=version.obligation.call.code)
        if version.entry is None:
            raise Refused("not-handed-in")
        erase(entry=version.entry, act=act, on=on)
        Submission.objects.filter(pk=version.pk).update(**_blacked_out(HEADER_TEXTS), source=None, source_digest="")
        Document.objects.filter(submission=version).update(name=BLACKED_OUT)
        Progress.objects.filter(submission=version).update(**_blacked_out(ROW_TEXTS))
        Measured.objects.filter(submission=version).update(**_blacked_out(("note",)))
        return all_with_debtors().get(pk=version.pk)


def erase_evidence(*, actor: Actor, evidence: int, act: str, on: date) -> Evidence:
    """Black out a piece, and what was found where its link leads, by an act. Nobody gets its file any more.

    The rows that cite it go on citing it, and the digest of a file stays: by it the same file is known again, and not
    taken again. The vault keeps the file, as it keeps those of an erased plan.
    """
    if not can_erase(actor):
        raise Forbidden("not-authority-planner")
    with transaction.atomic():
        # Locked, so that no look at its link is noted meanwhile.
        locked = Evidence.objects.select_for_update(of=("self",), no_key=True).select_related("entry")
        piece = locked.filter(pk=evidence).first()
        if piece is None:
            raise Missing("evidence-missing")
        erase(entry=piece.entry, act=act, on=on)
        for fetch in Fetch.objects.filter(evidence=piece).select_related("entry"):
            erase(entry=fetch.entry, act=act, on=on)
        Evidence.objects.filter(pk=piece.pk).update(**_blacked_out(("name", "url", "note")))
        piece.refresh_from_db()
        return piece


def _blacked_out(columns: Iterable[str]) -> dict[str, Case]:
    return {
        column: Case(When(**{column: ""}, then=Value("")), default=Value(BLACKED_OUT), output_field=TextField())
        for column in columns
    }
