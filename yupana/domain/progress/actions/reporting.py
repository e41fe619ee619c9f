"""A report in the making: begun with what is known already, saved row by row, handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.facts import ROW, MeasuredValue, ReportRow
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.models import Evidence, Measured, Progress, Support
from yupana.domain.progress.queries import content_of, measured_values, report_rows, sheets_asked
from yupana.domain.progress.rules import Gap, VarianceCause, advance
from yupana.domain.progress.rules.typed import MOST_TEXT, lacking, unsaid
from yupana.domain.submissions.actions import hand_in, open_draft
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.queries import all_with_debtors
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.money import MOST_CENTS
from yupana.foundation.kernel.quantity import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain


def start_report(*, actor: Actor, obligation: Obligation, on: date) -> Submission:
    """Begin the next version of a report, with the rows of the last one to mend; the draft at hand is given again."""
    if obligation.call.expects != Expects.PROGRESS:
        raise Refused("call-asks-no-report", call=obligation.call.code)
    at_hand = all_with_debtors().filter(obligation=obligation, state=State.DRAFT).first()
    if at_hand is not None and can_write(actor, at_hand):
        return at_hand
    with transaction.atomic():
        draft, last = open_draft(actor=actor, obligation=obligation, on=on)
        if last is not None:
            Measured.objects.bulk_create(
                Measured(submission=draft, item_id=each.item_id, value=each.value, numerator=each.numerator,
                         denominator=each.denominator, gap=each.gap, note=each.note)
                for each in last.measured.all()
            )  # fmt: skip
            _put(draft, report_rows(last))
        return all_with_debtors().get(pk=draft.pk)


def save_rows(
    *, actor: Actor, submission: Submission, rows: Sequence[ReportRow], was: Mapping[int, ReportRow] | None = None
) -> Submission:
    """Put rows in place of those of the same number in a draft; the others stay.

    ``was`` gives the rows as their writer saw them (absent: there was none). Where one says something else by now and
    differs from what is to be put, Conflict("report-row-moved", row): nothing is written. A row that says nothing is
    taken away. Rows must be rows of the plan that holds.
    """
    with transaction.atomic():
        draft = claimed(actor, submission)
        _refuse_rows(draft, rows)
        stand = {each.row: each for each in report_rows(draft)}
        for row in rows if was is not None else ():
            now = stand.get(row.row, ReportRow(row.row))
            if now not in ((was or {}).get(row.row, ReportRow(row.row)), row):
                raise Conflict("report-row-moved", row=row.row)
        _take_away(draft, [row.row for row in rows])
        _put(draft, [row for row in rows if row != ReportRow(row.row)])
        return all_with_debtors().get(pk=draft.pk)


def save_measured(*, actor: Actor, submission: Submission, values: Sequence[MeasuredValue]) -> Submission:
    """Put what a draft says of indicators in place of what it said of the same ones; empty values are taken away."""
    with transaction.atomic():
        draft = claimed(actor, submission)
        asked = {each.name: each for each in sheets_asked(draft.obligation)}
        values = [replace(each, note=each.note.strip()) for each in values]
        for each in values:
            if each.item not in asked:
                raise Refused("indicator-not-asked", item=each.item)
            if asked[each.item].parts and each.value is not None:
                raise Refused("indicator-bare", item=each.item)
            _refuse_numbers(each, "indicator", each.item)
            if len(each.note) > MOST_TEXT:
                raise Refused("report-text-too-long", row=each.item, most=MOST_TEXT)
        items = {each: asked[each].sheet.item_id for each in (value.item for value in values)}
        Measured.objects.filter(submission=draft, item__in=items.values()).delete()
        Measured.objects.bulk_create(
            Measured(submission=draft, item_id=items[each.item], value=each.value, numerator=each.numerator,
                     denominator=each.denominator, gap=each.gap, note=each.note)
            for each in values
            if each != MeasuredValue(each.item)
        )  # fmt: skip
        return all_with_debtors().get(pk=draft.pk)


def submit_report(*, actor: Actor, submission: Submission, received_on: date | None, on: date) -> Submission:
    """Hand a report in: every row says a value or why there is none, and why it is off plan where it is."""

    def content(version: Submission) -> Plain:
        _refuse_incomplete(version)
        return content_of(version)

    return hand_in(actor=actor, submission=submission.pk, received_on=received_on, on=on, content=content)


def discard_report(*, actor: Actor, submission: Submission) -> None:
    """Take a draft away with all that it holds; evidence stays with its entity."""
    with transaction.atomic():
        draft = claimed(actor, submission)
        Submission.objects.filter(pk=draft.pk, state=State.DRAFT).delete()


def claimed(actor: Actor, submission: Submission) -> Submission:
    """Take hold of a draft that the actor may write, and say that it changed."""
    draft = all_with_debtors().select_for_update(of=("self",), no_key=True).get(pk=submission.pk)
    if not can_write(actor, draft):
        raise Forbidden("not-entity-planner")
    if not Submission.objects.filter(pk=draft.pk, state=State.DRAFT).update(saved_at=timezone.now()):
        raise Conflict("submitted-already")
    return draft


def _refuse_rows(draft: Submission, rows: Sequence[ReportRow]) -> None:
    plan = plan_of(draft.obligation)
    known = {line.row for line in histories([plan])[plan].lines} if plan else set()
    mine = set(Evidence.objects.filter(entity=draft.obligation.debtor_id).values_list("pk", flat=True))
    for row in rows:
        if row.row not in known:
            raise Refused("row-unknown", row=row.row)
        _refuse_numbers(row, "row", str(row.row))
        if row.cause and row.cause not in list(VarianceCause):
            raise Refused("cause-unknown", row=row.row)
        if any(len(text) > MOST_TEXT for text in (row.variation, row.done, row.next_step)):
            raise Refused("report-text-too-long", row=row.row, most=MOST_TEXT)
        if not set(row.evidence) <= mine:
            raise Refused("evidence-unknown", row=row.row)
        if any(cents is not None and not 0 <= cents <= MOST_CENTS for cents in (row.current_cents, row.accrued_cents)):
            raise Refused("report-money", row=row.row)


def _refuse_numbers(said: ReportRow | MeasuredValue, what: str, which: str) -> None:
    """Refuse a value beside a rate, half a rate, a number beside a gap, no whole, and what no column holds."""
    rate = (said.numerator, said.denominator)
    if (said.value is not None and rate != (None, None)) or (rate.count(None) == 1):
        raise Refused("value-or-rate", what=what, which=which)
    if said.gap and (said.value is not None or said.numerator is not None):
        raise Refused("gap-beside-value", what=what, which=which)
    if said.gap and said.gap not in list(Gap):
        raise Refused("gap-unknown", what=what, which=which)
    if any(abs(each) > MOST for each in (said.value, *rate) if each is not None):
        raise Refused("value-beyond", what=what, which=which)
    if (said.denominator or 0) < 0:
        raise Refused("denominator-negative", what=what, which=which)


def _refuse_incomplete(version: Submission) -> None:
    asked, values = sheets_asked(version.obligation), measured_values(version)
    _refuse_rows_unsaid(version, has_more=bool(asked))
    for each in asked:
        _refuse_numbers(values.get(each.name, MeasuredValue(each.name)), "indicator", each.sheet.name)
        if code := unsaid(values.get(each.name, MeasuredValue(each.name)), parts=each.parts):
            raise Refused(code, item=each.sheet.name)


def _refuse_rows_unsaid(version: Submission, *, has_more: bool) -> None:
    """Refuse what its rows leave unsaid; whoever is asked for indicators (``has_more``) may have no row at all."""
    plan = plan_of(version.obligation)
    history = histories([plan], draft=version.pk)[plan] if plan else None
    if history is None or not history.lines:
        if has_more:
            return
        raise Refused("report-without-plan")
    period, told = version.obligation.period, {each.row: each for each in report_rows(version)}
    for line in history.lines:
        row = told.get(line.row, ReportRow(line.row))
        _refuse_numbers(row, "row", str(line.row))
        now = advance(line.promise, line.said, period, expected=history.before(period))
        if code := lacking(line.promise, line.said.get(period), row, now):
            raise Refused(code, row=line.row)
    if not told:
        raise Refused("report-empty")


def _take_away(draft: Submission, rows: Sequence[int]) -> None:
    Progress.objects.filter(submission=draft, row__in=rows).delete()
    Support.objects.filter(submission=draft, row__in=rows).delete()


def _put(draft: Submission, rows: Sequence[ReportRow]) -> None:
    Progress.objects.bulk_create(
        Progress(submission=draft, **{name: getattr(row, name) for name in ROW})
        for row in rows
        if row != ReportRow(row.row, evidence=row.evidence)
    )
    Support.objects.bulk_create(
        Support(submission=draft, row=row.row, evidence_id=piece)
        for row in rows
        for piece in dict.fromkeys(row.evidence)
    )
