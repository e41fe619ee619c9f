"""What is left of what people type, and which days are in a window."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules import check_window, is_within, said, tidy
from yupana.foundation.kernel.errors import Refused

DAY = date(2024, 2, 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Yes.  ", "Yes."),
        ("One.\r\n\r\nTwo.\rThree.", "One.\n\nTwo.\nThree."),
        ("One.\n\n\n\n\nTwo.", "One.\n\nTwo."),
        ("a\0b\x07c", "abc"),
        ("pay \u202egnp.exe", "pay gnp.exe"),
        ("a\tb  \nc", "a b\nc"),
        ("\ud800", ""),
        ("Ñandú, ¿por qué?", "Ñandú, ¿por qué?"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_paragraphs_stay_and_what_nobody_sees_goes(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_a_tidy_text_is_tidy_and_hides_nothing(text: str) -> None:
    once = tidy(text)
    hidden = [char for char in once if char != "\n" and unicodedata.category(char).startswith("C")]
    assert (tidy(once), hidden, "\n\n\n" in once) == (once, [], False)


@given(st.text(alphabet="ab \n", max_size=30), st.integers(1, 20))
def test_what_is_said_has_a_length(text: str, most: int) -> None:
    length = len(tidy(text))
    if 0 < length <= most:
        assert said("comment-length", text, most) == tidy(text)
    else:
        with pytest.raises(Refused) as refused:
            said("comment-length", text, most)
        assert (refused.value.code, refused.value.details) == ("comment-length", {"most": most, "length": length})


@pytest.mark.parametrize(("days", "inside"), [(-1, False), (0, True), (5, True), (10, True), (11, False)])
def test_first_and_last_day_belong_to_the_window(days: int, inside: bool) -> None:
    assert is_within(DAY + timedelta(days=days), DAY, DAY + timedelta(days=10)) is inside


def test_a_window_may_be_one_day_and_never_less() -> None:
    check_window(DAY, DAY)
    with pytest.raises(Refused, match="consultation-closes-before"):
        check_window(DAY, DAY - timedelta(days=1))
