"""Figures on pages: each opens what it is made of and carries its own numbers, or is a dash that opens nothing."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from yupana.foundation.kernel.share import Share
from yupana.interfaces import tags
from yupana.projections.overviews.figure import Figure

WHAT = Figure("coverage", ("PLAN-2018",), date(2018, 12, 31), item='PLAN/1#line:"1"&<b>')


def link(html: str) -> dict[str, str]:
    [found] = BeautifulSoup(html, "html.parser").find_all("a")
    return {name: str(value) for name, value in found.attrs.items() if name.startswith("data-")} | {
        "text": found.get_text(), "query": urlsplit(str(found["href"])).query,
    }  # fmt: skip


def test_a_figure_opens_and_carries_its_numbers() -> None:
    with translation.override("es"):
        told = link(tags.figure(Share(1, 8, 3), WHAT))
    assert (told["text"], told["data-figure"], told["data-done"], told["data-due"], told["data-unknown"]) == (
        "12\u202f%", "coverage", "1", "8", "3",
    )  # fmt: skip
    assert parse_qs(told["query"]) == {
        "m": ["coverage"], "c": ["PLAN-2018"], "as_of": ["2018-12-31"], "i": ['PLAN/1#line:"1"&<b>'],
    }  # fmt: skip


@pytest.mark.parametrize("share", [None, Share(), Share(0, 0, 9), Share(5, 0)])
def test_where_nothing_is_due_a_dash_opens_nothing(share: Share | None) -> None:
    assert tags.figure(share, WHAT) == "\N{EN DASH}"


def test_nothing_done_is_a_figure_like_any_other() -> None:
    with translation.override("en"):
        assert link(tags.figure(Share(0, 8), WHAT))["text"] == "0%"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share(199, 200), "99%"),  # all is said of all alone
        (Share(200, 200), "100%"),
        (Share(201, 200), "101%"),
        (Share(1_000_000, 1_000_001), "99%"),
        (Share(1, 1_000_000), "1%"),
        (Share(300, 200), "150%"),
        (Share(5, 200), "2%"),
        (Share(7, 200), "4%"),
    ],
)
def test_nearly_all_is_not_all_and_a_little_more_is_more(share: Share, text: str) -> None:
    with translation.override("en"):
        assert (tags.percent(share), link(tags.figure(share, WHAT))["text"]) == (text, text)


def test_a_figure_that_nobody_can_open_is_told_plainly() -> None:
    with translation.override("en"):
        assert (tags.figure(Share(1, 8), None), tags.money_figure(1_234, None)) == ("12%", "Bs\u202f12.34")


def test_money_carries_its_cents() -> None:
    with translation.override("en"):
        told = link(tags.money_figure(123_456, WHAT))
    assert (told["text"], told["data-done"], told["data-due"], told["data-unknown"]) == (
        "Bs\u202f1,234.56", "123456", "123456", "0",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cents", "english", "spanish"),
    [(0, "0.00", "0,00"), (1, "0.01", "0,01"), (-123_456, "-1,234.56", "-1.234,56"), (99, "0.99", "0,99")],
)
def test_an_amount_in_a_column_leaves_the_currency_to_its_head(cents: int, english: str, spanish: str) -> None:
    told = []
    for code in ("en", "es"):
        with translation.override(code):
            told.append(tags.amount(cents))
    assert told == [english, spanish]


def test_what_was_stated_is_marked_as_such_and_cannot_carry_markup() -> None:
    assert tags.given("<b>12 %</b>") == "<span data-own>&lt;b&gt;12 %&lt;/b&gt;</span>"


@pytest.mark.parametrize(
    ("language", "inside", "there"),
    [
        ("es", False, "/explicar/"),
        ("en", False, "/en/explicar/"),
        ("es", True, "/desk/convocatorias/PLAN-2018/explicar/"),
        ("en", True, "/en/desk/convocatorias/PLAN-2018/explicar/"),
    ],
)
def test_a_figure_is_opened_where_its_reader_is(language: str, inside: bool, there: str) -> None:
    figure = Figure("coverage", ("PLAN-2018",), date(2018, 12, 31), inside=inside)
    with translation.override(language):
        assert tags.explained_at(figure).partition("?")[0] == there
