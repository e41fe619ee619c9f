"""What a visitor asks for in the address, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import BadRequest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from yupana.interfaces.portal import asked


def visit(query: str = "") -> asked.Asked:
    return asked.asked(RequestFactory().get(f"/?{query}"))


def test_without_a_date_the_last_closed_month_is_meant_and_links_stay_short() -> None:
    when = visit()
    assert (when.as_of, when.chosen, when.first, when.more) == (
        timezone.localdate().replace(day=1) - timedelta(days=1),
        False,
        "",
        "",
    )


def test_a_chosen_date_travels_with_every_link() -> None:
    when = visit("as_of=2018-06-30")
    assert (when.as_of, when.first, when.more) == (date(2018, 6, 30), "?as_of=2018-06-30", "&as_of=2018-06-30")


def test_today_may_be_chosen() -> None:
    assert visit(f"as_of={timezone.localdate()}").as_of == timezone.localdate()


@pytest.mark.parametrize(
    "text",
    [
        "hoy",
        "2018",
        "2018-02-30",
        "30/06/2018",
        "20180630",
        "2018-W26-6",
        "9999-12-31",
        "2018-06-30 ",
        "-1",
        "٢٠١٨-٠٦-٣٠",
    ],
)
def test_what_is_no_date_or_lies_in_the_future_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        visit(f"as_of={text}")


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("12", 12), ("0", 0)])
def test_pages_are_numbered(text: str, number: int) -> None:
    assert asked.page_number(RequestFactory().get(f"/?page={text}")) == number


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "²", "٣", "1" * 7])
def test_a_page_without_a_number_is_not_there(text: str) -> None:
    with pytest.raises(Http404):
        asked.page_number(RequestFactory().get("/", {"page": text}))


@pytest.mark.parametrize(("text", "kept"), [("level=municipal", "municipal"), ("level=", ""), ("", "")])
def test_a_filter_is_one_of_those_known(text: str, kept: str) -> None:
    assert asked.one_of(RequestFactory().get(f"/?{text}"), "level", {"municipal"}) == kept


def test_an_unknown_filter_is_not_there() -> None:
    with pytest.raises(Http404):
        asked.one_of(RequestFactory().get("/?level=imperial"), "level", {"municipal"})


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Ábaco ", "Ábaco"), ("a\0b", "ab"), ("", ""), ("x" * 500, "x" * asked.MOST_TEXT)]
)
def test_what_is_searched_is_no_longer_than_anybody_types(typed: str, kept: str) -> None:
    assert asked.text_of(RequestFactory().get("/", {"q": typed})) == kept


@pytest.mark.parametrize(
    ("chosen", "query"),
    [
        ({}, ""),
        ({"q": ""}, ""),
        ({"q": "a b&c", "level": "x"}, "q=a+b%26c&level=x&"),
        ({"as_of": "2018-06-30"}, "as_of=2018-06-30&"),
    ],
)
def test_filters_are_written_so_that_a_page_number_can_follow(chosen: dict[str, str], query: str) -> None:
    assert asked.query_of(**chosen) == query
