"""Signing in, and sessions that end with a mandate."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate, get_user
from django.test import Client

from tests.cast import DUE_ON, PASSWORD, Cast
from yupana.domain.people.actions import end_mandate
from yupana.domain.people.models import Person
from yupana.foundation.kernel.actor import OPERATOR

pytestmark = pytest.mark.django_db


def who(client: Client) -> object:
    """The primary key of whoever this client is signed in as, as the next request would find it."""
    return get_user(client).pk


def test_everybody_signs_in_however_the_name_is_typed(cast: Cast) -> None:
    for typed in ("inti", "INTI", " Inti "):
        assert authenticate(username=typed, password=PASSWORD) == cast.people["inti"]


@pytest.mark.parametrize(("username", "password"), [("inti", "otra"), ("nadie", PASSWORD), ("", ""), ("inti", "")])
def test_a_wrong_name_or_password_signs_nobody_in(cast: Cast, username: str, password: str) -> None:
    assert authenticate(username=username, password=password) is None


def test_a_closed_account_does_not_sign_in(cast: Cast) -> None:
    Person.objects.filter(username="inti").update(is_active=False)
    assert authenticate(username="inti", password=PASSWORD) is None


def test_ending_a_mandate_ends_every_session_of_its_person_and_nobody_elses(cast: Cast) -> None:
    inti = cast.people["inti"]
    first, second, other = Client(), Client(), Client()
    first.force_login(inti)
    second.force_login(inti)
    other.force_login(cast.people["killa"])
    before = [who(client) for client in (first, second, other)]
    end_mandate(actor=OPERATOR, mandate=cast.mandates["inti"], on=DUE_ON)
    after = [who(client) for client in (first, second, other)]
    killa = cast.people["killa"].pk
    assert (before, after) == ([inti.pk, inti.pk, killa], [None, None, killa])


def test_who_signs_in_again_stays_in(cast: Cast) -> None:
    end_mandate(actor=OPERATOR, mandate=cast.mandates["inti"], on=date(2018, 9, 1))
    client = Client()
    assert client.login(username="inti", password=PASSWORD)
    assert who(client) == cast.people["inti"].pk


def test_a_new_password_ends_sessions_too(cast: Cast) -> None:
    inti, client = cast.people["inti"], Client()
    client.force_login(inti)
    inti.set_password("otra clave de granos")
    inti.save()
    assert who(client) is None
