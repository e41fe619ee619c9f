"""Letting people in: many at once from a list, and one in place of another by a designation letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q

from yupana.domain.entities.queries.naming import found_by, only
from yupana.domain.people import queries
from yupana.domain.people.actions.accounts import add, check_email, check_name, check_strong
from yupana.domain.people.actions.mandates import end_mandate, grant
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.policy import check_grant
from yupana.domain.people.rules import check_role, username_for
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.domain.people.facts import Invited
    from yupana.foundation.kernel.actor import Actor, Role


class Faulty(Refused):
    """A list of which some lines cannot be: nothing of it was done. ``lines`` say where and why, in their order."""

    def __init__(self, lines: Sequence[tuple[str, Refused]]) -> None:
        super().__init__("invitations-faulty", lines=len(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was let in where. ``new``: a mandate was given; ``link``: the person has to choose a password first."""

    person: Person
    entity: Entity
    role: Role
    new: bool
    link: bool


def invite(*, actor: Actor, rows: Sequence[Invited], on: date) -> list[Admitted]:
    """Give everybody on a list an account and a mandate from today on: all of them, or nobody and every reason.

    The user name is the address. Who has that account already gets the mandate alone; who holds it already is invited
    again while no password was chosen. Addresses that people gave themselves open nobody else's account.
    """
    check_grant(actor)
    if not rows:
        raise Refused("invitations-empty")
    bodies = found_by({row.entity for row in rows})
    done, faults = list[Admitted](), list[tuple[str, Refused]]()
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():  # a savepoint, so that the other lines are looked at as well
                    body = only(row.entity, bodies.get(squeeze(row.entity), []))
                    done.append(_admit(actor, row, body, on))
            except Refused as refused:
                faults.append((row.where, refused))
        if faults:
            raise Faulty(faults)
    return done


def hand_over(*, actor: Actor, entity: Entity, row: Invited, on: date) -> Admitted:
    """Put a person in the place of all who act for an entity in that role, by a designation letter.

    Their mandates end today, the new one begins. Whoever is named again chooses a new password: it was lost.
    """
    check_grant(actor)
    role = check_role(row.role)
    if not squeeze(row.letter.number) or row.letter.on is None:
        raise Refused("letter-missing")
    if row.letter.on > on:
        raise Refused("letter-in-future", on=row.letter.on)
    with transaction.atomic():
        former = Mandate.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), entity=entity, role=role.value)
        for mandate in former.filter(ended_on__isnull=True).select_related("entity"):
            end_mandate(actor=actor, mandate=mandate, on=on)
            if mandate.person.username == username_for(row.email.strip(), row.name, lambda _: False):
                _lock(mandate.person)
        return _admit(actor, row, entity, on)


def _lock(person: Person) -> None:
    """Take an account's password away: every session ends, and only a link of ours opens it again."""
    changed = {"password": make_password(None), "session_epoch": F("session_epoch") + 1}
    Person.objects.filter(pk=person.pk).update(**changed)


def accept_invitation(*, person: int, token: str, new: str) -> Person:
    """Choose the first password with the secret of a link, which is worthless from then on. Refused where it is weak.

    Of two who come with one link at once the second one finds it spent.
    """
    found = queries.invited(person, token)
    check_strong(new, found)
    if not Person.objects.filter(pk=found.pk, password=found.password).update(password=make_password(new)):
        raise Missing("invitation-spent")
    found.refresh_from_db()
    return found


def _admit(actor: Actor, row: Invited, body: Entity, on: date) -> Admitted:
    role = check_role(row.role)
    person = _account(row, body, on)
    held = queries.mandates_of(person, on).filter(entity=body, role=role.value).exists()
    if held and person.has_usable_password():
        return Admitted(person, body, role, new=False, link=False)
    if not held:
        grant(actor=actor, person=person, entity=body, role=role, starts_on=on, letter=row.letter, on=on)
    link = not person.has_usable_password()
    if link:
        Person.objects.filter(pk=person.pk).update(invited_on=on)
        person.invited_on = on
    return Admitted(person, body, role, new=not held, link=link)


def _account(row: Invited, body: Entity, on: date) -> Person:
    """Find or open the account of a line; without an address, it is whoever of that name acts there already."""
    name, email = check_name(row.name), check_email(row.email)
    if not name:
        raise Refused("invited-name-missing")
    alike = queries.in_force(on).filter(entity=body, role=row.role, person__display_name=name)
    known = None if email else Person.objects.filter(pk__in=alike.values("person"), is_active=True).first()
    username = username_for(email, name, lambda found: Person.objects.filter(username=found).exists())
    known = known or Person.objects.filter(username=username).first()
    if known is None:
        person = Person(username=username, display_name=name, email=email, invited_on=on)
        person.set_unusable_password()
        return add(person)
    if not known.is_active:
        raise Refused("account-closed")
    return known
