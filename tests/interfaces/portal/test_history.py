"""One item through the editions of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.interfaces.portal.editions import FIRST, make_editions, second
from tests.interfaces.portal.stage import page, tick, whole, words, zipped
from yupana.domain.instruments.facts import ItemRole, ItemRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test import Client

LINE = "/en/planes/DOS/2/line/1/historia/"


@pytest.fixture
def _two_editions(db: None) -> None:
    make_editions()


@pytest.mark.usefixtures("_two_editions")
def test_an_item_is_told_from_the_newest_edition_back(client: Client) -> None:
    shown = page(client, LINE)
    first, last = shown.select("ol.plan > li")
    assert (
        words(shown.select_one(".lead")),
        [words(each) for each in first.select(".told ins, .told del")],
        [words(each) for each in first.select("dt")],
        [link["href"] for link in shown.select("ol.plan a")],
        "for the first time" in words(last),
    ) == (
        "It stands in 2 of the 2 published editions.",
        ["papel", "línea", "revisa", "evalúa"],
        ["Weight", "Binds", "To be met by"],
        ["/en/planes/DOS/2/line/1/", "/en/planes/DOS/1/line/1/"],
        True,
    )


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("1/line/4", "it was merged into DOS/2 5 · Llegar a los municipios"),
        ("1/line/3", "part of it became DOS/2 6 · Conectar"),
        ("2/line/6", "split from DOS/1 3 · Capacitar y conectar"),
        ("2/line/5", "took in DOS/1 4 · Archivar expedientes"),
    ],
)
def test_what_it_came_from_and_what_became_of_it_is_told(client: Client, there: str, told: str) -> None:
    assert told in words(page(client, f"/en/planes/DOS/{there}/historia/").main)


def test_an_edition_that_said_nothing_new_says_so(client: Client, db: None) -> None:
    for edition in ("1", "2"):
        house.make_edition("IGUAL", edition, rows=FIRST)
    told = [words(each) for each in page(client, "/en/planes/IGUAL/2/line/1/historia/").select("ol.plan > li")]
    assert [each.endswith("It says the same as in the edition before.") for each in told] == [True, False]


@pytest.mark.usefixtures("_two_editions")
def test_an_item_that_left_counts_the_editions_it_stood_in(client: Client) -> None:
    shown = page(client, "/en/planes/DOS/1/line/4/historia/")
    assert words(shown.select_one(".lead")) == "It stands in 1 of the 2 published editions."


def test_the_figures_of_each_edition_stand_side_by_side(client: Client, cast: house.Cast) -> None:
    house.make_edition("DOS", "1", rows=FIRST)
    house.make_call(["DOS/1"])
    house.make_edition("DOS", "2", rows=second())
    house.make_plan(cast, house.obligation_of(house.make_call(["DOS/2"], audience="code:A-1"), cast.a))
    tick()
    shown = page(client, LINE)
    assert [words(each.select("p")[1]) for each in shown.select("ol.plan > li")] == [
        "1 of 1 answer (100%)",
        "0 of 2 answer (0%)",
    ]


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("there", ["9/line/1", "2/line/9", "2/nada/1", "3/line/1"])
def test_what_is_absent_is_not_there(client: Client, there: str) -> None:
    house.make_edition("DOS", "3", rows=FIRST, published=False)
    page(client, f"/en/planes/DOS/{there}/historia/", status=404)


@pytest.mark.parametrize("number", [1, 8])
def test_queries_do_not_grow_with_the_editions_and_the_page_stays_light(
    client: Client, db: None, query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    for n in range(number):
        text = " ".join(f"{n}x{k}" for k in range(5_000))
        rows = [ItemRow("x", ItemRole.LINE, "1", f"Línea {n}", None, body=text, legal_basis=text)]
        house.make_edition("VIEJO", str(n), rows=rows)
    with query_budget(10):
        answered = whole(client.get("/planes/VIEJO/0/line/1/historia/"))
    assert zipped(answered) <= 14_000
