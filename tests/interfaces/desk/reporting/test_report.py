"""The report of a period, from its first click to its receipt, as its entity meets it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, QUARTERS, SAID, accepted, asked, planned
from tests.domain.progress.targets import barns, called, rate, said
from tests.interfaces.desk.desk import Desk, errors, soup, text, value
from yupana.domain.progress.actions import save_rows, start_report
from yupana.domain.progress.actions.proving import add_link
from yupana.domain.progress.facts import ReportRow, Terms
from yupana.domain.progress.labels.reports import MESSAGES
from yupana.domain.progress.models import Measured, Progress
from yupana.domain.progress.queries import INDICATORS
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

MOST_PAGE = 14_000  # bytes, compressed
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """A desk with one plan accepted and its first quarter asked for."""
    plan = planned(cast)
    call = asked(plan)
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(plan, cast.b))


def where(desk: Desk, more: str = "") -> str:
    return f"avance/{desk.owed.pk}/{more}"


def begin(desk: Desk) -> Submission:
    return start_report(actor=desk.cast.inti, obligation=desk.owed, on=desk.owed.call.opens_on)


def cells(desk: Desk, **edits: list[str]) -> Any:  # noqa: ANN401 - JSON as it comes
    """Send what the script would: ``r1_value=[before, after]``."""
    told: dict[int, dict[str, list[str]]] = {}
    for key, pair in edits.items():
        row, _, name = key[1:].partition("_")
        told.setdefault(int(row), {})[name] = pair
    sent = [{"act": "change", "row": row, "cells": cells} for row, cells in told.items()]
    response = desk.post("inti", where(desk, "celdas/"), edits=json.dumps(sent))
    assert response.status_code == 200, response.content
    return response.json()


def fields(page: Response) -> dict[str, str]:
    form = soup(page).select_one("form#grid")
    assert form
    return {str(each["name"]): value(page, str(each["name"])) for each in form.select(".rows [name], [name=base]")}


def told(desk: Desk) -> dict[int, tuple[Any, ...]]:
    return {each.row: (each.value, each.numerator, each.gap, each.cause) for each in Progress.objects.all()}


def test_from_the_first_click_to_the_receipt(desk: Desk) -> None:
    first = desk.get("inti", where(desk))
    assert "Start the report" in text(first)
    desk.post("inti", where(desk, "empezar/"))
    page = desk.get("inti", where(desk))
    assert "0 of 3 rows said" in text(page)
    assert "Next: row 1" in text(page)
    sent = fields(page) | {"1.value": "20", "2.gap": "data", "3.value": "0", "1.done": "Se contó"}
    desk.client("inti").post(f"/en/desk/{where(desk)}", sent)
    assert told(desk) == {1: (20 * SCALE, None, "", ""), 2: (None, None, "data", ""), 3: (0, None, "", "")}
    page = desk.get("inti", where(desk))
    assert "80 % of what was due by now" in text(page)
    refused = desk.post("inti", where(desk, "enviar/"), sure="on")
    assert errors(refused) == ["Row 1 is off plan: say the cause and what happened."]
    desk.client("inti").post(
        f"/en/desk/{where(desk)}", fields(page) | {"1.cause": "staff", "1.variation": "Faltó gente"}
    )
    done = desk.post("inti", where(desk, "enviar/"), sure="on")
    version = Submission.objects.get(obligation=desk.owed)
    assert (done.status_code, version.state, version.entry is not None) == (
        302, "submitted", True,
    )  # fmt: skip
    receipt = desk.get("inti", done["Location"].removeprefix("/en/desk/"))
    assert "Receipt" in text(receipt)
    assert "under review and" not in text(receipt)
    assert "Version 1 is handed in and under review" in text(desk.get("inti", where(desk)))


def test_the_script_saves_cell_by_cell_and_shows_what_follows(desk: Desk) -> None:
    begin(desk)
    told_so = cells(desk, r1_value=["", "20"], r3_value=["", "0"], r2_value=["", "mucho"], r2_accrued=["", "1234,5"])
    assert (told_so["cells"], list(told_so["faults"]), told_so["clashes"]) == (
        {"1.value": "20", "3.value": "0", "2.accrued": "1.234,50"}, ["2.value"], [],
    )  # fmt: skip
    assert (told_so["open"], sorted(told_so["shut"])) == (["off-1"], ["off-2", "off-3"])
    assert "80\u202f% of what was due by now" in told_so["shown"]["how-1"]
    assert "1 of 3 rows said" in told_so["shown"]["lead"]
    other = cells(desk, r1_value=["", "30"], r1_done=["", "Se contó"])
    assert (other["clashes"], other["cells"]) == ([{"cell": "1.value", "now": "20"}], {"1.done": "Se contó"})
    assert cells(desk, r1_value=["20", "30"])["cells"] == {"1.value": "30"}


def test_what_no_script_sent_is_no_fault(desk: Desk) -> None:
    begin(desk)
    wrong = ["x", "[]x", '[{"act": "change", "row": 1, "cells": {"value": ["", 5]}}]', '{"a": 1}']
    assert [desk.post("inti", where(desk, "celdas/"), edits=each).status_code for each in wrong] == [422] * 4
    far = json.dumps([{"act": "change", "row": 77, "cells": {"value": ["", "5"]}}])
    assert desk.post("inti", where(desk, "celdas/"), edits=far).status_code == 422


def test_two_forms_at_once_lose_nothing_without_a_script(desk: Desk) -> None:
    begin(desk)
    page = desk.get("inti", where(desk))
    first, second = fields(page) | {"1.value": "20", "3.value": "1"}, fields(page) | {"1.value": "30", "2.value": "x"}
    address = f"/en/desk/{where(desk)}"
    assert desk.client("inti").post(address, first).status_code == 302
    clash = desk.client("inti").post(address, second)
    assert (clash.status_code, value(clash, "1.value"), value(clash, "2.value"), value(clash, "3.value")) == (
        409, "30", "x", "1",
    )  # fmt: skip
    assert [each.get_text(" ", strip=True) for each in soup(clash).select("#row-1 .msg")] == ["stored now 20"]
    forged = desk.client("inti").post(address, second | {"base": "x"})
    assert (forged.status_code, value(forged, "1.value"), told(desk)[1][0]) == (409, "30", 20 * SCALE)


def test_no_change_fills_what_is_silent_and_overwrites_nothing(desk: Desk) -> None:
    accepted(desk.cast, desk.owed)
    second = asked(desk.call.follows, QUARTERS[1])  # type: ignore[arg-type] # it follows one
    desk.owed = obligation_of(second, desk.cast.a)
    draft = start_report(actor=desk.cast.inti, obligation=desk.owed, on=second.opens_on)
    save_rows(actor=desk.cast.inti, submission=draft, rows=[ReportRow(3, value=SCALE, done="Se abrió")])
    page = desk.client("inti").post(f"/en/desk/{where(desk, 'sin-cambios/')}", follow=True)
    assert "“No change” stands now in rows 1, 2." in str(page.content.decode())
    assert {each.row: each.value for each in Progress.objects.filter(submission=draft)} == {
        1: 0, 2: 35 * SCALE, 3: SCALE,
    }  # fmt: skip
    assert "20 granos (Q1 2018)" in text(page)
    again = desk.client("inti").post(f"/en/desk/{where(desk, 'sin-cambios/')}", follow=True)
    assert "No row was filled" in str(again.content.decode())


def test_no_change_says_which_rows_have_no_earlier_value(desk: Desk) -> None:
    begin(desk)
    page = desk.client("inti").post(f"/en/desk/{where(desk, 'sin-cambios/')}", follow=True).content.decode()
    assert ("stands now in row 1." in page, "Rows 2, 3 have no earlier value" in page) == (True, True)


def test_a_row_cites_the_evidence_that_is_ticked(desk: Desk) -> None:
    begin(desk)
    assert "has brought no evidence yet" in text(desk.get("inti", where(desk, "filas/1/respaldos/")))
    mine, theirs = (
        add_link(
            actor=actor,
            entity=body,
            url=f"https://example.org/{body.code}",
            terms=Terms(f"Acta de {body.name}", "public", 2),
            on=desk.call.opens_on,
        ).piece
        for actor, body in ((desk.cast.inti, desk.cast.a), (desk.cast.killa, desk.cast.b))
    )
    page = desk.get("inti", where(desk, "filas/1/respaldos/"))
    assert (mine.name in text(page), theirs.name in text(page)) == (True, False)
    refused = desk.post("inti", where(desk, "filas/1/respaldos/"), seen="", pieces=[theirs.pk])
    kept = desk.post("inti", where(desk, "filas/1/respaldos/"), seen="", pieces=[mine.pk])
    assert (refused.status_code, kept["Location"]) == (422, f"/en/desk/{where(desk)}#row-1")
    assert mine.name in str(soup(desk.get("inti", where(desk))).select_one("#row-1"))
    desk.post("inti", where(desk, "filas/1/respaldos/"), seen=str(mine.pk))
    assert mine.name not in text(desk.get("inti", where(desk)))


def test_indicators_are_asked_beside_their_last_value(cast: Cast) -> None:
    _edition, plan = called(cast)
    first, second = asked(plan), asked(plan, QUARTERS[1])
    said(cast, cast.inti, obligation_of(first, cast.a), [rate(1, 4), barns(2)])
    owed = obligation_of(second, cast.a)
    desk = Desk(cast, second, owed, owed)
    begin(desk)
    cards = soup(desk.get("inti", where(desk))).select(f"[id^=row-{INDICATORS // 10**6}0]")
    assert [each.get_text(" ", strip=True).count("(Q1 2018)") for each in cards] == [1, 1]
    citizens, barn = (int(str(each["id"]).removeprefix("row-")) for each in cards)
    bare = cells(desk, **{f"r{citizens}_value": ["", "50"]})["faults"]
    assert bare == {f"{citizens}.value": str(MESSAGES["indicator-bare"])}
    answer = cells(
        desk, **{f"r{citizens}_value": ["", "2/4"], f"r{barn}_gap": ["", "money"], f"r{barn}_value": ["", "x"]}
    )
    assert (answer["cells"], list(answer["faults"])) == (
        {f"{citizens}.value": "2 / 4", f"{barn}.gap": "money"}, [f"{barn}.value"],
    )  # fmt: skip
    held = {each.item.code: (each.numerator, each.gap) for each in Measured.objects.filter(submission__state="draft")}
    assert held == {"3": (2 * SCALE, ""), "4": (None, "money")}


def test_a_draft_is_discarded_once_that_is_sure(desk: Desk) -> None:
    begin(desk)
    cells(desk, r1_value=["", "20"])
    assert desk.post("inti", where(desk, "descartar/")).status_code == 422
    assert desk.post("inti", where(desk, "descartar/"), sure="on").status_code == 302
    assert not Submission.objects.filter(obligation=desk.owed).exists()
    late = desk.post("inti", where(desk), **{"1.done": "Una hora de trabajo"})  # from another window
    assert (late.status_code, "Una hora de trabajo" in text(late)) == (409, True)


def test_an_executive_reads_the_draft_and_may_hand_it_in(desk: Desk) -> None:
    draft = begin(desk)
    save_rows(actor=desk.cast.inti, submission=draft, rows=SAID)
    page = desk.get("wara", where(desk))
    assert (soup(page).select("#grid"), "Faltó gente" in text(page)) == ([], True)
    assert desk.post("wara", where(desk, "enviar/"), sure="on").status_code == 302


def test_eighty_rows_weigh_little_and_ask_no_more_often_than_one(cast: Cast, query_budget: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    numbers = range(1, 81)
    plan = planned(cast, [replace(FLOW, row=number, name=f"Contar {number * 7919}") for number in numbers])
    call = asked(plan)
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(plan, cast.b))
    save_rows(actor=cast.inti, submission=begin(desk), rows=[ReportRow(row, value=20 * SCALE) for row in numbers])
    client = desk.client("inti")
    with query_budget(30):
        page = client.get(f"/en/desk/{where(desk)}")
    assert (len(soup(page).select(".rows > .row")), len(gzip.compress(page.content)) <= MOST_PAGE) == (80, True)
