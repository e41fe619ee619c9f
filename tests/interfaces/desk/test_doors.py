"""Who comes in: anonymous, without a mandate, with another role; and what no door lets out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.interfaces.desk.desk import Desk, soup, text
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.interfaces.desk.doors import status_of
from yupana.interfaces.desk.urls import urlpatterns

if TYPE_CHECKING:
    from django.urls import URLPattern

OPEN = {"sign-in", "sign-out", "invitation"}


def views() -> list[URLPattern]:
    return [pattern for pattern in urlpatterns if pattern.name not in OPEN]


@pytest.mark.parametrize("pattern", views(), ids=lambda pattern: str(pattern.name))
def test_every_view_stands_behind_a_door(pattern: URLPattern) -> None:
    assert hasattr(pattern.callback, "roles")


def test_an_anonymous_reader_is_sent_to_sign_in_and_back(desk: Desk) -> None:
    response = Client().get(f"/en/desk/plan/{desk.owed.pk}/?x=1")
    back = f"/en/desk/ingresar/?next=%2Fen%2Fdesk%2Fplan%2F{desk.owed.pk}%2F%3Fx%3D1"
    assert (response.status_code, response["Location"]) == (302, back)


def test_what_is_sent_without_a_session_is_refused_and_says_that_nothing_was_saved(desk: Desk) -> None:
    response = desk.post("", f"plan/{desk.owed.pk}/empezar/")
    assert (response.status_code, "nothing was saved" in text(response)) == (403, True)


def test_without_a_mandate_in_force_a_page_says_what_to_do(desk: Desk) -> None:
    response = desk.get("rumi", "")
    assert (response.status_code, "designation letter" in text(response)) == (200, True)


def test_without_a_mandate_in_force_every_other_page_is_refused(desk: Desk) -> None:
    assert desk.get("rumi", f"plan/{desk.owed.pk}/").status_code == 403


def test_another_role_is_told_so(desk: Desk) -> None:
    response = desk.get("inti", "revision/")
    assert (response.status_code, "for another role" in text(response)) == (403, True)


def test_a_method_that_nobody_expects_is_refused(desk: Desk) -> None:
    response = desk.client("inti").put("/en/desk/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("name", ["", "inti", "rumi"])
@pytest.mark.parametrize("path", ["", "revision/", "plan/999999/"])
def test_no_page_of_the_desk_is_kept_by_a_cache(desk: Desk, name: str, path: str) -> None:
    assert "no-store" in desk.get(name, path)["Cache-Control"]


def test_what_the_domain_refuses_outside_a_form_is_a_sentence(desk: Desk) -> None:
    desk.handed_in()
    response = desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    assert (response.status_code, "A version is under review" in text(response)) == (409, True)


@pytest.mark.parametrize(
    ("refused", "status"),
    [(Refused("x"), 422), (Missing("x"), 422), (Conflict("x"), 409), (Forbidden("x"), 403)],
)
def test_each_refusal_has_its_status(refused: Refused, status: int) -> None:
    assert status_of(refused) == status


def nav(response: Any) -> list[str]:  # noqa: ANN401 - the test client's response has no name
    return [link.get_text() for link in soup(response).select("header nav a")]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("inti", ["My inbox", "Evidence", "Consultations"]),
        ("wara", ["My inbox", "Evidence", "Consultations"]),
        ("tupak", ["My inbox", "Review", "Calls", "Verification"]),
        ("amaru", ["My inbox", "Review", "Calls", "Verification", "Instruments", "Evaluations"]),
        ("rumi", ["My inbox"]),
        ("", []),
    ],
)
def test_the_way_shows_only_where_one_may_go(desk: Desk, name: str, seen: list[str]) -> None:
    assert nav(desk.get(name, "") if name else desk.get("", "ingresar/")) == seen


def test_the_page_says_who_one_is_here(desk: Desk) -> None:
    footer = soup(desk.get("inti", "")).find("footer")
    assert footer
    assert "Municipio de Ábaco" in footer.get_text()


@pytest.mark.parametrize("page", ["abc", "", "0", "-1", "99999999999", "²"])
def test_a_page_that_is_no_number_is_the_nearest_one(desk: Desk, page: str) -> None:
    desk.handed_in()
    assert "Municipio de Ábaco" in text(desk.get("amaru", f"revision/?page={page}"))


CALL = "convocatorias/PLAN-2018"
MANY = "+".join(map(str, range(2000)))


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"{CALL}/matriz/", "level"),
        (f"{CALL}/lineamientos/", "level"),
        (f"{CALL}/pendientes/", "level"),
        (f"{CALL}/dinero/", "level"),
        (f"{CALL}/dinero.csv", "level"),
        (f"{CALL}/silencio/", "q"),
        (f"{CALL}/", "q"),
        ("revision/", "call"),
    ],
)
def test_what_no_database_looks_for_is_left_out_of_an_address(desk: Desk, page: str, name: str) -> None:
    desk.handed_in()
    asked, plain = (desk.get("amaru", f"{page}?{name}={said}") for said in ("%00", ""))
    assert (asked.status_code, text(asked)) == (200, text(plain))


@pytest.mark.parametrize(
    "address",
    [
        f"{CALL}/matriz/?q={MANY}",
        f"{CALL}/silencio/?q={MANY}",
        f"{CALL}/?q={MANY}",
        f"acceso/?q={MANY}",
        f"{CALL}/parecidas/?between={'9' * 5000}-2",
        f"{CALL}/parecidas/?between=2-{'9' * 5000}",
    ],
    ids=lambda address: address[:40],
)
def test_no_address_asks_too_much(desk: Desk, address: str) -> None:
    assert desk.get("amaru", address).status_code == 200
