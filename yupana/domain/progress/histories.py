"""What was promised, reported and checked of every activity of some plans, as the record stood at a position.

Figures, pages and the checks of a draft read progress from here and nowhere else. The number of queries does not grow
with plans.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Q

from yupana.domain.commitments.models import Activity, Also, BudgetLine, Programmed, Reclassification, RowTransfer
from yupana.domain.commitments.rules import parts_of
from yupana.domain.obligations.models import Obligation, Transfer, Waiver
from yupana.domain.progress.checks import counting
from yupana.domain.progress.models import Progress, Support
from yupana.domain.progress.rules import Promise, Said, Spent, order, promise_of, said_of
from yupana.domain.progress.rules.periods import lies_in
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import Model, QuerySet

_SAID = ("value", "numerator", "denominator", "gap", "current_cents", "accrued_cents")
_ROW = (
    "submission", "row", "name", "item", "accumulation", "direction", "baseline", "target", "unit", "budget_cents",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One period that is called for of a ``plan`` (its obligation): the obligation to report, and the accepted version.

    ``submission`` None: none was accepted. It is not owed any more where it was waived or passed on.
    """

    plan: int
    obligation: int
    call: int
    period: str
    submission: int | None
    is_owed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a plan through all its periods.

    ``items`` are what it answers, each with its weight (None: it answers none). ``said`` and ``checked`` hold by period
    what was declared and what the verdict that holds says; ``spent`` is the money, ``budget`` the cents that the plan
    programmes, and ``proved`` names the periods whose report cites evidence for the row.
    """

    row: int
    activity: int
    name: str
    items: Mapping[int | None, int]
    promise: Promise
    budget: int | None
    said: Mapping[str, Said]
    checked: Mapping[str, Said]
    spent: Mapping[str, Spent]
    proved: frozenset[str]
    budgets: Mapping[int, int] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    unplanned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class History:
    """One plan: the accepted version that holds (None: none), its reports in the order of their periods, its rows."""

    obligation: int
    plan: int | None
    reports: tuple[Report, ...] = ()
    lines: tuple[Line, ...] = field(default=())

    def before(self, period: str, line: Line | None = None) -> list[str]:
        """Return the periods that were to be reported before this one: of the plan, or of one row of it."""
        last, none = parse_period(period).last, line.unplanned if line else frozenset()
        asked = [each.period for each in self.reports if each.is_owed and each.period not in none]
        return [name for name in asked if parse_period(name).last < last]


def histories(
    obligations: Collection[int], *, position: int | None = None, draft: int | None = None, on: date | None = None
) -> dict[int, History]:
    """Read plans by the key of the obligation for the plan, as of a position of the record (None: as of now).

    ``draft`` is a version of a report, of whatever state, that is to be read as if it had been accepted last. ``on``
    leaves out reports that were received after a day, and verdicts that were given after it.
    """
    plans = _accepted(obligations, position)
    owed = _reports(obligations, position, on)
    for version, obligation in Submission.objects.filter(pk=draft or 0).values_list("pk", "obligation"):
        owed = {
            key: tuple(replace(each, submission=version) if each.obligation == obligation else each for each in reports)
            for key, reports in owed.items()
        }
    older = _passed(obligations, position)
    theirs = _reports({obligation for sources in older.values() for obligation, _ in sources}, position, on)
    told = _told([each for reports in (*owed.values(), *theirs.values()) for each in reports], position, on)
    rows = _rows(plans, position)
    found = {}
    for key in obligations:
        sources = {row: ((key, row), *older.get((key, row), ())) for row in (each.row for each in rows.get(key, ()))}
        lines = tuple(_line(each, sources[each.row], told, theirs | owed) for each in rows.get(key, ()))
        found[key] = History(key, plans.get(key), owed.get(key, ()), lines)
    return found


def plan_of(report: Obligation) -> int | None:
    """Return the key of the obligation for the plan that an obligation to report follows.

    None where there is none, or where the period is over for which it was: then only indicators are asked for.
    """
    plans = Obligation.objects.filter(call=report.call.follows_id, debtor=report.debtor_id)
    for pk, period in plans.order_by("pk").values_list("pk", "call__period")[:1]:
        return pk if lies_in(report.period, period) else None
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    activity: int
    name: str
    items: Mapping[int | None, int]
    promise: Promise
    budget: int | None
    budgets: Mapping[int, int]


_Reports: TypeAlias = "Mapping[int, Sequence[Report]]"


@dataclass(slots=True)
class _Told:
    said: dict[tuple[int, int], dict[str, Said]] = field(default_factory=lambda: defaultdict(dict))
    checked: dict[tuple[int, int], dict[str, Said]] = field(default_factory=lambda: defaultdict(dict))
    spent: dict[tuple[int, int], dict[str, Spent]] = field(default_factory=lambda: defaultdict(dict))
    proved: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))


def _upto(rows: QuerySet[Any], position: int | None) -> QuerySet[Any]:
    """Take what was recorded below a position, in the order in which it was."""
    if position is None:
        return rows.order_by("entry_id")
    return rows.filter(entry__position__lt=position).order_by("entry__position")


def _accepted(obligations: Collection[int], position: int | None, on: date | None = None) -> dict[int, int]:
    """Return the version accepted last, by obligation; of those that were received by a day, if one is told."""
    steps = Step.objects.filter(submission__obligation__in=obligations, after=State.ACCEPTED)
    if on is not None:
        steps = steps.exclude(submission__received_on__gt=on)
    return dict(_upto(steps, position).values_list("submission__obligation", "submission"))


def _reports(obligations: Collection[int], position: int | None, on: date | None) -> dict[int, tuple[Report, ...]]:
    """Find the periods called for by plan, in order. Who no longer owes one is said."""
    if not obligations:
        return {}
    plans = Obligation.objects.filter(pk__in=obligations)
    plan_of_pair: dict[tuple[int | None, int], tuple[int, str]] = {
        (call, debtor): (pk, period)
        for pk, call, debtor, period in plans.values_list("pk", "call", "debtor", "call__period")
    }
    asked = Obligation.objects.filter(
        call__follows__in={call for call, _ in plan_of_pair}, debtor__in={debtor for _, debtor in plan_of_pair}
    ).exclude(call__entry=None)
    if position is not None:
        put = Q(entry=None, call__entry__position__lt=position) | Q(entry__position__lt=position)
        asked = asked.filter(put)  # an act of its own that is not sealed yet is none
    rows = [
        (plan, pk, call, period)
        for pk, call, period, follows, debtor in asked.values_list("pk", "call", "period", "call__follows", "debtor")
        for plan, span in (plan_of_pair.get((follows, debtor), (0, "")),)
        if plan and lies_in(period, span)
    ]
    keys = [pk for _, pk, _, _ in rows]
    accepted = _accepted(keys, position, on)
    gone = _named(Waiver, keys, position) | _named(Transfer, keys, position)
    found: dict[int, dict[str, Report]] = defaultdict(dict)
    for plan, pk, call, period in rows:
        found[plan][period] = Report(plan, pk, call, period, accepted.get(pk), pk not in gone)
    return {plan: tuple(told[period] for period in order(told)) for plan, told in found.items()}


def _named(model: type[Model], obligations: Sequence[int], position: int | None) -> set[int]:
    rows = model._default_manager.filter(obligation__in=obligations)  # noqa: SLF001 - what a type of any table has
    return set(_upto(rows, position).values_list("obligation", flat=True))


def _passed(obligations: Collection[int], position: int | None) -> dict[tuple[int, int], tuple[tuple[int, int], ...]]:
    """Find, for each row that came from another body, that body's obligation and row, and so on back."""
    came: dict[tuple[int, int], tuple[int, int]] = {}
    wanted = set(obligations)
    while wanted:
        moved = _upto(RowTransfer.objects.filter(to__in=wanted), position)
        new = {
            (to, to_row): (key, row) for to, to_row, key, row in moved.values_list("to", "to_row", "obligation", "row")
        }
        wanted = {key for key, _ in new.values()} - {to for to, _ in came}
        came |= new
    found = {}
    for each in came:
        chain = [came[each]]
        while chain[-1] in came and came[chain[-1]] not in chain:
            chain.append(came[chain[-1]])
        found[each] = tuple(chain)
    return found


