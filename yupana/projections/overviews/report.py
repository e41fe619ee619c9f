"""A report as its entity writes it: each activity with its promise, its last value, how far it is, and what it lacks.

`sheet` finds the report of an obligation for who writes it or hands it in; `version` finds one that was handed in, for
everybody who may read it. Both are told who asks; absent and forbidden look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Activity, BudgetLine
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import CallState, Expects
from yupana.domain.progress.evidence import pieces_of
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.histories import History, histories
from yupana.domain.progress.queries import measured_before, measured_values, report_rows, sheets_asked
from yupana.domain.progress.rules import Odd, Spent, is_off_plan, looked_over
from yupana.domain.progress.rules.periods import lies_in
from yupana.domain.progress.rules.typed import lacking, last_of, unsaid
from yupana.domain.submissions import policy
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.period import parse_period
from yupana.projections.overviews.sent_back import SentBack, sent_back

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.domain.progress.histories import Line
    from yupana.domain.progress.models import Evidence
    from yupana.domain.progress.models import Sheet as IndicatorSheet
    from yupana.domain.progress.queries import Asked
    from yupana.domain.progress.rules import Advance, Said
    from yupana.domain.submissions.models import Step, Submission
    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """One activity. ``said`` is what the version says of it, ``now`` how far that makes it.

    ``last`` is what was said before and for which period, ``spent`` the money told before, of the same year, and for
    which period; None where nothing was. ``lacks`` is the code of what it still has to say, empty where nothing.
    ``pieces`` are those of the evidence it cites that the reader may read, ``cited`` how many there are in all.
    """

    line: Line
    activity: Activity
    said: ReportRow
    now: Advance
    last: tuple[str, Said] | None
    spent: tuple[str, Spent] | None
    odd: tuple[Odd, ...]
    off_plan: bool
    lacks: str
    remark: str
    pieces: tuple[Evidence, ...]
    cited: int

    @property
    def number(self) -> int:
        """Its number in the plan."""
        return self.line.row

    @property
    def is_said(self) -> bool:
        """Whether it says something and lacks nothing."""
        return not self.lacks and self.said != ReportRow(self.number, evidence=self.said.evidence)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator that the entity is asked for, and what the version says of it.

    ``last`` is what was accepted of it for an earlier period, and for which; None where nothing was.
    """

    asked: Asked
    said: MeasuredValue
    last: tuple[str, Said] | None

    @property
    def sheet(self) -> IndicatorSheet:
        """How it is measured."""
        return self.asked.sheet

    @property
    def number(self) -> int:
        """Its number on the form."""
        return self.asked.number

    @property
    def lacks(self) -> str:
        """The code of what it still has to say, empty where nothing."""
        return unsaid(self.said, parts=self.asked.parts)


