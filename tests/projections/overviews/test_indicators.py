"""What is restricted shows in an indicator as a part of many, or not at all."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from yupana.domain.progress.indicators import Reported
from yupana.domain.progress.public.indicators import Measured, Place
from yupana.domain.progress.rules import OverBodies, Said
from yupana.domain.progress.rules.sheets import SheetFields
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.projections.overviews.indicators import points

Q1, Q2 = "2018-Q1", "2018-Q2"
PLACE = Place(1, "target", "1", "Graneros", binds=False)
SHEET = SheetFields("Graneros", target=100 * SCALE)


def told(values: dict[int, int | None], period: str = Q1) -> Reported:
    """Each body was asked for a period, and said a number or (None) nothing."""
    said = {body: {period: Said(value=number * SCALE)} for body, number in values.items() if number is not None}
    return Reported(said, {body: [period] for body in values})


@pytest.mark.parametrize(
    ("hidden", "actual", "coverage", "reserved"),
    [
        (dict.fromkeys(range(10, 14), 7), 5, Share(2, 3), None),
        ({**dict.fromkeys(range(10, 14), 7), 14: None}, 5, Share(2, 3), None),
        (dict.fromkeys(range(10, 15), 7), 40, Share(7, 8), Share(5, 5)),
        ({**dict.fromkeys(range(10, 15), 7), 15: None}, 40, Share(7, 9), Share(5, 6)),
    ],
)
def test_restricted_values_go_in_from_five_known_ones_on(
    hidden: dict[int, int | None], actual: int, coverage: Share, reserved: Share | None
) -> None:
    [point] = points(Measured(PLACE, SHEET, told({1: 2, 2: 3, 3: None}), told(hidden)))
    assert (point.value.actual, point.value.coverage) == (Fraction(actual * SCALE), coverage)
    assert (point.reserved and point.reserved.coverage) == reserved
    assert (sorted(point.value.bodies), sum(point.value.lacks.values())) == ([1, 2, 3], 1)


def test_the_shown_parts_add_up_to_the_whole() -> None:
    [point] = points(Measured(PLACE, SHEET, told({1: 2, 2: 3}), told(dict.fromkeys(range(10, 16), 1))))
    assert point.reserved
    parts = [each.value or 0 for each in point.value.bodies.values()]
    assert sum(parts) + (point.reserved.actual or 0) == point.value.actual


def test_a_day_of_which_too_few_restricted_ones_alone_were_asked_is_no_day() -> None:
    assert points(Measured(PLACE, SHEET, told({}), told({10: 7}))) == ()
    assert [point.period for point in points(Measured(PLACE, SHEET, told({1: 1}), told({10: 7}, Q2)))] == [Q1]


def test_without_a_sheet_nothing_is_valued() -> None:
    assert points(Measured(PLACE, None, told({1: 1}), told({}))) == ()


def test_apart_stays_apart() -> None:
    [point] = points(Measured(PLACE, replace(SHEET, over_bodies=OverBodies.APART), told({1: 2}), told({})))
    assert (point.value.actual, point.value.bodies[1].value) == (None, Fraction(2 * SCALE))
