"""On which days something can have been received."""

from datetime import date

import pytest

from yupana.domain.submissions.rules import check_reception
from yupana.foundation.kernel.errors import Refused

OPENED, TODAY = date(2024, 4, 1), date(2024, 6, 1)


@pytest.mark.parametrize(
    ("received_on", "opens_on", "on"),
    [
        (None, OPENED, TODAY),
        (OPENED, OPENED, TODAY),
        (TODAY, OPENED, TODAY),
        (date(2999, 1, 1), OPENED, None),
        (date(1990, 1, 1), None, TODAY),
    ],
)
def test_a_day_between_the_opening_and_today_can_be(
    received_on: date | None, opens_on: date | None, on: date | None
) -> None:
    check_reception(received_on, opens_on=opens_on, on=on)


@pytest.mark.parametrize(
    ("received_on", "opens_on", "why"),
    [
        (date(2024, 3, 31), OPENED, "received-before-opening"),
        (date(2024, 6, 2), OPENED, "received-in-future"),
        (date(2024, 6, 2), None, "received-in-future"),
        (date(1989, 12, 31), None, "received-beyond-sense"),
        (date(1, 1, 1), OPENED, "received-beyond-sense"),
    ],
)
def test_any_other_day_is_refused(received_on: date, opens_on: date | None, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_reception(received_on, opens_on=opens_on, on=TODAY)
    assert refusal.value.code == why
