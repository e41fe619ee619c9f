"""Cells of progress: what plans reached, counted from their histories some bodies at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.models import RowTransfer
from yupana.domain.obligations.models import Extension, Obligation
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.histories import histories
from yupana.projections.figures.reached import reached
from yupana.projections.figures.rules import UNDATED, Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from yupana.foundation.kernel.share import Share

PLANS = 200  # read at a time
NAMED = 5_000  # keys in one question


@dataclass(frozen=True, slots=True)
class Group:
    """Where the cells of one obligation to report add up."""

    level: str
    territory: str
    due_on: date


def progress(position: int, obligations: Collection[int] | None) -> Iterator[tuple[int, Key, Share]]:
    """Count what was reached under each of these obligations to report (None: all), as of a position of the record.

    It gives the obligation with each of its cells. Other obligations, and those that were waived or passed on, have
    none. Plans are read some at a time, so memory does not grow with them.
    """
    chosen = None if obligations is None else set(obligations)
    plans = _followed() if chosen is None else sorted(plans_of(chosen))
    for keys in _chunks(plans, PLANS):
        read = histories(keys, position=position)
        wanted = {
            each.obligation: (key, each)
            for key in keys
            for each in read[key].reports
            if each.is_owed and (chosen is None or each.obligation in chosen)
        }
        groups = _groups(wanted, position)
        for owed, (key, report) in wanted.items():
            group = groups[owed]
            for (measure, item), share in reached(read[key], report.period).items():
                at = Key(measure, report.call, item, group.level, group.territory, report.period, group.due_on)
                yield owed, at, share


def plans_of(reports: Collection[int]) -> set[int]:
    """Return the obligations for the plans that some obligations to report follow; other obligations follow none."""
    found: set[int] = set()
    for keys in _chunks(sorted(reports), NAMED):
        pairs = set(
            Obligation.objects.filter(pk__in=keys, call__expects=Expects.PROGRESS).values_list(
                "call__follows", "debtor"
            )
        )
        plans = Obligation.objects.filter(call__in={call for call, _ in pairs}, debtor__in={body for _, body in pairs})
        found |= {pk for pk, call, debtor in plans.values_list("pk", "call", "debtor") if (call, debtor) in pairs}
    return found


def reports_of(plans: Collection[int]) -> set[int]:
    """Return all the obligations to report that follow some obligations for plans."""
    found: set[int] = set()
    for keys in _chunks(sorted(plans), NAMED):
        pairs = set(Obligation.objects.filter(pk__in=keys).values_list("call", "debtor"))
        reports = Obligation.objects.filter(
            call__follows__in={call for call, _ in pairs}, debtor__in={body for _, body in pairs}
        )
        rows = reports.values_list("pk", "call__follows", "debtor")
        found |= {pk for pk, follows, debtor in rows if (follows, debtor) in pairs}
    return found


def moved_by(named: Collection[int]) -> set[int]:
    """Return the obligations to report whose cells may move where something was recorded about some obligations.

    Sums run on, so a report moves all the reports of its plan, and a plan all of its own; rows that passed on move
    those of the successor, too.
    """
    plans = plans_of(named) | set(named)
    new = plans
    while new:
        heirs = {
            to for keys in _chunks(sorted(new), NAMED)
            for to in RowTransfer.objects.filter(obligation__in=keys).values_list("to", flat=True)
        }  # fmt: skip
        new = heirs - plans
        plans |= new
    return reports_of(plans)


def _followed() -> list[int]:
    """List the obligations for plans under calls that reports follow."""
    owed = Obligation.objects.filter(call__followed_by__isnull=False)
    return list(owed.order_by("pk").distinct().values_list("pk", flat=True))


def _groups(owed: Iterable[int], position: int) -> dict[int, Group]:
    """Tell level, territory and the day that holds of some obligations."""
    keys = list(owed)
    later = Extension.objects.filter(obligation__in=keys, entry__position__lt=position).order_by("entry__position")
    days = dict(later.values_list("obligation", "due_on"))
    rows = Obligation.objects.filter(pk__in=keys).values_list("pk", "level", "territory", "due_on")
    return {pk: Group(level, territory, days.get(pk) or due_on or UNDATED) for pk, level, territory, due_on in rows}


def _chunks(keys: list[int], size: int) -> Iterator[list[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))
