"""The first page: how the plan is going, in a sentence with its base."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import cast as house
from tests.interfaces.portal.stage import State, page, rows, tick, words
from yupana.projections.overviews import record

if TYPE_CHECKING:
    from django.test import Client


def test_the_sentence_says_the_share_with_its_base_and_who_is_missing(client: Client, state: State) -> None:
    assert words(page(client, "/en/").select_one(".lead")) == (
        "12 of 63 plans that public bodies owe have been handed in and accepted; 51 have not . "
        "They answer 13% of what the plan asks of them all: 24 of 189 answers, one per body and line."
    )


def test_the_three_measures_are_shown_with_their_base(client: Client, state: State) -> None:
    assert [words(score) for score in page(client, "/en/").select(".score")] == [
        (
            "Incorporation 13% 24 of 189 answers due, one per body and line"
            " with an activity 24 of 189 · 13% with indicator and target 24 of 189 · 13%"
            " with somebody responsible 24 of 189 · 13% with a budget 24 of 189 · 13%"
        ),
        "Timeliness 19% 12 of 63 obligations met on time",
        "Coverage 19% 12 of 63 plans due are in and accepted",
    ]


def test_axes_and_lines_are_counted(client: Client, state: State) -> None:
    tables = page(client, "/en/").select("table")
    assert rows(tables[1]) == [
        "1 · Un Estado que cuenta 12 of 126 · 10%",
        "1 · Contar lo propio 12 of 63 · 19%",
        "2 · Contar con otros 0 of 63 · 0%",
        "2 · Un Estado que responde 12 of 63 · 19%",
        "3 · Responder a tiempo 12 of 63 · 19%",
    ]


def test_levels_are_counted(client: Client, state: State) -> None:
    tables = page(client, "/en/").select("table")
    assert rows(tables[0]) == ["Departmental 0 of 1 · 0% 1", "Municipal 12 of 62 · 19% 50"]


@pytest.mark.parametrize("kept", ["", "as_of=2018-07-15"])
def test_every_number_opens_exactly_the_rows_behind_it(client: Client, state: State, kept: str) -> None:
    """The first number of what is clicked is how many rows are found."""
    links = [
        (int(words(link).split(" ")[0]), link["href"])
        for link in page(client, f"/en/?{kept}").select("main .lead a:not(.figure), main td a:not(.figure)")
    ]
    found = [int(words(page(client, str(there)).caption).split(" ")[0]) for _, there in links]
    assert (len(links), found) == (9, [number for number, _ in links])


def test_a_chosen_date_is_kept_by_the_links_and_named_at_the_foot(client: Client, state: State) -> None:
    shown = page(client, "/en/?as_of=2018-07-15")
    kept = [str(link["href"]) for link in shown.select("main .lead a, main td a, main th a")]
    assert ({"as_of=2018-07-15" in there for there in kept}, "Figures as of July 15, 2018" in words(shown.footer)) == (
        {True},
        True,
    )


def test_before_the_deadline_nothing_is_due(client: Client, state: State) -> None:
    shown = page(client, "/en/?as_of=2018-06-29")
    assert (words(shown.select_one(".lead")), "0%" in words(shown)) == (
        (
            "The plan has been put to the public bodies; at this date no deadline has passed, so nothing is due yet."
            " The next deadline is June 30, 2018 ."
        ),
        False,
    )


def test_what_was_never_asked_is_said_in_words_and_never_as_zero(client: Client, cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call(due_on=None, historical=True, asks_responsible=False, asks_budget=False)
    house.make_plan(cast, house.obligation_of(call, cast.a))
    tick()
    scores = [words(score) for score in page(client, "/en/").select(".score")]
    assert scores[:2] == [
        (
            "Incorporation 25% 1 of 4 answers due, one per body and line"
            " with an activity 1 of 4 · 25% with indicator and target 1 of 4 · 25%"
            " with somebody responsible was not asked with a budget was not asked"
        ),
        "Timeliness not known The deadline of the call is not known.",
    ]


def test_a_plan_that_was_put_to_nobody_says_so(client: Client, bodies: house.Bodies) -> None:
    house.make_edition()
    assert words(page(client, "/en/").select_one(".lead")) == (
        "The plan is published. It has not been put to the public bodies yet, so there is nothing to count."
    )


def test_a_draft_shows_nowhere(client: Client, bodies: house.Bodies) -> None:
    house.make_edition("SECRETO", published=False)
    assert "SECRETO" not in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_with_nothing_at_all_the_page_says_what_comes_next(client: Client) -> None:
    shown = page(client, "/en/")
    assert (words(shown.select_one(".empty h2")), "the public record is still empty" in words(shown.footer)) == (
        "No plan has been published here yet",
        True,
    )


def test_several_plans_are_listed_and_chosen_by_address(client: Client, small: State) -> None:
    house.make_edition("OTRO", "2")
    tick()
    links = page(client, "/en/").select("main a[href*='plan=']")
    assert [(words(link), words(page(client, str(link["href"])).select_one(".crumb"))) for link in links] == [
        ("Plan OTRO, edición 2", "Plan OTRO, edición 2 · read the plan")
    ]


def test_the_newest_plan_that_was_put_to_somebody_comes_first(client: Client, small: State) -> None:
    house.make_edition("OTRO", "2")
    assert words(page(client, "/en/").select_one(".crumb")).startswith("Plan PLAN, edición 1")


def test_an_unknown_plan_is_not_there(client: Client, small: State) -> None:
    page(client, "/?plan=NADA/1", status=404)


def test_the_record_is_told_in_events(client: Client, state: State) -> None:
    assert [words(line) for line in page(client, "/en/").select(".feed li")[:2]] == [
        "May 20, 2018 12 plans or reports were accepted up to entry 110",
        "May 10, 2018 12 plans or reports were handed in up to entry 109",
    ]


def test_the_default_date_is_the_end_of_the_last_closed_month(client: Client, small: State) -> None:
    shown = page(client, "/en/")
    assert date.fromisoformat(str(shown.select_one("#as_of")["value"])).day >= 28  # type: ignore[index] # it is there


def test_a_record_longer_than_what_was_looked_at_says_so(
    client: Client, small: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = "Of the last" in words(page(client, "/en/"))
    monkeypatch.setattr(record, "LOOK_BACK", 3)
    assert (before, "Of the last 3 entries:" in words(page(client, "/en/"))) == (False, True)
