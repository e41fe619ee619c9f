"""The report of a period, from its first click to its receipt, as its entity meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import asked, planned
from tests.interfaces.desk.desk import Desk, errors, soup, text, value
from yupana.domain.progress.actions import start_report
from yupana.domain.progress.models import Progress
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

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
