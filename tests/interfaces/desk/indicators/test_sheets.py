"""The authority says how its targets are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_edition
from tests.domain.progress.targets import TARGETS
from tests.interfaces.desk.desk import soup, text
from yupana.domain.progress.indicators import sheets_of
from yupana.domain.progress.rules import Method
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/en/desk/instrumentos/PLAN/1/fichas/"


def test_sheets_are_made_from_statements_and_filled_in_by_hand(cast: Cast, client: Client) -> None:
    edition = make_edition(rows=TARGETS)
    client.force_login(cast.people["amaru"])
    assert "4 targets have no sheet yet." in text(client.get(LIST))
    told = client.post(LIST, {"by": "level:municipal"}, follow=True)
    assert ("3 sheets were made." in told.content.decode(), "1 target has no" in text(told)) == (True, True)
    page = soup(client.get(f"{LIST}target/3/"))
    form = {str(each["name"]): str(each.get("value", "")) for each in page.select("form[method=post] input[name]")
            if each.get("type") != "radio"}  # fmt: skip
    assert [form[name] for name in ("target", "unit", "factor", "audience")] == ["40", "%", "100", "level:municipal"]
    chosen = {"accumulation": "last", "source": "report", "over_bodies": "rate", "direction": "up"}
    sent = {**form, **chosen, "target": "1.250,5", "gap_money": "No hay fondos"}
    assert client.post(f"{LIST}target/3/", sent).status_code == 302
    held = {each.item.code: each for each in sheets_of(edition).values()}["3"]
    assert (held.target, held.method, held.gaps) == (1250 * SCALE + 5000, Method.STOCK, [["money", "No hay fondos"]])
    again = client.post(f"{LIST}target/3/", {**sent, "target": "1"})
    assert (again.status_code, "Somebody else changed this sheet" in text(again)) == (409, True)
    wrong = client.post(f"{LIST}target/1/", {**chosen, "seen": "0", "name": "x", "target": "mucho", "audience": "("})
    assert (wrong.status_code, len(soup(wrong).select(".error"))) == (422, 2)
    falls = {**chosen, "seen": "0", "name": "x", "direction": "down", "baseline": "9", "target": "3"}
    assert client.post(f"{LIST}target/1/", falls).status_code == 302
    assert {each.item.code: each.method for each in sheets_of(edition).values()}["1"] == Method.REDUCTION
