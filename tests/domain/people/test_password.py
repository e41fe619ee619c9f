"""Changing one's own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import authenticate

from tests.cast import PASSWORD, Cast
from yupana.domain.people.actions import change_password
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor
from yupana.foundation.kernel.errors import Forbidden, Refused

if TYPE_CHECKING:
    from yupana.domain.people.models import Person

pytestmark = pytest.mark.django_db
NEW = "otra frase que nadie adivina"


def signs_in(cast: Cast, password: str, username: str = "inti") -> bool:
    return authenticate(username=username, password=password) is not None


def refused(actor: Actor, old: str, new: str) -> str:
    with pytest.raises(Refused) as caught:
        change_password(actor=actor, old=old, new=new)
    return caught.value.code


def test_the_new_password_opens_and_the_old_one_does_not(cast: Cast) -> None:
    change_password(actor=cast.inti, old=PASSWORD, new=NEW)
    assert (signs_in(cast, NEW), signs_in(cast, PASSWORD)) == (True, False)


def test_nobody_elses_password_is_touched(cast: Cast) -> None:
    change_password(actor=cast.inti, old=PASSWORD, new=NEW)
    assert signs_in(cast, PASSWORD, "killa")


def test_what_is_returned_belongs_to_the_new_password(cast: Cast) -> None:
    person: Person = change_password(actor=cast.inti, old=PASSWORD, new=NEW)
    assert (person.pk, person.check_password(NEW), NEW in person.password) == (cast.inti.person, True, False)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("otra", NEW, "password-wrong"),
        ("", NEW, "password-wrong"),
        (PASSWORD + " ", NEW, "password-wrong"),
        (PASSWORD, "corta", "password-weak"),
        (PASSWORD, "password1234", "password-weak"),
        (PASSWORD, PASSWORD, "password-same"),
        ("otra", "corta", "password-wrong"),
    ],
)
def test_a_refused_change_leaves_the_password(cast: Cast, old: str, new: str, code: str) -> None:
    assert (refused(cast.inti, old, new), signs_in(cast, PASSWORD)) == (code, True)


@pytest.mark.parametrize("actor", [NOBODY, OPERATOR, Actor(person=10**9)])
def test_without_an_account_there_is_no_password(cast: Cast, actor: Actor) -> None:
    assert refused(actor, PASSWORD, NEW) == "password-of-nobody"


def test_a_closed_account_changes_nothing(cast: Cast) -> None:
    person = cast.people["inti"]
    person.is_active = False
    person.save()
    with pytest.raises(Forbidden):
        change_password(actor=cast.inti, old=PASSWORD, new=NEW)
