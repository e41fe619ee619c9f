"""Money the Bolivian way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.money import MOST_CENTS, format_cents, parse_cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("1.234,56", 123456),
        ("1234,5", 123450),
        ("1234.56", 123456),
        ("1.234", 123400),
        ("1.234.567", 123456700),
        ("Bs 1234", 123400),
        ("bs.10,00", 1000),
        ("BOB 7", 700),
        (" 12 ", 1200),
    ],
)
def test_an_amount_is_read(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize("text", ["", "-1", "1,234.56", "12.34.56", "1.23,4,5", "diez", "1e5", "١٢", "1 000", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        parse_cents(text)


@given(st.integers(0, MOST_CENTS))
def test_what_was_written_is_read_back(cents: int) -> None:
    assert parse_cents(format_cents(cents)) == cents


@pytest.mark.parametrize(("cents", "text"), [(5, "0,05"), (-123456, "-1.234,56"), (100, "1,00")])
def test_an_amount_is_written(cents: int, text: str) -> None:
    assert format_cents(cents) == text
