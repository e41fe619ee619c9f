"""Publish a draft by its legal act: from then on the database itself keeps it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments import rules
from yupana.domain.instruments.facts import EditionState, item_key
from yupana.domain.instruments.models import Edition, Instrument, Item
from yupana.domain.instruments.policy import can_publish
from yupana.domain.instruments.queries import content_of, in_force
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    import uuid
    from datetime import date

    from yupana.foundation.kernel.actor import Actor


def publish(*, actor: Actor, instrument: str, edition: str, act: str, on: date) -> Edition:
    """Publish a draft by its legal act, dated ``on``; from then on the database refuses to change it.

    The edition in force before becomes superseded. Refused without an act, without items, or dated before the
    edition in force.
    """
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    ref, act = f"{instrument}/{edition}", squeeze(act)
    if not 0 < len(act) <= rules.MOST_TITLE:
        raise Refused("edition-act-missing", edition=ref, most=rules.MOST_TITLE)
    with transaction.atomic():
        owner = Instrument.objects.select_for_update().filter(code=instrument).first()
        draft = owner.editions.select_related("instrument").filter(code=edition).first() if owner else None
        if owner is None or draft is None:
            raise Missing("edition-unknown", edition=ref)
        if draft.state != EditionState.DRAFT:
            raise Conflict("edition-published", edition=ref)
        previous = in_force(owner)
        if previous and previous.published_on and on < previous.published_on:
            raise Refused("edition-before-previous", edition=ref, on=on, previous=previous.published_on)
        if previous:
            _carry_over(previous, draft)
            Edition.objects.filter(pk=previous.pk, state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
        return _publish(draft, act=act, on=on, follows=previous.code if previous else "")


def _publish(draft: Edition, *, act: str, on: date, follows: str) -> Edition:
    """Record the whole tree, and turn the draft into what was recorded."""
    _settle_weights(draft)
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


def _settle_weights(draft: Edition) -> None:
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


def _carry_over(previous: Edition, draft: Edition) -> None:
    """Join the series of a draft that was written before the previous edition was published."""
    known: dict[str, uuid.UUID] = {item_key(each.role, each.code): each.lineage for each in previous.items.all()}
    stray = [
        item for item in draft.items.all() if known.get(item_key(item.role, item.code), item.lineage) != item.lineage
    ]
    for item in stray:
        item.lineage = known[item_key(item.role, item.code)]
    Item.objects.bulk_update(stray, ["lineage"])
