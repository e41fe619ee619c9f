"""How many comments come in an hour: from one connection, on one consultation, and at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from tests.interfaces.portal.test_consultation import SAID, put, send, text, texts
from yupana.interfaces.portal import throttle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_spoke_before() -> None:
    cache.clear()


def test_one_connection_sends_so_many_an_hour_and_another_one_goes_on() -> None:
    put()
    for number in range(throttle.MOST):
        send(text=f"Number {number}.")
    blocked, other = send(), send(REMOTE_ADDR="203.0.113.9")
    assert (blocked.status_code, SAID in text(blocked), other.status_code, len(texts())) == (
        429,
        True,
        302,
        throttle.MOST + 1,
    )


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 302),
        ("fe80::1%eth0", "fe80::2%eth1", 429),
        ("::ffff:203.0.113.9", "203.0.113.9", 429),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.10", 302),
        ("203.0.113.9", "203.0.113.10", 302),
        ("", "", 429),
    ],
)
def test_a_connection_is_an_address_or_the_network_that_it_was_given(one: str, other: str, status: int) -> None:
    put()
    for _ in range(throttle.MOST):
        send(REMOTE_ADDR=one)
    assert send(REMOTE_ADDR=other).status_code == status


def test_many_connections_together_meet_the_ceiling_of_the_consultation(monkeypatch: pytest.MonkeyPatch) -> None:
    put()
    monkeypatch.setattr(throttle, "MOST_FOR_CONSULTATION", 3)
    told = [send(REMOTE_ADDR=f"203.0.113.{number}").status_code for number in range(5)]
    assert (told, len(texts())) == ([302, 302, 302, 429, 429], 3)


def test_a_flood_from_one_connection_leaves_the_consultation_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    put()
    monkeypatch.setattr(throttle, "MOST_FOR_CONSULTATION", throttle.MOST + 1)
    flood = [send(REMOTE_ADDR="203.0.113.9").status_code for _ in range(throttle.MOST + 5)]
    assert (flood.count(302), send(REMOTE_ADDR="203.0.113.10").status_code) == (throttle.MOST, 302)


def test_what_is_not_taken_is_not_counted() -> None:
    put()
    for _ in range(throttle.MOST):
        send(text=" ")
    assert send().status_code == 302


def test_comments_that_come_at_once_are_counted_one_by_one() -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: throttle.take(request, "QIPU/1"), range(10 * throttle.MOST)))
    assert sum(taken) == throttle.MOST


def test_an_hour_that_ends_in_between_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "WINDOW", 0)
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
    assert [throttle.take(request, "QIPU/1") for _ in range(throttle.MOST + 1)] == [True] * (throttle.MOST + 1)


def test_no_address_is_kept_by_the_throttle() -> None:
    put()
    send(REMOTE_ADDR="203.0.113.9")
    assert "203.0.113.9" not in str(vars(cache._connections["default"])["_cache"])  # type: ignore[attr-defined] # noqa: SLF001 - Django's cache in memory
