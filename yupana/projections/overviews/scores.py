"""How far what was planned is: scores of an edition, of a part of it, or of one body, each beside what it speaks of.

They are read from the reports of the last period that is closed at the date, of each call for plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.evaluations import bands_of
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.overviews.figure import NO_LINE
from yupana.projections.overviews.plan import binding, figure_of, item_figure, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from yupana.domain.instruments.public import EditionCard, Node
    from yupana.domain.obligations.public import CallCard
    from yupana.domain.progress.rules import Bands
    from yupana.projections.overviews.figure import Figure

NOTHING = Share()
DECLARED = {
    rules.ADVANCE: (rules.ADVANCE_VERIFIED, rules.ADVANCE_CHECKED),
    rules.EFFICACY: (rules.EFFICACY_VERIFIED, rules.EFFICACY_CHECKED),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of the activities that were checked, what they had declared, and how much of all was checked."""

    found: Share
    declared: Share
    part: Share
    figure: Figure
    of_declared: Figure


@dataclass(frozen=True, slots=True)
class Score:
    """One score. ``known`` is the part of what is due that it speaks of; under the floor it is no ``enough``.

    ``beside`` is money that answers no line, of which a plan as a whole says nothing else; ``of_beside`` opens it.
    """

    measure: str
    share: Share
    figure: Figure
    known: Share
    enough: bool
    checked: Checked | None = None
    beside: Share = NOTHING
    of_beside: Figure | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores at a date; ``periods`` are those whose reports they are read from.

    ``timely_periods`` are the first and the last whose reports ``timeliness`` counts: all that were due by then.
    ``in_review`` of them came in time and are not decided yet: it leaves them out until then.
    ``floor`` is the least that has to be known, ``few_plans`` how many there are where even of plans there are less.
    """

    periods: tuple[str, ...]
    scores: tuple[Score, ...]
    timeliness: Share
    of_timeliness: Figure
    timely_periods: tuple[str, str]
    floor: Share
    few_plans: Share | None
    in_review: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    nodes: tuple[Node, ...]
    counted: Mapping[str, Mapping[int, Share]]
    bands: Bands
    whole: Figure
    plans: Share | None
    beside: Share = NOTHING

    def is_enough(self, known: Share) -> bool:
        """Whether enough is known: of the reports, and of the plans without which nobody is asked to report."""
        return self.bands.is_enough(known) and (self.plans is None or self.bands.is_enough(self.plans))


def reports_at(book: EditionCard, as_of: date) -> list[CallCard]:
    """Find the public calls for reports on an edition that were due by a date, the last period first."""
    found = obligations.calls(book.id, expects=Expects.PROGRESS)
    due = [call for call in found if call.due_on is None or call.due_on <= as_of]
    return sorted(due, key=lambda call: parse_period(call.period).last, reverse=True)


def scores(
    book: EditionCard,
    nodes: Sequence[Node],
    as_of: date,
    *,
    at: Node | None = None,
    entity: tuple[int, str] | None = None,
) -> Scores | None:
    """Read the scores of an edition whose tree is ``nodes``, of the part ``at``, or of one body (its key and name).

    None where no report was due by then.
    """
    due = reports_at(book, as_of)
    owed = _owed_by(due, entity, as_of)
    last = list({call.follows: call for call in reversed(owed)}.values())
    part = tuple(nodes) if at is None else (at,)
    items = [node.id for node in binding(part)]
    if not last or not items:
        return None
    found, beside = _counted([call.id for call in last], items, as_of, entity)
    if not any(found.values()):
        return None
    whole = figure_of(last, rules.ADVANCE, as_of, item=book.ref, entity=entity[1] if entity else "")
    if at is not None:
        whole = item_figure(whole, at, below=items != [at.id])
    plans = None if entity else _plans(last, as_of)
    bands, weighted = bands_of(book.instrument, as_of), replace(whole, weighted=len(items) > 1)
    read = _Read(part, found, bands, weighted, plans, beside if at is None else NOTHING)
    timely = figure_of(due, rules.TIMELINESS, as_of, entity=entity[1] if entity else "")
    timeliness, in_review = _timeliness(due, as_of, entity)
    return Scores(
        periods=tuple(dict.fromkeys(call.period for call in last)),
        scores=tuple(_scores(read)),
        timeliness=timeliness,
        in_review=in_review,
        of_timeliness=timely,
        timely_periods=(owed[-1].period, owed[0].period),
        floor=Share(read.bands.coverage, 10_000),
        few_plans=None if plans is None or read.bands.is_enough(plans) else plans,
    )


def _owed_by(due: Sequence[CallCard], entity: tuple[int, str] | None, as_of: date) -> Sequence[CallCard]:
    """Leave out the calls under which one body owed nothing by a date: it had longer, was let off, or passed it on."""
    if entity is None:
        return due
    owed = with_due(Obligation.objects.filter(call__in=[call.id for call in due], debtor=entity[0]))
    by_then = owed.filter(is_waived=False, is_transferred=False).exclude(effective_due__gt=as_of)
    calls = set(by_then.values_list("call", flat=True))
    return [call for call in due if call.id in calls]


def _plans(last: Sequence[CallCard], as_of: date) -> Share:
    """Say how many of the plans that were due were accepted: silence on a plan leaves no report to miss."""
    calls = [call.follows for call in last if call.follows]
    return figures.shares(measure=rules.COVERAGE, calls=calls, as_of=as_of).get((), NOTHING)


def _counted(
    calls: Sequence[int], items: Sequence[int], as_of: date, entity: tuple[int, str] | None
) -> tuple[dict[str, dict[int, Share]], Share]:
    """Count every measure by line, and the money that answers none."""
    if entity is None:
        found = figures.by_item(measures=rules.PROGRESS, calls=calls, as_of=as_of, items=[*items, None])
    else:
        owed = Obligation.objects.filter(call__in=calls, debtor=entity[0])
        keys = list(owed.values_list("pk", flat=True))
        found = figures.progress_of(measures=rules.PROGRESS, obligations=keys, as_of=as_of, items=[*items, None])
    lines = {
        measure: {item: share for item, share in held.items() if item is not None} for measure, held in found.items()
    }
    return lines, found[rules.EXECUTION].get(None, NOTHING)


def _scores(read: _Read) -> Iterable[Score]:
    for measure, (verified, checked) in DECLARED.items():
        share, known = _weighed(read, measure), _known(read, measure)
        if share is None and known is None:
            continue
        yield Score(
            measure=measure,
            share=share or NOTHING,
            figure=replace(read.whole, measure=measure),
            known=known or NOTHING,
            enough=read.is_enough(known or NOTHING),
            checked=_checked(read, measure, verified, checked),
        )
    money = sum(read.counted[rules.EXECUTION].values(), NOTHING)
    if money != NOTHING or read.beside != NOTHING:
        base = Share(money.due, money.due + money.unknown)
        opens = replace(read.whole, measure=rules.EXECUTION, weighted=False, by_line=read.whole.weighted)
        none = replace(opens, item=NO_LINE, by_line=False)
        yield Score(rules.EXECUTION, money, opens, base, read.is_enough(base), None, read.beside, none)


def _weighed(read: _Read, measure: str) -> Share | None:
    """Read a measure with each line by its weight; of one line as it is."""
    counted = read.counted[measure]
    if not read.whole.weighted:
        share = sum(counted.values(), NOTHING)
        return share if share.due else None
    return weighed(read.nodes, counted)


def _known(read: _Read, measure: str) -> Share | None:
    """Say how much of what is due is known, each line by its weight."""
    return _part(read, {item: Share(each.due, each.due + each.unknown) for item, each in read.counted[measure].items()})


def _part(read: _Read, known: Mapping[int, Share]) -> Share | None:
    if not read.whole.weighted:
        share = sum(known.values(), NOTHING)
        return share if share.due else None
    return weighed(read.nodes, known)


def _checked(read: _Read, measure: str, verified: str, checked: str) -> Checked | None:
    found, declared = _weighed(read, verified), _weighed(read, checked)
    if found is None or declared is None:
        return None
    seen = read.counted[checked]
    part = _part(read, {item: Share(seen.get(item, NOTHING).due, each.due + each.unknown) for item, each in
                        read.counted[measure].items()})  # fmt: skip
    return Checked(
        found, declared, part or NOTHING, replace(read.whole, measure=verified), replace(read.whole, measure=checked)
    )


def _timeliness(due: Sequence[CallCard], as_of: date, entity: tuple[int, str] | None) -> tuple[Share, int]:
    calls = [call.id for call in due]
    if entity is None:
        return figures.timely(calls=calls, as_of=as_of)
    owed = list(Obligation.objects.filter(call__in=calls, debtor=entity[0]).values_list("pk", flat=True))
    covered, timely = (
        sum((share for shares in found.values() for share in shares.values()), NOTHING)
        for found in (
            figures.of_bodies(measure=measure, obligations=owed, as_of=as_of)
            for measure in (rules.COVERAGE, rules.TIMELINESS)
        )
    )
    return timely, figures.in_review(covered, timely)
