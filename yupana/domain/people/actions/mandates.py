"""Writing mandates: given and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from yupana.domain.people.facts import ENDED, GRANTED, NO_LETTER, Letter, ended_content, granted_content, mandate_codes
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.policy import check_grant
from yupana.domain.people.rules import MOST_LETTER, overlap
from yupana.foundation.kernel.errors import Conflict, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.foundation.kernel.actor import Actor, Role


def grant(  # noqa: PLR0913 - who, for whom, as what, from when to when, by which letter
    *,
    actor: Actor,
    person: Person,
    entity: Entity,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    letter: Letter = NO_LETTER,
    on: date,
) -> Mandate:
    """Let a person act for a body in a role, from one day to another, both included, by a designation letter.

    Refused where it would end before it starts, at a group, or while the person holds the same role there.
    """
    check_grant(actor)
    if ends_on and ends_on < starts_on:
        raise Refused("mandate-backwards", starts_on=starts_on, ends_on=ends_on)
    number = squeeze(letter.number)
    if len(number) > MOST_LETTER or (letter.on and not number):
        raise Refused("letter-unusable", most=MOST_LETTER)
    if not entity.bindable:
        raise Refused("mandate-at-group", entity=entity.name)
    with transaction.atomic():
        # The account's row is the lock: of two grants at once the second one sees the first.
        Person.objects.select_for_update().get(pk=person.pk)
        _check_free(person, entity, role, (starts_on, ends_on))
        content = granted_content(
            person=person.pk,
            entity=entity.ref,
            role=role.value,
            starts_on=starts_on,
            ends_on=ends_on,
            letter=Letter(number, letter.on),
        )
        return Mandate.objects.create(
            person=person,
            entity=entity,
            role=role.value,
            starts_on=starts_on,
            ends_on=ends_on,
            letter=number,
            letter_on=letter.on,
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


def _check_free(person: Person, entity: Entity, role: Role, days: tuple[date, date | None]) -> None:
    held = Mandate.objects.filter(person=person, entity=entity, role=role.value, ended_on__isnull=True)
    if any(overlap(days, each) for each in held.values_list("starts_on", "ends_on")):
        raise Conflict("mandate-held", entity=entity.name)
