"""Scores are read with each line by its weight, beside how much of what is due they speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.public import Node
from yupana.domain.progress.rules import HOUSE, Bands
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import (
    ADVANCE,
    ADVANCE_CHECKED,
    ADVANCE_VERIFIED,
    EFFICACY,
    EXECUTION,
    PROGRESS,
)
from yupana.projections.overviews.figure import Figure
from yupana.projections.overviews.scores import Score, _Read, _scores

LINES = tuple(Node(at, ItemRole.LINE, str(at), f"Línea {at}", weight, binds=True)
              for at, weight in ((1, 750_000_000), (2, 250_000_000)))  # fmt: skip
AXIS = Node(9, ItemRole.AXIS, "1", "Eje", 10**9, binds=False, children=LINES)
WHOLE = Figure(ADVANCE, ("C",), date(2018, 12, 31), item="PLAN/1", weighted=True)

shares = st.builds(lambda done, more, unknown: Share(done, done + more, unknown), *[st.integers(0, 99)] * 3)


def read(
    bands: Bands = HOUSE, nodes: tuple[Node, ...] = (AXIS,), plans: Share | None = None, **told: dict[int, Share]
) -> dict[str, Score]:
    """What each line says of each measure (by the name of its constant), and how many plans there are of all due."""
    names = {"advance": ADVANCE, "verified": ADVANCE_VERIFIED, "checked": ADVANCE_CHECKED, "money": EXECUTION}
    counted: dict[str, dict[int, Share]] = {each: {} for each in PROGRESS}
    counted |= {names[name]: by for name, by in told.items()}
    whole = replace(WHOLE, weighted=nodes == (AXIS,))
    return {each.measure: each for each in _scores(_Read(nodes, counted, bands, whole, plans))}


@pytest.mark.parametrize(
    ("told", "share", "known", "enough"),
    [
        ({1: Share(1, 2), 2: Share(1, 1)}, Fraction(5, 8), Share(1, 1), True),
        ({1: Share(1, 1), 2: Share(0, 9_999)}, Fraction(3, 4), Share(1, 1), True),
        ({1: Share(0, 2)}, Fraction(0), Share(1, 1), True),
        ({1: Share(1, 2), 2: Share(0, 0, 7)}, Fraction(1, 2), Share(3, 4), True),
        ({1: Share(0, 0, 7), 2: Share(1, 2)}, Fraction(1, 2), Share(1, 4), False),
        ({1: Share(7, 7, 3), 2: Share(7, 7, 3)}, Fraction(1), Share(7, 10), True),
        ({1: Share(6, 6, 4), 2: Share(7, 7, 3)}, Fraction(1), Share(5, 8), False),
        ({1: Share(0, 0, 7)}, None, Share(0, 1), False),
    ],
)
def test_a_score_speaks_of_what_is_known_and_says_how_much_that_is(
    told: dict[int, Share], share: Fraction | None, known: Share, enough: bool
) -> None:
    score = read(advance=told)[ADVANCE]
    assert (score.share.ratio, score.known, score.enough, score.checked) == (share, known, enough, None)


def test_what_nobody_said_anything_of_is_no_score_at_all() -> None:
    assert (read(), read(advance={1: Share()}), read(money={1: Share()})) == ({}, {}, {})


@pytest.mark.parametrize(
    ("plans", "enough"),
    [
        (None, True),  # of one body: it has its plan
        (Share(10, 10), True),
        (Share(7, 10), True),
        (Share(69, 100), False),
        (Share(0, 10), False),
        (Share(), False),
    ],
)
def test_reports_alone_are_not_enough_where_plans_are_missing(plans: Share | None, enough: bool) -> None:
    """Who gave no plan is asked for no report: its silence would help."""
    told = read(plans=plans, advance={1: Share(1, 2), 2: Share(1, 1)}, money={1: Share(1, 2)})
    assert [each.enough for each in told.values()] == [enough, enough]


def test_of_one_line_it_is_what_it_is_without_any_weight() -> None:
    score = read(nodes=(LINES[1],), advance={2: Share(3, 8, 8)})[ADVANCE]
    assert (score.share, score.known, score.enough) == (Share(3, 8, 8), Share(8, 16), False)


def test_money_is_added_up_and_never_weighed() -> None:
    score = read(money={1: Share(10, 100), 2: Share(30, 100, 200)})[EXECUTION]
    assert (score.share, score.known, score.enough, score.figure.weighted, score.figure.by_line) == (
        Share(40, 200, 200), Share(200, 400), False, False, True,
    )  # fmt: skip


def test_money_beyond_all_is_shown_as_it_is() -> None:
    score = read(money={1: Share(300, 200)})[EXECUTION]
    assert (score.share.percent, score.enough) == (150, True)


def test_verified_stands_beside_what_the_same_activities_declared_and_how_many_they_are() -> None:
    score = read(
        advance={1: Share(8_000, 10_000), 2: Share(1_000, 5_000, 5_000)},
        verified={1: Share(2_000, 5_000)},
        checked={1: Share(4_000, 5_000)},
    )[ADVANCE]
    assert score.checked is not None
    assert (score.checked.found.ratio, score.checked.declared.ratio, score.checked.part) == (
        Fraction(2, 5), Fraction(4, 5), Share(3, 8),
    )  # fmt: skip
    assert (score.checked.figure.measure, score.checked.of_declared.measure) == (ADVANCE_VERIFIED, ADVANCE_CHECKED)


@pytest.mark.parametrize("missing", ["verified", "checked"])
def test_what_was_checked_and_has_no_number_is_not_beside_it(missing: str) -> None:
    known = {"verified": {1: Share(2, 5)}, "checked": {1: Share(4, 5)}} | {missing: {1: Share(0, 0, 5)}}
    score = read(advance={1: Share(8, 10)}, verified=known["verified"], checked=known["checked"])[ADVANCE]
    assert score.checked is None


@given(st.dictionaries(st.sampled_from([1, 2]), shares))
def test_a_score_is_never_beyond_its_lines(told: dict[int, Share]) -> None:
    ratios = [share.ratio for share in told.values() if share.ratio is not None]
    score = read(advance=told).get(ADVANCE)
    if score is None or score.share.ratio is None:
        assert ratios == []
    else:
        assert min(ratios) <= score.share.ratio <= max(ratios)


@given(shares, shares, st.integers(0, 10_000))
def test_a_higher_floor_never_finds_enough_where_a_lower_one_did_not(one: Share, two: Share, floor: int) -> None:
    low, high = (read(Bands(each, HOUSE.bands), advance={1: one, 2: two}).get(ADVANCE) for each in (floor // 2, floor))
    assert (low is None) == (high is None)
    if low and high:
        assert low.enough or not high.enough


def test_each_figure_opens_as_it_was_read() -> None:
    told = read(advance={1: Share(1, 2)}, money={1: Share(1, 2)})
    assert [(each.figure.measure, each.figure.weighted) for each in told.values()] == [
        (ADVANCE, True), (EXECUTION, False),
    ]  # fmt: skip
    assert EFFICACY not in told
