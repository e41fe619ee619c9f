"""A row that says all of some cells is found among many."""

from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules.known import Known

cells = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]), max_size=3)
rows = st.dictionaries(st.integers(1, 5), cells, max_size=5)


def said(told: dict[str, str]) -> set[tuple[str, str]]:
    return {(field, text) for field, text in told.items() if text}


@given(before=rows, after=rows, wanted=cells, least=st.integers(1, 5))
def test_it_finds_what_looking_at_each_row_finds(
    before: dict[int, dict[str, str]], after: dict[int, dict[str, str]], wanted: dict[str, str], least: int
) -> None:
    known = Known(before)
    for row in before:
        known.take(row)
    for row, told in after.items():
        known.put(row, told)
    fitting = [
        row
        for row, told in sorted(after.items())
        if row >= least and (said(wanted) <= said(told) if said(wanted) else not said(told))
    ]
    assert known.find(wanted, least) == next(iter(fitting), None)


def test_many_are_looked_for_among_many() -> None:
    known = Known({row: {"a": "same", "b": f"{row}"} for row in range(5000)})
    before = process_time()
    found = sum(known.find({"a": "same", "b": f"{row}"}, 0) is not None for row in range(2500, 7500))
    assert (found, process_time() - before < 2) == (2500, True)
