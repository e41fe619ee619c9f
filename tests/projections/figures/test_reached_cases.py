"""What a plan reached, case by case: whose rows count, what was checked, and how much money nobody told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from yupana.domain.progress.histories import History, Line
from yupana.domain.progress.rules import Method, Promise, Said, Spent
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.figures.reached import counted, found_by, parts_of_items, reached, size

if TYPE_CHECKING:
    from collections.abc import Mapping

Q1, Q2, YEAR = "2018-Q1", "2018-Q2", "2018"
ONE, TWO = 1, 2
FLOW = Promise(Method.FLOW, "up", None, {Q1: 10, Q2: 10, "2018-S2": 20})
LATER = Promise(Method.FLOW, "up", None, {"2018-S2": 40})  # nothing is due of it before July


def line(row: int = 1, said: Mapping[str, Said] | None = None, **changed: object) -> Line:
    """One activity that answers the first line; say what differs."""
    told = Line(row, row, f"Actividad {row}", {ONE: 1}, FLOW, None, said or {}, {}, {}, frozenset())
    return replace(told, **changed)  # type: ignore[arg-type] # fields by name


def said(**values: int | None) -> dict[str, Said]:
    """By quarter: q1=5; None says that there is no value."""
    return {f"2018-{name.upper()}": Said(value) if value is not None else Said(gap="data")
            for name, value in values.items()}  # fmt: skip


def found(measure: str, *lines: Line, item: int | None = ONE, period: str = Q1) -> Share:
    return reached(History(1, 1, (), lines), period).get((measure, item), Share())


@pytest.mark.parametrize(
    ("told", "advance", "efficacy"),
    [
        ({}, Share(0, 0, 10_000), Share(0, 0, 10_000)),
        (said(q1=None), Share(0, 0, 10_000), Share(0, 0, 10_000)),
        ({Q1: Said()}, Share(0, 0, 10_000), Share(0, 0, 10_000)),
        (said(q1=0), Share(0, 10_000), Share(0, 10_000)),
        (said(q1=-3), Share(0, 10_000), Share(0, 10_000)),
        (said(q1=5), Share(1_250, 10_000), Share(5_000, 10_000)),
        (said(q1=10), Share(2_500, 10_000), Share(10_000, 10_000)),
        (said(q1=11), Share(2_750, 10_000), Share(10_000, 10_000)),
        (said(q1=40), Share(10_000, 10_000), Share(10_000, 10_000)),
        (said(q1=400), Share(10_000, 10_000), Share(10_000, 10_000)),
        (said(q2=9), Share(0, 0, 10_000), Share(0, 0, 10_000)),  # what comes later says nothing of now
        (said(q1=5, q2=9), Share(1_250, 10_000), Share(5_000, 10_000)),
    ],
)
def test_one_activity_is_the_whole_of_its_line(told: dict[str, Said], advance: Share, efficacy: Share) -> None:
    assert (found(rules.ADVANCE, line(said=told)), found(rules.EFFICACY, line(said=told))) == (advance, efficacy)


@pytest.mark.parametrize("told", [{}, said(q1=5), said(q1=None), said(q1=0)])
def test_what_was_not_due_yet_is_in_no_efficacy_whoever_speaks_and_whoever_is_silent(told: dict[str, Said]) -> None:
    assert found(rules.EFFICACY, line(said=told, promise=LATER)) == Share()


def test_beside_what_is_due_what_is_not_leaves_the_whole() -> None:
    lines = (line(1, said(q1=5)), line(2, said(q1=1), promise=LATER))
    assert (found(rules.EFFICACY, *lines), found(rules.ADVANCE, *lines)) == (
        Share(5_000, 10_000), Share((1_250 + 250) // 2, 10_000),
    )  # fmt: skip


def test_of_two_activities_the_silent_one_is_unknown_and_not_zero() -> None:
    assert found(rules.EFFICACY, line(1, said(q1=10)), line(2)) == Share(5_000, 5_000, 5_000)


@pytest.mark.parametrize("name", ["elsewhere", "unplanned"])
def test_rows_that_were_not_this_bodys_to_answer_for_are_not_counted(name: str) -> None:
    other = line(2, **{name: frozenset([Q1])})  # type: ignore[arg-type] # a field by name
    history = History(1, 1, (), (line(1, said(q1=10)), other))
    assert ([each.row for each in counted(history, Q1)], [each.row for each in counted(history, Q2)]) == ([1], [1, 2])
    assert reached(history, Q1)[rules.EFFICACY, ONE] == Share(10_000, 10_000)


def test_what_was_found_stands_in_place_of_what_was_declared_where_it_was_checked() -> None:
    told = line(said=said(q1=8, q2=9), checked=said(q1=5))
    assert (found_by(told, Q1), told.said) == (said(q1=5, q2=9), said(q1=8, q2=9))


def test_verified_speaks_of_what_was_checked_beside_what_that_had_declared() -> None:
    lines = (line(1, said(q1=8), checked=said(q1=4)), line(2, said(q1=10)))
    measures = (rules.EFFICACY, rules.EFFICACY_VERIFIED, rules.EFFICACY_CHECKED)
    assert [found(measure, *lines) for measure in measures] == [
        Share(9_000, 10_000), Share(2_000, 5_000), Share(4_000, 5_000),
    ]  # fmt: skip


def test_where_nothing_was_checked_nothing_is_verified() -> None:
    measures = {measure for measure, _ in reached(History(1, 1, (), (line(said=said(q1=8)),)), Q1)}
    assert measures == {rules.ADVANCE, rules.EFFICACY}


def test_what_was_checked_of_an_earlier_period_counts_in_this_one_once_this_one_was_checked() -> None:
    told = line(said=said(q1=8, q2=10), checked=said(q1=4))
    assert found(rules.EFFICACY_VERIFIED, told, period=Q2) == Share()
    both = replace(told, checked=said(q1=4, q2=10))
    assert (found(rules.EFFICACY_VERIFIED, both, period=Q2), found(rules.EFFICACY_CHECKED, both, period=Q2)) == (
        Share(7_000, 10_000), Share(9_000, 10_000),
    )  # fmt: skip


def test_a_verdict_that_found_no_value_leaves_it_unknown_and_not_zero() -> None:
    told = line(said=said(q1=8), checked=said(q1=None))
    assert (found(rules.EFFICACY_VERIFIED, told), found(rules.EFFICACY, told)) == (
        Share(0, 0, 10_000), Share(8_000, 10_000),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("items", "weights"),
    [
        ({ONE: 1}, {ONE: Fraction(1)}),
        ({ONE: 1, TWO: 1}, {ONE: Fraction(1, 2), TWO: Fraction(1, 2)}),
        ({ONE: 3, TWO: 1}, {ONE: Fraction(3, 4), TWO: Fraction(1, 4)}),
        ({ONE: 1, TWO: 0}, {ONE: Fraction(1)}),
        ({None: 1}, {None: Fraction(1)}),
        ({ONE: 2, None: 1}, {ONE: Fraction(2, 3), None: Fraction(1, 3)}),
    ],
)
def test_an_activity_is_divided_among_what_it_answers(
    items: dict[int | None, int], weights: dict[int | None, Fraction]
) -> None:
    told = parts_of_items(History(1, 1, (), (line(items=items),)), Q1)
    assert {item: [each.weight for each in parts] for item, parts in told.items()} == {
        item: [weight] for item, weight in weights.items()
    }


def test_a_line_that_many_answer_is_averaged_by_their_part_in_it() -> None:
    half = line(1, said(q1=10), items={ONE: 1, TWO: 1})
    assert (found(rules.EFFICACY, half, line(2, said(q1=0))), found(rules.EFFICACY, half, item=TWO)) == (
        Share(3_333, 10_000), Share(10_000, 10_000),
    )  # fmt: skip


MONEY = {Q1: Spent(current=100, accrued=40)}


@pytest.mark.parametrize(
    ("spent", "share"),
    [
        (Spent(100, 40), Share(40, 100)),
        (Spent(100, 0), Share(0, 100)),
        (Spent(100, 100), Share(100, 100)),
        (Spent(100, 130), Share(130, 100)),  # spent beyond what there was stays seen
        (Spent(0, 0), Share()),
        (Spent(0, 5), Share(5, 0)),
        (Spent(100, None), Share(0, 0, 100)),
        (Spent(None, 40), Share(0, 0, 700)),
        (Spent(), Share(0, 0, 700)),
    ],
)
def test_money_is_known_where_both_amounts_are(spent: Spent, share: Share) -> None:
    assert found(rules.EXECUTION, line(spent={Q1: spent}, budget=700)) == share


@pytest.mark.parametrize(
    ("told", "cents"),
    [
        ({}, 0),
        ({"budget": 700}, 700),
        ({"budget": 700, "budgets": {2018: 300, 2019: 400}}, 300),
        ({"budget": 700, "budgets": {2019: 700}}, 0),  # nothing is programmed for this year
        ({"budget": 700, "spent": {Q1: Spent(250)}}, 250),
        ({"budget": 700, "spent": {Q1: Spent(0)}}, 0),
        ({"budget": 700, "spent": {Q1: Spent(250), Q2: Spent(None, 9)}}, 250),
        ({"budget": 700, "spent": {Q1: Spent(250), Q2: Spent(260)}}, 260),
        ({"budget": 700, "spent": {"2018-Q3": Spent(250)}}, 700),  # said later
        ({"budget": 700, "spent": {"2017-Q4": Spent(250)}}, 700),  # of another year
        ({"budget": 700, "budgets": {2018: 300}, "spent": {"2017": Spent(250)}}, 300),
    ],
)
def test_money_that_nobody_told_weighs_what_was_said_last_of_its_year(told: dict[str, object], cents: int) -> None:
    assert size(line(**told), Q2) == cents  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize("accrued", [0, 1, 2, 3, 100, 101])
def test_cents_are_divided_without_losing_any(accrued: int) -> None:
    told = line(items={ONE: 1, TWO: 1, None: 1}, spent={Q1: Spent(101, accrued)})
    parts = [found(rules.EXECUTION, told, item=item) for item in (ONE, TWO, None)]
    assert sum(parts, Share()) == Share(accrued, 101)
    assert max(each.done for each in parts) - min(each.done for each in parts) <= 1


def test_money_of_many_activities_adds_up_in_a_line() -> None:
    lines = (line(1, spent=MONEY), line(2, spent={Q1: Spent(50, 60)}), line(3, budget=7))
    assert found(rules.EXECUTION, *lines) == Share(100, 150, 7)


def test_money_of_rows_that_passed_on_is_counted_by_who_has_them() -> None:
    assert found(rules.EXECUTION, line(spent=MONEY, elsewhere=frozenset([Q1]))) == Share()


def test_a_plan_of_which_nothing_is_told_has_no_cells() -> None:
    assert (reached(History(1, None), Q1), reached(History(1, 1, (), (line(promise=LATER),)), Q1)) == (
        {}, {(rules.ADVANCE, ONE): Share(0, 0, 10_000)},
    )  # fmt: skip


def test_two_reports_that_say_the_same_of_all_its_parts_are_one_year() -> None:
    """The year asks for all: four quarters of what was programmed are all of it, and the year itself says it too."""
    parts = {Q1: Said(10), Q2: Said(10), "2018-Q3": Said(10), "2018-Q4": Said(10)}
    told = [line(said={**parts, YEAR: Said(40)}), line(said={YEAR: Said(40)})]
    assert [found(rules.ADVANCE, each, period=YEAR) for each in told] == [Share(10_000, 10_000)] * 2
