"""Letting people in: many at once from a list, and one in place of another by a designation letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q

from yupana.domain.entities.queries.naming import called, only
from yupana.domain.people import queries
from yupana.domain.people.actions.accounts import add, check_email, check_name, check_strong
from yupana.domain.people.actions.mandates import end_mandate, grant
from yupana.domain.people.models import Mandate, Person
from yupana.domain.people.policy import check_grant
from yupana.domain.people.rules import check_role, username_for
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
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
    """Who was let in where. ``new``: a mandate was given; ``link``: the person has to choose a password first.

    ``before`` is whose account it was until now, where it was taken over from somebody else.
    """

    person: Person
    entity: Entity
    role: Role
    new: bool
    link: bool
    before: str = ""


def invite(*, actor: Actor, rows: Sequence[Invited], on: date) -> list[Admitted]:
    """Give everybody on a list an account and a mandate from today on: all of them, or nobody and every reason.

    The user name is the address. Who has that account already gets the mandate alone; who holds it already is invited
    again while no password was chosen. Addresses that people gave themselves open nobody else's account. An account
    under another name that acts for nobody any more is taken over from who left it.
    """
    check_grant(actor)
    if not rows:
        raise Refused("invitations-empty")
    bodies = called({row.entity for row in rows})
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

    Their mandates end today, the new one begins. Whoever is named again chooses a new password: it was lost. So does
    who comes to the address of one before: an office's account passes on, and nothing of it stays with who left. The
    link goes to the address of the letter alone. Refused where the one before still acts elsewhere with that account.
    """
    check_grant(actor)
    role = check_role(row.role)
    if not squeeze(row.letter.number) or row.letter.on is None:
        raise Refused("letter-missing")
    if row.letter.on > on:
        raise Refused("letter-in-future", on=row.letter.on)
    with transaction.atomic():
        former = Mandate.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), entity=entity, role=role.value)
        left = set[int]()
        for mandate in former.filter(ended_on__isnull=True).select_related("entity"):
            end_mandate(actor=actor, mandate=mandate, on=on)
            left.add(mandate.person_id)
        return _admit(actor, row, entity, on, left)


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


def _admit(actor: Actor, row: Invited, body: Entity, on: date, left: Collection[int] = ()) -> Admitted:
    """Let the person of a line in; ``left`` are those whose place it is."""
    role = check_role(row.role)
    person, before = _account(row, body, on, left)
    held = queries.mandates_of(person, on).filter(entity=body, role=role.value).exists()
    link = not person.has_usable_password()
    if not held:
        grant(actor=actor, person=person, entity=body, role=role, starts_on=on, letter=row.letter, on=on)
    if link:
        person.invited_on, person.email = on, row.email.strip() or person.email
        Person.objects.filter(pk=person.pk).update(invited_on=on, email=person.email)
    return Admitted(person, body, role, new=not held, link=link, before=before)


def _account(row: Invited, body: Entity, on: date, left: Collection[int]) -> tuple[Person, str]:
    """Find or open the account of a line, and say from whom it was taken over."""
    name, email = check_name(row.name), check_email(row.email)
    if not name:
        raise Refused("invited-name-missing")
    username = username_for(email, name, lambda found: Person.objects.filter(username=found).exists())
    known = None if email else _called(name, row.role, body, on, left)
    known = known or Person.objects.filter(username=username).first()
    if known is None:
        person = Person(username=username, display_name=name, email=email, invited_on=on)
        person.set_unusable_password()
        return add(person), ""
    if not known.is_active:
        raise Refused("account-closed")
    before = _left_behind(known, name, on, left)
    if before or known.pk in left:
        _lock(known, name, email)
    return known, before


def _called(name: str, role: str, body: Entity, on: date, left: Collection[int]) -> Person | None:
    """Find who of that name acts there already, or did until now: whom a line without an address means."""
    acting = queries.in_force(on).filter(entity=body, role=role).values("person")
    return Person.objects.filter(Q(pk__in=acting) | Q(pk__in=left), display_name=name, is_active=True).first()


def _left_behind(known: Person, name: str, on: date, left: Collection[int]) -> str:
    """Say whose account it was, where they are another and act for nobody any more; empty where it stays theirs."""
    if fold(known.display_name) == fold(name) or not known.mandates.exists():
        return ""
    before = known.display_name or known.username
    if not queries.in_force(on).filter(person=known).exists():
        return before
    if known.pk in left:
        raise Refused("account-acts-elsewhere", name=before)
    return ""


def _lock(person: Person, name: str, email: str) -> None:
    """Give an account to who is named: its sessions end, and only a link of ours, sent to that address, opens it."""
    Person.objects.filter(pk=person.pk).update(
        password=make_password(None), session_epoch=F("session_epoch") + 1, display_name=name, email=email
    )
    person.refresh_from_db()
