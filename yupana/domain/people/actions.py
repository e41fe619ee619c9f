"""Writing accounts and mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from yupana.domain.people.facts import ENDED, GRANTED, ended_content, granted_content, mandate_codes
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.policy import check_grant
from yupana.domain.people.rules import check_username, overlap
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.foundation.kernel.actor import Actor, Role

MOST_NAME = 120


def create_person(*, actor: Actor, username: str, password: str, display_name: str = "") -> Person:
    """Open an account, which may do nothing yet. Refused where the user name is taken or the password is weak."""
    check_grant(actor)
    name = squeeze(display_name)
    if len(name) > MOST_NAME:
        raise Refused("display-name-too-long", most=MOST_NAME)
    person = Person(username=check_username(username), display_name=name)
    _check_strong(password, person)
    person.set_password(password)
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
    _check_strong(new, person)
    after = make_password(new)
    # Of two changes at once the second one finds another password than the one it was told.
    if not Person.objects.filter(pk=person.pk, password=before).update(password=after):
        raise Refused("password-wrong")
    person.refresh_from_db()
    return person


def grant(
    *,
    actor: Actor,
    person: Person,
    entity: Entity,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    on: date,
) -> Mandate:
    """Let a person act for a body in a role, from one day to another, both included.

    Refused where it would end before it starts, at a group, or while the person holds the same role there.
    """
    check_grant(actor)
    if ends_on and ends_on < starts_on:
        raise Refused("mandate-backwards", starts_on=starts_on, ends_on=ends_on)
    if not entity.bindable:
        raise Refused("mandate-at-group", entity=entity.name)
    with transaction.atomic():
        # The account's row is the lock: of two grants at once the second one sees the first.
        Person.objects.select_for_update().get(pk=person.pk)
        _check_free(person, entity, role, (starts_on, ends_on))
        content = granted_content(
            person=person.pk, entity=entity.ref, role=role.value, starts_on=starts_on, ends_on=ends_on
        )
        return Mandate.objects.create(
            person=person,
            entity=entity,
            role=role.value,
            starts_on=starts_on,
            ends_on=ends_on,
            entry=record(Fact(GRANTED, mandate_codes(entity.ref, role.value), on, content)),
        )


def end_mandate(*, actor: Actor, mandate: Mandate, on: date) -> Mandate:
    """End a mandate: it gives no right from that day on, and every session of its person ends now."""
    check_grant(actor)
    entity = mandate.entity.ref
    content = ended_content(
        person=mandate.person_id, entity=entity, role=mandate.role, starts_on=mandate.starts_on, ended_on=on
    )
    with transaction.atomic():
        entry = record(Fact(ENDED, mandate_codes(entity, mandate.role), on, content))
        moved = Mandate.objects.filter(pk=mandate.pk, ended_on__isnull=True).update(ended_on=on, end_entry=entry)
        if not moved:
            raise Conflict("mandate-ended-already")
        Person.objects.filter(pk=mandate.person_id).update(session_epoch=F("session_epoch") + 1)
    mandate.refresh_from_db()
    return mandate


def _check_strong(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password-weak", problems=" ".join(error.messages)) from error


def _check_free(person: Person, entity: Entity, role: Role, days: tuple[date, date | None]) -> None:
    held = Mandate.objects.filter(person=person, entity=entity, role=role.value, ended_on__isnull=True)
    if any(overlap(days, each) for each in held.values_list("starts_on", "ends_on")):
        raise Conflict("mandate-held", entity=entity.name)
