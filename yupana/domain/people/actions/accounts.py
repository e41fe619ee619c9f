"""Writing accounts: opened, given another password, given an address for notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from yupana.domain.people.models import Person
from yupana.domain.people.policy import can_grant, check_grant
from yupana.domain.people.rules import MOST_EMAIL, MOST_NAME, check_username
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from yupana.foundation.kernel.actor import Actor


def create_person(*, actor: Actor, username: str, password: str, display_name: str = "") -> Person:
    """Open an account, which may do nothing yet. Refused where the user name is taken or the password is weak."""
    check_grant(actor)
    person = Person(username=check_username(username), display_name=check_name(display_name))
    check_strong(password, person)
    person.set_password(password)
    return add(person)


def check_name(text: str) -> str:
    """Return a person's name in single spaces; Refused where it is too long to be kept."""
    name = squeeze(text)
    if len(name) > MOST_NAME:
        raise Refused("display-name-too-long", most=MOST_NAME)
    return name


def add(person: Person) -> Person:
    """Keep a new account; of two under one user name the second is refused."""
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("username-taken", username=person.username) from error
    return person


def change_password(*, actor: Actor, old: str, new: str) -> Person:
    """Give oneself another password: every session that was opened with the old one ends.

    Refused where the old one is wrong, also because somebody changed it a moment ago, or the new one is weak.
    """
    person = Person.objects.filter(pk=actor.person or 0, is_active=True).first()
    if person is None:
        raise Forbidden("password-of-nobody")
    before = person.password
    if not check_password(old, before):
        raise Refused("password-wrong")
    if old == new:
        raise Refused("password-same")
    check_strong(new, person)
    after = make_password(new)
    # Of two changes at once the second one finds another password than the one it was told.
    if not Person.objects.filter(pk=person.pk, password=before).update(password=after):
        raise Refused("password-wrong")
    person.refresh_from_db()
    return person


def set_email(*, actor: Actor, person: int, email: str) -> str:
    """Say where an account's notices go, "" for nowhere: for oneself, or for anybody by who opens accounts.

    Returns the address as it is kept.
    """
    if person != actor.person and not can_grant(actor):
        raise Forbidden("email-of-another")
    kept = check_email(email)
    if not Person.objects.filter(pk=person, is_active=True).update(email=kept):
        raise Forbidden("email-of-another")
    return kept


def check_email(email: str) -> str:
    """Return the address without space at its ends; Refused where nothing could be sent to it. Empty is none."""
    kept = email.strip()
    if not kept:
        return ""
    try:
        validate_email(kept)
    except ValidationError as error:
        raise Refused("email-unusable", email=kept[:MOST_EMAIL]) from error
    if len(kept) > MOST_EMAIL or not kept.isascii():
        raise Refused("email-unusable", email=kept[:MOST_EMAIL])
    return kept


def check_strong(password: str, person: Person) -> None:
    """Refuse a password that is too short or that everybody uses."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password-weak", problems=" ".join(error.messages)) from error
