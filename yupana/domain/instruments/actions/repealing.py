"""Putting an edition out of force by an act, without another one in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments import consultations, rules
from yupana.domain.instruments.actions.publishing import locked
from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.models import Edition, Repeal
from yupana.domain.instruments.policy import can_publish
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.actor import Actor


def repeal(*, actor: Actor, edition: str, act: str, reason: str, on: date) -> Repeal:
    """Put CODE/EDITION out of force by an act dated ``on``; only what is in force can be.

    What was owed under it stays owed: whoever opened a call closes it, or lifts it, by acts of their own.
    """
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    act, reason = squeeze(act), rules.said("repeal-reason", reason, rules.MOST_REASON)
    if not 0 < len(act) <= rules.MOST_TITLE:
        raise Refused("repeal-act", most=rules.MOST_TITLE)
    with transaction.atomic():
        held = locked(edition)
        if held.state != EditionState.PUBLISHED:
            raise Conflict("repeal-not-in-force", edition=edition)
        if held.published_on and on < held.published_on:
            raise Refused("repeal-before-publication", edition=edition, on=on, published_on=held.published_on)
        ended = Repeal(edition=held, on=on, act=act, reason=reason)
        content = consultations.repeal_content(ended)
        ended.entry = record(Fact("edition.repealed", consultations.codes_of(held), on, content))
        ended.save()
        if not Edition.objects.filter(pk=held.pk, state=EditionState.PUBLISHED).update(state=EditionState.REPEALED):
            raise Conflict("repeal-not-in-force", edition=edition)
        return ended
