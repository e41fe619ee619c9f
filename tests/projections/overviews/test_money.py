"""Money by axis, source and year: divided without losing a cent, and told with what it stands on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import DUE_ON, ROWS, Cast, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.facts import AlsoAnswers, Money
from yupana.domain.commitments.rules import parts_of, split
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.obligations.actions import waive
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.kernel.share import Share
from yupana.projections.overviews.money import Cents, money

ITEMS = (
    ItemRow("items.csv:2", ItemRole.AXIS, "1", "Contar", None),
    ItemRow("items.csv:3", ItemRole.LINE, "1", "Contar lo propio", (ItemRole.AXIS, "1")),
    ItemRow("items.csv:4", ItemRole.AXIS, "2", "Cuidar", None),
    ItemRow("items.csv:5", ItemRole.LINE, "2", "Cuidar lo ajeno", (ItemRole.AXIS, "2")),
)
ROW = replace(ROWS[0], budget_cents=None)


@pytest.mark.parametrize(
    ("first", "also", "told"),
    [
        (1, [], {1: 10_000}),
        (1, [(2, 2_500)], {1: 7_500, 2: 2_500}),
        (1, [(2, None)], {1: 10_000, 2: 10_000}),
        (1, [(2, None), (3, None)], {1: 10_000, 2: 10_000, 3: 10_000}),
        (1, [(2, 4_000), (3, None)], {1: 6_000, 2: 8_000, 3: 6_000}),
        (1, [(2, 10_000)], {1: 0, 2: 10_000}),
        (1, [(1, 3_000)], {1: 10_000}),
        (None, [(2, 5_000)], {None: 5_000, 2: 5_000}),
    ],
)
def test_the_first_item_has_what_the_others_leave(
    first: int | None, also: list[tuple[int, int | None]], told: dict[int | None, int]
) -> None:
    assert parts_of(first, also) == told


SHARES = st.lists(st.tuples(st.integers(2, 5), st.none() | st.integers(1, 10_000)), max_size=4)


@given(st.integers(0, 2**63 - 1), SHARES)
def test_no_cent_is_lost(amount: int, also: list[tuple[int, int | None]]) -> None:
    assert sum(split(amount, parts_of(1, also)).values()) == amount


@pytest.mark.django_db
def test_sums_agree_whichever_way_they_are_added(cast: Cast) -> None:
    make_edition(rows=ITEMS)
    call = make_call()
    lines = (
        Money(2018, 100_01, source="10", current_cents=90_00), Money(2019, 50_00, source="41", accrued_cents=7),
    )  # fmt: skip
    make_plan(
        cast,
        obligation_of(call, cast.a),
        [
            replace(ROW, row=1, also=(AlsoAnswers("line:2"),), money=lines),
            replace(ROW, row=2, item="line:2", budget_cents=1_000),
            replace(ROW, row=3, item="", budget_cents=5),
            replace(ROW, row=4),
        ],
    )
    found = money(cast.amaru, call)
    assert (found.total, found.base.plans, found.base.activities) == (
        Cents(16_006, 9_000, 7), Share(1, 1), Share(3, 4),
    )  # fmt: skip
    assert [(each.key, each.cents.programmed) for each in found.by_axis] == [
        ("1 Contar", 7_501), ("2 Cuidar", 8_500), ("", 5),
    ]  # fmt: skip
    assert [(each.key, each.cents.programmed) for each in found.by_source] == [
        ("10", 10_001), ("41", 5_000), ("", 1_005),
    ]  # fmt: skip
    assert [(each.key, each.cents) for each in found.by_year] == [
        ("2018", Cents(10_001, 9_000)), ("2019", Cents(5_000, None, 7)), ("", Cents(1_005)),
    ]  # fmt: skip
    assert sum(cents.programmed or 0 for *_, cents in found.cube) == found.total.programmed


@pytest.mark.django_db
def test_a_budget_counts_where_its_lines_say_only_what_became_of_it(cast: Cast) -> None:
    make_edition(rows=ITEMS)
    call = make_call()
    make_plan(
        cast, obligation_of(call, cast.a), [replace(ROW, budget_cents=1_000, money=(Money(2018, current_cents=5),))]
    )
    found = money(OPERATOR, call)
    assert (found.total, [(each.key, each.cents) for each in found.by_year]) == (
        Cents(1_000, 5), [("2018", Cents(None, 5)), ("", Cents(1_000))],
    )  # fmt: skip


@pytest.mark.django_db
def test_what_was_lifted_counts_no_more(cast: Cast) -> None:
    make_edition(rows=ITEMS)
    call = make_call()
    owed = obligation_of(call, cast.a)
    make_plan(cast, owed, [replace(ROW, budget_cents=1_000)])
    waive(actor=OPERATOR, obligation=owed, reason="exenta", act="RA 2", on=DUE_ON)
    assert money(OPERATOR, call).base.plans == Share()


@pytest.mark.django_db
def test_what_was_not_accepted_counts_nowhere_and_nobody_else_looks(cast: Cast) -> None:
    make_edition(rows=ITEMS)
    call = make_call()
    found = money(OPERATOR, call, level="central")
    assert (found.total, found.base.plans, found.by_axis) == (Cents(), Share(), ())
    with pytest.raises(Forbidden):
        money(cast.inti, call)
