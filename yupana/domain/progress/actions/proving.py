"""Bringing evidence, and noting what was found where a link leads. A piece is never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.entities.models import Entity
from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.evidence import content_of, fetched_content
from yupana.domain.progress.models import Evidence, Fetch
from yupana.domain.progress.policy import can_bring
from yupana.domain.progress.rules import EvidenceKind, EvidenceLevel
from yupana.domain.progress.rules.addresses import read_link
from yupana.domain.progress.rules.evidence import MOST_NAME, MOST_NOTE
from yupana.foundation.kernel.errors import Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.progress.facts import Found, Terms
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.models import Entry
    from yupana.foundation.vault.store import Stored


@dataclass(frozen=True, slots=True)
class Brought:
    """A piece that an entity has now, and whether it is new."""

    piece: Evidence
    new: bool


def add_file(*, actor: Actor, entity: Entity, stored: Stored, terms: Terms, on: date) -> Brought:
    """Keep a file of the vault as evidence; the same file again gives the piece that is there, as it is."""
    piece = Evidence(
        kind=EvidenceKind.FILE.value, digest=stored.digest, media_type=stored.media_type, size=stored.size
    )  # fmt: skip
    return _brought(actor, entity, piece, terms, on)


def add_link(*, actor: Actor, entity: Entity, url: str, terms: Terms, on: date) -> Brought:
    """Keep an address as evidence; the same address again gives the piece that is there, as it is."""
    read_link(url.strip())
    return _brought(actor, entity, Evidence(kind=EvidenceKind.LINK.value, url=url.strip()), terms, on)


def note_fetch(*, piece: Evidence, found: Found, on: date) -> Fetch:
    """Note what the machine found where a link leads: bytes with their digest, or why nothing was taken.

    Missing where the piece was erased while it was looked at.
    """
    if piece.kind != EvidenceKind.LINK:
        raise Refused("not-a-link")
    with transaction.atomic():
        # Locked, so that it is not erased meanwhile: what is sealed below names its address.
        locked = Evidence.objects.select_for_update(of=("self",), no_key=True).select_related("entity")
        held = locked.filter(pk=piece.pk, entry__erasure=None).first()
        if held is None:
            raise Missing("evidence-missing")
        fetch = Fetch(
            evidence=held, on=on, digest=found.digest, media_type=found.media_type, size=found.size,
            refusal=found.refusal,
        )  # fmt: skip
        fetch.entry = _recorded("evidence.fetched", held, on, fetched_content(fetch))
        fetch.save(force_insert=True)
        return fetch


def _brought(actor: Actor, entity: Entity, piece: Evidence, terms: Terms, on: date) -> Brought:
    if not can_bring(actor, entity.pk):
        raise Forbidden("not-for-entity")
    _tell(piece, terms, on)
    piece.entity, piece.on, piece.by_id = entity, on, actor.person
    with transaction.atomic():
        Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)  # whoever brings the same now waits here
        there = _there(piece)
        if there is None:
            piece.entry = _recorded("evidence.added", piece, on, content_of(piece))
            piece.save(force_insert=True)
            return Brought(piece, new=True)
    if hasattr(there.entry, "erasure"):
        raise Refused("evidence-erased")
    return Brought(there, new=False)


def _there(piece: Evidence) -> Evidence | None:
    same = {"digest": piece.digest} if piece.kind == EvidenceKind.FILE else {"url": piece.url}
    known = Evidence.objects.filter(entity=piece.entity, kind=piece.kind, **same)
    return known.select_related("entity", "entry__erasure").first()


def _tell(piece: Evidence, terms: Terms, on: date) -> None:
    """Put down what is said of a piece. Refused where it is said badly."""
    piece.name, piece.note = squeeze(terms.name), terms.note.strip()
    if not piece.name:
        raise Refused("evidence-name-missing")
    for text, most in ((piece.name, MOST_NAME), (piece.note, MOST_NOTE)):
        if len(text) > most:
            raise Refused("evidence-text-too-long", most=most)
    if terms.level not in list(EvidenceLevel):
        raise Refused("evidence-level-unknown")
    if terms.visibility not in list(Visibility):
        raise Refused("evidence-visibility-unknown")
    if terms.issued_on and terms.issued_on > on:
        raise Refused("evidence-issued-later")
    if terms.issued_on and terms.valid_until and terms.valid_until < terms.issued_on:
        raise Refused("evidence-days-backwards")
    piece.issued_on, piece.valid_until = terms.issued_on, terms.valid_until
    piece.level, piece.visibility = terms.level, terms.visibility


def _recorded(verb: str, piece: Evidence, on: date, content: Plain) -> Entry:
    codes: dict[str, str | int] = {"entity": piece.entity.ref}
    reserved = piece.visibility == Visibility.RESTRICTED
    return record(Fact(verb, codes, on, content, reserved=reserved))
