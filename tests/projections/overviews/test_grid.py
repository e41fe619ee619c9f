"""Short names of what a cell may name."""

from __future__ import annotations

import pytest

from yupana.projections.overviews.grid import Choice, Names

NAMES = Names(
    [
        Choice("PLAN/1#line:1", "PLAN/1#line:1", "Contar lo propio"),
        Choice("OTRO/1#line:1", "OTRO/1#line:1", "Otra línea"),
        Choice("PLAN/1#line:2", "2", "Contar con otros"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2", "PLAN/1#line:2"),
        (" line:2 ", "PLAN/1#line:2"),
        ("CONTAR  CON OTROS", "PLAN/1#line:2"),
        ("2 · Contar con otros", "PLAN/1#line:2"),
        ("otra linea", "OTRO/1#line:1"),
        ("PLAN/1#line:1", "PLAN/1#line:1"),
        ("line:1", "line:1"),
        ("99", "99"),
        ("", ""),
    ],
)
def test_a_code_a_name_or_a_text_is_read_and_what_is_none_or_two_stays_as_typed(typed: str, kept: str) -> None:
    assert NAMES.full(typed) == kept


@pytest.mark.parametrize("value", [each.value for each in NAMES.choices] + ["X/1#line:9", ""])
def test_what_is_shown_is_read_back(value: str) -> None:
    assert NAMES.full(NAMES.short(value)) == value


def test_what_nobody_knows_says_nothing() -> None:
    assert (NAMES.text("PLAN/1#line:2"), NAMES.text("x"), NAMES.knows("x")) == ("Contar con otros", "", False)
