"""How a score is read: bands, their borders, the least coverage, and the bands that nobody may set."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import HOUSE, Band, Bands, check_bands
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.share import Share

TWO = (Band(0, "poco"), Band(5_000, "mucho"))


@pytest.mark.parametrize(
    ("basis_points", "name"),
    [(0, "low"), (4_999, "low"), (5_000, "partial"), (6_999, "partial"), (7_000, "good"), (8_999, "good"),
     (9_000, "full"), (10_000, "full")],
)  # fmt: skip
def test_a_band_of_the_house_begins_at_its_floor(basis_points: int, name: str) -> None:
    assert HOUSE.band(Fraction(basis_points, 10_000)).name == name


def test_a_ratio_just_under_a_floor_is_not_rounded_into_the_band() -> None:
    nearly = Fraction(9, 10) - Fraction(1, 10**12)
    assert (HOUSE.band(nearly).name, HOUSE.band(Fraction(9, 10)).name) == ("good", "full")


def test_more_than_all_is_in_the_highest_band() -> None:
    assert HOUSE.band(Fraction(3)).name == "full"


@pytest.mark.parametrize(
    ("coverage", "enough"),
    [
        (Share(7, 10), True),
        (Share(6_999, 10_000), False),
        (Share(10, 10), True),
        (Share(0, 10), False),
        (Share(), False),  # nothing due is not enough, and not nothing done
        (Share(0, 0, 10), False),
        (Share(7, 10, 900), True),  # what is unknown is kept apart
    ],
)
def test_seven_tenths_have_to_be_known_to_rank(coverage: Share, enough: bool) -> None:
    assert HOUSE.is_enough(coverage) == enough


@pytest.mark.parametrize(("floor", "share", "enough"), [(0, Share(0, 1), True), (0, Share(), False),
                                                        (10_000, Share(9_999, 10_000), False),
                                                        (10_000, Share(1, 1), True)])  # fmt: skip
def test_the_authority_may_ask_for_all_or_for_nothing(floor: int, share: Share, enough: bool) -> None:
    assert Bands(floor, TWO).is_enough(share) == enough


# --- what may be set -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "bands",
    [
        HOUSE,
        Bands(0, (Band(0, "todo"),)),
        Bands(10_000, TWO),
        Bands(0, (Band(0, "poco"), Band(10_000, "todo"))),
        Bands(0, tuple(Band(at * 1_000, f"b{at}") for at in range(7))),
        Bands(0, (Band(0, "x" * 60),)),
    ],
)
def test_bands_that_begin_at_nothing_and_rise_may_be_set(bands: Bands) -> None:
    check_bands(bands)
    assert bands.band(Fraction(0)) == bands.bands[0]


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        (Bands(-1, TWO), "scheme-floor"),
        (Bands(10_001, TWO), "scheme-floor"),
        (Bands(0, ()), "scheme-bands"),
        (Bands(0, (Band(1, "poco"),)), "scheme-bands"),
        (Bands(0, (Band(-1, "poco"), Band(5_000, "mucho"))), "scheme-bands"),
        (Bands(0, (Band(5_000, "mucho"), Band(0, "poco"))), "scheme-bands"),
        (Bands(0, (Band(0, "poco"), Band(0, "mucho"))), "scheme-bands"),
        (Bands(0, (Band(0, "poco"), Band(10_001, "mucho"))), "scheme-bands"),
        (Bands(0, tuple(Band(at * 1_000, f"b{at}") for at in range(8))), "scheme-bands"),
        (Bands(0, (Band(0, ""),)), "scheme-band-name"),
        (Bands(0, (Band(0, "poco"), Band(1, " \t"))), "scheme-band-name"),
        (Bands(0, (Band(0, "x" * 61),)), "scheme-band-name"),
    ],
)
def test_bands_in_which_a_score_has_no_one_place_are_refused(bands: Bands, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_bands(bands)
    assert refused.value.code == code


some = st.builds(
    lambda floors: Bands(0, (Band(0, "0"), *(Band(each, str(each)) for each in sorted(floors)))),
    st.sets(st.integers(1, 10_000), max_size=6),
)


@given(some, st.fractions(0, 2), st.fractions(0, 2))
def test_a_higher_score_is_never_in_a_lower_band(bands: Bands, one: Fraction, two: Fraction) -> None:
    check_bands(bands)
    low, high = sorted((one, two))
    assert bands.band(low).floor <= bands.band(high).floor


@given(some, st.integers(0, 10_000))
def test_a_score_lies_between_its_floor_and_the_next(bands: Bands, points: int) -> None:
    found = bands.band(Fraction(points, 10_000))
    above = [each.floor for each in bands.bands if each.floor > found.floor]
    assert found.floor <= points < min(above, default=10_001)
