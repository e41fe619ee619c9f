"""Quantities of any unit, the Bolivian way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.quantity import MOST, format_quantity, parse_quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 120_000),
        ("1.234", 12_340_000),
        ("1.234,5", 12_345_000),
        ("0.25", 2_500),
        ("0.125", 1_250),
        ("12.5", 125_000),
        ("-3,25", -32_500),
        (" 7,0001 ", 70_001),
    ],
)
def test_a_quantity_is_read(text: str, value: int) -> None:
    assert parse_quantity(text) == value


@pytest.mark.parametrize("text", ["", "diez", "1,23456", "1.23.4", "1,234.5", "1e3", "٣", "--1", "5 %", "9" * 20])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no quantity"):
        parse_quantity(text)


@given(st.integers(-MOST, MOST))
def test_what_was_written_is_read_back(value: int) -> None:
    assert parse_quantity(format_quantity(value)) == value