def _told(reports: Iterable[Report], position: int | None, on: date | None) -> _Told:
    """Read what accepted reports say and what was found of it, by plan and row."""
    accepted = {each.submission: each for each in reports if each.submission is not None}
    plan_of_version = {version: each.plan for version, each in accepted.items()}
    told = _Told()
    rows = Progress.objects.filter(submission__in=accepted).order_by().values_list("submission", "row", *_SAID)
    for version, row, value, above, below, gap, current, accrued in rows.iterator(chunk_size=2000):
        key, period = (plan_of_version[version], row), accepted[version].period
        told.said[key][period] = Said(value, above, below, gap)
        if current is not None or accrued is not None:
            told.spent[key][period] = Spent(current, accrued)
    held = {each.obligation: version for version, each in accepted.items()}
    for (version, row), verdicts in counting(held, position=position, on=on).items():
        told.checked[plan_of_version[version], row][accepted[version].period] = said_of(verdicts[-1])
    for version, row in Support.objects.filter(submission__in=accepted).values_list("submission", "row"):
        told.proved[plan_of_version[version], row].add(accepted[version].period)
    return told


def _rows(plans: Mapping[int, int], position: int | None) -> dict[int, list[_Row]]:
    """Read the rows of versions, by the key of their obligation."""
    of = {version: key for key, version in plans.items()}
    programmed: dict[int, dict[str, int]] = defaultdict(dict)
    values = (
        Programmed.objects.filter(activity__submission__in=of).order_by().values_list("activity", "period", "value")
    )
    for activity, period, value in values.iterator(chunk_size=2000):
        programmed[activity][period] = value
    budgets: dict[int, dict[int, int]] = defaultdict(dict)
    money = BudgetLine.objects.filter(activity__submission__in=of, programmed_cents__isnull=False).order_by()
    for activity, year, cents in money.values_list("activity", "year", "programmed_cents"):
        budgets[activity][year] = budgets[activity].get(year, 0) + (cents or 0)
    also: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for activity, item, share in (
        Also.objects.filter(activity__submission__in=of).order_by("pk").values_list("activity", "item", "share_bp")
    ):
        also[activity].append((item, share))
    moved = dict(
        _upto(Reclassification.objects.filter(activity__submission__in=of), position).values_list("activity", "item")
    )
    periods = dict(Obligation.objects.filter(pk__in=plans).values_list("pk", "call__period"))
    found: dict[int, list[_Row]] = defaultdict(list)
    rows = Activity.objects.filter(submission__in=of).only(*_ROW).order_by("submission", "row")
    for each in rows.iterator(chunk_size=2000):
        key = of[each.submission_id]
        first = moved.get(each.pk, each.item_id)
        weights = parts_of(first, also[each.pk])
        promise = promise_of(each, programmed[each.pk], periods[key])
        found[key].append(_Row(each.row, each.pk, each.name, weights, promise, each.budget_cents, budgets[each.pk]))
    return found


