"""The text of an edition: whole, in its order, a page's worth at a time, and light."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.interfaces.portal.stage import page, tick, whole, words, zipped
from yupana.domain.instruments.facts import ItemRole, ItemRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test import Client

    from tests.interfaces.portal.stage import State

TEXT = "/en/planes/PLAN/1/texto/"
MOST = 14_000
SAID = ItemRow(
    "x.md:1",
    ItemRole.GUIDELINE,
    "1.a",
    "Publicar cada trámite",
    (ItemRole.LINE, "1"),
    body="Con **lenguaje llano**:\n\n- costo\n- plazo\n\n<b>sin marcas</b>",
    legal_basis="Ley 1080\nD.S. 3525",
    due_on=date(2020, 12, 31),
    audience="level:municipal",
)
PROSE = "La entidad pública registra, publica y mantiene al día cada trámite con su costo, plazo y base legal. "


MARK = re.compile(r"<\d+\.\d+>")


def large(number: int, length: int = 400) -> list[ItemRow]:
    """Many guidelines under ten lines, each with its explanation."""
    lines = [ItemRow(f"x:{n}", ItemRole.LINE, str(n), f"Línea {n}", None, binds=False) for n in range(10)]

    def body(n: int) -> str:
        return "".join(f"<{n}.{k}> {PROSE}" for k in range(1 + length // len(PROSE)))

    return lines + [
        ItemRow(f"x:{n}", ItemRole.GUIDELINE, f"G{n}", f"{n}. {PROSE}", (ItemRole.LINE, str(n % 10)), body=body(n))
        for n in range(number)
    ]


def test_a_text_is_read_from_its_first_item_to_its_last(client: Client, state: State) -> None:
    shown = page(client, TEXT)
    headings = [(each.name, words(each)) for each in shown.select(".text h2, .text h3, .text h4")]
    assert (headings, len(shown.select(".pager"))) == (
        [
            ("h2", "1 · Un Estado que cuenta"),
            ("h3", "1 · Contar lo propio"),
            ("h4", "1 · Todo contado"),
            ("h3", "2 · Contar con otros"),
            ("h2", "2 · Un Estado que responde"),
            ("h3", "3 · Responder a tiempo"),
            ("h4", "2 · El 90 % de las respuestas llega a tiempo"),
        ],
        0,
    )


def test_binding_lines_stand_with_their_figures(client: Client, state: State) -> None:
    lines = [words(each) for each in page(client, TEXT).select(".text section > p.soft")]
    assert (lines[1], lines[2]) == (
        "strategic line · Weight: 33.3% · Answered: 12 of 63 (19%)",
        "target",
    )


@pytest.mark.parametrize("there", [TEXT, "/en/planes/DICE/1/guideline/1.a/"])
def test_all_that_an_item_says_is_shown(client: Client, small: State, there: str) -> None:
    house.make_edition("DICE", rows=[*house.ITEMS, SAID])
    shown = page(client, there.replace("PLAN", "DICE"))
    body = shown.select_one(".text")
    assert body is not None
    told = words(shown.main)
    assert (
        [words(each) for each in body.select("li")],
        words(body.strong),
        body.select("b"),
        [each in told for each in ("Ley 1080 D.S. 3525", "municipal level", "Dec. 31, 2020", "<b>sin marcas</b>")],
    ) == (["costo", "plazo"], "lenguaje llano", [], [True] * 4)


def test_an_item_leads_to_its_place_in_the_text(client: Client, small: State) -> None:
    house.make_edition("LARGO", rows=large(200))
    places = {}
    for item in ("G0", "G9", "G199"):
        moved = client.get(f"/en/planes/LARGO/1/guideline/{item}/texto/?as_of=2018-07-15")
        there, _, anchor = moved.headers["Location"].partition("#")
        places[item] = bool(page(client, there).find(id=anchor))
    assert places == {"G0": True, "G9": True, "G199": True}


@pytest.mark.parametrize("rows", [large(300), large(30, 20_000), large(2, 200_000)], ids=["many", "long", "endless"])
def test_a_large_edition_is_read_in_light_pages_and_nothing_is_lost(
    client: Client, db: None, rows: list[ItemRow]
) -> None:
    house.make_edition("LARGO", rows=rows)
    tick()
    weights, told, there = [zipped(client.get("/planes/LARGO/1/").content)], "", "/en/planes/LARGO/1/texto/"
    while there:
        answered = client.get(there)
        weights.append(zipped(answered.content))
        shown = page(client, there)
        told += words(shown.select_one(".text")) + " "
        after = shown.select_one(".pager a[rel=next]")
        there = f"/en/planes/LARGO/1/texto/{after['href']}" if after else ""
    heads = [row.code for row in rows if f"{row.code} · {row.text[:40]}" not in told]
    marks = MARK.findall(" ".join(row.body for row in rows))
    assert (max(weights) <= MOST, heads, sorted(MARK.findall(told))) == (True, [], sorted(marks))


def test_a_page_says_below_what_it_begins(client: Client, db: None) -> None:
    house.make_edition("LARGO", rows=large(400))
    assert words(page(client, "/en/planes/LARGO/1/texto/?page=2").select_one(".crumb")).split(" \u203a ")[2:] == [
        "0 · Línea 0"
    ]


def test_an_outline_without_room_names_the_parts_of_the_text(client: Client, db: None) -> None:
    flat = [replace(row, parent=None) for row in large(300) if row.role is ItemRole.GUIDELINE]
    house.make_edition("LARGO", rows=flat)
    shown = page(client, "/en/planes/LARGO/1/")
    parts = [link["href"] for link in shown.select("ol.feed a")]
    assert (parts[:2], len(parts) > 5, shown.select(".tree")) == (
        ["/en/planes/LARGO/1/texto/?page=1", "/en/planes/LARGO/1/texto/?page=2"],
        True,
        [],
    )


@pytest.mark.parametrize("number", [1, 1_000])
def test_queries_do_not_grow_with_the_items(
    client: Client, db: None, query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    house.make_edition("LARGO", rows=large(number))
    budgets = {"": 12, "texto/": 6, "line/0/": 8, "guideline/G0/": 15, "guideline/G0/texto/": 3}
    for there, budget in budgets.items():
        with query_budget(budget):
            whole(client.get(f"/planes/LARGO/1/{there}"))


def test_the_front_page_shows_the_upper_floors_of_a_large_plan(client: Client, cast: house.Cast) -> None:
    house.make_edition("LARGO", rows=large(500))
    house.make_call(["LARGO/1"])
    tick()
    answered = client.get("/en/?plan=LARGO/1")
    shown = page(client, "/en/?plan=LARGO/1")
    table = shown.find("caption", string=re.compile("Incorporation"))
    assert table is not None
    assert (
        zipped(answered.content) <= MOST,
        len(table.find_parent("table").select("tbody tr")),  # type: ignore[union-attr] # a caption stands in a table
        "and 500 more in the plan" in words(shown.main),
    ) == (True, 10, True)
