"""What bodies declared in accepted reports under public calls, beside what was found of it. Persons are never named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.checks import all_correctives, standing, state_of
from yupana.domain.progress.histories import histories
from yupana.domain.progress.models import Progress, Verdict
from yupana.domain.progress.rules import CorrectiveState, Method, Unsaid, advance, said_of
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from fractions import Fraction

    from yupana.domain.progress.histories import History, Line
    from yupana.domain.progress.models import Corrective
    from yupana.domain.progress.rules import Promise, Said


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a body was asked to put right. ``closed_on`` None: it is still open."""

    text: str
    opened_on: date
    due_on: date
    closed_on: date | None


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
class Standing:
    """How far one activity is by the end of the last period that was reported, in ten-thousandths of its unit.

    ``declared`` and ``verified`` are all that was done up to then, ``target`` what is to be reached in the end; None
    where it cannot be said, as ``unsaid`` tells of what was declared. ``verified`` is None unless the last value was
    checked; of earlier ones that nobody checked it takes what was declared. A milestone counts 1 when it is reached.
    """

    row: int
    declared: Fraction | None
    verified: Fraction | None
    target: Fraction | None
    is_milestone: bool
    unsaid: Unsaid | None
    checks: tuple[Check, ...]

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

    Periods that end after ``as_of`` are left out. One query where nothing was reported, else a fixed number.
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
    found = histories(told)
    checks = _checks([each.submission for one in found.values() for each in one.reports if each.submission])
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
        shown[line.row] = _standing(line, last, [each.period for each in accepted], tuple(reversed(told)))
    names = {each.period for each in accepted}
    said = sum(any(each.is_known for period, each in line.said.items() if period in names) for line in history.lines)
    return Followed(last, shown, said)


def _standing(line: Line, period: str, reported: list[str], checks: tuple[Check, ...]) -> Standing:
    said = {name: each for name, each in line.said.items() if name in reported}
    checked = {name: each for name, each in line.checked.items() if name in said}
    now = advance(line.promise, said, period)
    return Standing(
        row=line.row,
        declared=now.actual,
        verified=_reached(line.promise, said | checked, period) if period in checked else None,
        target=now.target,
        is_milestone=line.promise.method is Method.MILESTONE,
        unsaid=now.final.unsaid if now.actual is None else None,
        checks=checks,
    )


def _reached(promise: Promise, said: Mapping[str, Said], period: str) -> Fraction | None:
    return advance(promise, said, period).actual


def _checks(versions: Collection[int]) -> dict[tuple[int, int], Check]:
    """Return what stands of each row of these reports, by version and row."""
    verdicts = standing(Verdict.objects.filter(submission__in=versions))
    given = list(verdicts.select_related("dispute", "submission__obligation"))
    found: dict[tuple[int, int], list[Corrective]] = defaultdict(list)
    for asked in all_correctives().filter(verdict__submission__in=versions).order_by("pk"):
        found[asked.verdict.submission_id, asked.verdict.row].append(asked)
    rows = Progress.objects.filter(submission__in={each.submission_id for each in given})
    declared = {(each.submission_id, each.row): said_of(each) for each in rows}
    return {
        (each.submission_id, each.row): Check(
            period=each.submission.obligation.period,
            declared=declared[each.submission_id, each.row],
            found=said_of(each),
            basis=each.basis,
            on=each.on,
            disputed=hasattr(each, "dispute") and each.dispute.upheld is None,
            findings=tuple(_finding(one) for one in found[each.submission_id, each.row]),
        )
        for each in given
    }


def _finding(found: Corrective) -> Finding:
    closed = state_of(found) is CorrectiveState.CLOSED
    last = max((step.on for step in found.steps.all()), default=None)
    return Finding(found.text, found.on, found.due_on, last if closed else None)
