"""Repealing from the desk: what stays open is named first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import make_edition
from tests.interfaces.desk.desk import Desk, links, soup, text
from yupana.domain.instruments.models import Edition, Repeal

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

WHERE = "instrumentos/PLAN/1/abrogar/"
GIVEN = {"act": "Ley 9", "reason": "Ya no rige.", "on": "2026-01-15", "sure": "on"}


def repeal(desk: Desk, who: str = "amaru", **changed: str) -> Response:
    return desk.post(who, WHERE, **{**GIVEN, **changed})


def state() -> str:
    return Edition.objects.get(instrument__code="PLAN").state


def test_the_calls_that_stay_open_are_named_first(desk: Desk) -> None:
    page = desk.get("amaru", WHERE)
    assert (f"/en/desk/convocatorias/{desk.call.code}/" in links(page), "stays owed" in text(page)) == (True, True)


def test_without_calls_it_says_so(desk: Desk) -> None:
    make_edition("OTRO")
    assert "No call is open under it." in text(desk.get("amaru", "instrumentos/OTRO/1/abrogar/"))


def test_it_is_repealed_by_an_act_for_a_reason(desk: Desk) -> None:
    response = repeal(desk)
    ended = Repeal.objects.get()
    page = text(desk.get("amaru", "instrumentos/PLAN/1/"))
    assert (response["Location"], state(), ended.act, ended.reason, "Ley 9: Ya no rige." in page) == (
        "/en/desk/instrumentos/PLAN/1/",
        "repealed",
        "Ley 9",
        "Ya no rige.",
        True,
    )


@pytest.mark.parametrize("fields", [{"act": " "}, {"reason": ""}, {"on": ""}, {"on": "2999-01-01"}, {"sure": ""}])
def test_what_lacks_something_is_shown_again(desk: Desk, fields: dict[str, str]) -> None:
    assert (repeal(desk, **fields).status_code, state()) == (422, "published")


def test_what_is_not_in_force_offers_no_form(desk: Desk) -> None:
    repeal(desk)
    assert (soup(desk.get("amaru", WHERE)).select("main form"), repeal(desk).status_code) == ([], 409)


@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_repeal(desk: Desk, name: str) -> None:
    assert (desk.get(name, WHERE).status_code, repeal(desk, name).status_code, state()) == (403, 403, "published")


def test_a_published_edition_offers_the_next_one_for_an_error_and_its_repeal(desk: Desk) -> None:
    found = links(desk.get("amaru", "instrumentos/PLAN/1/"))
    assert {"/en/desk/instrumentos/PLAN/1/siguiente/", f"/en/desk/{WHERE}"} <= set(found)
