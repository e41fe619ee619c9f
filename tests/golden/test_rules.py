"""The golden workbook against the rules alone: every case, to the last digit."""

from __future__ import annotations

import pytest

from tests.golden.sheet import ASKED, WORDS, Case, cases, expected
from yupana.domain.progress.rules import Advance, Direction, Method, Ratio, advance
from yupana.foundation.kernel.period import parse_period

FEWEST = 60


def told(ratio: Ratio) -> object:
    """A ratio, or why there is none."""
    return ratio.unsaid if ratio.raw is None else ratio.raw


def found(case: Case) -> Advance:
    """How far the activity of a case is, where every report was called for that was not waived."""
    last, off = parse_period(case.asked).last, case.acted("waived")
    asked = [name for name in ASKED if parse_period(name).last < last and name not in off]
    new = case.row != "1" and case.amended  # a row that came with the amendment misses nothing before it
    return advance(case.promise, case.said, case.asked, expected=[] if new else asked)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.case)
def test_the_rules_find_what_was_worked_out_by_hand(case: Case) -> None:
    now = found(case)
    assert (told(now.final), told(now.to_date), " ".join(sorted(now.flags))) == (
        expected(case.final),
        expected(case.to_date),
        case.flags,
    )


def test_the_workbook_holds_every_method_direction_and_baseline() -> None:
    held = {(case.method, case.direction, bool(case.baseline)) for case in cases()}
    every = {(method.value, way, base) for method in Method for way in ("", *Direction) for base in (True, False)}
    assert (every - held, len(cases()) >= FEWEST) == (set(), True)


def test_whatever_a_planner_can_say_is_asked_of_the_whole_system() -> None:
    left_out = [case.case for case in cases() if not case.is_planned and (case.method, case.direction) in WORDS]
    assert left_out == ["half-year-stands-for-quarters"]  # nobody is asked for quarters and halves at once
