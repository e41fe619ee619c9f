"""Shares of an evaluation add up in any order, and become a ratio only beside their base."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Band, Bands
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import ADVANCE, ADVANCE_CHECKED, ADVANCE_VERIFIED, COVERAGE, EFFICACY, EXECUTION
from yupana.projections.overviews.evaluation.grades import NO_DATA, NO_SCORE, Grade, grade, judged_by
from yupana.projections.overviews.evaluation.population import Owes
from yupana.projections.overviews.evaluation.sums import Sums, basis_points

HEAVY, LIGHT, BARE = 1, 2, 3
WEIGHTS = {HEAVY: 3, LIGHT: 1}  # BARE weighs nothing: it only holds others
BANDS = Bands(7_000, (Band(0, "low"), Band(5_000, "partial"), Band(9_000, "full")))

items = st.none() | st.sampled_from([HEAVY, LIGHT, BARE])
shares = st.builds(lambda done, more, unknown: Share(done, done + more, unknown), *[st.integers(0, 99)] * 3)
parts = st.lists(st.tuples(st.sampled_from([ADVANCE, EFFICACY, EXECUTION]), items, shares), max_size=8)


def sums(*told: tuple[str, int | None, Share]) -> Sums:
    found = Sums()
    for each in told:
        found.add(*each)
    return found


def of(**by_item: Share) -> Sums:
    """Progress of one body: by the name of the item."""
    names = {"heavy": HEAVY, "light": LIGHT, "bare": BARE, "none": None}
    return sums(*((ADVANCE, names[name], share) for name, share in by_item.items()))


@given(parts, st.randoms())
def test_they_add_up_in_any_order(told: list[tuple[str, int | None, Share]], random: object) -> None:
    again = list(told)
    random.shuffle(again)  # type: ignore[attr-defined] # a source of chance
    assert sums(*told).by == sums(*again).by


@given(parts, parts)
def test_adding_another_one_is_adding_all_that_it_holds(
    one: list[tuple[str, int | None, Share]], other: list[tuple[str, int | None, Share]]
) -> None:
    both = sums(*one)
    both.add_all(sums(*other))
    assert both.by == sums(*one, *other).by


@given(parts)
def test_a_total_is_the_sum_of_its_items(told: list[tuple[str, int | None, Share]]) -> None:
    found = sums(*told)
    of_items = found.total(ADVANCE, [HEAVY, LIGHT, BARE])
    assert of_items + found.by.get(ADVANCE, {}).get(None, Share()) == found.total(ADVANCE)


@given(parts)
def test_reading_a_total_changes_nothing(told: list[tuple[str, int | None, Share]]) -> None:
    found = sums(*told)
    before = {measure: dict(held) for measure, held in found.by.items()}
    found.total("nothing"), found.ratio("nothing", WEIGHTS), found.known("nothing", WEIGHTS)
    assert {measure: dict(held) for measure, held in found.by.items()} == before


@pytest.mark.parametrize(
    ("held", "ratio", "known"),
    [
        (of(), None, None),
        (of(heavy=Share(1, 2)), Fraction(1, 2), Fraction(1)),
        (of(heavy=Share(0, 2)), Fraction(0), Fraction(1)),
        # Each line counts by its weight, however much lies in it.
        (of(heavy=Share(1, 1), light=Share(0, 1_000)), Fraction(3, 4), Fraction(1)),
        (of(heavy=Share(0, 1_000), light=Share(1, 1)), Fraction(1, 4), Fraction(1)),
        # What is unknown leaves the ratio with its weight, and stays in what should be known.
        (of(heavy=Share(0, 0, 5), light=Share(1, 2)), Fraction(1, 2), Fraction(1, 4)),
        (of(heavy=Share(1, 2), light=Share(0, 0, 5)), Fraction(1, 2), Fraction(3, 4)),
        (of(heavy=Share(1, 2, 2), light=Share(1, 2)), Fraction(1, 2), Fraction(5, 8)),
        (of(heavy=Share(0, 0, 5)), None, Fraction(0)),
        # What holds others weighs nothing itself, and what answers no line has no line to weigh.
        (of(bare=Share(1, 1)), None, None),
        (of(bare=Share(0, 9), light=Share(1, 1)), Fraction(1), Fraction(1)),
        (of(none=Share(0, 9), light=Share(1, 1)), Fraction(1), Fraction(1)),
        # Alone, what answers no line is all there is.
        (of(none=Share(1, 4)), Fraction(1, 4), Fraction(1)),
        (of(none=Share(1, 4, 4)), Fraction(1, 4), Fraction(1, 2)),
        (of(none=Share(0, 0, 4)), None, Fraction(0)),
    ],
)
def test_a_ratio_is_weighed_and_stands_beside_what_is_known(
    held: Sums, ratio: Fraction | None, known: Fraction | None
) -> None:
    assert (held.ratio(ADVANCE, WEIGHTS), held.known(ADVANCE, WEIGHTS)) == (ratio, known)


def test_money_is_never_weighed() -> None:
    held = sums(
        (EXECUTION, HEAVY, Share(10, 100)), (EXECUTION, LIGHT, Share(30, 100, 200)), (EXECUTION, None, Share(8))
    )
    assert (held.ratio(EXECUTION, WEIGHTS), held.known(EXECUTION, WEIGHTS)) == (Fraction(48, 200), Fraction(1, 2))


def test_money_may_be_spent_beyond_what_there_is() -> None:
    held = sums((EXECUTION, HEAVY, Share(300, 200)))
    assert held.told([EXECUTION], WEIGHTS) == {EXECUTION: [300, 200, 0, 15_000, 10_000]}


@pytest.mark.parametrize(
    ("ratio", "points"),
    [
        (None, None),
        (Fraction(0), 0),
        (Fraction(1), 10_000),
        (Fraction(1, 3), 3_333),
        (Fraction(2, 3), 6_667),
        (Fraction(1, 20_000), 0),  # a half goes to the even side
        (Fraction(3, 20_000), 2),
        (Fraction(5, 20_000), 2),
        (Fraction(3, 2), 15_000),
    ],
)
def test_a_ratio_is_rounded_once_and_half_to_even(ratio: Fraction | None, points: int | None) -> None:
    assert basis_points(ratio) == points


def test_only_measures_of_which_there_is_something_are_told() -> None:
    held = of(heavy=Share(1, 2), none=Share(1, 2))
    assert (held.told([ADVANCE, EFFICACY, COVERAGE], WEIGHTS), of().told([ADVANCE], WEIGHTS)) == (
        {ADVANCE: [2, 4, 0, 5_000, 10_000]}, {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (None, [3, 14, 5, 2_500, 8_214]),
        ([HEAVY], [0, 4, 0, 0, 10_000]),
        ([LIGHT], [2, 2, 5, 10_000, 2_857]),
        ([HEAVY, LIGHT], [2, 6, 5, 2_500, 8_214]),
        ([HEAVY, 99], [0, 4, 0, 0, 10_000]),
        # Its own line holds the others: it is told, and has no ratio of its own.
        ([BARE], [1, 8, 0, None, None]),
        ([], None),
        ([99], None),
    ],
)
def test_it_is_cut_down_to_items(chosen: list[int] | None, told: list[int | None] | None) -> None:
    held = of(heavy=Share(0, 4), light=Share(2, 2, 5), bare=Share(1, 8))
    assert held.told([ADVANCE], WEIGHTS, chosen) == ({} if told is None else {ADVANCE: told})


@pytest.mark.parametrize("measure", [ADVANCE_VERIFIED, ADVANCE_CHECKED])
def test_what_was_checked_stands_beside_all_that_is_due_weighted_the_same_way(measure: str) -> None:
    held = sums(
        (ADVANCE, HEAVY, Share(1, 4, 4)), (ADVANCE, LIGHT, Share(0, 0, 8)), (ADVANCE, None, Share(1, 1)),
        (measure, HEAVY, Share(1, 2)), (measure, None, Share(1, 1)),
    )  # fmt: skip
    assert (held.told([measure], WEIGHTS), held.told([measure], WEIGHTS, [HEAVY]), of().known(measure, WEIGHTS)) == (
        {measure: [2, 3, 0, 5_000, 1_875]}, {measure: [1, 2, 0, 5_000, 2_500]}, None,
    )  # fmt: skip


def test_what_answers_no_line_is_in_no_cut() -> None:
    held = sums((EXECUTION, HEAVY, Share(1, 4)), (EXECUTION, None, Share(3, 4)))
    assert (held.told([EXECUTION], WEIGHTS), held.told([EXECUTION], WEIGHTS, [HEAVY])) == (
        {EXECUTION: [4, 8, 0, 5_000, 10_000]}, {EXECUTION: [1, 4, 0, 2_500, 10_000]},
    )  # fmt: skip


def test_items_may_be_told_from_what_is_read_only_once() -> None:
    held = sums((ADVANCE, HEAVY, Share(1, 2)), (EFFICACY, HEAVY, Share(1, 4)))
    assert held.told([ADVANCE, EFFICACY], WEIGHTS, iter([HEAVY])) == {
        ADVANCE: [1, 2, 0, 5_000, 10_000], EFFICACY: [1, 4, 0, 2_500, 10_000],
    }  # fmt: skip


@given(parts)
def test_the_whole_cut_of_weighed_items_is_the_whole(told: list[tuple[str, int | None, Share]]) -> None:
    held = sums(*((measure, item, share) for measure, item, share in told if item in WEIGHTS))
    every = [ADVANCE, EFFICACY, EXECUTION]
    assert held.told(every, WEIGHTS, list(WEIGHTS)) == held.told(every, WEIGHTS)


@pytest.mark.parametrize("stands", [each for each in Owes if each is not Owes.ACCEPTED])
def test_whoever_gave_nothing_that_counts_is_in_no_band(stands: Owes) -> None:
    """However good the figures that stand from before."""
    assert grade(stands, of(heavy=Share(9, 9)), ADVANCE, WEIGHTS, BANDS) == Grade(None, stands.value)


@pytest.mark.parametrize(
    ("held", "band", "why"),
    [
        (of(heavy=Share(0, 10_000)), 0, ""),
        (of(heavy=Share(4_999, 10_000)), 0, ""),
        (of(heavy=Share(5_000, 10_000)), 1, ""),
        (of(heavy=Share(8_999, 10_000)), 1, ""),
        (of(heavy=Share(9_000, 10_000)), 2, ""),
        (of(heavy=Share(10_000, 10_000)), 2, ""),
        # A half of a basis point short is short: bands are not rounded into.
        (of(heavy=Share(9_999, 20_000)), 0, ""),
        # Under the floor of what has to be known nobody is ranked; on it everybody is.
        (of(heavy=Share(7_000, 7_000, 3_000)), 2, ""),
        (of(heavy=Share(6_999, 6_999, 3_001)), None, NO_DATA),
        (of(heavy=Share(0, 0, 10_000)), None, NO_DATA),
        (of(), None, NO_SCORE),
        (of(heavy=Share(0, 0)), None, NO_SCORE),
    ],
)
def test_the_band_is_read_from_the_exact_ratio(held: Sums, band: int | None, why: str) -> None:
    found = grade(Owes.ACCEPTED, held, ADVANCE, WEIGHTS, BANDS)
    assert (found.band, found.why) == (band, why)


def test_a_grade_says_score_and_what_is_known_though_it_is_not_ranked() -> None:
    found = grade(Owes.ACCEPTED, of(heavy=Share(1, 2, 2), light=Share(1, 1)), ADVANCE, WEIGHTS, BANDS)
    assert (found.band, found.why, found.score, found.known) == (None, NO_DATA, Share(5, 8), Share(5, 8))


def test_money_beyond_all_lies_in_the_highest_band() -> None:
    held = sums((EXECUTION, HEAVY, Share(300, 200)))
    assert grade(Owes.ACCEPTED, held, EXECUTION, WEIGHTS, BANDS) == Grade(2, "", Share(3, 2), Share(1, 1))


@given(shares, st.integers(0, 10_000))
def test_a_floor_of_nothing_ranks_whoever_has_a_score(share: Share, floor: int) -> None:
    open_, strict = Bands(0, BANDS.bands), Bands(floor, BANDS.bands)
    held = of(heavy=share)
    loose, tight = (grade(Owes.ACCEPTED, held, ADVANCE, WEIGHTS, each) for each in (open_, strict))
    assert (loose.band is None) == (share.due == 0)
    assert tight.band in (None, loose.band)


@pytest.mark.parametrize(
    ("plan", "report", "judged"),
    [
        (Owes.ACCEPTED, Owes.SILENT, Owes.SILENT),
        (Owes.ACCEPTED, Owes.NOTHING, Owes.NOTHING),
        (Owes.ACCEPTED, Owes.IN_REVIEW, Owes.IN_REVIEW),
        (Owes.SILENT, Owes.SILENT, Owes.SILENT),
        (Owes.SILENT, Owes.NOTHING, Owes.SILENT),
        # Whose plan waits for the authority, or was given back, cannot report: it is not silent.
        (Owes.IN_REVIEW, Owes.SILENT, Owes.IN_REVIEW),
        (Owes.RETURNED, Owes.SILENT, Owes.RETURNED),
        (Owes.RETURNED, Owes.WAIVED, Owes.WAIVED),
    ],
)
def test_a_body_is_judged_by_its_report_where_its_plan_let_it_give_one(plan: Owes, report: Owes, judged: Owes) -> None:
    assert judged_by(plan, report) is judged
