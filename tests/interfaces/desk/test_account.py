"""Changing one's own password at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD
from tests.interfaces.desk.desk import Desk, errors, links, soup, text
from yupana.interfaces.desk import throttle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PAGE = "/en/desk/contrasena/"
NEW = "otra frase que nadie adivina"
WRONG = "The present password is not right."


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> Response:
    return client.post(PAGE, {"old": old, "new": new, "again": new if again is None else again})


def goes_on(client: Client) -> bool:
    return client.get("/en/desk/").status_code == 200


def test_every_page_of_the_desk_leads_to_it(desk: Desk) -> None:
    foot = soup(desk.get("inti", "")).select("footer a")
    assert PAGE in [link["href"] for link in foot]


def test_the_form_asks_for_the_old_one_and_twice_for_the_new_one(desk: Desk) -> None:
    fields = soup(desk.get("inti", "contrasena/")).select("main input[type=password]")
    assert [(field["name"], field["autocomplete"]) for field in fields] == [
        ("old", "current-password"),
        ("new", "new-password"),
        ("again", "new-password"),
    ]


def test_after_the_change_one_is_told_so_and_goes_on(desk: Desk) -> None:
    client = desk.client("inti")
    response = change(client)
    assert (response.status_code, response["Location"]) == (302, "/en/desk/")
    assert "Your password was changed." in soup(client.get("/en/desk/")).select_one(".messages").get_text()  # type: ignore[union-attr] # it is there, or the test fails


def test_every_other_session_ends_and_nobody_elses(desk: Desk) -> None:
    here, there, other = desk.client("inti"), desk.client("inti"), desk.client("killa")
    change(here)
    assert (goes_on(here), goes_on(there), goes_on(other)) == (True, False, True)


def test_the_session_that_goes_on_has_another_key(desk: Desk) -> None:
    client = desk.client("inti")
    before = client.session.session_key
    change(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("otra", NEW, NEW, [WRONG]),
        (PASSWORD, NEW, NEW + "s", ["This is not the same as the new password above."]),
        (PASSWORD, PASSWORD, PASSWORD, ["The new password is the present one; choose another."]),
        (PASSWORD, "corta", "corta", ["Choose another password. "]),
        ("", "", "", ["This field is required."] * 3),
    ],
)
def test_what_is_refused_says_why_and_changes_nothing(
    desk: Desk, old: str, new: str, again: str, said: list[str]
) -> None:
    here, there = desk.client("inti"), desk.client("inti")
    response = change(here, old, new, again)
    told = [line for line in errors(response) if not line.startswith("Almost.")]
    assert (response.status_code, len(told)) == (422, len(said))
    assert all(line.startswith(start) for line, start in zip(told, said, strict=True))
    assert (goes_on(here), goes_on(there)) == (True, True)


def test_no_password_comes_back_on_the_page(desk: Desk) -> None:
    response = change(desk.client("inti"), "canary-old", "canary-new-password", "canary-again")
    assert b"canary" not in response.content


def test_who_has_no_mandate_changes_nothing(desk: Desk) -> None:
    assert change(desk.client("rumi")).status_code == 403


def test_a_session_left_open_gives_no_more_guesses_than_the_sign_in(desk: Desk) -> None:
    client = desk.client("inti")
    for number in range(throttle.MOST_FOR_NAME):
        assert errors(change(client, f"guess {number}")) == [WRONG]
    blocked = change(client)
    assert (blocked.status_code, "quarter of an hour" in text(blocked)) == (429, True)


def test_a_new_password_that_is_refused_is_no_guess(desk: Desk) -> None:
    client = desk.client("inti")
    for _ in range(throttle.MOST_FOR_NAME + 1):
        change(client, PASSWORD, "corta")
    assert change(client).status_code == 302


def test_guesses_at_the_sign_in_count_too(desk: Desk) -> None:
    for _ in range(throttle.MOST_FOR_NAME):
        Client().post("/en/desk/ingresar/", {"username": "inti", "password": "x"})
    assert change(desk.client("inti")).status_code == 429


def test_the_form_leads_back(desk: Desk) -> None:
    assert "/en/desk/" in links(desk.get("inti", "contrasena/"))
