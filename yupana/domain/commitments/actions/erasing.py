"""Removing what a plan says by a recorded act. Its numbers, its items and its place in the record stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, TextField, Value, When

from yupana.domain.commitments.actions.drafting import refuse_other
from yupana.domain.commitments.actions.uploading import put_away
from yupana.domain.commitments.models import Activity, Justification, Partnership, Upload
from yupana.domain.commitments.policy import can_erase
from yupana.domain.commitments.rules import measures
from yupana.domain.submissions.models import Document, Submission
from yupana.domain.submissions.queries import all_with_debtors
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import erase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yupana.foundation.kernel.actor import Actor

HEADER_TEXTS = ("cites", "resolution", "document_url", "notes", "reason", "act", "ready_note")
ROW_TEXTS = (
    *("name", "responsible", "person", "result", "indicator", "starts", "ends"),
    *("verification", "derives", "waits", "notes"),
)
MEASURES = ("unit", "baseline", "target")
"""What progress is counted by where it is a number or a per cent, and words like any other where it is not."""


def erase_plan(*, actor: Actor, submission: Submission, act: str, on: date) -> Submission:
    """Black out every text of a version that was handed in, by an act; what was given is still seen to have been given.

    Items, rows, amounts, days and the numbers that progress is counted by stay, so no figure moves. Verification then
    reads the entry as erased. What the authority itself wrote about the plan (steps, remarks, reclassifications) stays,
    as does what a partner answered; a question to a partner goes with the last version that bears the name it asks
    about. Nobody gets its files.
    """
    if not can_erase(actor):
        raise Forbidden("not-authority-planner")
    with transaction.atomic():
        version = all_with_debtors().get(pk=submission.pk)
        refuse_other(version.obligation)  # a report has words of its own: `progress.actions.erase_report` knows them
        if version.entry is None:
            raise Refused("not-handed-in")
        erase(entry=version.entry, act=act, on=on)
        _forget_questions(version, act, on)
        Submission.objects.filter(pk=version.pk).update(**_blacked_out(HEADER_TEXTS), source=None, source_digest="")
        Justification.objects.filter(submission=version).update(text=BLACKED_OUT)
        Document.objects.filter(submission=version).update(name=BLACKED_OUT)
        put_away(Upload.objects.filter(submission=version))  # workbooks that were brought and never applied
        Activity.objects.filter(submission=version).update(**_blacked_out(ROW_TEXTS), source=None)
        for field in MEASURES:
            told = Activity.objects.filter(submission=version).values_list("pk", field)
            words = [pk for pk, text in told if not measures(field, text)]
            Activity.objects.filter(pk__in=words).update(**_blacked_out([field]))
        return all_with_debtors().get(pk=version.pk)


def _forget_questions(version: Submission, act: str, on: date) -> None:
    """Black out what partners were asked about rows of a version, unless another version still calls them that."""
    others = Activity.objects.filter(submission__obligation=version.obligation_id).exclude(submission=version)
    elsewhere = set(others.values_list("row", "name"))
    about = Partnership.objects.filter(obligation=version.obligation_id, row__in=version.activities.values("row"))
    for asked in about.exclude(activity=BLACKED_OUT):
        if (asked.row, asked.activity) not in elsewhere:
            erase(entry=asked.entry, act=act, on=on)
            Partnership.objects.filter(pk=asked.pk).update(activity=BLACKED_OUT, part=BLACKED_OUT)


def _blacked_out(columns: Iterable[str]) -> dict[str, Case]:
    return {
        column: Case(When(**{column: ""}, then=Value("")), default=Value(BLACKED_OUT), output_field=TextField())
        for column in columns
    }
