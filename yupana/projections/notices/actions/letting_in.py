"""Letting people in with all that goes with it: the accounts, the mail with the link, the note that they were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.obligations.actions.contacting import note_many
from yupana.domain.obligations.rules import ContactHow
from yupana.domain.people import actions as people
from yupana.projections.notices.actions.filling import put
from yupana.projections.notices.queries import Letter
from yupana.projections.notices.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.domain.people.actions.inviting import Admitted
    from yupana.domain.people.facts import Invited
    from yupana.domain.people.models import Person
    from yupana.foundation.kernel.actor import Actor


def invite(*, actor: Actor, rows: Sequence[Invited], on: date) -> list[Admitted]:
    """Invite everybody on a list, or nobody: see ``people.invite``."""
    with transaction.atomic():
        told = people.invite(actor=actor, rows=rows, on=on)
        _tell(actor, told, on)
        return told


def hand_over(*, actor: Actor, entity: Entity, row: Invited, on: date) -> Admitted:
    """Put a person in the place of those before by a letter: see ``people.hand_over``."""
    with transaction.atomic():
        told = people.hand_over(actor=actor, entity=entity, row=row, on=on)
        _tell(actor, [told], on)
        return told


def _tell(actor: Actor, admitted: Sequence[Admitted], on: date) -> None:
    asked = [each for each in admitted if each.link]
    put(Letter(each.person.pk, Rule.INVITED, _subject(each.person), on, on) for each in asked if each.person.email)
    note_many(actor=actor, entities=[each.entity.pk for each in asked], how=ContactHow.INVITED, on=on)


def _subject(person: Person) -> str:
    """Tell the link after all sessions ended from the one before, which opens nothing any more."""
    return f"invitation:{person.session_epoch}" if person.session_epoch else "invitation"
