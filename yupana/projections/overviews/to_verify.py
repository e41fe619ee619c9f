"""What to verify first: declared values that no verdict stands on, by what is at stake and by what does not fit.

All values of a call are weighed at first sight, in a number of queries that does not grow; those with most points are
then read closely, with their whole story, and put in order by both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max, OuterRef, Q, Subquery

from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.checks import counting
from yupana.domain.progress.histories import histories
from yupana.domain.progress.models import Progress, Support, Verdict
from yupana.domain.progress.policy import sees_all
from yupana.domain.progress.rules import Odd, Spent, looked_over
from yupana.domain.progress.rules.risk import Stake, Why, at_first_sight, looked_closely
from yupana.domain.progress.rules.typed import value_text
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from yupana.domain.progress.histories import History, Line
    from yupana.foundation.kernel.actor import Actor

CLOSELY = 300


class Value(NamedTuple):
    """One declared value, weighed at first sight."""

    points: int
    budget: int
    plan: int
    report: int
    row: int
    version: int
    said: tuple[int | None, int | None, int | None]
    reasons: dict[Why, int]


@dataclass(frozen=True, slots=True)
class ToVerify:
    """One declared value and why it is worth a look. ``reached`` is in whole per cent of its target, None: unsaid."""

    submission: int
    row: int
    name: str
    entity: str
    level: str
    said: str
    budget: int | None
    reached: int | None
    reasons: tuple[tuple[Why, int], ...]
    odds: tuple[Odd, ...]

    @property
    def others(self) -> tuple[Odd, ...]:
        """What does not fit, besides the jump that is a reason of its own."""
        return tuple(each for each in self.odds if each != Odd.JUMP_WITHOUT_EVIDENCE)

    @property
    def points(self) -> int:
        """All points."""
        return sum(points for _, points in self.reasons)


@dataclass(frozen=True, slots=True)
class Listing:
    """What can be verified under a call. Of ``total`` values that no verdict stands on, ``rows`` were read closely."""

    call: Call | None
    calls: tuple[Call, ...]
    rows: tuple[ToVerify, ...] = ()
    total: int = 0
    checked: int = 0


def to_verify(actor: Actor, *, call: str = "", level: str = "") -> Listing:
    """List what a verifier should look at first under a call for reports: the one opened last unless named.

    Nothing of bodies that the actor acts for, for nobody verifies their own.
    """
    if not sees_all(actor):
        raise Missing("call-unknown", call=call)
    calls = tuple(Call.objects.filter(expects=Expects.PROGRESS).exclude(entry=None).order_by("-opens_on", "-pk"))
    chosen = next((each for each in calls if call in ("", each.code)), None)
    if chosen is None:
        if call:
            raise Missing("call-unknown", call=call)
        return Listing(None, calls)
    weighed = _Weighed(actor, chosen, level)
    first = nlargest(CLOSELY, weighed.values(), key=lambda each: (each.points, each.budget, -each.version, -each.row))
    rows = sorted(_closely(chosen, weighed, first), key=lambda each: (-each.points, -(each.budget or 0), each.entity))
    return Listing(chosen, calls, tuple(rows), weighed.total, weighed.checked)


class _Weighed:
    """The declared values of a call at first sight."""

    def __init__(self, actor: Actor, call: Call, level: str) -> None:
        self.call = call
        self.total = self.checked = 0
        own = {entity for _, entity in actor.mandates}
        reports = call.obligations.exclude(debtor__in=own)
        reports = reports.filter(level=level) if level else reports
        self.debtors = {
            pk: (debtor, name, kind)
            for pk, debtor, name, kind in reports.values_list("pk", "debtor", "debtor__name", "level")
        }
        self.versions = _accepted(reports)
        plans = Obligation.objects.filter(call=call.follows_id, debtor__in=reports.values("debtor"))
        self.plans = dict(plans.values_list("debtor", "pk"))
        self._plans = plans

    def plan_of(self, report: int) -> int:
        """Name the obligation for the plan that a report follows; 0 where its body owes none."""
        return self.plans.get(self.debtors[report][0], 0)

    def values(self) -> Iterator[Value]:
        """Weigh each value that no verdict stands on, one after the other."""
        of = {version: report for report, version in self.versions.items()}
        accepted = _accepted(self._plans)
        plan_of = {report: accepted.get(self.plan_of(report), 0) for report in self.versions}
        budgets, sums = _budgets(accepted.values())
        levels = _levels(self.versions.values(), self.call.period)
        verdicts, standing = _Verdicts(self.call), counting(self.versions).keys()
        told = Progress.objects.filter(submission__in=self.versions.values()).filter(
            Q(value__isnull=False) | Q(numerator__isnull=False)
        )
        fields = ("submission", "row", "value", "numerator", "denominator")
        for version, row, value, above, below in told.values_list(*fields).iterator(chunk_size=2000):
            report, said = of[version], (value, above, below)
            if (version, row) in standing:
                self.checked += 1
                continue
            self.total += 1
            plan, debtor = plan_of[report], self.debtors[report][0]
            stake = Stake(
                budget=budgets.get((plan, row)),
                plan=sums.get(plan),
                level=levels.get((version, row)),
                checked=(debtor, row) in verdicts.given,
                differed=(debtor, row) in verdicts.differed,
                body_differed=debtor in verdicts.differing,
            )
            reasons = at_first_sight(stake)
            yield Value(sum(reasons.values()), stake.budget or 0, plan, report, row, version, said, reasons)


class _Verdicts:
    """What was checked before of the plans under a call, by body and row."""

    def __init__(self, call: Call) -> None:
        declared = Progress.objects.filter(submission=OuterRef("submission"), row=OuterRef("row"))
        names = ("value", "numerator", "denominator")
        given = Verdict.objects.filter(submission__obligation__call__follows=call.follows_id, superseded_by=None)
        given = given.annotate(**{f"declared_{name}": Subquery(declared.values(name)[:1]) for name in names})
        columns = ("submission__obligation__debtor", "row")
        self.given: set[tuple[int, int]] = set()
        self.differed: set[tuple[int, int]] = set()
        for debtor, row, *said in given.values_list(*columns, *names, *(f"declared_{each}" for each in names)):
            self.given.add((debtor, row))
            if said[:3] != said[3:]:
                self.differed.add((debtor, row))
        self.differing = {debtor for debtor, _ in self.differed}


def _accepted(obligations: QuerySet[Obligation]) -> dict[int, int]:
    """Return the version accepted last, by obligation."""
    steps = Step.objects.filter(submission__obligation__in=obligations.values("pk"), after=State.ACCEPTED)
    return dict(steps.order_by("entry_id").values_list("submission__obligation", "submission"))


def _budgets(plans: Iterable[int]) -> tuple[dict[tuple[int, int], int], Mapping[int, int]]:
    """Return the budget of each activity that says one, and the sum of each plan."""
    said = Activity.objects.filter(submission__in=list(plans), budget_cents__isnull=False)
    budgets: dict[tuple[int, int], int] = {}
    sums: Counter[int] = Counter()
    rows: Any = said.values_list("submission", "row", "budget_cents")
    for plan, row, cents in rows.iterator(chunk_size=2000):
        budgets[plan, row] = cents
        sums[plan] += cents
    return budgets, sums


def _levels(versions: Iterable[int], period: str) -> dict[tuple[int, int], int]:
    """Return how much the best piece proves that each row cites and that is valid at the end of the period."""
    last = parse_period(period).last
    valid = Q(evidence__valid_until=None) | Q(evidence__valid_until__gte=last)
    cited = Support.objects.filter(valid, submission__in=list(versions)).order_by().values_list("submission", "row")
    return {(version, row): level for version, row, level in cited.annotate(Max("evidence__level"))}


def _closely(call: Call, weighed: _Weighed, first: Iterable[Value]) -> Iterator[ToVerify]:
    chosen = list(first)
    told = histories({weighed.plan_of(each.report) for each in chosen})
    lines = {(key, line.row): line for key, history in told.items() for line in history.lines}
    for each in chosen:
        plan = weighed.plan_of(each.report)
        line = lines.get((plan, each.row))
        reached, odds = _story(line, told[plan], call.period) if line else (None, ())
        reasons = each.reasons | looked_closely(reached, odds)
        _, entity, level = weighed.debtors[each.report]
        yield ToVerify(
            submission=each.version,
            row=each.row,
            name=line.name if line else "",
            entity=entity,
            level=level or "",
            said=value_text(*each.said),
            budget=line.budget if line else None,
            reached=None if reached is None else int(reached * 100),
            reasons=tuple(sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))),
            odds=tuple(odds),
        )


def _story(line: Line, history: History, period: str) -> tuple[Any, tuple[Odd, ...]]:
    """Say how much of its target an activity reached, and what does not fit in how it came there."""
    spent, proved = line.spent.get(period, Spent()), period in line.proved
    now, odds = looked_over(line.promise, line.said, period, history.before(period), spent, has_evidence=proved)
    return now.final.raw, odds
