"""Noting how the authority tried to reach an entity that is silent: its own notes, in no public record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.obligations.models import Contact
from yupana.domain.obligations.policy import can_call
from yupana.domain.obligations.rules import ContactHow
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor

MOST_CITE = 120
OF_ITSELF = frozenset({ContactHow.INVITED, ContactHow.BOUNCED})  # noted by the program, which has nothing to add


def note_contact(  # noqa: PLR0913 - who, whom, how, when, what about, with which letter, and what came of it
    *,
    actor: Actor,
    entity: Entity,
    how: ContactHow,
    contacted_on: date,
    on: date,
    call: Call | None = None,
    cite: str = "",
    note: str = "",
) -> Contact:
    """Note one attempt to reach an entity, of today or earlier, with a letter's number or with what came of it."""
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    cite, note = squeeze(cite), note.strip()
    if contacted_on > on:
        raise Refused("contact-in-future", on=contacted_on)
    if len(cite) > MOST_CITE:
        raise Refused("contact-cite-too-long", most=MOST_CITE)
    if not (cite or note or how in OF_ITSELF):
        raise Refused("contact-empty")
    return Contact.objects.create(
        entity=entity, call=call, on=contacted_on, how=how.value, cite=cite, note=note, by_id=actor.person
    )


def note_many(*, actor: Actor, entities: Iterable[int], how: ContactHow, on: date) -> int:
    """Note for many entities at once that they were invited, or that mail to them came back; return how many."""
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    noted = [Contact(entity_id=each, how=how.value, on=on, by_id=actor.person) for each in sorted(set(entities))]
    return len(Contact.objects.bulk_create(noted))
