"""The register, and the page of one public body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import cast as house
from tests.domain.progress.stage import accepted, asked, planned
from tests.interfaces.portal.stage import State, answer, page, row, rows, tick, words
from yupana.domain.commitments.actions import confirm_year_one, reclassify
from yupana.domain.commitments.models import Activity
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.models import Entity
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from django.test import Client

A = "/en/entidades/cast/4/"


def test_the_register_says_how_many_can_be_bound(client: Client, bodies: house.Bodies) -> None:
    assert words(page(client, "/en/entidades/").select_one(".lead")) == (
        "The register holds 6 names: 4 public bodies that a plan can bind, and 2 groups that only hold others and owe"
        " no plan. Walk down the tree from Administración pública territorial ."
    )


@pytest.mark.django_db
def test_an_empty_register_says_what_comes_next(client: Client) -> None:
    assert words(page(client, "/en/entidades/").select_one(".empty h2")) == "The register is still empty"


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("", ["Agencia Rectora", "Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"]),
        ("q=abaco", ["Municipio de Ábaco"]),
        ("q=ABACO+municipio", ["Municipio de Ábaco"]),
        ("q=b-1", ["Municipio de Ñandú"]),
        ("level=departmental", ["Gobernación del Valle"]),
        ("territory=VA&level=municipal", ["Municipio de Ábaco", "Municipio de Ñandú"]),
        ("q=nada", []),
        ("category=A", ["Municipio de Ábaco"]),
    ],
)
def test_the_register_is_searched_and_cut_down(
    client: Client, bodies: house.Bodies, chosen: str, found: list[str]
) -> None:
    Entity.objects.filter(pk=bodies.a.pk).update(category="A")
    assert [words(link) for link in page(client, f"/en/entidades/?{chosen}").select("tbody a")] == found


def test_territories_carry_the_name_of_their_group(client: Client, bodies: house.Bodies) -> None:
    assert [words(option) for option in page(client, "/en/entidades/").select("#territory option")] == [
        "all",
        "Valle Alto",
    ]


def test_a_code_that_two_bodies_have_is_marked(client: Client, bodies: house.Bodies) -> None:
    twin = EntityRow("twins.csv:2", "9", "A-1", "Otra con el mismo código", level="central")
    import_register(actor=OPERATOR, source="twins", rows=[twin], on=house.FIRST_DAY)
    marked = [line for line in rows(page(client, "/en/entidades/")) if "code used twice" in line]
    assert (len(marked), "another body has the same code" in words(page(client, A))) == (2, True)


@pytest.mark.parametrize("there", ["?page=2", "?page=0", "?page=x", "?level=imperial", "?territory=ZZ"])
def test_what_the_register_does_not_have_is_not_there(client: Client, bodies: house.Bodies, there: str) -> None:
    page(client, f"/entidades/{there}", status=404)


@pytest.mark.parametrize("there", ["nada/1/", "cast/999/"])
def test_an_unknown_body_is_not_there(client: Client, bodies: house.Bodies, there: str) -> None:
    page(client, f"/entidades/{there}", status=404)


def test_a_group_owes_no_plan_and_leads_to_what_it_holds(client: Client, bodies: house.Bodies) -> None:
    shown = page(client, "/en/entidades/cast/2/")
    assert (
        "it only holds others and owes no plan" in words(shown),
        "What it owes" in words(shown),
        [words(line) for line in shown.select(".feed li")],
        words(shown.select_one(".crumb")),
    ) == (
        True,
        False,
        ["Gobernación del Valle", "Municipio de Ábaco", "Municipio de Ñandú"],
        "Public bodies \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Administración pública territorial",
    )


def test_a_body_that_nothing_binds_says_so(client: Client, bodies: house.Bodies) -> None:
    assert "No public call binds it at present." in words(page(client, A))


def test_a_body_without_a_plan_shows_its_standing_at_the_date(client: Client, small: State) -> None:
    before, after = (words(page(client, f"{A}?as_of=2018-0{month}-15").select_one(".card h3")) for month in (6, 7))
    assert (before, after) == ("Plan PLAN, edición 1 · 2018 open", "Plan PLAN, edición 1 · 2018 late")


def test_a_plan_is_shown_as_it_was_written_and_as_it_was_understood(client: Client, small: State) -> None:
    answer(small, "A-1", [row(starts="1 de julio 2018", ends="07/12/2019")])
    shown = page(client, A)
    assert (words(shown.select_one(".card h3")), words(shown.select_one(".plan li"))) == (
        "Plan PLAN, edición 1 · 2018 met",
        (
            "Contar los granos 1 · Contar lo propio · project Responsible Unidad de Sistemas"
            " Expected result Granos contados Indicator Granos Target 100 Budget Bs 1,000.00"
            " Starts 1 de julio 2018 understood as July 1, 2018"
            " Ends 07/12/2019 day and month could be swapped, so it was left as it is written"
        ),
    )


def test_relative_dates_wait_for_the_first_year(client: Client, small: State) -> None:
    answer(small, "A-1", [row(starts="Año 1 Primer Bimestre", ends="")])
    before = words(page(client, A).select_one(".read"))
    confirm_year_one(actor=small.amaru, obligation=small.owed["A-1"], year=2019, on=house.ACCEPTED_ON)
    assert (before, words(page(client, A).select_one(".read"))) == (
        "counts from the plan's first year, which is still to be confirmed",
        "understood as Jan. 1, 2019 to Feb. 28, 2019",
    )


def test_what_the_reviewer_moved_keeps_the_bodys_own_line_beside_it(client: Client, small: State) -> None:
    answer(small, "A-1")
    item = small.call.scopes.get().items.get(role="line", code="2")
    reclassify(actor=small.amaru, activity=Activity.objects.get(), item=item, reason="x", on=house.ACCEPTED_ON)
    shown = page(client, A)
    assert (words(shown.select_one(".plan small")), words(shown.select_one(".plan p"))) == (
        "2 · Contar con otros · project",
        "reclassified The body had written “1 · Contar lo propio”; the reviewer placed it here, and so it counts.",
    )


def test_a_resolution_that_is_still_to_come_is_said(client: Client, small: State) -> None:
    answer(small, "A-1")
    assert "resolution pending" in words(page(client, A))


def test_only_addresses_of_the_web_can_be_clicked(
    client: Client, small: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "HEADER", replace(house.HEADER, document_url="javascript:alert(1)"))
    answer(small, "A-1")
    monkeypatch.setattr(house, "HEADER", replace(house.HEADER, document_url="https://ejemplo.bo/plan.pdf"))
    answer(small, "B-1")
    links = [
        [link["href"] for link in page(client, f"/en/entidades/cast/{number}/").select(".facts a")] for number in (4, 5)
    ]
    assert links == [[], ["https://ejemplo.bo/plan.pdf"]]


def test_text_that_looks_like_markup_stays_text(client: Client, small: State) -> None:
    answer(small, "A-1", [row(name="<script>alert(1)</script>", indicator="<img src=x>")])
    tick()
    pages = [client.get(there).content.decode() for there in (A, "/en/planes/PLAN/1/line/1/")]
    assert [("<script>" in text, "<img" in text, "&lt;script&gt;" in text) for text in pages] == [
        (False, False, True)
    ] * 2


def test_a_long_plan_is_shown_page_by_page(client: Client, small: State) -> None:
    answer(small, "A-1", [row(number, name=f"Actividad {number}") for number in range(1, 33)])
    names = [words(name) for number in (1, 2, 3) for name in page(client, f"{A}?page={number}").select(".plan h3")]
    page(client, f"{A}?page=4", status=404)
    assert names == [f"Actividad {number}" for number in range(1, 33)]


def test_reports_are_listed_below_the_plan_and_ask_nothing_of_their_own(client: Client, cast: house.Cast) -> None:
    plans = planned(cast)
    accepted(cast, asked(plans).obligations.get())
    asked(plans, "2018-Q2")
    tick()
    shown = page(client, f"{A}?as_of=2018-07-25")
    told = [[words(cell) for cell in each.select("th, td")] for each in shown.select("section.card table tbody tr")]
    assert (len(shown.select("section.card > h3 .tag")), told[:2]) == (
        1,
        [["Q1 2018", "April 21, 2018", "met April 2, 2018"], ["Q2 2018", "July 21, 2018", "late"]],
    )
