"""The day that counts, and what a text about a resolution is worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.submissions.rules import MOVES, Handed, State, day_that_counts, met_on, resolution_state

DAY = date(2018, 5, 10)
NEXT = DAY + timedelta(days=20)
MENDED = DAY + timedelta(days=12)
days = st.dates(date(2018, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("versions", "counted"),
    [
        ([Handed(DAY)], DAY),
        ([Handed(None)], None),
        ([Handed(DAY, NEXT), Handed(MENDED)], DAY),
        ([Handed(DAY, NEXT), Handed(NEXT)], DAY),
        ([Handed(DAY, MENDED), Handed(NEXT)], NEXT),
        ([Handed(DAY, None), Handed(NEXT)], NEXT),
        ([Handed(DAY, NEXT), Handed(None)], None),
        ([Handed(None, NEXT), Handed(MENDED)], None),
        ([Handed(DAY, MENDED), Handed(MENDED, NEXT), Handed(NEXT)], DAY),
        ([Handed(DAY, DAY), Handed(MENDED, NEXT), Handed(NEXT)], MENDED),
    ],
)
def test_a_version_mended_in_time_keeps_the_day_of_the_one_before(versions: list[Handed], counted: date | None) -> None:
    assert met_on(versions) == counted


@given(st.lists(st.builds(Handed, days, days), min_size=1, max_size=6))
def test_the_day_that_counts_is_a_day_on_which_something_was_handed_in(versions: list[Handed]) -> None:
    assert met_on(versions) in {version.received_on for version in versions}


@pytest.mark.parametrize(
    ("first", "due", "has_doubt", "counted"),
    [
        (DAY, NEXT, False, DAY),
        (NEXT, DAY, False, NEXT),
        (DAY, NEXT, True, DAY),
        (NEXT, DAY, True, None),
        (None, NEXT, True, None),
        (None, NEXT, False, None),
        (DAY, None, False, DAY),
        (DAY, None, True, None),
    ],
)
def test_doubt_leaves_certain_only_what_is_in_time_without_it(
    first: date | None, due: date | None, has_doubt: bool, counted: date | None
) -> None:
    assert day_that_counts(first, due, has_doubt=has_doubt) == counted


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("-", "missing"),
        ("S/N", "missing"),
        ("No especifica", "missing"),
        ("NO Especifica", "missing"),
        ("No se especifica", "missing"),
        ("Sin resolución", "missing"),
        ("Borrador", "missing"),
        ("Ninguna", "missing"),
        ("En aprobación en el ministerio", "pending"),
        ("En trámite", "pending"),
        ("Pendiente", "pending"),
        ("RA 030/2018", "known"),
        ("RM N°829/2018", "known"),
        ("-RA 4/2019", "known"),
        ("Norma 3/2018", "known"),
    ],
)
def test_a_resolution_is_named_or_on_its_way_or_missing(text: str, state: str) -> None:
    assert resolution_state(text) == state


def test_only_a_draft_is_handed_in_and_only_what_was_handed_in_is_decided() -> None:
    assert {state.value: sorted(after) for state, after in MOVES.items()} == {
        "draft": ["submitted"],
        "submitted": ["accepted", "misfiled", "returned"],
        "returned": [],
        "accepted": [],
        "misfiled": [],
    }
    assert set(MOVES) == set(State)
