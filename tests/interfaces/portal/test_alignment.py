"""How a plan meets another, on the page, in the file, and on the page of each item."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.domain.instruments.plans import AXIS, LINE, TARGET, row
from tests.interfaces.portal.stage import page, rows, whole, words, zipped
from yupana.domain.instruments.actions.aligning import align, import_alignments
from yupana.domain.instruments.facts import AlignmentKind, AlignmentRow
from yupana.domain.instruments.models import Alignment
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.interchange.alignments import read_alignments

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from django.test import Client

PLAN = (row(AXIS, "1"), row(LINE, "1", (AXIS, "1")), row(LINE, "2", (AXIS, "1")))
GOALS = (row(AXIS, "1"), row(TARGET, "1.1", (AXIS, "1")), row(TARGET, "1.2", (AXIS, "1")))
THERE, TABLE = "/en/planes/PLAN/1/articulacion/", "/en/planes/PLAN/1/articulacion.csv"
ON = date(2022, 2, 1)


@pytest.fixture(autouse=True)
def _aligned(db: None) -> None:
    house.make_edition("PLAN", "1", rows=PLAN)
    house.make_edition("META", "1", rows=GOALS)
    for other, kind in (("target:1.1", AlignmentKind.CONTRIBUTES), ("axis:1", AlignmentKind.NARROWER)):
        align(actor=OPERATOR, item="PLAN/1#line:1", other=f"META/1#{other}", kind=kind, on=ON)


def test_the_meeting_of_two_plans_is_said_in_a_sentence(client: Client) -> None:
    assert words(page(client, THERE).select_one(".lead")) == (
        "1 of 2 items of Plan PLAN, edición 1 are aligned; they reach 1 of 2 items of Plan META, edición 1."
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "",
            [
                "1 · axis 1",
                "1 · line 1 contributes to 1.1 · target 1.1 is narrower than 1 · axis 1",
                "2 · line 2 nothing",
            ],
        ),
        ("?show=gaps", ["1 · axis 1", "2 · line 2 nothing"]),
        (
            "?side=there",
            [
                "1 · axis 1",
                "1 · axis 1 is broader than 1 · line 1",
                "1.1 · target 1.1 is served by 1 · line 1",
                "1.2 · target 1.2 nothing",
            ],
        ),
        ("?with=META/1&side=there&show=gaps", ["1 · axis 1", "1.2 · target 1.2 nothing"]),
    ],
)
def test_both_sides_are_listed_with_their_gaps(client: Client, query: str, told: list[str]) -> None:
    table = page(client, THERE + query).select_one("#list")
    assert table is not None
    assert rows(table) == told


def test_every_row_leads_to_its_item(client: Client) -> None:
    links = [link["href"] for link in page(client, f"{THERE}?side=there&as_of=2018-07-15").select("#list a")]
    assert links == [
        "/en/planes/META/1/axis/1/?as_of=2018-07-15",
        "/en/planes/PLAN/1/line/1/?as_of=2018-07-15",
        "/en/planes/META/1/target/1.1/?as_of=2018-07-15",
        "/en/planes/PLAN/1/line/1/?as_of=2018-07-15",
        "/en/planes/META/1/target/1.2/?as_of=2018-07-15",
    ]


def test_an_item_says_what_it_contributes_to(client: Client) -> None:
    shown = {
        there: [words(each) for each in page(client, f"/en/planes/{there}/").select("ul.feed li")]
        for there in ("PLAN/1/line/1", "PLAN/1/line/2", "META/1/target/1.1")
    }
    assert shown == {
        "PLAN/1/line/1": ["contributes to META 1.1 · target 1.1", "is narrower than META 1 · axis 1"],
        "PLAN/1/line/2": [],
        "META/1/target/1.1": ["is served by PLAN 1 · line 1"],
    }


def test_a_plan_that_is_aligned_with_nothing_says_so(client: Client) -> None:
    house.make_edition("SOLO", "1", rows=PLAN)
    shown = page(client, "/en/planes/SOLO/1/articulacion/")
    assert ("Nothing has been stated yet" in words(shown.main), shown.select("form")) == (True, [])


def test_one_may_ask_for_a_plan_without_any_link(client: Client) -> None:
    house.make_edition("SOLO", "1", rows=GOALS)
    shown = page(client, f"{THERE}?with=SOLO/1")
    assert words(shown.select_one(".lead")).startswith("0 of 2 items")


@pytest.mark.parametrize(
    "query", ["?with=PLAN/1", "?with=NADA/1", "?with=META/2", "?with=META", "?side=x", "?show=x", "?page=2"]
)
def test_what_is_absent_is_not_there(client: Client, query: str) -> None:
    house.make_edition("META", "2", rows=GOALS, published=False)
    page(client, THERE + query, status=404)


def test_a_file_of_nothing_is_not_there(client: Client) -> None:
    house.make_edition("SOLO", "1", rows=PLAN)
    page(client, "/planes/SOLO/1/articulacion.csv", status=404)


def test_the_file_tells_pairs_and_gaps(client: Client) -> None:
    told = list(csv.reader(StringIO(whole(client.get(TABLE)).decode("utf-8-sig"))))
    assert told == [
        ["item", "kind", "other", "text", "text of the other"],
        ["PLAN/1#line:1", "contributes", "META/1#target:1.1", "line 1", "target 1.1"],
        ["PLAN/1#line:1", "narrower", "META/1#axis:1", "line 1", "axis 1"],
        ["PLAN/1#line:2", "", "", "line 2", ""],
        ["", "", "META/1#target:1.2", "", "target 1.2"],
    ]


def test_the_pairs_of_the_file_are_brought_in_again_and_change_nothing(client: Client, tmp_path: Path) -> None:
    for ours, there in (("PLAN", "META"), ("META", "PLAN")):
        file = tmp_path / f"{ours}.csv"
        file.write_bytes(whole(client.get(f"/planes/{ours}/1/articulacion.csv?with={there}/1")))
        pairs = [each for each in read_alignments(file) if each.item and each.other]
        report = import_alignments(actor=OPERATOR, rows=pairs, on=ON)
        assert (report.unchanged, report.created, Alignment.objects.count()) == (2, 0, 2)


@pytest.mark.parametrize("number", [1, 100])
def test_queries_do_not_grow_and_the_page_stays_light(
    client: Client, query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    lines = [row(LINE, str(n), text=f"Línea {n}: articular el trabajo de la entidad {n}") for n in range(number)]
    for code in ("UNO", "OTRO"):
        house.make_edition(code, "1", rows=lines)
    stated = [
        AlignmentRow("x", f"UNO/1#line:{n}", AlignmentKind.CONTRIBUTES, f"OTRO/1#line:{m % number}")
        for n in range(number)
        for m in (n, n + 1)
    ]
    import_alignments(actor=OPERATOR, rows=stated, on=ON)
    budgets = {"articulacion/": 10, "articulacion/?side=there": 10, "articulacion.csv": 8, "line/0/": 16}
    for there, budget in budgets.items():
        with query_budget(budget):
            answered = whole(client.get(f"/planes/UNO/1/{there}"))
        assert there.endswith("csv") or zipped(answered) <= 14_000