@dataclass(frozen=True, slots=True)
class Report:
    """What one version says, read."""

    submission: Submission
    rows: tuple[Row, ...]
    indicators: tuple[Indicator, ...]

    @property
    def said(self) -> int:
        """How many rows say what they have to."""
        return sum(row.is_said for row in self.rows)

    @property
    def lacking(self) -> tuple[Row, ...]:
        """The rows that keep it from being handed in."""
        return tuple(row for row in self.rows if row.lacks)

    @property
    def unmeasured(self) -> tuple[Indicator, ...]:
        """The indicators that keep it from being handed in."""
        return tuple(each for each in self.indicators if each.lacks)

    @property
    def next(self) -> Row | Indicator | None:
        """What is to be said next; None where nothing lacks."""
        lacking: tuple[Row | Indicator, ...] = (*self.lacking, *self.unmeasured)
        return lacking[0] if lacking else None

    @property
    def silent(self) -> int:
        """How many rows and indicators give no value and no reason yet."""
        rows = sum(row.lacks == "row-unsaid" for row in self.rows)
        return rows + sum(each.lacks == "indicator-unsaid" for each in self.indicators)

    @property
    def is_begun(self) -> bool:
        """Whether anything at all was written into it."""
        rows = any(row.said != ReportRow(row.number) for row in self.rows)
        return rows or any(each.said != MeasuredValue(each.asked.name) for each in self.indicators)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The report of one obligation, for those who write it or hand it in.

    ``report`` is the draft, None while there is none; ``last_day`` the last one on which it is taken at all (None: it
    is taken however late). ``passed_to`` is the body that owes it now, if it passed to another, ``plan`` the
    obligation for the plan that it reports on. ``by_letter``: its reader types in a letter, whose own day counts.
    """

    obligation: Obligation
    report: Report | None
    waiting: Submission | None
    accepted: Submission | None
    returned: SentBack | None
    may_write: bool
    may_hand_in: bool
    due_on: date | None
    is_waived: bool
    last_day: date | None
    passed_to: str
    plan: Obligation | None
    by_letter: bool = False

    @property
    def draft(self) -> Report:
        """The draft; Missing while there is none."""
        if self.report is None:
            raise Missing("submission-unknown")
        return self.report

    def is_taken(self, on: date) -> bool:
        """Whether the call takes anything on a day."""
        call = self.obligation.call
        return call.state == CallState.OPEN and call.opens_on <= on and not self.is_shut(on)

    def is_shut(self, on: date) -> bool:
        """Whether the last day is over for its reader."""
        return self.last_day is not None and self.last_day < on and not self.by_letter

    def may_plead(self, on: date) -> bool:
        """Whether more time is of use: nothing was accepted yet, nothing waits for the authority."""
        settled = self.accepted or self.waiting or self.is_waived or self.passed_to
        return not settled and self.obligation.call.state == CallState.OPEN and self.obligation.call.opens_on <= on


@dataclass(frozen=True, slots=True)
class Version:
    """One version that was handed in."""

    obligation: Obligation
    report: Report
    steps: tuple[Step, ...]
    others: tuple[Submission, ...]
    own: bool
    plan: Obligation | None


def sheet(actor: Actor, obligation_id: int) -> Sheet:
    """Find the report of an obligation; Missing unless the actor writes it or hands it in."""
    owed = obligations.readable_obligation(actor, obligation_id)
    versions = list(submissions.versions_of(actor, obligation_id))
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    own = owed.debtor_id in actor.entities(*policy.OWN)
    if owed.call.expects != Expects.PROGRESS or not (own or (draft is not None and policy.can_write(actor, draft))):
        raise Missing("obligation-unknown")
    returned = sent_back(versions, {})
    remarks = {one.row: one.text for one in returned.remarks} if returned else {}
    told, lock, plan = vars(owed), owed.call.locks_on, _plan(owed)
    return Sheet(
        obligation=owed,
        report=report_of(actor, owed, draft, remarks, plan) if draft else None,
        waiting=next((one for one in versions if one.state == State.SUBMITTED), None),
        accepted=next((one for one in versions if one.state == State.ACCEPTED), None),
        returned=returned,
        may_write=policy.can_write(actor, draft) if draft else policy.can_start(actor, owed),
        may_hand_in=draft is not None and policy.can_submit(actor, draft),
        due_on=told["effective_due"],
        is_waived=told["is_waived"],
        last_day=submissions.last_day(owed, lock) if lock else None,
        passed_to=obligations.passed_to([owed]).get(owed.pk, ""),
        plan=plan,
        by_letter=not own,
    )


def budget_lines(held: Sheet) -> list[BudgetLine]:
    """Return the budget lines of the plan that a report is about, their activities at hand."""
    rows = [row.line.activity for row in held.draft.rows]
    lines = BudgetLine.objects.filter(activity__in=rows).select_related("activity")
    return list(lines.order_by("activity__row", "order"))


def version(actor: Actor, submission_id: int) -> Version:
    """Find one version that was handed in; Missing for a draft, for what is no report, and for who may not read it."""
    found = submissions.found(actor, submission_id)
    if found.state == State.DRAFT or found.obligation.call.expects != Expects.PROGRESS:
        raise Missing("submission-unknown")
    owed = obligations.readable_obligation(actor, found.obligation_id)
    versions = list(submissions.versions_of(actor, found.obligation_id))
    steps = tuple(step for one in versions if one.pk == found.pk for step in one.steps.all())
    remarks = {remark.row: remark.text for step in steps for remark in step.remarks.all()}
    plan = _plan(owed)
    return Version(
        obligation=owed,
        report=report_of(actor, owed, found, remarks, plan),
        plan=plan,
        steps=steps,
        others=tuple(one for one in versions if one.pk != found.pk and one.state != State.DRAFT),
        own=owed.debtor_id in actor.entities(*policy.OWN),
    )


def _plan(owed: Obligation) -> Obligation | None:
    """Find the obligation for the plan that is reported on, its call at hand; None where only indicators are."""
    plans = Obligation.objects.filter(call=owed.call.follows_id, debtor=owed.debtor_id)
    found = plans.select_related("call").order_by("pk").first()
    return found if found and lies_in(owed.period, found.call.period) else None


def report_of(
    actor: Actor, owed: Obligation, version: Submission, remarks: Mapping[int, str], plan: Obligation | None
) -> Report:
    """Read a version as if it had been accepted last, beside what was promised and what was said before."""
    history = histories([plan.pk], draft=version.pk)[plan.pk] if plan else History(0, None)
    told = {each.row: each for each in report_rows(version)}
    cited = {piece for each in told.values() for piece in each.evidence}
    pieces = {each.pk: each for each in pieces_of(actor, owed.debtor_id).filter(pk__in=cited)} if cited else {}
    activities = Activity.objects.in_bulk([each.activity for each in history.lines])
    values = measured_values(version)
    rows = []
    for line in history.lines:
        said = told.get(line.row, ReportRow(line.row))
        shown = tuple(pieces[each] for each in said.evidence if each in pieces)
        rows.append(_row(history, line, activities[line.activity], said, shown, remarks.get(line.row, ""), owed.period))
    asked = sheets_asked(owed)
    before = measured_before(owed, [each.sheet.item_id for each in asked])
    indicators = tuple(
        Indicator(
            each,
            values.get(each.name, MeasuredValue(each.name)),
            last_of(before.get(each.sheet.item_id, {}), owed.period),
        )
        for each in asked
    )
    return Report(version, tuple(rows), indicators)


def _row(
    history: History,
    line: Line,
    activity: Activity,
    said: ReportRow,
    pieces: tuple[Evidence, ...],
    remark: str,
    period: str,
) -> Row:
    earlier = history.before(period)
    money = Spent(said.current_cents, said.accrued_cents)
    now, odds = looked_over(line.promise, line.said, period, earlier, money, has_evidence=bool(said.evidence))
    return Row(
        line=line,
        activity=activity,
        said=said,
        now=now,
        last=last_of(line.said, period),
        spent=_spent(line.spent, period),
        odd=odds,
        off_plan=is_off_plan(now),
        lacks=lacking(line.promise, line.said.get(period), said, now),
        remark=remark,
        pieces=pieces,
        cited=len(said.evidence),
    )


def _spent(spent: Mapping[str, Spent], period: str) -> tuple[str, Spent] | None:
    """Find the money told last of the same year: it counts from the first of January on."""
    here = parse_period(period)
    known = [
        name
        for name, each in spent.items()
        if each != Spent() and parse_period(name).last < here.first and parse_period(name).last.year == here.first.year
    ]
    if not known:
        return None
    last = max(known, key=lambda name: parse_period(name).last)
    return last, spent[last]
