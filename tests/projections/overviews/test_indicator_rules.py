"""Which periods an indicator is told for, whom a count is about, and that nobody's restricted value is ever told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.public import EntityCard
from yupana.domain.progress.indicators import Reported
from yupana.domain.progress.public.indicators import MANY, Measured, Place
from yupana.domain.progress.rules import HOUSE, OverBodies, OverTime, Said
from yupana.domain.progress.rules.sheets import WHOLE, SheetFields
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.projections.overviews.indicators import (
    Counted,
    Indicator,
    _added,
    _anchor,
    _groups,
    _indicator,
    _levels,
    points,
)

PLACE = Place(1, "target", "1", "Graneros", binds=False)
SHEET = SheetFields("Graneros", target=100 * SCALE)
RATE = replace(SHEET, over_bodies=OverBodies.RATE, factor=WHOLE)
Q1, Q2, S1, YEAR = "2018-Q1", "2018-Q2", "2018-S1", "2018"

numbers = st.none() | st.integers(-20, 20)
bodies = st.dictionaries(st.integers(1, 9), numbers, max_size=9)


def reported(told: dict[int, dict[str, int | None]]) -> Reported:
    """By body and period: what it said, or None where it was asked and said nothing."""
    said = {
        body: {period: Said(number * SCALE) for period, number in each.items() if number is not None}
        for body, each in told.items()
    }
    return Reported(said, {body: list(each) for body, each in told.items()})


def measured(told: dict[int, dict[str, int | None]], sheet: SheetFields | None = SHEET, **hidden: int) -> Measured:
    """``hidden`` bodies (h21=5: body 21 said 5 of the first quarter) were asked under restricted calls."""
    closed: dict[int, dict[str, int | None]] = {int(name[1:]): {Q1: number} for name, number in hidden.items()}
    return Measured(PLACE, sheet, reported(told), reported(closed))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, []),
        ({1: {Q1: None}}, [(date(2018, 3, 31), Q1, None)]),
        ({1: {Q1: 0}}, [(date(2018, 3, 31), Q1, 0)]),
        ({1: {Q2: 7, Q1: 3}}, [(date(2018, 3, 31), Q1, 3), (date(2018, 6, 30), Q2, 7)]),
        # Two periods that end together are one day, by the name of the wider one.
        ({1: {S1: 9}, 2: {Q2: 7}}, [(date(2018, 6, 30), S1, 16)]),
        ({1: {Q2: 7, S1: 9, YEAR: 1}}, [(date(2018, 6, 30), S1, 9), (date(2018, 12, 31), YEAR, 1)]),
        ({1: {"2016-M2": 4}}, [(date(2016, 2, 29), "2016-M2", 4)]),
        # Who was not asked for the period that ends that day is not in it.
        ({1: {Q1: 3}, 2: {Q2: 7}}, [(date(2018, 3, 31), Q1, 3), (date(2018, 6, 30), Q2, 7)]),
    ],
)
def test_an_indicator_has_one_value_for_each_day_on_which_a_period_ends(
    told: dict[int, dict[str, int | None]], expected: list[tuple[date, str, int | None]]
) -> None:
    found = [(point.day, point.period, point.value.actual) for point in points(measured(told))]
    assert found == [(day, name, None if value is None else Fraction(value * SCALE)) for day, name, value in expected]


@given(bodies, bodies)
def test_a_restricted_value_is_told_only_inside_five_and_never_by_its_body(
    told: dict[int, int | None], closed: dict[int, int | None]
) -> None:
    hidden = {body + 20: {Q1: number} for body, number in closed.items()}
    known = sum(each is not None for each in closed.values())
    each = Measured(PLACE, SHEET, reported({body: {Q1: number} for body, number in told.items()}), reported(hidden))
    for point in points(each):
        assert set(point.value.bodies) == set(told)
        assert (point.reserved is None) == (known < MANY)
        own = sum(number for number in told.values() if number is not None)
        more = sum(number for number in closed.values() if number is not None) if known >= MANY else 0
        assert point.value.actual in (None, Fraction((own + more) * SCALE))
        assert point.value.coverage.due == len(told) + len(closed) * (known >= MANY)


@given(bodies, bodies)
def test_with_too_few_restricted_ones_all_looks_as_if_there_were_none(
    told: dict[int, int | None], closed: dict[int, int | None]
) -> None:
    few = dict(list(closed.items())[: MANY - 1])
    open_ = reported({body: {Q1: number} for body, number in told.items()})
    hidden = reported({body + 20: {Q1: number} for body, number in few.items()})
    assert points(Measured(PLACE, SHEET, open_, hidden)) == points(Measured(PLACE, SHEET, open_, Reported()))


def test_a_rate_of_open_and_restricted_ones_is_one_rate() -> None:
    def half(above: int, below: int) -> dict[str, Said]:
        return {Q1: Said(numerator=above, denominator=below)}

    hidden = {body: half(1, 2) for body in range(20, 25)}
    each = Measured(
        PLACE, RATE, Reported({1: half(0, 10)}, {1: [Q1]}), Reported(dict(hidden), {body: [Q1] for body in hidden})
    )
    [point] = points(each)
    assert point.reserved is not None
    assert [point.value.actual, point.value.numerator, point.value.denominator] == [25 * SCALE, 5, 20]
    assert [point.reserved.actual, point.reserved.numerator, point.reserved.denominator] == [50 * SCALE, 5, 10]


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        ({}, True),  # nothing was due: there is nothing of which too little is known
        ({body: {Q1: 1 if body < 7 else None} for body in range(10)}, True),
        ({body: {Q1: 1 if body < 6 else None} for body in range(10)}, False),
        ({1: {Q1: None}}, False),
        ({1: {Q1: 0}}, True),
        ({1: {Q1: 5, Q2: None}}, False),  # the last period says it
        ({1: {Q1: None, Q2: 5}}, True),
    ],
)
def test_how_far_it_is_can_be_said_from_the_floor_of_the_scheme_on(
    told: dict[int, dict[str, int | None]], enough: bool
) -> None:
    assert _indicator(measured(told), HOUSE, None).enough is enough


def test_the_last_point_holds() -> None:
    told = points(measured({1: {Q2: 7, Q1: 3}}))
    assert (Indicator(PLACE, SHEET, told).now, Indicator(PLACE, SHEET).now) == (told[-1], None)


def test_without_a_sheet_there_are_no_points_and_nothing_is_missing() -> None:
    found = _indicator(measured({1: {Q1: 3}}, None), HOUSE, Counted(PLACE, Share(1, 2)))
    assert (found.points, found.enough, found.counted) == ((), True, Counted(PLACE, Share(1, 2)))


@pytest.mark.parametrize("over_time", OverTime)
def test_silence_in_the_last_period_is_never_filled_with_what_was_said_before(over_time: OverTime) -> None:
    last = points(measured({1: {Q1: 3, Q2: None}}, replace(SHEET, over_time=over_time)))[-1]
    assert (last.value.actual, last.value.coverage) == (None, Share(0, 1))


@pytest.mark.parametrize(
    ("audience", "levels"),
    [
        ("", frozenset()),
        ("all", frozenset()),
        ("level:municipal", frozenset({"municipal"})),
        ("level:municipal or level:central", frozenset({"municipal", "central"})),
        ("level:municipal or level:municipal", frozenset({"municipal"})),
        # Cells tell levels apart and nothing else: whatever says more cannot be counted from them.
        ("kind:x", None),
        ("level:municipal or kind:x", None),
        ("level:municipal and kind:x", None),
        ("level:municipal and level:central", None),
        ("not level:municipal", None),
        ("under:2", None),
    ],
)
def test_an_audience_is_counted_where_it_names_levels_alone(audience: str, levels: frozenset[str] | None) -> None:
    assert _levels(audience) == levels


LINE = Place(8, "line", "1", "Línea", binds=True)
AXIS = Place(9, "axis", "1", "Eje", binds=False)


@pytest.mark.parametrize(
    ("item", "anchor"),
    [
        (PLACE, None),
        (replace(PLACE, above=LINE), LINE),
        (replace(PLACE, above=AXIS), None),
        (replace(PLACE, above=replace(AXIS, above=LINE)), None),  # no further up than right above
    ],
)
def test_a_target_is_counted_by_what_plans_answer_right_above_it(item: Place, anchor: Place | None) -> None:
    assert _anchor(item) == anchor


def test_a_target_that_binds_is_counted_by_itself() -> None:
    item = replace(PLACE, binds=True, above=LINE)
    assert _anchor(item) == item


CELLS = {
    (1, 10, "municipal"): Share(1, 4), (1, 10, "central"): Share(2, 3), (1, 11, "municipal"): Share(5, 5),
    (2, 10, "municipal"): Share(7, 7),
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "levels", "share"),
    [
        ((1, 10), [], Share(3, 7)),
        ((1, 10), ["municipal"], Share(1, 4)),
        ((1, 10), ["central", "municipal"], Share(3, 7)),
        ((1, 10), ["nada"], Share()),
        ((1, 11), [], Share(5, 5)),
        ((2, 10), ["municipal"], Share(7, 7)),
        ((3, 10), [], Share()),
    ],
)
def test_cells_of_one_item_and_call_add_up_over_levels(key: tuple[int, int], levels: list[str], share: Share) -> None:
    assert _added(CELLS, key, frozenset(levels)) == share


def card(key: int, level: str, territory: str) -> EntityCard:
    known = dict.fromkeys(EntityCard.__dataclass_fields__, "")
    return EntityCard(**(known | {"id": key, "level": level, "territory": territory}))  # type: ignore[arg-type] # fields by name


def test_groups_are_valued_by_themselves_and_who_is_nowhere_is_in_none() -> None:
    cards = [card(1, "municipal", "020101"), card(2, "municipal", ""), card(3, "central", "020101")]
    one = measured({1: {Q1: 3}, 2: {Q1: 4}, 3: {Q1: None}})
    found = [(each.kind, each.code, each.value.actual) for each in _groups(one, SHEET, cards, date(2018, 3, 31))]
    assert found == [
        ("level", "central", None), ("level", "municipal", 7 * SCALE), ("department", "02", 3 * SCALE),
    ]  # fmt: skip


def test_groups_never_hold_restricted_values() -> None:
    """In a group there may be fewer than five of them, though there are five in all."""
    one = measured({1: {Q1: 3}}, h21=1, h22=1, h23=1, h24=1, h25=1)
    [point] = points(one)
    [group] = _groups(one, SHEET, [card(1, "municipal", "")], date(2018, 3, 31))
    assert [point.value.actual, group.value.actual] == [8 * SCALE, 3 * SCALE]
