"""Why a call binds one body, on the page of that body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.interfaces.portal.stage import page, rows, whole, words, zipped
from yupana.domain.instruments.facts import NOBODY, ItemRole, ItemRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test import Client


def line(code: str, audience: str = "") -> ItemRow:
    return ItemRow("x", ItemRole.LINE, code, f"Línea {code}", None, audience=audience)


LINES = (line("1"), line("2", "code:A-1"), line("3", "level:municipal and not code:A-1"), line("4", NOBODY))
WHY = "/en/entidades/cast/4/por-que/PLAN-2018/"

ABACO = "Municipio de Ábaco"
OUTSIDE = "The entity is not among those whom it binds. It binds: municipal level, except Municipio de Ábaco."


@pytest.fixture
def _called(cast: house.Cast) -> None:
    house.make_edition(rows=LINES)
    house.make_call(code="PLAN-2018")


@pytest.mark.usefixtures("_called")
def test_every_item_says_whether_it_applies_and_why(client: Client) -> None:
    shown = page(client, WHY)
    assert (words(shown.select_one(".lead")), rows(shown)) == (
        "Of the 4 items that “Plan PLAN, edición 1 · 2018” puts, 2 apply to Municipio de Ábaco.",
        [
            "1 · Línea 1 yes It binds whoever is called.",
            f"2 · Línea 2 yes The entity is among those whom it binds. It binds: {ABACO}. {ABACO}: it holds",
            f"3 · Línea 3 no {OUTSIDE} municipal level: it holds all except Municipio de Ábaco: it does not hold",
            "4 · Línea 4 no It binds nobody: no entity was made responsible.",
        ],
    )


@pytest.mark.usefixtures("_called")
def test_the_call_itself_says_whom_it_reaches(client: Client) -> None:
    reached, not_reached = (
        words(page(client, WHY.replace("/4/", f"/{body}/")).select_one("p.soft")) for body in ("4", "6")
    )
    assert (reached.partition(" What")[0], not_reached.partition(" What")[0]) == (
        "The call reaches it. It binds: municipal level. municipal level: it holds",
        "The call does not reach it. It binds: municipal level. municipal level: it does not hold",
    )


@pytest.mark.usefixtures("_called")
@pytest.mark.parametrize(("show", "codes"), [("yes", ["1", "2"]), ("no", ["3", "4"])])
def test_items_are_cut_down_to_those_that_apply(client: Client, show: str, codes: list[str]) -> None:
    links = [str(link["href"]) for link in page(client, f"{WHY}?show={show}").select("#list a")]
    assert links == [f"/en/planes/PLAN/1/line/{code}/" for code in codes]


@pytest.mark.usefixtures("_called")
def test_the_page_of_a_body_leads_there(client: Client) -> None:
    links = [link["href"] for link in page(client, "/en/entidades/cast/4/?as_of=2018-07-15").select(".card a")]
    shown = page(client, "/en/entidades/cast/6/?as_of=2018-07-15")
    free = [link["href"] for link in shown.select("details a")]
    assert (f"{WHY}?as_of=2018-07-15" in links, free) == (True, [f"{WHY.replace('/4/', '/6/')}?as_of=2018-07-15"])


@pytest.mark.usefixtures("_called")
@pytest.mark.parametrize("there", ["cast/99/por-que/PLAN-2018", "cast/4/por-que/NADA", "cast/4/por-que/OCULTA"])
def test_what_is_absent_or_restricted_is_not_there(client: Client, there: str) -> None:
    house.make_call(code="OCULTA", visibility="restricted", period="2019")
    page(client, f"/en/entidades/{there}/", status=404)


@pytest.mark.usefixtures("_called")
@pytest.mark.parametrize("query", ["?show=x", "?page=2", "?page=0"])
def test_a_filter_that_cannot_be_is_not_there(client: Client, query: str) -> None:
    page(client, WHY + query, status=404)


@pytest.mark.parametrize("number", [1, 1_000])
def test_queries_do_not_grow_with_the_items_and_the_page_stays_light(
    client: Client, cast: house.Cast, query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    house.make_edition(rows=[line(str(n), f"code:{'ABC'[n % 3]}-1") for n in range(number)])
    house.make_call(code="PLAN-2018")
    with query_budget(17):
        answered = whole(client.get(WHY))
    assert zipped(answered) <= 14_000
