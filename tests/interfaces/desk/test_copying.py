"""Beginning with last year's plan, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cast import make_call, make_plan, obligation_of
from tests.interfaces.desk.desk import Desk, links, soup, text
from yupana.domain.commitments.models import Activity

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def begun(desk: Desk) -> str:
    """An empty draft beside a plan that was accepted; returns its address."""
    make_plan(desk.cast, desk.owed)
    desk.owed = obligation_of(make_call(period="2020"), desk.cast.a)
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    return f"plan/{desk.owed.pk}/"


def copied(desk: Desk, where: str, **fields: str) -> Response:
    page = desk.get("inti", f"{where}copiar/")
    chosen = soup(page).select_one("[name=source][checked]")
    return desk.post("inti", f"{where}copiar/", **{"source": str(chosen["value"]) if chosen else "", **fields})


def test_an_empty_draft_offers_it_and_says_what_is_left_to_write(desk: Desk) -> None:
    where = begun(desk)
    offered = any(link.endswith("/copiar/") for link in links(desk.get("inti", where)))
    response = copied(desk, where)
    row = Activity.objects.get(submission__obligation=desk.owed)
    assert (offered, response["Location"], row.name, row.target) == (True, f"/en/desk/{where}", "Contar los granos", "")
    assert not any(link.endswith("/copiar/") for link in links(desk.get("inti", where)))


def test_what_was_not_offered_is_not_copied(desk: Desk) -> None:
    where = begun(desk)
    assert (copied(desk, where, source="999").status_code, Activity.objects.count()) == (422, 1)


def test_without_an_earlier_plan_it_says_so(desk: Desk) -> None:
    desk.draft()
    assert "no other accepted plan" in text(desk.get("inti", f"plan/{desk.owed.pk}/copiar/"))
