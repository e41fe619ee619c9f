"""How one published edition is going: the ladder, timeliness and coverage, by axis and line and by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yupana.domain.entities import public as entities
from yupana.domain.instruments import public as instruments
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.rules import Expects
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.overviews.figure import BELOW, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from yupana.domain.instruments.public import EditionCard, Node
    from yupana.domain.obligations.public import CallCard

LADDER = (rules.ANSWERED, rules.TARGET, rules.RESPONSIBLE, rules.BUDGET)
NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of incorporation: the share of what is due, and how much was never asked."""

    measure: str
    share: Share
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """An item of the plan with the sum of what its binding leaves count; ``weighted`` is None where nothing is due.

    ``figure`` opens the sum, ``by_weight`` the weighted one.
    """

    node: Node
    depth: int
    share: Share
    weighted: Share | None
    leaves: int
    figure: Figure | None = None

    @property
    def by_weight(self) -> Figure | None:
        """The same with each line counting by its weight."""
        return replace(self.figure, weighted=True) if self.figure else None


@dataclass(frozen=True, slots=True)
class Group:
    """The entities of one level: how many plans are due and accepted, how many answers."""

    level: str
    name: str
    handed: Share
    answered: Share
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the page of a plan shows. ``whole`` is weighted; None where nothing is due at this date.

    ``in_review`` came in time and is not decided yet: ``timeliness`` leaves it out until then.
    """

    edition: EditionCard
    calls: tuple[CallCard, ...]
    as_of: date
    whole: Share | None
    ladder: tuple[Rung, ...]
    timeliness: Share
    in_review: int
    coverage: Share
    branches: tuple[Branch, ...]
    groups: tuple[Group, ...]
    tree: tuple[Node, ...] = ()

    def figure(self, measure: str, **more: str | bool) -> Figure:
        """Name one of its figures, over all its calls."""
        return figure_of(self.calls, measure, self.as_of, **more)

    @property
    def of_whole(self) -> Figure:
        """The headline, each line by its weight."""
        return self.figure(rules.ANSWERED, item=self.edition.ref, weighted=True)

    @property
    def of_coverage(self) -> Figure:
        """How many plans are in."""
        return self.figure(rules.COVERAGE)

    @property
    def of_timeliness(self) -> Figure:
        """How many were in time."""
        return self.figure(rules.TIMELINESS)

    @property
    def answered(self) -> Share:
        """The unweighted counts of the headline."""
        return self.ladder[0].share

    @property
    def next_due(self) -> date | None:
        """The first deadline after this date."""
        days = [call.due_on for call in self.calls if call.due_on and call.due_on > self.as_of]
        return min(days, default=None)

    @property
    def undated(self) -> bool:
        """Whether no call says by when: then nobody is late, and nobody is known to be on time."""
        return not any(call.due_on for call in self.calls)

    @property
    def even(self) -> bool:
        """Whether every line weighs the same, to the last unit of rounding."""
        weights = [branch.node.weight for branch in self.branches if branch.node.binds]
        return not weights or max(weights) - min(weights) <= 1


def editions() -> tuple[EditionCard, ...]:
    """Every published edition: those that were put to somebody first, the newest first among them."""
    called = {ref for call in obligations.calls() for ref in call.editions}
    return tuple(sorted(instruments.editions(), key=lambda edition: edition.ref not in called))


def plan(edition: EditionCard, as_of: date) -> Plan:
    """Read how an edition is going at a date, over all its public calls."""
    calls = obligations.calls(edition.id, expects=Expects.PLAN)
    ids = [call.id for call in calls]
    tree = instruments.tree(edition.id)
    items = [node.id for node in binding(tree)]
    # A call may put several editions at once: only the items of this one count here.
    cells = figures.shares(measure=rules.ANSWERED, calls=ids, as_of=as_of, by=("item", "level"), items=items)
    by_item = _added((item, share) for (item, _), share in cells.items())
    by_level = _added((level, share) for (_, level), share in cells.items())
    coverage = {
        key[0]: share
        for key, share in figures.shares(measure=rules.COVERAGE, calls=ids, as_of=as_of, by=("level",)).items()
    }
    timeliness, in_review = figures.timely(calls=ids, as_of=as_of)
    return Plan(
        edition=edition,
        calls=calls,
        as_of=as_of,
        whole=weighed(tree, by_item),
        ladder=ladder(ids, as_of, items, figure=figure_of(calls, rules.ANSWERED, as_of, item=edition.ref)),
        timeliness=timeliness,
        in_review=in_review,
        coverage=sum(coverage.values(), NOTHING),
        tree=tree,
        branches=tuple(_branches(tree, by_item, 0, figure_of(calls, rules.ANSWERED, as_of, item=edition.ref))),
        groups=tuple(_groups(coverage, by_level, figure_of(calls, rules.COVERAGE, as_of))),
    )


def figure_of(calls: Iterable[CallCard], measure: str, as_of: date, **more: str | bool) -> Figure:
    """Name a figure over some calls."""
    return Figure(measure, tuple(call.code for call in calls), as_of, **more)  # type: ignore[arg-type] # its own fields


def item_figure(whole: Figure, node: Node, *, below: bool) -> Figure:
    """Name the figure of one item of the edition that ``whole`` speaks of; ``below``: with all that it holds."""
    return replace(whole, item=f"{whole.item}#{node.key}{BELOW * below}")


def ladder(
    calls: Sequence[int], as_of: date, items: Sequence[int], level: str = "", figure: Figure | None = None
) -> tuple[Rung, ...]:
    """The four rungs over some items, in their order, for all levels or one; ``figure`` names what they open."""
    return tuple(
        Rung(
            measure,
            figures.shares(measure=measure, calls=calls, as_of=as_of, items=items, level=level).get((), NOTHING),
            replace(figure, measure=measure) if figure else None,
        )
        for measure in LADDER
    )


def binding(nodes: Iterable[Node]) -> Iterator[Node]:
    """The items among and below these that bind somebody, in reading order."""
    for node in nodes:
        if node.binds:
            yield node
        yield from binding(node.children)


def weighed(nodes: Iterable[Node], by_item: Mapping[int, Share]) -> Share | None:
    """The share of a part of the plan in which each line counts by its weight; None where nothing is due."""
    weights = {node.id: node.weight for node in binding(nodes) if not any(True for _ in binding(node.children))}
    ratio = figures.weighted({item: by_item.get(item, NOTHING) for item in weights}, weights)
    return None if ratio is None else Share(ratio.numerator, ratio.denominator)


def _added(pairs: Iterable[tuple[Any, Share]]) -> dict[Any, Share]:
    sums: dict[Any, Share] = {}
    for key, share in pairs:
        sums[key] = sums.get(key, NOTHING) + share
    return sums


def _branches(nodes: Iterable[Node], by_item: Mapping[int, Share], depth: int, whole: Figure) -> Iterator[Branch]:
    """Flatten the tree in reading order, leaving out what neither binds nor holds what binds."""
    for node in nodes:
        below = list(binding([node]))
        if below:
            share = sum((by_item.get(item.id, NOTHING) for item in below), NOTHING)
            figure = item_figure(whole, node, below=below != [node])
            yield Branch(node, depth, share, weighed([node], by_item), len(below), figure)
            yield from _branches(node.children, by_item, depth + 1, whole)


def _groups(coverage: Mapping[str, Share], answered: Mapping[str, Share], figure: Figure) -> Iterator[Group]:
    for level in entities.levels():
        if level.code in coverage or level.code in answered:
            handed, given = coverage.get(level.code, NOTHING), answered.get(level.code, NOTHING)
            yield Group(level.code, level.name, handed, given, replace(figure, level=level.code))
