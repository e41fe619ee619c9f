"""Saying by which bands scores are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments.models import Instrument
from yupana.domain.progress.facts import scheme_content
from yupana.domain.progress.models import Scheme
from yupana.domain.progress.policy import can_set_terms
from yupana.domain.progress.rules import Band, Bands, check_bands
from yupana.foundation.kernel.errors import Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

MOST_ACT = 300


def set_scheme(*, actor: Actor, instrument: str, since: date, bands: Bands, act: str, on: date) -> Scheme:
    """Say by an act how scores of an instrument ("": of any) are read from a day on. What was published stays."""
    if not can_set_terms(actor):
        raise Forbidden("scheme-planners-only")
    told = Bands(bands.coverage, tuple(Band(each.floor, each.name.strip()) for each in bands.bands))
    check_bands(told)
    if not act.strip():
        raise Refused("act-missing")
    if len(act.strip()) > MOST_ACT:
        raise Refused("scheme-act", most=MOST_ACT)
    found = Instrument.objects.filter(code=instrument).first() if instrument else None
    if instrument and found is None:
        raise Missing("instrument-unknown", instrument=instrument)
    listed: list[list[Plain]] = [[each.floor, each.name] for each in told.bands]
    with transaction.atomic():
        content = scheme_content(instrument, since, told.coverage, listed, act.strip())
        entry = record(Fact("scheme.set", {"instrument": instrument} if instrument else {}, on, content))
        return Scheme.objects.create(
            instrument=found, since=since, floor_bp=told.coverage, bands=listed, act=act.strip(), entry=entry
        )
