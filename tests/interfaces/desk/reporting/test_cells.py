"""Cells of a report, sent by the script or by the form: what is kept, what is not, and that nobody else writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core import signing

from tests.cast import obligation_of
from tests.domain.progress.stage import asked, planned, reported
from tests.interfaces.desk.desk import Desk, errors, soup, text, value
from yupana.domain.progress.actions import cite, start_report
from yupana.domain.progress.actions.proving import add_link
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.models import Progress, Support
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from yupana.domain.progress.models import Evidence
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Desk:
    plan = planned(cast)
    call = asked(plan)
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(plan, cast.b))


@pytest.fixture
def draft(desk: Desk) -> Submission:
    return start_report(actor=desk.cast.inti, obligation=desk.owed, on=desk.owed.call.opens_on)


def where(desk: Desk, more: str = "") -> str:
    return f"avance/{desk.owed.pk}/{more}"


def send(desk: Desk, told: object, who: str = "inti") -> Response:
    raw = told if isinstance(told, str) else json.dumps(told)
    return desk.post(who, where(desk, "celdas/"), edits=raw)


def change(row: object = 1, /, act: object = "change", **cells: object) -> dict[str, object]:
    return {"act": act, "row": row, "cells": cells}


def stored() -> dict[int, tuple[Any, ...]]:
    names = ("value", "numerator", "denominator", "gap", "accrued_cents", "cause", "done")
    return {each.row: tuple(getattr(each, name) for name in names) for each in Progress.objects.all()}


def fields(page: Response) -> dict[str, str]:
    names = [str(each["name"]) for each in soup(page).select("form#grid .rows [name], form#grid [name=base]")]
    return {name: value(page, name) for name in names}


def test_of_many_cells_what_can_be_read_is_kept_and_the_rest_is_named(desk: Desk, draft: Submission) -> None:
    answer = send(
        desk,
        [
            change(1, value=["", "1.234,5"], accrued=["", "-5"], cause=["", "weather"], done=["", "  Se contó  "]),
            change(2, value=["", "45/60"], gap=["", "data"], current=["", "99999999999999999999"]),
            change(3, value=["", "1/"], gap=["", "never"], variation=["", "x" * 5_001], row=["", "9"], x=["", "9"]),
        ],
    ).json()
    assert (answer["cells"], answer["clashes"], answer["saved"] != "") == (
        {"1.value": "1.234,5", "1.done": "Se contó"},
        [],
        True,
    )
    assert sorted(answer["faults"]) == [
        "1.accrued", "1.cause", "2.current", "2.gap", "2.value", "3.gap", "3.value", "3.variation",
    ]  # fmt: skip
    assert [why for why in answer["faults"].values() if "%" in why or not why.endswith(".")] == []
    assert stored() == {1: (12345 * SCALE // 10, None, None, "", None, "", "Se contó")}


SENT_BY_NO_PAGE = [
    "",
    "{}",
    "null",
    "[1]",
    "[" * 100_000,
    '[{"act": "change", "row": ' + "9" * 5_000 + ', "cells": {}}]',
    json.dumps([change(0, value=["", "5"])]),
    json.dumps([change(-1, value=["", "5"])]),
    json.dumps([change(True, value=["", "5"])]),
    json.dumps([change(1.0, value=["", "5"])]),
    json.dumps([change("1", value=["", "5"])]),
    json.dumps([change(1, act="burn", value=["", "5"])]),
    json.dumps([change(1, value=["5"])]),
    json.dumps([change(1, value=["", "5", "6"])]),
    json.dumps([change(1, value=[None, "5"])]),
    json.dumps([change(1, value="ab")])[:-3],
    json.dumps([{"act": "change", "row": 1, "cells": ["value"]}]),
    json.dumps([{"row": 1, "cells": {}}]),
    json.dumps([change(4, value=["", "5"])]),
    json.dumps([change(10**18, value=["", "5"])]),
    json.dumps([change(10**30, value=["", "5"])]),
    json.dumps([change(1)] * 2_001),
    json.dumps([change(1, done=["", "ok"]), change(4, value=["", "5"])]),
]


def test_what_no_page_sends_changes_nothing(desk: Desk, draft: Submission) -> None:
    answers = [(told[:80], send(desk, told)) for told in SENT_BY_NO_PAGE]
    assert [told for told, each in answers if (each.status_code, set(each.json())) != (422, {"sentence"})] == []
    assert stored() == {}


def test_the_same_sent_twice_changes_nothing_the_second_time(desk: Desk, draft: Submission) -> None:
    told = [change(1, value=["", "20"], done=["", "Se contó"])]
    first, second = send(desk, told).json(), send(desk, told).json()
    assert (first["cells"], second["clashes"], second["faults"]) == (second["cells"], [], {})
    assert stored()[1] == (20 * SCALE, None, None, "", None, "", "Se contó")


def test_a_number_written_otherwise_is_no_clash(desk: Desk, draft: Submission) -> None:
    send(desk, [change(1, value=["", "1234,50"], accrued=["", "1234,5"])])
    answer = send(desk, [change(1, value=["1234,5", "7"], accrued=["1.234,50", "8"])]).json()
    assert (answer["clashes"], answer["cells"]) == ([], {"1.value": "7", "1.accrued": "8,00"})


def test_a_cell_emptied_is_empty_and_a_row_emptied_is_gone(desk: Desk, draft: Submission) -> None:
    send(desk, [change(1, value=["", "20"], done=["", "Se contó"])])
    send(desk, [change(1, value=["20", ""])])
    left = stored()
    send(desk, [change(1, done=["Se contó", " "])])
    assert (left, stored()) == ({1: (None, None, None, "", None, "", "Se contó")}, {})


def test_a_reason_takes_the_place_of_a_value_only_where_both_are_said_at_once(desk: Desk, draft: Submission) -> None:
    send(desk, [change(1, value=["", "20"])])
    alone = send(desk, [change(1, gap=["", "data"])]).json()
    both = send(desk, [change(1, value=["20", ""], gap=["", "data"])]).json()
    assert (list(alone["faults"]), both["faults"], stored()[1][:4]) == (["1.gap"], {}, (None, None, None, "data"))


def test_nobody_writes_cells_but_the_planner_of_the_body(desk: Desk, draft: Submission) -> None:
    told = [change(1, value=["", "20"])]
    answers = {who: send(desk, told, who).status_code for who in ("wara", "killa", "amaru", "tupak", "")}
    assert (answers, stored()) == ({"wara": 403, "killa": 404, "amaru": 404, "tupak": 404, "": 403}, {})


def test_once_handed_in_nothing_of_it_is_written_any_more(desk: Desk) -> None:
    reported(desk.cast.inti, desk.owed)
    before = stored()
    answers = [
        send(desk, [change(1, value=["20", "30"])]).status_code,
        desk.post("inti", where(desk), base="x", **{"1.value": "30"}).status_code,
        desk.post("inti", where(desk, "sin-cambios/")).status_code,
        desk.post("inti", where(desk, "planilla/aplicar/"), told="x").status_code,
        desk.post("inti", where(desk, "filas/1/respaldos/"), seen="").status_code,
    ]
    assert (answers, stored()) == ([422, 409, 404, 404, 404], before)  # what was typed is shown, and kept nowhere


def test_a_form_that_nobody_touched_changes_nothing(desk: Desk, draft: Submission) -> None:
    send(desk, [change(1, value=["", "20"], accrued=["", "5"]), change(2, gap=["", "data"])])
    before, page = stored(), desk.get("inti", where(desk))
    answer = desk.client("inti").post(f"/en/desk/{where(desk)}", fields(page))
    assert (answer.status_code, stored()) == (302, before)


def test_what_the_form_cannot_keep_stays_where_it_was_typed_and_the_rest_is_kept(desk: Desk, draft: Submission) -> None:
    sent = fields(desk.get("inti", where(desk))) | {"1.value": "veinte", "1.done": "Se contó", "2.accrued": "x"}
    page = desk.client("inti").post(f"/en/desk/{where(desk)}", sent)
    assert (page.status_code, value(page, "1.value"), value(page, "2.accrued")) == (422, "veinte", "x")
    assert [bool(soup(page).select(f"#c-{place}[aria-invalid]")) for place in ("1-value", "2-accrued", "1-done")] == [
        True, True, False,
    ]  # fmt: skip
    assert ("Almost." in text(page), len(errors(page)), stored()) == (
        True,
        3,
        {1: (None, None, None, "", None, "", "Se contó")},
    )


def test_what_another_draft_showed_is_not_taken_for_what_this_one_did(desk: Desk, draft: Submission) -> None:
    """Both are signed by us; only the draft for which it was signed takes it."""
    told = {"1": {"value": ""}}
    other = signing.dumps(told, salt=f"yupana.report:{draft.pk + 1}", compress=True)
    book = signing.dumps(told, salt=f"yupana.report-book:{draft.pk}", compress=True)
    mine = signing.dumps(told, salt=f"yupana.report:{draft.pk}", compress=True)
    address = f"/en/desk/{where(desk)}"
    found = [
        desk.client("inti").post(address, {"base": each, "1.value": "20"}).status_code for each in (other, book, mine)
    ]
    assert (found, stored()[1][0]) == ([409, 409, 302], 20 * SCALE)


def piece(desk: Desk, number: int = 1) -> Evidence:
    return add_link(
        actor=desk.cast.inti, entity=desk.cast.a, url=f"https://a.example/{number}",
        terms=Terms(f"Acta {number}", "public", 2), on=desk.call.opens_on,
    ).piece  # fmt: skip


def test_what_another_ticked_meanwhile_stays_ticked(desk: Desk, draft: Submission) -> None:
    mine, theirs, old = (piece(desk, number) for number in (1, 2, 3))
    cite(actor=desk.cast.inti, submission=draft, row=1, seen=[], pieces=[old.pk])
    cite(actor=desk.cast.inti, submission=draft, row=1, seen=[old.pk], pieces=[old.pk, theirs.pk])
    sent = {"seen": str(old.pk), "pieces": [mine.pk]}
    assert desk.client("inti").post(f"/en/desk/{where(desk, 'filas/1/respaldos/')}", sent).status_code == 302
    assert set(Support.objects.values_list("evidence", flat=True)) == {mine.pk, theirs.pk}


def test_whatever_is_said_to_have_been_ticked_the_answer_is_a_page(desk: Desk, draft: Submission) -> None:
    held, address = piece(desk), where(desk, "filas/1/respaldos/")
    said = ("", "x", "1 x 2", "\u0661", "9" * 30, "9" * 5_000, "-1", " ".join("7" * 2_000))
    answers = {seen[:20]: desk.post("inti", address, seen=seen, pieces=[held.pk]).status_code for seen in said}
    assert (set(answers.values()), [each.evidence_id for each in Support.objects.all()]) == ({302}, [held.pk])


def test_evidence_stands_for_rows_of_the_plan_alone(desk: Desk, draft: Submission) -> None:
    rows = (1, 3, 0, 4, 10**18)
    found = {row: desk.get("inti", where(desk, f"filas/{row}/respaldos/")).status_code for row in rows}
    assert found == {1: 200, 3: 200, 0: 404, 4: 404, 10**18: 404}
