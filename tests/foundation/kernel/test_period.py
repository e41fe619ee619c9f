"""Stretches of the calendar."""

from datetime import date

import pytest

from yupana.foundation.kernel.period import Period, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2017-2025", date(2017, 1, 1), date(2025, 12, 31)),
        ("2024-S1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-M2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-M11", date(2024, 11, 1), date(2024, 11, 30)),
    ],
)
def test_a_period_is_read(text: str, first: date, last: date) -> None:
    assert parse_period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text", ["", "24", "0000", "2025-2017", "2024-S3", "2024-Q0", "2024-Q5", "2024-M13", "2024-X1", "2024 ", "٢٠٢٤"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        parse_period(text)
