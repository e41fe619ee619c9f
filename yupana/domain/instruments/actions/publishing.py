"""Publish a draft by its legal act, with its originals: from then on the database itself keeps it as it is."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments import consultations, rules
from yupana.domain.instruments.facts import EditionState, item_key
from yupana.domain.instruments.models import Edition, Instrument, Item
from yupana.domain.instruments.policy import can_publish
from yupana.domain.instruments.queries import content_of, in_force, known_of, row_of
from yupana.domain.instruments.queries import edition as edition_named
from yupana.domain.instruments.rules.lineage import match
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record
from yupana.foundation.vault import store as vault

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.instruments.models import Document
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.vault.store import Stored

MOST_DOCUMENTS = 50


def publish(*, actor: Actor, instrument: str, edition: str, act: str, on: date) -> Edition:
    """Publish a draft by its legal act, dated ``on``; from then on the database refuses to change it.

    The edition in force before becomes superseded. Refused without an act, without items, dated before the edition in
    force, while a comment waits for its answer, and when an original is not in the vault.
    """
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    ref, act = f"{instrument}/{edition}", squeeze(act)
    if not 0 < len(act) <= rules.MOST_TITLE:
        raise Refused("edition-act-missing", edition=ref, most=rules.MOST_TITLE)
    with transaction.atomic():
        owner = Instrument.objects.select_for_update().filter(code=instrument).first()
        if owner is None:
            raise Missing("edition-unknown", edition=ref)
        draft = locked(ref)
        _check_ready(draft, ref)
        previous = in_force(owner)
        if previous and previous.published_on and on < previous.published_on:
            raise Refused("edition-before-previous", edition=ref, on=on, previous=previous.published_on)
        if previous:
            _join_series(previous, draft)
            Edition.objects.filter(pk=previous.pk, state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
        return _publish(draft, act=act, on=on, follows=previous.code if previous else "")


def attach(*, actor: Actor, edition: str, stored: Stored) -> Document:
    """Keep a file of the vault as an original of the draft CODE/EDITION; the same file again changes its name only."""
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    with transaction.atomic():
        held = _draft(edition)
        if held.documents.exclude(digest=stored.digest).count() >= MOST_DOCUMENTS:
            raise Refused("documents-many", most=MOST_DOCUMENTS)
        told = {"name": stored.name, "media_type": stored.media_type, "size": stored.size}
        return held.documents.update_or_create(digest=stored.digest, defaults=told)[0]


def detach(*, actor: Actor, edition: str, digest: str) -> None:
    """Take an original away from the draft CODE/EDITION; the vault keeps the file."""
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    with transaction.atomic():
        gone, _ = _draft(edition).documents.filter(digest=digest).delete()
        if not gone:
            raise Missing("file-missing", digest=digest)


def locked(ref: str) -> Edition:
    """Find CODE/EDITION, and let nobody else move it meanwhile."""
    found = edition_named(ref)
    return Edition.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=found.pk)


def refusal(held: Edition) -> Conflict:
    """Say why an edition that is no draft does not change."""
    ref = f"{held.instrument.code}/{held.code}"
    consulted = held.state == EditionState.CONSULTATION
    return Conflict("edition-in-consultation" if consulted else "edition-published", edition=ref)


def _draft(ref: str) -> Edition:
    held = locked(ref)
    if held.state != EditionState.DRAFT:
        raise refusal(held)
    return held


def _check_ready(draft: Edition, ref: str) -> None:
    if draft.state != EditionState.DRAFT:
        raise refusal(draft)
    waiting = consultations.unanswered(draft)
    if waiting:
        raise Refused("consultation-unanswered", edition=ref, number=waiting)
    check_settled(draft, ref)
    for paper in draft.documents.all():
        if vault.size_of(paper.digest) != paper.size:
            raise Refused("document-lost", name=paper.name)


def check_settled(draft: Edition, ref: str) -> None:
    """Refuse while somebody has to choose between two wordings: what was kept aside would be out of reach."""
    aside = draft.asides.count()
    if aside:
        raise Refused("asides-waiting", edition=ref, number=aside)


def _publish(draft: Edition, *, act: str, on: date, follows: str) -> Edition:
    """Record the whole tree, and turn the draft into what was recorded."""
    settle_weights(draft)
    draft.act, draft.published_on = act, on
    codes = {"instrument": draft.instrument.code, "edition": draft.code}
    entry = record(Fact("edition.published", codes, on, content_of(draft, follows=follows)))
    moved = Edition.objects.filter(pk=draft.pk, state=EditionState.DRAFT).update(
        state=EditionState.PUBLISHED, act=act, published_on=on, entry=entry
    )
    if not moved:
        raise Conflict("edition-published", edition=f"{draft.instrument.code}/{draft.code}")
    draft.refresh_from_db()
    return draft


def settle_weights(draft: Edition) -> None:
    """Freeze each item's share of the whole, as the tree stands now."""
    items = list(draft.items.order_by("order"))
    if not items:
        raise Refused("edition-empty")
    at = {item.pk: position for position, item in enumerate(items)}
    weights = rules.weigh(
        [None if item.parent_id is None else at[item.parent_id] for item in items],
        [item.binds for item in items],
        [item.stake for item in items],
    )
    stray = [item for item, weight in zip(items, weights, strict=True) if item.weight != weight]
    for item in stray:
        item.weight = weights[at[item.pk]]
    Item.objects.bulk_update(stray, ["weight"], batch_size=500)


def _join_series(previous: Edition, draft: Edition) -> None:
    """Let the items of a draft that was written before the previous edition was published go on from its items.

    Only what surely is the same item does. A draft that knows any of them was written after it: what its writers said
    became of each stands. So does what was put to consultation: people spoke about it.
    """
    if draft.consultations.exists() or draft.items.filter(lineage__in=previous.items.values("lineage")).exists():
        return
    items = list(draft.items.select_related("parent").order_by("order"))
    sure = match(known_of(previous), [replace(row_of(item), lineage="") for item in items]).sure
    stray = [item for item in items if item_key(item.role, item.code) in sure]
    for item in stray:
        item.lineage = uuid.UUID(sure[item_key(item.role, item.code)])
    Item.objects.bulk_update(stray, ["lineage"], batch_size=500)
