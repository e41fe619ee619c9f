"""How an edition is going, in numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import cast as house
from yupana.domain.instruments import public as instruments
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.instruments.public import EditionCard, Node
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.followers import tick
from yupana.projections.overviews.plan import Branch, Plan, binding, editions, plan, weighed

LATE = house.DUE_ON + timedelta(days=1)


def read(as_of: date = LATE, ref: str = "PLAN/1") -> Plan:
    """Seal, follow and read one plan."""
    tick()
    return plan(instruments.edition(*ref.split("/")), as_of)


def leaf(item: int, weight: int, *children: Node, binds: bool = True) -> Node:
    return Node(item, ItemRole.LINE, str(item), "x", weight, binds=binds, children=children)


def test_a_plan_that_nobody_was_called_to_has_nothing_to_count(bodies: house.Bodies) -> None:
    house.make_edition()
    shown = read()
    assert (shown.calls, shown.whole, shown.answered, shown.coverage, shown.groups) == ((), None, Share(), Share(), ())


def test_silence_stays_in_the_base(cast: house.Cast) -> None:
    house.make_edition()
    house.make_call()
    shown = read()
    assert (shown.whole, shown.answered, shown.coverage) == (Share(0, 1), Share(0, 4), Share(0, 2))


def test_an_accepted_plan_counts_on_every_rung_it_reaches(cast: house.Cast) -> None:
    house.make_edition()
    house.make_plan(cast, house.obligation_of(house.make_call(), cast.a))
    shown = read()
    assert [(rung.measure, rung.share) for rung in shown.ladder] == [(measure, Share(1, 4)) for measure in rules.LADDER]


def test_axes_add_up_what_their_lines_count(cast: house.Cast) -> None:
    house.make_edition()
    house.make_plan(cast, house.obligation_of(house.make_call(), cast.a))
    assert [(each.node.key, each.depth, each.leaves, each.share, each.weighted) for each in read().branches] == [
        ("axis:1", 0, 2, Share(1, 4), Share(1, 4)),
        ("line:1", 1, 1, Share(1, 2), Share(1, 2)),
        ("line:2", 1, 1, Share(0, 2), Share(0, 1)),
    ]


def test_levels_without_a_debtor_are_left_out(cast: house.Cast) -> None:
    house.make_edition()
    house.make_plan(cast, house.obligation_of(house.make_call(), cast.a))
    assert [(group.level, group.handed, group.answered) for group in read().groups] == [
        ("municipal", Share(1, 2), Share(1, 4))
    ]


def test_a_call_that_puts_two_editions_counts_each_by_its_own_items(cast: house.Cast) -> None:
    house.make_edition()
    house.make_edition("GUIA", rows=house.ITEMS[:2])
    call = house.make_call(["PLAN/1", "GUIA/1"])
    row = house.ROWS[0].__class__(row=1, item="GUIA/1#line:1", name="x")
    house.make_plan(cast, house.obligation_of(call, cast.a), [row])
    assert (read().answered, read(ref="GUIA/1").answered) == (Share(0, 4), Share(1, 2))


@pytest.mark.parametrize(("day", "due"), [(house.DUE_ON - timedelta(days=1), Share()), (house.DUE_ON, Share(0, 2))])
def test_what_is_due_later_stays_out(cast: house.Cast, day: date, due: Share) -> None:
    house.make_edition()
    house.make_call()
    assert read(day).coverage == due


@pytest.mark.parametrize(("day", "found"), [(date(2018, 3, 1), house.DUE_ON), (house.DUE_ON, None)])
def test_the_next_deadline_is_the_first_that_is_still_ahead(cast: house.Cast, day: date, found: date | None) -> None:
    house.make_edition()
    house.make_call()
    house.make_call(due_on=date(2018, 6, 1), code="ANTES")
    shown = read(day)
    assert shown.next_due == (date(2018, 6, 1) if found else None)


def test_without_any_deadline_nobody_is_known_to_be_on_time(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call(due_on=None, historical=True)
    house.make_plan(cast, house.obligation_of(call, cast.a))
    shown = read()
    assert (shown.undated, shown.timeliness, shown.coverage) == (True, Share(0, 0, 2), Share(1, 2))


def test_a_restricted_call_is_not_counted(cast: house.Cast) -> None:
    house.make_edition()
    house.make_plan(cast, house.obligation_of(house.make_call(visibility="restricted"), cast.a))
    shown = read()
    assert (shown.calls, shown.coverage) == ((), Share())


def test_the_newest_edition_that_was_put_to_somebody_comes_first(cast: house.Cast) -> None:
    house.make_edition("A")
    house.make_edition("B")
    house.make_edition("C")
    house.make_edition("D", published=False)
    house.make_call(["A/1"])
    house.make_call(["B/1"], visibility="restricted")
    assert [edition.ref for edition in editions()] == ["A/1", "C/1", "B/1"]


def test_each_line_counts_by_its_weight() -> None:
    nodes = [leaf(1, 750), leaf(2, 250)]
    assert weighed(nodes, {1: Share(1, 2), 2: Share(0, 8)}) == Share(3, 8)


def test_a_line_of_which_nothing_is_due_leaves_with_its_weight() -> None:
    assert weighed([leaf(1, 750), leaf(2, 250)], {2: Share(1, 4)}) == Share(1, 4)


def test_where_nothing_is_due_there_is_no_share() -> None:
    assert weighed([leaf(1, 1)], {}) is None


def test_a_line_that_holds_others_does_not_count_twice() -> None:
    tree = [leaf(1, 1000, leaf(2, 1000))]
    assert weighed(tree, {1: Share(0, 4), 2: Share(1, 4)}) == Share(1, 4)


def test_what_binds_is_found_at_every_depth() -> None:
    tree = [leaf(1, 0, leaf(2, 1), leaf(3, 0, leaf(4, 1), binds=False), binds=False)]
    assert [node.id for node in binding(tree)] == [2, 4]


@pytest.mark.parametrize(("weights", "even"), [((5, 5), True), ((5, 6), True), ((5, 7), False), ((), True)])
def test_lines_weigh_the_same_to_the_last_unit_of_rounding(
    bodies: house.Bodies, weights: tuple[int, ...], even: bool
) -> None:
    house.make_edition()
    branches = tuple(Branch(leaf(at, weight), 0, Share(), None, 1) for at, weight in enumerate(weights))
    edition: EditionCard = instruments.edition("PLAN", "1")
    assert Plan(edition, (), LATE, None, (), Share(), 0, Share(), branches, ()).even is even


def test_texts_and_targets_are_no_branches(bodies: house.Bodies) -> None:
    house.make_edition(rows=[*house.ITEMS, ItemRow("items.csv:9", ItemRole.TEXT, "9", "Un preámbulo", None)])
    assert [branch.node.key for branch in read().branches] == ["axis:1", "line:1", "line:2"]
