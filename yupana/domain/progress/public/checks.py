"""What bodies declared in accepted reports under public calls, beside what was found of it. Persons are never named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.checks import all_correctives, counting
from yupana.domain.progress.histories import histories
from yupana.domain.progress.models import Progress
from yupana.domain.progress.rules import (
    CorrectiveState,
    Method,
    Unsaid,
    added,
    advance,
    as_found,
    has_to_fall,
    is_verified,
    order,
    said_of,
)
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from fractions import Fraction

    from yupana.domain.progress.histories import History, Line
    from yupana.domain.progress.models import Corrective, Verdict
    from yupana.domain.progress.rules import Promise, Said


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a body was asked to put right. ``closed_on`` None: it is still open.

    ``answered_on`` is the day on which the body said that it is put right, where the authority is to look at that now.
    """

    text: str
    opened_on: date
    due_on: date
    closed_on: date | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one value, beside what was declared: how, on which day, and what is to be put right."""

    period: str
    declared: Said
    found: Said
    basis: str
    on: date
    disputed: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Partly:
    """What was found of some periods of a sum, and what is only declared of the others."""

    found: int
    periods: tuple[str, ...]
    declared: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one activity is by the end of the last period that was reported, in ten-thousandths of its unit.

    ``declared`` and ``verified`` are all that was done up to then, ``target`` what is to be reached in the end; None
    where it cannot be said, as ``unsaid`` tells of what was declared. ``verified`` is None unless the last value was
    checked, and of a sum every value in it; ``partly`` tells what was found where only some were. ``falls_from`` is
    where something starts that has to fall, ``gap`` says why the last report has no value. A milestone counts 1 when it
    is reached.
    """

    row: int
    declared: Fraction | None
    verified: Fraction | None
    target: Fraction | None
    is_milestone: bool
    unsaid: Unsaid | None
    checks: tuple[Check, ...]
    partly: Partly | None = None
    falls_from: int | None = None
    gap: str = ""

    @property
    def is_checked(self) -> bool:
        """Whether any of its values was checked."""
        return bool(self.checks)


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of one plan by the end of ``period``, by row; ``said`` activities say a value in any report."""

    period: str
    rows: Mapping[int, Standing]
    said: int

    @property
    def checked(self) -> int:
        """How many of these activities were checked."""
        return sum(each.is_checked for each in self.rows.values())


def followed(plans: Collection[int], *, as_of: date) -> dict[int, Followed]:
    """What accepted reports say of plans, by the obligation for the plan; those of calls that are not public are out.

    Periods that end after ``as_of`` are left out, and so is what was received, found, disputed, asked to be put right
    or answered after it. One query where nothing was reported, else a fixed number.
    """
    public = Obligation.objects.filter(pk__in=plans, call__visibility=Visibility.PUBLIC)
    told = set(
        public.filter(
            call__followed_by__obligations__submissions__state=State.ACCEPTED,
            call__followed_by__visibility=Visibility.PUBLIC,
        )
        .values_list("pk", flat=True)
        .distinct()
    )
    if not told:
        return {}
    found = histories(told, on=as_of)
    checks = _checks({each.obligation: each.submission for one in found.values() for each in one.reports}, as_of)
    return {key: shown for key, one in found.items() if (shown := _followed(one, checks, as_of))}


def _followed(history: History, checks: Mapping[tuple[int, int], Check], as_of: date) -> Followed | None:
    reports = [each for each in history.reports if parse_period(each.period).last <= as_of]
    accepted = [each for each in reports if each.submission is not None]
    if not accepted:
        return None
    last = accepted[-1].period
    shown = {}
    for line in history.lines:
        told = [checks[key] for each in accepted if each.submission and (key := (each.submission, line.row)) in checks]
        shown[line.row] = standing(line, last, tuple(reversed(told)))
    names = {each.period for each in accepted}
    said = sum(any(each.is_known for period, each in line.said.items() if period in names) for line in history.lines)
    return Followed(last, shown, said)


def standing(line: Line, period: str, checks: tuple[Check, ...]) -> Standing:
    """Tell one activity by the end of a period as its figure reads it: also by what its earlier body said of it."""
    said, checked = dict(line.said), {name: each for name, each in line.checked.items() if name in line.said}
    now, whole = advance(line.promise, said, period), is_verified(line.promise, said, checked, period)
    return Standing(
        row=line.row,
        declared=now.actual,
        verified=_reached(line.promise, as_found(line.promise, said, checked, period), period) if whole else None,
        target=now.target,
        is_milestone=line.promise.method is Method.MILESTONE,
        unsaid=now.final.unsaid if now.actual is None else None,
        checks=checks,
        partly=None if whole else _partly(line.promise, said | checked, checked, period),
        falls_from=line.promise.baseline if has_to_fall(line.promise, now.target) else None,
        gap=said[period].gap if now.actual is None and period in said else "",
    )


def _partly(promise: Promise, known: Mapping[str, Said], checked: Mapping[str, Said], period: str) -> Partly | None:
    """Part a sum into what was found and what is declared; of rates there is nothing to add up in words."""
    summed = order(added(promise, known, period))
    found, others = (
        tuple(name for name in summed if name in checked),
        tuple(name for name in summed if name not in checked),
    )
    if not found or any(known[name].is_rate for name in summed):
        return None
    values = {name: known[name].value or 0 for name in summed}
    return Partly(sum(values[name] for name in found), found, sum(values[name] for name in others), others)


def _reached(promise: Promise, said: Mapping[str, Said], period: str) -> Fraction | None:
    return advance(promise, said, period).actual


def _checks(reports: Mapping[int, int | None], as_of: date) -> dict[tuple[int, int], Check]:
    """Return what stood on a day of each row of reports (by obligation, the version that holds), by version and row."""
    given = counting(reports, on=as_of)
    last = {key: verdicts[-1] for key, verdicts in given.items()}
    place = {each.pk: key for key, verdicts in given.items() for each in verdicts}
    found: dict[tuple[int, int], list[Corrective]] = defaultdict(list)
    for asked in all_correctives().filter(verdict__in=place, on__lte=as_of).order_by("pk"):
        found[place[asked.verdict_id]].append(asked)
    rows = Progress.objects.filter(submission__in={version for version, _ in given})
    declared = {(each.submission_id, each.row): said_of(each) for each in rows}
    return {
        key: Check(
            period=each.submission.obligation.period,
            declared=declared[key],
            found=said_of(each),
            basis=each.basis,
            on=each.on,
            disputed=_is_disputed(each, as_of),
            findings=tuple(_finding(one, as_of) for one in found[key]),
        )
        for key, each in last.items()
    }


def _is_disputed(given: Verdict, as_of: date) -> bool:
    dispute = getattr(given, "dispute", None)
    if dispute is None or dispute.on > as_of:
        return False
    return dispute.upheld is None or dispute.answered_on > as_of


def _finding(found: Corrective, as_of: date) -> Finding:
    steps = [step for step in sorted(found.steps.all(), key=lambda step: step.order) if step.on <= as_of]
    last = steps[-1] if steps else None
    days = {state: last.on if last and last.after == state else None for state in CorrectiveState}
    return Finding(found.text, found.on, found.due_on, days[CorrectiveState.CLOSED], days[CorrectiveState.ANSWERED])
