"""What changed between two editions, in words with marks and as data."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.interfaces.portal.editions import FIRST, make_editions
from tests.interfaces.portal.stage import page, whole, words, zipped
from tests.interfaces.portal.test_text import large

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from bs4 import BeautifulSoup, Tag
    from django.test import Client

CHANGES = "/en/planes/DOS/2/cambios/"


@pytest.fixture(autouse=True)
def _two_editions(db: None) -> None:
    make_editions()


def changes(shown: BeautifulSoup) -> dict[str, Tag]:
    return {words(each.h3): each for each in shown.select("ol.plan > li") if each.h3}


def test_what_changed_is_counted_above_all(client: Client) -> None:
    shown = page(client, CHANGES)
    assert (words(shown.select_one(".lead")), [words(each) for each in shown.select(".acts .tag")]) == (
        "From DOS/1 to DOS/2: 8 items changed.",
        [
            "new: 1",
            "worded differently: 1",
            "moved: 1",
            "weighs more or less, because of what changed around it: 6",
            "given another deadline: 1",
            "binds others: 1",
            "given another target: 1",
            "split: 1",
            "merged: 1",
        ],
    )


def test_each_change_is_listed_with_its_kinds(client: Client) -> None:
    found = {name: [words(tag) for tag in each.select(".tag")] for name, each in changes(page(client, CHANGES)).items()}
    weighs = "weighs more or less, because of what changed around it"
    assert found == {
        "1 · Publicar los trámites en línea": [
            "worded differently",
            weighs,
            "given another deadline",
            "binds others",
        ],
        "3 · Capacitar y conectar": [weighs, "split"],
        "6 · Conectar": ["split"],
        "2 · Atender en ventanilla": ["moved", weighs],
        "5 · Llegar a los municipios": [weighs, "merged"],
        "1 · La mitad de los municipios": ["given another target"],
        "7 · Escuchar": ["new"],
        "4 · Archivar expedientes": ["merged"],
    }


def test_a_wording_is_marked_word_by_word_and_its_middle_left_out(client: Client) -> None:
    change = changes(page(client, CHANGES))["1 · Publicar los trámites en línea"]
    told = [words(each) for each in change.select(".told")]
    assert (
        [words(each) for each in change.select(".told del")],
        [words(each) for each in change.select(".told ins")],
        told[0],
        told[1].startswith("Explanation […] "),
    ) == (["papel", "revisa"], ["línea", "evalúa"], "Statement Publicar los trámites en papel línea", True)


def test_what_is_said_in_a_word_is_shown_before_and_after(client: Client) -> None:
    found = changes(page(client, CHANGES))
    pairs = {
        name: [(words(dt), words(dt.find_next("dd"))) for dt in found[name].select("dt")]
        for name in ("2 · Atender en ventanilla", "1 · La mitad de los municipios")
    }
    assert pairs == {
        "2 · Atender en ventanilla": [
            ("Stands below", "1 · Un Estado abierto 2 · Un Estado cercano"),
            ("Weight", "20% 16.7%"),
        ],
        "1 · La mitad de los municipios": [("To reach", "50%"), ("By", "June 30, 2026")],
    }


def test_what_was_split_and_merged_leads_to_the_other_edition(client: Client) -> None:
    found = changes(page(client, CHANGES))
    links = {
        name: [(words(link), link["href"]) for link in found[name].select("p > a")]
        for name in ("6 · Conectar", "3 · Capacitar y conectar", "4 · Archivar expedientes")
    }
    assert links == {
        "6 · Conectar": [("3 · Capacitar y conectar", "/en/planes/DOS/1/line/3/")],
        "3 · Capacitar y conectar": [("6 · Conectar", "/en/planes/DOS/2/line/6/")],
        "4 · Archivar expedientes": [("5 · Llegar a los municipios", "/en/planes/DOS/2/line/5/")],
    }


def test_what_is_gone_leads_to_where_it_stood(client: Client) -> None:
    gone = changes(page(client, CHANGES))["4 · Archivar expedientes"]
    assert gone.h3 is not None
    assert gone.h3.a is not None
    assert gone.h3.a["href"] == "/en/planes/DOS/1/line/4/"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?kind=added", ["7 · Escuchar"]),
        ("?kind=moved", ["2 · Atender en ventanilla"]),
        ("?kind=removed", []),
        ("?from=1&kind=retargeted", ["1 · La mitad de los municipios"]),
    ],
)
def test_changes_are_cut_down_by_kind(client: Client, query: str, names: list[str]) -> None:
    assert list(changes(page(client, CHANGES + query))) == names


def test_the_other_way_round_what_was_added_is_gone(client: Client) -> None:
    shown = page(client, "/en/planes/DOS/1/cambios/?from=2&kind=removed")
    assert "7 · Escuchar" in changes(shown)


def test_the_first_edition_changed_nothing(client: Client) -> None:
    assert "first edition" in words(page(client, "/en/planes/DOS/1/cambios/").main)


def test_equal_editions_say_so(client: Client) -> None:
    house.make_edition("IGUAL", "1", rows=FIRST)
    house.make_edition("IGUAL", "2", rows=FIRST)
    shown = page(client, "/en/planes/IGUAL/2/cambios/")
    assert (words(shown.select_one(".lead")), words(shown.select_one("ol.plan"))) == (
        "From IGUAL/1 to IGUAL/2: 0 items changed.",
        "Nothing changed.",
    )


ABSENT = ("?from=2", "?from=9", "?kind=nada", "?page=2", "?page=0", "?from=1/x")


@pytest.mark.parametrize("query", ABSENT)
def test_what_is_absent_is_not_there(client: Client, query: str) -> None:
    page(client, CHANGES + query, status=404)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_draft_is_compared_with_nothing(client: Client, ending: str) -> None:
    house.make_edition("DOS", "3", rows=FIRST, published=False)
    answers = [
        client.get(f"/planes/DOS/{there}").status_code
        for there in (f"3/cambios.{ending}", f"2/cambios.{ending}?from=3", f"1/cambios.{ending}", "2/cambios/?from=3")
    ]
    assert answers == [404] * 4


def test_a_program_reads_every_change(client: Client) -> None:
    told: dict[str, Any] = json.loads(whole(client.get("/planes/DOS/2/cambios.json")))
    by_key = {each["after"] or each["before"]: each for each in told["changes"]}
    assert (
        (told["before"], told["after"], told["counts"]["split"], len(told["changes"])),
        by_key["line:1"]["fields"]["due_on"],
        by_key["line:2"]["fields"]["parent"],
        by_key["line:7"]["fields"]["text"],
        by_key["line:6"]["origins"][0][0],
        len(by_key["line:4"]["heirs"]),
    ) == (("DOS/1", "DOS/2", 1, 10), [None, "2025-12-31"], ["axis:1", "axis:2"], [None, "Escuchar"], "split", 1)


def test_a_table_has_a_row_for_each_thing_said_differently(client: Client) -> None:
    text = whole(client.get("/planes/DOS/2/cambios.csv")).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(StringIO(text)) if row["item_after"] == "target:1"]
    assert rows == [
        {
            "kinds": "retargeted",
            "item_before": "target:1",
            "item_after": "target:1",
            "field": "target",
            "before": "",
            "after": "{'number': '50', 'unit': '%', 'due_on': '2026-06-30'}",
        }
    ]


@pytest.mark.parametrize("number", [1, 1_000])
def test_queries_do_not_grow_and_pages_stay_light(
    client: Client, query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    rows = large(number)
    house.make_edition("LARGO", "1", rows=rows)
    house.make_edition(
        "LARGO", "2", rows=[replace(row, text=f"{row.text} y más", body=row.body.upper()) for row in rows]
    )
    for there in ("cambios/", "cambios.csv", "cambios.json"):
        with query_budget(9 if there == "cambios/" else 7):  # the first one reads and compares both texts
            weight = zipped(whole(client.get(f"/planes/LARGO/2/{there}")))
        assert not there.endswith("/") or weight <= 14_000
