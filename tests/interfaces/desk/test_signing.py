"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from tests.cast import PASSWORD, Cast
from tests.interfaces.desk.desk import errors, soup, text, value
from yupana.domain.people.actions import end_mandate
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.desk import throttle
from yupana.interfaces.desk.signing import own_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

IN, OUT = "/en/desk/ingresar/", "/en/desk/salir/"
WRONG = "The user name and the password do not match. Please check both and try again."


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, username: str = "inti", password: str = PASSWORD, **more: str) -> Response:
    return client.post(IN, {"username": username, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_asks_for_name_and_password(cast: Cast) -> None:
    page = Client().get(IN)
    fields = [field["name"] for field in soup(page).select("main input")]
    assert (page.status_code, fields) == (200, ["csrfmiddlewaretoken", "next", "username", "password"])


def test_who_signs_in_goes_to_the_inbox(client: Client, cast: Cast) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"], signed_in(client)) == (302, "/en/desk/", True)


def test_the_user_name_may_be_typed_in_capitals(client: Client, cast: Cast) -> None:
    sign_in(client, " INTI ")
    assert signed_in(client)


def test_who_signs_in_goes_where_they_were_going(client: Client, cast: Cast) -> None:
    page = client.get(f"{IN}?next=/en/desk/plan/7/%3Fx%3D1")
    assert sign_in(client, next=value(page, "next"))["Location"] == "/en/desk/plan/7/?x=1"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "desk", "", "http:///evil"],
)
def test_nobody_is_sent_elsewhere(client: Client, cast: Cast, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere)["Location"] == "/en/desk/"


def test_an_own_path_may_not_leave_https() -> None:
    request = RequestFactory().get("/", secure=True)
    assert own_path(request, "/desk/") == "/desk/"


@pytest.mark.parametrize(("username", "password"), [("inti", "wrong"), ("nobody", PASSWORD), ("inti", PASSWORD + " ")])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    client: Client, cast: Cast, username: str, password: str
) -> None:
    response = sign_in(client, username, password)
    assert (response.status_code, errors(response), signed_in(client)) == (422, [WRONG], False)


def test_a_closed_account_is_answered_like_a_wrong_password(client: Client, cast: Cast) -> None:
    person = cast.people["inti"]
    person.is_active = False
    person.save()
    assert errors(sign_in(client)) == [WRONG]


def test_the_password_is_never_shown_again(client: Client, cast: Cast) -> None:
    response = sign_in(client, "inti", "canary-of-a-password")
    assert (value(response, "username"), b"canary-of-a-password" in response.content) == ("inti", False)


def test_an_empty_form_is_told_what_it_lacks(client: Client, cast: Cast) -> None:
    assert sign_in(client, "", "").status_code == 422


def test_the_session_gets_another_key(client: Client, cast: Cast) -> None:
    client.get(IN)
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    sign_in(client)
    assert client.session.session_key != before


def test_who_is_signed_in_already_goes_on(client: Client, cast: Cast) -> None:
    sign_in(client)
    assert client.get(IN)["Location"] == "/en/desk/"


def test_signing_in_needs_the_token_of_the_form(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert (sign_in(strict).status_code, signed_in(strict)) == (403, False)


def test_signing_out_ends_the_session(client: Client, cast: Cast) -> None:
    sign_in(client)
    response = client.post(OUT)
    assert (response["Location"], signed_in(client)) == (IN, False)


def test_a_link_does_not_sign_anybody_out(client: Client, cast: Cast) -> None:
    sign_in(client)
    assert (client.get(OUT).status_code, signed_in(client)) == (405, True)


def test_signing_out_needs_the_token_of_the_form(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.people["inti"])
    assert (strict.post(OUT).status_code, signed_in(strict)) == (403, True)


def test_the_end_of_a_mandate_ends_the_session(client: Client, cast: Cast) -> None:
    sign_in(client)
    mandate = cast.mandates["inti"]
    end_mandate(actor=OPERATOR, mandate=mandate, on=mandate.starts_on)
    assert client.get("/en/desk/").status_code == 302


@pytest.mark.parametrize("path", [IN, OUT])
def test_neither_page_is_kept_by_a_cache(client: Client, cast: Cast, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


# --- how often one may fail ----------------------------------------------------------------------------------------
def test_the_sixth_failure_is_told_to_wait_and_so_is_the_right_password(client: Client, cast: Cast) -> None:
    for _ in range(throttle.MOST_FOR_NAME):
        assert sign_in(client, "inti", "wrong").status_code == 422
    blocked = sign_in(client, "inti", PASSWORD)
    assert (blocked.status_code, signed_in(client)) == (429, False)
    assert "quarter of an hour" in text(blocked)


def test_a_failure_elsewhere_locks_nobody_out(cast: Cast) -> None:
    far, near = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    for _ in range(throttle.MOST_FOR_NAME):
        sign_in(far, "inti", "wrong")
    assert sign_in(near).status_code == 302


def test_who_signs_in_starts_anew(client: Client, cast: Cast) -> None:
    for _ in range(3):
        for _ in range(throttle.MOST_FOR_NAME - 1):
            sign_in(client, "inti", "wrong")
        assert sign_in(client).status_code == 302
        client.logout()


def test_one_address_cannot_try_name_after_name(client: Client, cast: Cast) -> None:
    for number in range(throttle.MOST_FOR_ADDRESS):
        sign_in(client, f"name-{number}", "wrong")
    assert sign_in(client).status_code == 429


def test_the_cache_holds_no_name(client: Client, cast: Cast) -> None:
    request = RequestFactory().post(IN)
    throttle.failed(request, "inti")
    assert not any("inti" in key for key in cache._cache)  # type: ignore[attr-defined] # noqa: SLF001 - the only way to look inside
