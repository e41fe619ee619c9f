"""How far each activity behind a figure of progress is: what was promised, said, checked and proved, and the ratio."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import split
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.checks import counting
from yupana.domain.progress.histories import histories
from yupana.domain.progress.models import Dispute, Support
from yupana.domain.progress.rules import WHOLE, Spent, Unsaid, advance, closed
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import State
from yupana.projections.figures import reached
from yupana.projections.figures.rules import EXECUTION, PROGRESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from yupana.domain.progress.histories import History, Line, Report
    from yupana.domain.progress.rules import Advance, Ratio, Said

_VERIFIED, _CHECKED = ".verified", ".checked"


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one period, and what was found of it (None: it was not checked), with where both are sealed."""

    period: str
    said: Said | None
    found: Said | None
    accepted_at: int | None
    verdict_at: int | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence that the report of the period cites; ``name`` "" where it is not for everybody."""

    pk: int
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Deed:
    """One activity. ``points`` are its part of the line's 10,000, ``ratio`` how far it is (None: ``unsaid`` why not).

    ``counts`` False: nothing was due of it yet, so it stays out of the base. ``cents`` are accrued, current and
    unknown, of a figure of money.
    """

    row: int
    name: str
    points: Fraction
    ratio: Fraction | None
    capped: Fraction | None
    unsaid: Unsaid | None
    counts: bool
    advance: Advance
    baseline: int | None
    told: tuple[Told, ...]
    proofs: tuple[Proof, ...]
    cents: tuple[int, int, int] | None = None


def deeds(
    measure: str, obligations: Collection[int], item: int | None, *, position: int, inside: bool
) -> Mapping[int, Sequence[Deed]]:
    """Read the activities behind reports, by the key of the obligation to report; a fixed number of queries."""
    if measure not in PROGRESS:
        return {}
    owed = Obligation.objects.filter(pk__in=obligations)
    follows = {
        (call, debtor): pk for pk, call, debtor in owed.values_list("pk", "call__follows", "debtor") if call is not None
    }
    plans = Obligation.objects.filter(
        call__in={call for call, _ in follows}, debtor__in={debtor for _, debtor in follows}
    )
    held = histories(plans.values_list("pk", flat=True), position=position)
    reports = [each for history in held.values() for each in history.reports]
    sealed = _sealed(reports, position)
    proofs = _proofs(reports, inside=inside)
    wanted = set(obligations)
    return {
        report.obligation: list(_of_report(measure, history, report, item, sealed, proofs))
        for history in held.values()
        for report in history.reports
        if report.obligation in wanted
    }


@dataclass(frozen=True, slots=True)
class _Sealed:
    accepted: Mapping[int, int | None]
    verdicts: Mapping[tuple[int, int], tuple[int | None, bool]]


def _sealed(reports: Sequence[Report], position: int) -> _Sealed:
    """Find where reports were accepted and verdicts given, by version and by version and row."""
    versions = [each.submission for each in reports if each.submission is not None]
    steps = Step.objects.filter(submission__in=versions, after=State.ACCEPTED, entry__position__lt=position)
    accepted = dict(steps.order_by("entry__position").values_list("submission", "entry__position"))
    given = counting({each.obligation: each.submission for each in reports}, position=position)
    last = {place: verdicts[-1] for place, verdicts in given.items()}
    disputed = Dispute.objects.filter(verdict__in=[each.pk for each in last.values()])
    disputed = disputed.exclude(answer_entry__position__lt=position)
    open_disputes = set(disputed.filter(entry__position__lt=position).values_list("verdict", flat=True))
    verdicts = {place: (each.entry.position, each.pk in open_disputes) for place, each in last.items()}
    return _Sealed(accepted, verdicts)


def _proofs(reports: Sequence[Report], *, inside: bool) -> Mapping[tuple[int, int], list[Proof]]:
    """List what each report cites for each row; names only of what is for everybody, or at the desk."""
    cited: dict[tuple[int, int], list[Proof]] = defaultdict(list)
    versions = [each.submission for each in reports if each.submission is not None]
    for each in Support.objects.filter(submission__in=versions).select_related("evidence"):
        seen = inside or each.evidence.visibility == Visibility.PUBLIC
        piece = Proof(each.evidence_id, each.evidence.name if seen else "", each.evidence.level)
        cited[each.submission_id, each.row].append(piece)
    return cited


def _of_report(
    measure: str,
    history: History,
    report: Report,
    item: int | None,
    sealed: _Sealed,
    proofs: Mapping[tuple[int, int], list[Proof]],
) -> Iterator[Deed]:
    lines = [line for line in reached.counted(history, report.period) if line.items.get(item)]
    whole = sum((_weight(line, item) for line in lines if _counts(measure, line, report.period)), Fraction(0))
    for line in lines:
        if measure.endswith((_VERIFIED, _CHECKED)) and not reached.was_verified(line, report.period):
            continue
        values = reached.found_by(line, report.period) if measure.endswith(_VERIFIED) else line.said
        now = advance(line.promise, values, report.period, expected=history.before(report.period, line))
        ratio = _ratio(measure, now)
        yield Deed(
            row=line.row,
            name=line.name,
            points=WHOLE * _weight(line, item) / whole if whole else Fraction(0),
            ratio=ratio.raw,
            capped=ratio.capped,
            unsaid=ratio.unsaid,
            counts=ratio.unsaid is not Unsaid.NOT_DUE,
            advance=now,
            baseline=line.promise.baseline,
            told=tuple(_told(line, history, report, sealed)),
            proofs=tuple(proofs.get((report.submission or 0, line.row), ())),
            cents=_cents(line, item, report.period) if measure == EXECUTION else None,
        )


def _weight(line: Line, item: int | None) -> Fraction:
    return Fraction(line.items[item], sum(line.items.values()))


def _ratio(measure: str, now: Advance) -> Ratio:
    return now.to_date if measure.startswith("efficacy") else now.final


def _counts(measure: str, line: Line, period: str) -> bool:
    """Whether an activity is in the base: not where nothing was due of it yet, as it was declared."""
    return _ratio(measure, advance(line.promise, line.said, period)).unsaid is not Unsaid.NOT_DUE


def _told(line: Line, history: History, report: Report, sealed: _Sealed) -> Iterator[Told]:
    """Tell what the figure adds up: each report up to its period, and what an earlier body said before its merger."""
    own = {each.period: each.submission or 0 for each in history.reports}
    for period in closed((*own, *(line.said.keys() - own.keys())), report.period):
        version = own.get(period, 0)
        at, disputed = sealed.verdicts.get((version, line.row), (None, False))
        yield Told(
            period=period,
            said=line.said.get(period),
            found=line.checked.get(period),
            accepted_at=sealed.accepted.get(version),
            verdict_at=at,
            disputed=disputed,
        )


def _cents(line: Line, item: int | None, period: str) -> tuple[int, int, int]:
    spent = line.spent.get(period, Spent())
    if spent.current is None or spent.accrued is None:
        told = (0, 0, reached.size(line, period))
    else:
        told = (spent.accrued, spent.current, 0)
    parts = [split(cents, line.items)[item] for cents in told]
    return parts[0], parts[1], parts[2]