def _line(row: _Row, sources: Sequence[tuple[int, int]], told: _Told, reports: _Reports) -> Line:
    """Put together what was told of a row, by its own body and by those that it came from; its own word first."""
    said: dict[str, Said] = {}
    checked: dict[str, Said] = {}
    spent: dict[str, Spent] = {}
    proved: set[str] = set()
    for source in reversed(sources):
        said |= told.said.get(source, {})
        checked |= told.checked.get(source, {})
        spent |= told.spent.get(source, {})
        proved |= told.proved.get(source, set())
    return Line(
        row.row, row.activity, row.name, row.items, row.promise, row.budget, said, checked, spent, frozenset(proved),
        row.budgets, _elsewhere(sources, reports), _unplanned(row, sources, said, reports),
    )  # fmt: skip


def _elsewhere(sources: Sequence[tuple[int, int]], reports: _Reports) -> frozenset[str]:
    return frozenset(each.period for key, _ in sources[1:] for each in reports.get(key, ()) if each.is_owed)


def _unplanned(
    row: _Row, sources: Sequence[tuple[int, int]], said: Mapping[str, Said], reports: _Reports
) -> frozenset[str]:
    """Name the periods whose report was accepted while the plan did not hold a row yet.

    A report is accepted only with a word on every row that promises something: without one, there was no such row.
    """
    if len(sources) > 1 or row.promise.method is None or not row.promise.programmed:
        return frozenset()
    accepted = [each.period for each in reports.get(sources[0][0], ()) if each.submission is not None]
    return frozenset(period for period in accepted if period not in said)
