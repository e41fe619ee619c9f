"""The plan to read, the lines, and the rows behind their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast as house
from tests.interfaces.portal.stage import LONG, State, answer, page, row, rows, tick, whole, words
from yupana.domain.commitments.actions import reclassify
from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.actions import extend, waive
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from django.test import Client

PLAN, LINE = "/en/planes/PLAN/1/", "/en/planes/PLAN/1/line/1/"
DEBTORS = "/en/planes/PLAN/1/entidades/"


def test_the_plan_is_read_as_a_tree_with_its_figures(client: Client, state: State) -> None:
    shown = page(client, PLAN)
    assert (
        [words(fact) for fact in shown.select(".facts dd")][:3],
        [words(line) for line in shown.select(".tree small")],
        [words(axis) for axis in shown.select(".tree h3")],
    ) == (
        ["Jan. 15, 2018", "Acto 1/2018", "not stated"],
        [
            "12 of 63 answer (19%) · weight 33.3%",
            "0 of 63 answer (0%) · weight 33.3%",
            "12 of 63 answer (19%) · weight 33.3%",
        ],
        ["1 · Un Estado que cuenta", "2 · Un Estado que responde"],
    )


def test_the_calls_that_put_the_plan_are_listed(client: Client, state: State) -> None:
    assert rows(page(client, PLAN)) == ["Plan PLAN, edición 1 · 2018 Feb. 1, 2018 June 30, 2018 63"]


def test_a_restricted_call_counts_and_shows_nowhere(client: Client, small: State) -> None:
    secret = house.make_call(code="RESERVADA", visibility="restricted")
    house.make_plan(small, house.obligation_of(secret, small.a), [row(name="CANARIO")])
    tick()
    everything = "".join(
        whole(client.get(there)).decode()
        for there in ("/", PLAN, LINE, DEBTORS, f"{LINE}lista.csv", "/entidades/cast/4/", "/buscar/?q=canario")
    )
    shown = words(page(client, LINE).select_one(".lead"))
    assert ("RESERVADA" in everything, "CANARIO" in everything, shown.startswith("0 of 3 ")) == (False, False, True)


@pytest.mark.parametrize("state_of_plan", ["draft", "submitted"])
def test_what_was_not_accepted_shows_nowhere(client: Client, small: State, state_of_plan: str) -> None:
    make = house.make_draft if state_of_plan == "draft" else house.hand_in
    make(small.inti, small.owed["A-1"], [row(name="CANARIO")])
    tick()
    everything = "".join(
        whole(client.get(there)).decode()
        for there in ("/", PLAN, LINE, DEBTORS, f"{LINE}lista.csv", "/entidades/cast/4/")
    )
    assert "CANARIO" not in everything


def test_a_line_says_who_answers_and_with_what(client: Client, state: State) -> None:
    shown = page(client, f"{LINE}?answer=yes")
    assert (words(shown.select_one(".lead")), rows(shown)[0]) == (
        "12 of 63 answers owed to this line are given in an accepted plan (19%); 51 are not .",
        f"Municipio de la Provincia 000 Municipal {LONG.format(1)} {LONG.format(2)} {LONG.format(3)}",
    )


def test_a_line_shows_what_it_aims_at(client: Client, state: State) -> None:
    assert words(page(client, "/en/planes/PLAN/1/line/3/").select_one(".tree li")) == (
        "target 2 El 90 % de las respuestas llega a tiempo"
    )


def test_a_line_is_cut_down_by_filters(client: Client, state: State) -> None:
    counts = {
        "": 63,
        "answer=yes": 12,
        "answer=no": 51,
        "level=municipal": 62,
        "level=departmental&answer=yes": 0,
        "level=municipal&answer=no": 50,
        "as_of=2018-06-29": 0,
    }
    found = {chosen: int(words(page(client, f"{LINE}?{chosen}").caption).split(" ")[0]) for chosen in counts}
    assert found == counts


def test_the_pages_of_a_list_hold_every_row_once(client: Client, state: State) -> None:
    found = [line for number in (1, 2) for line in rows(page(client, f"{LINE}?page={number}"))]
    assert (len(found), len(set(found))) == (63, 63)


def test_the_pages_keep_the_filters(client: Client, state: State) -> None:
    link = page(client, f"{LINE}?answer=no&as_of=2018-07-15").select_one(".pager a")
    assert link is not None
    assert link["href"] == "?answer=no&as_of=2018-07-15&page=2"


def test_more_activities_than_a_reader_takes_in_are_counted(client: Client, small: State) -> None:
    answer(small, "A-1", [row(number, name=f"Actividad {number}") for number in range(1, 6)])
    tick()
    assert rows(page(client, f"{LINE}?answer=yes")) == [
        "Municipio de Ábaco Municipal Actividad 1 Actividad 2 Actividad 3 and 2 more"
    ]


def test_who_has_a_plan_without_an_answer_is_told_from_who_has_none(client: Client, small: State) -> None:
    answer(small, "A-1", [row(item="line:2")])
    tick()
    assert rows(page(client, f"{LINE}?level=municipal")) == [
        "Municipio de Ábaco Municipal its plan does not answer this line",
        "Municipio de Ñandú Municipal no accepted plan",
    ]


def test_what_the_reviewer_moved_counts_where_it_was_put(client: Client, small: State) -> None:
    answer(small, "A-1", [row(name="Movida")])
    activity = Activity.objects.get()
    item = small.call.scopes.get().items.get(role="line", code="2")
    reclassify(actor=small.amaru, activity=activity, item=item, reason="es de la línea 2", on=house.ACCEPTED_ON)
    tick()
    assert (rows(page(client, f"{LINE}?answer=yes")), rows(page(client, "/en/planes/PLAN/1/line/2/?answer=yes"))) == (
        ["Nobody matches this filter."],
        ["Municipio de Ábaco Municipal Movida reclassified"],
    )


def test_a_list_that_is_newer_than_the_figures_says_so(client: Client, small: State) -> None:
    answer(small, "A-1")
    notes = "This list already holds entries that are not sealed"
    before = words(page(client, LINE))
    tick()
    assert (notes in before, notes in words(page(client, LINE))) == (True, False)


def test_what_binds_nobody_has_a_page_of_its_own(client: Client, state: State) -> None:
    shown = page(client, "/en/planes/PLAN/1/axis/2/?as_of=2018-07-15")
    assert (
        words(shown.h1),
        [words(each) for each in shown.select("h2")],
        [link["href"] for link in shown.select(".tree a:not(.figure)")],
        shown.select("form, .lead"),
    ) == (
        "2 · Un Estado que responde",
        ["What it holds"],
        ["/en/planes/PLAN/1/line/3/?as_of=2018-07-15", "/en/planes/PLAN/1/target/2/?as_of=2018-07-15"],
        [],
    )


@pytest.mark.parametrize("there", ["/en/planes/PLAN/", "/en/planes/PLAN/?as_of=2018-07-15"])
def test_an_instrument_leads_to_the_edition_in_force(client: Client, small: State, there: str) -> None:
    house.make_edition("PLAN", "2")
    house.make_edition("PLAN", "3", published=False)
    answered = client.get(there)
    assert (answered.status_code, answered.headers["Location"]) == (302, there.replace("PLAN/", "PLAN/2/"))


def test_an_edition_that_was_superseded_leads_to_its_successor(client: Client, small: State) -> None:
    house.make_edition("PLAN", "2")
    notes = [page(client, there).select_one(".todo") for there in (PLAN, LINE, "/en/planes/PLAN/2/")]
    assert [words(note) if note else "" for note in notes] == [
        "A later edition has taken its place. The edition in force",
        "A later edition has taken its place. This item in the edition in force",
        "",
    ]


def test_an_item_that_left_leads_to_the_edition_in_force(client: Client, small: State) -> None:
    house.make_edition("PLAN", "2", rows=house.ITEMS)
    links = {item: page(client, f"/en/planes/PLAN/1/line/{item}/").select(".todo a")[0]["href"] for item in ("1", "3")}
    assert links == {"1": "/en/planes/PLAN/2/line/1/", "3": "/en/planes/PLAN/"}


def test_the_editions_of_an_instrument_are_listed(client: Client, small: State) -> None:
    house.make_edition("PLAN", "2")
    assert [words(each) for each in page(client, PLAN).select("ul.feed li")] == [
        "Plan PLAN, edición 2 PLAN/2 · Jan. 15, 2018",
        "Plan PLAN, edición 1 PLAN/1 · Jan. 15, 2018",
    ]


def test_who_owes_is_cut_down_by_standing(client: Client, state: State) -> None:
    answer(state, "T-20", on=house.DUE_ON.replace(month=7))
    tick()
    counts = {
        "": 63,
        "standing=accepted": 13,
        "standing=silent": 50,
        "standing=on_time": 12,
        "standing=late": 1,
        "standing=uncertain": 0,
        "standing=silent&level=departmental": 1,
        "as_of=2018-06-29": 0,
    }
    found = {chosen: int(words(page(client, f"{DEBTORS}?{chosen}").caption).split(" ")[0]) for chosen in counts}
    assert found == counts


def test_a_list_tells_its_calls_apart_and_is_cut_down_to_one(client: Client, small: State) -> None:
    house.make_call(code="OTRA")
    tick()
    chosen = page(client, f"{DEBTORS}?call=OTRA")
    assert (words(page(client, DEBTORS).caption), words(chosen.caption), rows(chosen)[0]) == (
        "5 rows",
        "2 rows",
        "Municipio de Ábaco Plan PLAN, edición 1 · 2018 Municipal June 30, 2018 late",
    )


def test_a_waived_obligation_leaves_the_base_and_is_listed(client: Client, small: State) -> None:
    waive(actor=OPERATOR, obligation=small.owed["A-1"], reason="no corresponde", act="Acto 2/2018", on=house.OPENS_ON)
    tick()
    assert (
        [words(link) for link in page(client, "/en/").select(".lead a:not(.figure)")],
        rows(page(client, f"{DEBTORS}?standing=waived")),
        words(page(client, DEBTORS).caption),
        words(page(client, LINE).caption),
    ) == (["0 of 2", "2 have not"], ["Municipio de Ábaco Municipal June 30, 2018 waived"], "2 rows", "2 rows")


def test_whose_plan_came_in_time_and_is_under_review_is_not_called_late(client: Client, small: State) -> None:
    house.hand_in(small.inti, small.owed["A-1"])
    tick()
    shown = page(client, "/en/")
    assert (rows(page(client, DEBTORS))[1], [words(each) for each in shown.select(".score")][1]) == (
        "Municipio de Ábaco Municipal June 30, 2018 handed in on May 10, 2018, under review",
        "Timeliness 0% 0 of 2 obligations met on time; 1 more came in time and is under review",
    )


def test_an_extended_obligation_is_due_later(client: Client, small: State) -> None:
    later = house.DUE_ON.replace(month=9)
    extend(actor=OPERATOR, obligation=small.owed["A-1"], due_on=later, reason="x", act="Acto 3", on=house.OPENS_ON)
    tick()
    captions = [words(page(client, f"{DEBTORS}?as_of=2018-{month}-30").caption) for month in ("08", "09")]
    sentences = [words(page(client, f"/en/?as_of=2018-{month}-30").select_one(".lead a")) for month in ("08", "09")]
    assert (captions, sentences) == (["2 rows", "3 rows"], ["0 of 2", "0 of 3"])


ABSENT = [
    "/planes/NADA/1/",
    "/planes/PLAN/2/",
    "/planes/PLAN/1/line/99/",
    "/planes/PLAN/1/nada/1/",
    "/planes/PLAN/1/line/1/?level=imperial",
    "/planes/PLAN/1/line/1/?answer=maybe",
    "/planes/PLAN/1/line/1/?page=9",
    "/planes/PLAN/1/line/1/?page=0",
    "/planes/PLAN/1/line/1/?page=x",
    "/planes/PLAN/1/entidades/?standing=nada",
    "/planes/PLAN/1/entidades/?page=2",
    "/planes/PLAN/2/entidades/",
    "/planes/PLAN/2/line/1/",
    "/planes/PLAN/1/line/99/lista.csv",
    "/planes/NADA/",
    "/planes/PLAN/2/texto/",
    "/planes/PLAN/1/texto/?page=2",
    "/planes/PLAN/1/texto/?page=0",
    "/planes/PLAN/1/line/99/texto/",
    "/planes/PLAN/2/line/1/texto/",
]


def test_what_is_absent_is_not_there(client: Client, small: State) -> None:
    house.make_edition("PLAN", "2", published=False)
    for there in ABSENT:
        page(client, there, status=404)


def test_who_is_silent_without_a_deadline_has_no_plan_and_is_not_late(client: Client, cast: house.Cast) -> None:
    house.make_edition()
    house.make_call(due_on=None, historical=True)
    tick()
    assert rows(page(client, f"{DEBTORS}?level=municipal")) == [
        "Municipio de Ábaco Municipal not known no accepted plan",
        "Municipio de Ñandú Municipal not known no accepted plan",
    ]
