"""Why a call binds the body that owes a plan, on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, obligation_of
from tests.interfaces.desk.desk import links, soup, text

if TYPE_CHECKING:
    from tests.interfaces.desk.desk import Desk

pytestmark = pytest.mark.django_db


def test_who_owes_a_restricted_plan_reads_why_from_the_inbox_on(desk: Desk) -> None:
    owed = obligation_of(make_call(code="SECRETA", visibility="restricted", period="2019"), desk.cast.a)
    where = f"plan/{owed.pk}/por-que/"
    page = desk.get("inti", where)
    told = [" ".join(row.get_text(" ").split()) for row in soup(page).select("#list tbody tr")]
    assert (f"/en/desk/{where}" in links(desk.get("inti", "")), told, "The call reaches it." in text(page)) == (
        True,
        [
            "1 · Contar lo propio yes It binds whoever is called.",
            "2 · Contar con otros yes It binds whoever is called.",
        ],
        True,
    )


def test_every_line_of_a_plan_leads_to_what_it_says(desk: Desk) -> None:
    desk.draft()
    found = links(desk.get("inti", f"plan/{desk.owed.pk}/"))
    assert [each for each in found if each.startswith("/en/planes/")] == [
        "/en/planes/PLAN/1/line/2/",
        "/en/planes/PLAN/1/line/1/",
    ]
