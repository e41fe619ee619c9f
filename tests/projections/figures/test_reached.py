"""What holds of what a plan reached, whatever its activities are: nothing is lost between activities, items, trees."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules import weigh
from yupana.domain.progress.histories import History, Line
from yupana.domain.progress.rules import Method, Promise, Said, Spent
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.figures.reached import counted, reached, size

if TYPE_CHECKING:
    from collections.abc import Mapping

PERIODS = ("2024-Q1", "2024-Q2", "2024")
periods = st.sampled_from(PERIODS)
counts = st.integers(-5, 60)
cents = st.none() | st.integers(0, 100_000)
said = st.dictionaries(periods, st.builds(Said, counts) | st.just(Said(gap="data")) | st.just(Said()))
promises = st.builds(
    Promise, st.sampled_from([None, *Method]), st.sampled_from(["", "up", "down"]), st.none() | counts,
    st.dictionaries(periods, counts),
)  # fmt: skip
items = st.dictionaries(st.none() | st.integers(1, 4), st.integers(0, 10_000), min_size=1, max_size=3).filter(
    lambda told: sum(told.values()) > 0
)
lines = st.builds(
    Line, st.integers(1, 9), st.just(1), st.just("x"), items, promises, cents, said, said,
    st.dictionaries(periods, st.builds(Spent, cents, cents)), st.just(frozenset()),
    st.dictionaries(st.sampled_from([2023, 2024]), st.integers(0, 100_000)), st.frozensets(periods, max_size=1),
)  # fmt: skip
histories = st.lists(lines, max_size=4).map(lambda told: History(1, 1, (), tuple(told)))


@given(histories, periods)
def test_every_item_is_whole_and_what_was_checked_is_a_part_of_it(history: History, period: str) -> None:
    cells = reached(history, period)
    for (measure, item), share in cells.items():
        base = share.due + share.unknown
        if measure in (rules.ADVANCE, rules.EFFICACY):
            assert base == 10_000
        if measure != rules.EXECUTION:
            assert 0 <= share.done <= share.due
        for declared, verified, checked in (
            (rules.ADVANCE, rules.ADVANCE_VERIFIED, rules.ADVANCE_CHECKED),
            (rules.EFFICACY, rules.EFFICACY_VERIFIED, rules.EFFICACY_CHECKED),
        ):
            if measure == verified:
                assert base <= 10_000
                assert (declared, item) in cells
                other = cells[checked, item]
                assert base == other.due + other.unknown


@given(histories, periods)
def test_no_cent_is_lost_between_activities_and_items(history: History, period: str) -> None:
    told = [(line, line.spent.get(period, Spent())) for line in counted(history, period)]
    both = [each for _, each in told if None not in (each.accrued, each.current)]
    unknown = sum(size(line, period) for line, each in told if None in (each.accrued, each.current))
    whole = Share(sum(each.accrued or 0 for each in both), sum(each.current or 0 for each in both), unknown)
    cells = [share for (measure, _), share in reached(history, period).items() if measure == rules.EXECUTION]
    assert sum(cells, Share()) == whole


trees = st.lists(st.integers(0, 100), min_size=1, max_size=12)
shares = st.builds(lambda done, more, unknown: Share(done, done + more, unknown), *[st.integers(0, 99)] * 3)


@given(trees, st.data())
def test_every_node_is_the_sum_of_its_leaves(told: list[int], data: st.DataObject) -> None:
    """A parent read over its leaves is what its children say, each by the weight of which something is due."""
    parents = [None if at == 0 else each % at for at, each in enumerate(told)]
    weights = weigh(parents, [True] * len(parents))
    leaves = [at for at in range(len(parents)) if at not in parents]
    of = {leaf: data.draw(shares) for leaf in leaves}

    def under(node: int) -> list[int]:
        return [node] if node in of else [leaf for at, each in enumerate(parents) if each == node for leaf in under(at)]

    def told_of(node: int) -> tuple[Fraction, int]:
        below: Mapping[int, Share] = {leaf: of[leaf] for leaf in under(node)}
        due = sum(weights[leaf] for leaf, share in below.items() if share.due)
        return (rules.weighted(below, dict(enumerate(weights))) or Fraction(0)) * due, due

    for node in range(len(parents)):
        children = [told_of(at) for at, each in enumerate(parents) if each == node]
        if children:
            assert told_of(node) == (sum(each for each, _ in children), sum(due for _, due in children))
    assert Counter(leaf for at, each in enumerate(parents) if each is None for leaf in under(at)) == Counter(leaves)
