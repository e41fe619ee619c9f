"""Reading accounts and mandates: who an account is on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as UNUSABLE
from django.db.models import Q

from yupana.domain.people import tokens
from yupana.domain.people.facts import Letter, ended_content, granted_content
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.policy import check_grant
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

OF_THE_ENTITY = (Role.ENTITY_PLANNER, Role.EXECUTIVE)
MOST_KEY = 2**63


def actor_for(user: Person | AnonymousUser, *, on: date) -> Actor:
    """Say what an account may do on a day, in one query; nobody where it is anonymous or closed."""
    if not isinstance(user, Person) or not user.is_active:
        return NOBODY
    held = in_force(on).filter(person=user).values_list("role", "entity_id")
    return Actor(person=user.pk, mandates=frozenset((Role(role), entity) for role, entity in held))


def mandates_of(person: Person, on: date) -> QuerySet[Mandate]:
    """Select a person's mandates in force on a day, with their bodies."""
    return in_force(on).filter(person=person).select_related("entity").order_by("entity__sort_key", "role", "id")


def ever_held(actor: Actor) -> QuerySet[Mandate]:
    """Select all that the actor holds or ever held."""
    return Mandate.objects.filter(person=actor.person or 0)


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


def acting_for(entity: int, on: date) -> QuerySet[Mandate]:
    """Select the mandates in force at one body, with their people, by role and name."""
    held = in_force(on).filter(entity=entity, person__is_active=True)
    return held.select_related("person", "entity").order_by("role", "person__display_name", "pk")


def colleagues(actor: Actor, on: date) -> QuerySet[Mandate]:
    """Select what others hold at the bodies for which the actor plans or signs."""
    held = in_force(on).filter(entity__in=actor.entities(*OF_THE_ENTITY), role__in=OF_THE_ENTITY)
    others = held.filter(person__is_active=True).exclude(person=actor.person)
    return others.select_related("person", "entity").order_by("entity__sort_key", "role", "person__display_name", "pk")


def email_of(actor: Actor) -> str:
    """Return where the actor's own notices go."""
    return Person.objects.filter(pk=actor.person or 0).values_list("email", flat=True).first() or ""


def newly(actor: Actor, *, on: date, days: int) -> bool:
    """Whether one of the actor's mandates for an entity began within so many days."""
    own = in_force(on).filter(person=actor.person or 0, role__in=OF_THE_ENTITY)
    return own.filter(starts_on__gte=on - timedelta(days=days)).exists()


def awaited(actor: Actor) -> QuerySet[Person]:
    """Select the accounts that were invited and have not chosen a password, the latest first: for who grants."""
    check_grant(actor)
    waiting = Person.objects.filter(is_active=True, invited_on__isnull=False, password__startswith=UNUSABLE)
    return waiting.prefetch_related("mandates__entity").order_by("-invited_on", "display_name", "pk")


def invited(person: int, token: str) -> Person:
    """Find the account that a link opens; Missing where it was used, is too old or was never made."""
    found = Person.objects.filter(pk=person, is_active=True).first() if 0 < person < MOST_KEY else None
    if found is None or not tokens.fits(found, token):
        raise Missing("invitation-spent")
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
        letter=Letter(mandate.letter, mandate.letter_on),
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
