"""Reading schemes and evaluations: which bands hold, what is published, and what stands behind their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.progress.facts import evaluation_content, scheme_content
from yupana.domain.progress.models import Evaluation, Scheme
from yupana.domain.progress.policy import sees_all
from yupana.domain.progress.rules import HOUSE, Band, Bands
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content


def schemes() -> QuerySet[Scheme]:
    """Every scheme that was ever set, the last one recorded first."""
    return Scheme.objects.select_related("instrument").order_by("-entry")


def scheme_of(instrument: str, on: date, *, position: int | None = None) -> Scheme | None:
    """Find the scheme by which an instrument is read on a day; its own goes before the one of all instruments.

    ``position`` leaves out what was recorded from there on; None: the bands of the house hold.
    """
    known = schemes().filter(since__lte=on)
    if position is not None:
        known = known.filter(entry__position__lt=position)
    own = known.filter(instrument__code=instrument).first() if instrument else None
    return own or known.filter(instrument=None).first()


def bands_of(instrument: str, on: date, *, position: int | None = None) -> Bands:
    """Return the bands by which an instrument, named by its code, is read on a day."""
    return bands_in(scheme_of(instrument, on, position=position))


def bands_in(scheme: Scheme | None) -> Bands:
    """Read the bands of a scheme; those of the house where there is none."""
    if scheme is None:
        return HOUSE
    return Bands(scheme.floor_bp, tuple(Band(floor, name) for floor, name in scheme.bands))


def readable_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """List the evaluations that exist for the actor, the newest first: drafts for the authority alone."""
    found = Evaluation.objects.select_related("call").order_by("-as_of", "-pk")
    return found if sees_all(actor) else found.exclude(entry=None)


def readable_evaluation(actor: Actor, code: str) -> Evaluation:
    """Find one of them; Missing where there is none for this reader."""
    found = readable_evaluations(actor).filter(code=code).first() if "\0" not in code else None
    if found is None:
        raise Missing("evaluation-unknown", code=code)
    return found


def published() -> QuerySet[Evaluation]:
    """List what was published, whoever asks: for those who prove that the figures are there."""
    return Evaluation.objects.exclude(entry=None).order_by("pk")


def content_of(evaluation: Evaluation) -> dict[str, Plain]:
    """What is sealed when an evaluation is published."""
    names = ("code", "title", "period", "as_of", "words", "position", "formula", "digest")
    return evaluation_content({"call": evaluation.call.code, **{name: getattr(evaluation, name) for name in names}})


def sealed_contents() -> Iterator[Content]:
    """What stands behind the entries of schemes and evaluations: for verification."""
    yield from rebuilt(Scheme.objects.select_related("instrument"), _scheme)
    yield from rebuilt(Evaluation.objects.select_related("call"), content_of)


def _scheme(scheme: Scheme) -> Plain:
    code = scheme.instrument.code if scheme.instrument else ""
    return scheme_content(code, scheme.since, scheme.floor_bp, scheme.bands, scheme.act)
