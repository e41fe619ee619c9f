"""Reading accounts and mandates: who an account is on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.people.facts import ended_content, granted_content
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.rules import username_key
from yupana.foundation.kernel.actor import NOBODY, Actor, Role
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import Contradiction, expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content


def actor_for(user: Person | AnonymousUser, *, on: date) -> Actor:
    """Say what an account may do on a day, in one query; nobody where it is anonymous or closed."""
    if not isinstance(user, Person) or not user.is_active:
        return NOBODY
    held = in_force(on).filter(person=user).values_list("role", "entity_id")
    return Actor(person=user.pk, mandates=frozenset((Role(role), entity) for role, entity in held))


def mandates_of(person: Person, on: date) -> QuerySet[Mandate]:
    """Select a person's mandates in force on a day, with their bodies."""
    return in_force(on).filter(person=person).select_related("entity").order_by("entity__sort_key", "role", "id")


def in_force(on: date) -> QuerySet[Mandate]:
    """Select the mandates that give rights on a day; the same rule as ``rules.in_force``."""
    return Mandate.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), Q(ended_on__isnull=True) | Q(ended_on__gt=on), starts_on__lte=on
    )


def person(username: str) -> Person:
    """Find an account by user name as somebody typed it; Missing where there is none."""
    found = Person.objects.filter(username=username_key(username)).first()
    if found is None:
        raise Missing("person-unknown", username=username_key(username))
    return found


def sealed_contents() -> Iterator[Content]:
    """Rebuild what stands behind every entry of this room."""
    mandates = Mandate.objects.select_related("entity")
    yield from rebuilt(mandates, _granted)
    yield from rebuilt(mandates, _ended, entry="end_entry")


def _granted(mandate: Mandate) -> Plain:
    expect(found=mandate.ended_on is None, due=mandate.end_entry_id is None)
    return granted_content(
        person=mandate.person_id,
        entity=mandate.entity.ref,
        role=mandate.role,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
    )


def _ended(mandate: Mandate) -> Plain:
    if mandate.ended_on is None:
        raise Contradiction("a mandate ends on a day")
    return ended_content(
        person=mandate.person_id,
        entity=mandate.entity.ref,
        role=mandate.role,
        starts_on=mandate.starts_on,
        ended_on=mandate.ended_on,
    )
