"""The grid of a draft: what it shows, what its form and its script keep, and two people at once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import make_call, make_draft, make_edition, make_plan, obligation_of
from tests.interfaces.desk.desk import Desk, row, soup, text, value
from yupana.domain.commitments.facts import Money, Value
from yupana.domain.commitments.models import Activity
from yupana.domain.instruments.facts import ItemRole, ItemRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

MOST_SCRIPT, MOST_PAGE = 8_000, 14_000  # bytes, compressed


def where(desk: Desk, view: str = "") -> str:
    return f"plan/{desk.owed.pk}/{view}"


def fields(page: Response) -> dict[str, str]:
    """What the form of the grid would send as it was shown."""
    form = soup(page).select_one("form#grid")
    assert form
    return {
        name: value(page, name)
        for name in dict.fromkeys(str(each["name"]) for each in form.select("tbody [name], [name=base]"))
    }


def send(desk: Desk, page: Response, view: str = "", /, **changed: str) -> Response:
    """Send the form of a page with some cells written anew; ``c1_name`` is the cell "1.name"."""
    told = {key[1:].replace("_", ".", 1): text for key, text in changed.items()}
    return desk.client("inti").post(f"/en/desk/{where(desk, view)}", {**fields(page), **told})


def cells(desk: Desk, *edits: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON as it comes
    response = desk.post("inti", f"{where(desk)}celdas/", edits=json.dumps(edits))
    assert response.status_code == 200, response.content
    return response.json()


def change(number: int, /, **pairs: Sequence[str]) -> dict[str, Any]:
    return {"act": "change", "row": number, "cells": pairs}


def kept(*names: str) -> list[tuple[object, ...]]:
    return list(Activity.objects.order_by("row").values_list("row", *names))


def heads(page: Response) -> list[str]:
    return [each.get_text() for each in soup(page).select(".grid thead th")][1:]


# --- what it shows -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("", ["Line it answers", "Activity", "Responsible unit", "Indicator", "Target", "Budget in Bs"]),
        ("pei", ["Line it answers", "Activity", "Responsible unit", "Indicator", "Baseline", "Target"]),
        ("poa", ["Comes from", "Activity", "Responsible unit", "Target", "Start", "End"]),
    ],
)
def test_six_columns_at_first_sight_by_the_kind_of_plan(desk: Desk, kind: str, first: list[str]) -> None:
    desk.owed = obligation_of(make_call(period="2020", plan_type=kind), desk.cast.a)
    desk.draft(row(1))
    assert heads(desk.get("inti", where(desk))) == first


def test_the_rest_on_demand(desk: Desk) -> None:
    desk.draft(row(1, programmed=(Value("2018-Q2", 25_000),)))
    every, periods = (desk.get("inti", where(desk, f"?cols={view}")) for view in ("all", "periods"))
    assert (len(heads(every)), heads(periods)[3:]) == (19, ["2018", "Q1 2018", "Q2 2018", "Q3 2018", "Q4 2018"])
    assert (value(every, "1.medium"), value(periods, "1.value:2018-Q2")) == ("project", "2,5")


def test_short_names_say_what_they_mean_and_dates_how_they_are_understood(desk: Desk) -> None:
    desk.draft(row(1, starts="03/2027", ends="07/12/2027"))
    page = desk.get("inti", where(desk, "?cols=all"))
    told = [each.get_text() for each in soup(page).select("#row-1 .read")]
    assert told == ["Contar lo propio", "understood as March 2027", "could be two days: write the month as a word"]


def test_two_editions_with_one_code_go_by_longer_names(desk: Desk) -> None:
    make_edition("OTRO", rows=[ItemRow("x:1", ItemRole.LINE, "1", "Otra línea", None)])
    desk.owed = obligation_of(make_call(["PLAN/1", "OTRO/1"], period="2020"), desk.cast.a)
    desk.draft(row(1, item="OTRO/1#line:1"))
    page = desk.get("inti", where(desk))
    offered = [str(each["value"]) for each in soup(page).select("#names-item option")]
    assert (sorted(offered), value(page, "1.item")) == (["2", "OTRO/1#line:1", "PLAN/1#line:1"], "OTRO/1#line:1")


def test_a_budget_that_is_a_sum_is_not_typed(desk: Desk) -> None:
    desk.draft(row(1, money=(Money(2018, 500_00),)))
    field = soup(desk.get("inti", where(desk))).select_one('[name="1.budget"]')
    assert field
    assert (field["value"], field.has_attr("readonly")) == ("500,00", True)


@pytest.mark.parametrize("before", ["500,00", "1.000,00"])
def test_a_budget_typed_over_a_sum_is_told_and_not_said_to_be_saved(desk: Desk, before: str) -> None:
    desk.draft(row(1, money=(Money(2018, 500_00),)))
    answer = cells(desk, change(1, budget=[before, "50"], target=["100", "9"]))
    told = [*answer["faults"].values()] + [each["now"] for each in answer["clashes"]]
    expected = {"500,00": "Row 1: the budget is the sum of the amounts by year. Change those.", "1.000,00": "500,00"}
    assert (told, answer["cells"], kept("budget_cents")) == ([expected[before]], {"1.target": "9"}, [(1, 500_00)])


def test_a_budget_typed_over_a_sum_leaves_the_sum_in_the_form(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", where(desk))
    Activity.objects.get().lines.create(year=2018, programmed_cents=500_00, order=1)
    Activity.objects.update(budget_cents=500_00)
    late = send(desk, page, c1_budget="50")
    again = send(desk, late)
    assert (late.status_code, value(late, "1.budget"), again.status_code) == (409, "500,00", 302)


def test_an_activity_of_the_strategic_plan_is_named_by_its_row(desk: Desk) -> None:
    pei = make_call(period="2017-2020", code="PEI", plan_type="pei")
    make_plan(desk.cast, obligation_of(pei, desk.cast.a), [row(7, name="Ordenar la casa")])
    desk.owed = obligation_of(make_call(period="2020", plan_type="poa"), desk.cast.a)
    desk.draft(row(1, item=""))
    answer = cells(desk, change(1, derives=["", "7"]))
    assert (kept("derives")[0], answer["cells"], answer["says"]) == (
        (1, f"PEI@{desk.cast.a.ref}#7"),
        {"1.derives": "7"},
        {"1.derives": ["Ordenar la casa", False]},
    )


@pytest.mark.parametrize("rows", [1, 8])
def test_its_queries_do_not_grow_with_its_rows(desk: Desk, query_budget: Any, rows: int) -> None:  # noqa: ANN401 - a fixture of conftest
    desk.draft(*(row(number, item=f"line:{1 + number % 2}") for number in range(1, rows + 1)))
    client, path = desk.client("inti"), f"/en/desk/{where(desk)}"
    with query_budget(17):
        client.get(path)
    edits = [change(number, target=["100", "9"]) for number in range(1, rows + 1)]
    with query_budget(40):
        client.post(f"{path}celdas/", {"edits": json.dumps(edits)})
    assert {target for _row, target in kept("target")} == {"9"}


def test_thirty_rows_weigh_little(desk: Desk) -> None:
    desk.draft(
        *(row(number, name=f"Digitalizar el trámite número {number * 7919} del municipio") for number in range(1, 31))
    )
    script = Path(__file__).parents[3] / "yupana" / "static" / "grid.js"
    page = desk.get("inti", where(desk)).content
    assert (len(gzip.compress(script.read_bytes())) <= MOST_SCRIPT, len(gzip.compress(page)) <= MOST_PAGE) == (
        True,
        True,
    )


# --- without a script ----------------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_and_empty_rows_are_none(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", where(desk))
    response = send(desk, page, c1_target="200", c2_name="Sumar", c2_item="2", c2_budget="1234")
    assert (response["Location"], kept("name", "target", "item__code", "budget_cents")) == (
        f"/en/desk/{where(desk)}",
        [(1, "Contar los granos", "200", "1", 100_000), (2, "Sumar", "", "2", 123_400)],
    )


def test_sending_the_same_twice_adds_nothing(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", where(desk))
    for _each in range(2):
        send(desk, page, c1_target="200", c2_name="Sumar")
    assert kept("name") == [(1, "Contar los granos"), (2, "Sumar")]


def test_what_the_view_does_not_show_stays(desk: Desk) -> None:
    desk.draft(row(1, name="uno\r\ndos", notes="n", money=(Money(2018, 5),), programmed=(Value("2018", 10_000),)))
    page = desk.get("inti", where(desk))
    send(desk, page)
    assert kept("name", "notes") == [(1, "uno\r\ndos", "n")]
    send(desk, page, c1_target="3")
    held = Activity.objects.get()
    assert (held.notes, held.lines.count(), held.programmed.count(), held.target) == ("n", 1, 1, "3")


def test_what_cannot_be_read_is_shown_in_its_place_and_the_rest_is_kept(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", where(desk))
    response = send(desk, page, c1_budget="mucho", c1_target="7", c2_name="Sumar", c2_item="99")
    shown = [value(response, name) for name in ("1.budget", "1.target", "2.name", "2.item")]
    told = [each.get_text() for each in soup(response).select("#grid .error")]
    assert (response.status_code, shown, kept("name", "target")) == (
        422,
        ["mucho", "7", "Sumar", "99"],
        [(1, "Contar los granos", "7"), (2, "Sumar", "")],
    )
    assert told == [
        "Row 1: “mucho” cannot be read as what belongs in “Budget in Bs”.",
        "“99” is not one of the items that this plan has to answer.",
    ]


def test_the_same_cell_by_two_shows_both_and_then_who_saw_both_decides(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", where(desk))
    send(desk, page, c1_name="theirs", c1_target="9")
    late = send(desk, page, c1_name="mine", c1_indicator="Cuentas")
    assert (late.status_code, value(late, "1.name"), "stored now theirs" in text(late)) == (409, "mine", True)
    assert kept("name", "target", "indicator") == [(1, "theirs", "9", "Cuentas")]
    assert (send(desk, late).status_code, kept("name", "target")) == (302, [(1, "mine", "9")])


def test_a_row_that_somebody_took_out_is_shown_again_and_can_be_saved_anew(desk: Desk) -> None:
    desk.draft(row(1), row(2, name="dos"))
    page = desk.get("inti", where(desk))
    cells(desk, {"act": "remove", "row": 2, "cells": {"name": ["dos", ""]}})
    late = send(desk, page, c2_target="5")
    assert (late.status_code, value(late, "2.name"), value(late, "2.target"), len(kept())) == (409, "dos", "5", 1)
    assert (send(desk, late).status_code, kept("name", "target")[1:]) == (302, [(2, "dos", "5")])


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoxfQ:1:x"])
def test_a_page_that_we_did_not_give_overwrites_nothing(desk: Desk, forged: str) -> None:
    desk.draft()
    response = desk.client("inti").post(f"/en/desk/{where(desk)}", {"base": forged, "1.name": "mine"})
    assert (response.status_code, value(response, "1.name"), kept("name")) == (409, "mine", [(1, "Contar los granos")])


def test_the_base_of_another_draft_is_not_taken(desk: Desk) -> None:
    desk.draft()
    other = {**fields(desk.get("inti", where(desk))), "1.name": "mine"}
    make_draft(desk.cast.killa, desk.others)
    response = desk.client("killa").post(f"/en/desk/plan/{desk.others.pk}/", other)
    assert (response.status_code, kept("name")) == (409, [(1, "Contar los granos")] * 2)


# --- the script ----------------------------------------------------------------------------------------------------
def test_each_cell_is_answered_as_it_is_kept(desk: Desk) -> None:
    desk.draft()
    answer = cells(desk, change(1, budget=["1.000,00", "1234"], item=["1", "line:2"], starts=["2018", "03/2019"]))
    assert (answer["cells"], answer["says"], kept("budget_cents", "item__code", "starts")) == (
        {"1.budget": "1.234,00", "1.item": "2", "1.starts": "03/2019"},
        {"1.item": ["Contar con otros", False], "1.starts": ["understood as March 2019", False]},
        [(1, 123_400, "2", "03/2019")],
    )


def test_one_cell_that_cannot_be_read_does_not_hold_up_the_others(desk: Desk) -> None:
    desk.draft()
    new = {"act": "add", "row": 2, "cells": {"name": ["", "Sumar"], "budget": ["", "mil"]}}
    answer = cells(desk, new, change(1, target=["100", "5"], responsible=["Unidad de Sistemas", "x" * 301]))
    assert (sorted(answer["faults"]), kept("name", "target")) == (
        ["1.responsible", "2.budget"],
        [(1, "Contar los granos", "5"), (2, "Sumar", "")],
    )


def test_two_people_in_different_cells_stop_nobody(desk: Desk) -> None:
    desk.draft()
    answers = [cells(desk, change(1, name=["Contar los granos", "A"])), cells(desk, change(1, target=["100", "B"]))]
    assert ([each["clashes"] for each in answers], kept("name", "target")) == ([[], []], [(1, "A", "B")])


def test_the_same_cell_is_given_back_with_what_stands(desk: Desk) -> None:
    desk.draft()
    cells(desk, change(1, item=["1", "2"]))
    answer = cells(desk, change(1, item=["1", ""], name=["Contar los granos", "A"]))
    assert (answer["clashes"], answer["cells"], kept("name", "item__code")) == (
        [{"cell": "1.item", "now": "2"}],
        {"1.name": "A"},
        [(1, "A", "2")],
    )


def test_one_takes_a_row_out_that_the_other_edits(desk: Desk) -> None:
    desk.draft(row(1), row(2))
    out = {"act": "remove", "row": 2, "cells": {"target": ["100", ""]}}
    cells(desk, change(2, target=["100", "9"]))
    stopped = cells(desk, out)
    gone = [cells(desk, {**out, "cells": {"target": ["9", ""]}}), cells(desk, change(2, target=["9", "10"]))]
    assert (stopped["clashes"], stopped["removed"]) == ([{"cell": "2.target", "now": "9"}], [])
    assert (gone[0]["removed"], gone[1]["clashes"], kept()) == ([2], [{"cell": "2.target", "now": None}], [(1,)])


def test_an_answer_that_was_lost_may_be_asked_for_again(desk: Desk) -> None:
    desk.draft()
    edits = [change(1, budget=["1.000,00", " 1234 "]), {"act": "add", "row": 2, "cells": {"name": ["", "Sumar "]}}]
    answers = [cells(desk, *edits) for _each in range(2)]
    assert ([each["clashes"] for each in answers], kept("name", "budget_cents")) == (
        [[], []],
        [(1, "Contar los granos", 123_400), (2, "Sumar", None)],
    )


def test_a_number_that_somebody_else_took_is_changed(desk: Desk) -> None:
    desk.draft()
    cells(desk, {"act": "add", "row": 2, "cells": {"name": ["", "Suya"]}})
    answer = cells(desk, {"act": "add", "row": 2, "cells": {"name": ["", "Mía"]}})
    assert (answer["numbers"], kept("name")[1:]) == ({"2": 3}, [(2, "Suya"), (3, "Mía")])


def test_a_thousand_rows_come_in_one_paste(desk: Desk) -> None:
    desk.draft()
    edits = [{"act": "add", "row": n, "cells": {"name": ["", f"Fila {n}"], "item": ["", "2"]}} for n in range(2, 1002)]
    assert (len(cells(desk, *edits)["cells"]), Activity.objects.count()) == (2000, 1001)


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", '"><script>alert(1)</script>'])
def test_a_formula_that_is_pasted_is_a_text(desk: Desk, formula: str) -> None:
    desk.draft()
    cells(desk, change(1, name=["Contar los granos", formula]))
    page = desk.get("inti", where(desk))
    assert (kept("name"), value(page, "1.name"), b"<script>alert" in page.content) == ([(1, formula)], formula, False)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 10_001])
def test_what_no_column_can_keep_is_told_with_its_cell(desk: Desk, text: str) -> None:
    desk.draft()
    answer = cells(desk, change(1, name=["Contar los granos", text], target=["100", "9"]))
    assert (list(answer["faults"]), kept("name", "target")) == (["1.name"], [(1, "Contar los granos", "9")])


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{}",
        "[1]",
        '[{"act": "burn", "row": 1, "cells": {}}]',
        '[{"act": "add", "row": 0, "cells": {}}]',
        '[{"act": "add", "row": 3000000000, "cells": {"name": ["", "x"]}}]',
        '[{"act": "change", "row": true, "cells": {}}]',
        '[{"act": "change", "row": 1, "cells": {"name": ["x"]}}]',
        '[{"act": "change", "row": 1, "cells": {"name": ["x", 1]}}]',
        '[{"act": "change", "row": 1, "cells": []}]',
        json.dumps([{"act": "change", "row": 1, "cells": {}}] * 2001),
        "[" * 100_000,
    ],
)
def test_what_is_no_edit_is_refused_whole(desk: Desk, sent: str) -> None:
    desk.draft()
    response = desk.post("inti", f"{where(desk)}celdas/", edits=sent)
    assert (response.status_code, "sentence" in response.json(), kept("name")) == (
        422,
        True,
        [(1, "Contar los granos")],
    )


def test_a_column_that_no_plan_has_is_told(desk: Desk) -> None:
    desk.draft()
    answer = cells(desk, {"act": "change", "row": 1, "cells": {"source": ["", "x"]}})
    assert answer["faults"] == {"1.source": "Row 1: a plan has no column “source”."}


def test_after_it_was_handed_in_nothing_is_written(desk: Desk) -> None:
    desk.handed_in()
    response = desk.post(
        "inti", f"{where(desk)}celdas/", edits=json.dumps([change(1, name=["Contar los granos", "x"])])
    )
    assert (response.status_code, kept("name")) == (404, [(1, "Contar los granos")])


def test_a_number_far_beyond_the_last_row_is_refused_and_nothing_is_dropped_in_silence(desk: Desk) -> None:
    desk.draft()
    far = json.dumps([{"act": "add", "row": 1_000_000, "cells": {"name": ["", "Lejos"]}}])
    script = desk.post("inti", f"{where(desk)}celdas/", edits=far)
    form = send(desk, desk.get("inti", where(desk)), "", c1000000_name="Lejos")
    sentence = "There is no row 1000000, nor near it: new rows are numbered from 2 on."
    assert (script.status_code, script.json(), form.status_code) == (422, {"sentence": sentence}, 422)
    assert (sentence in text(form), kept()) == (True, [(1,)])
