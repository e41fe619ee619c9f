"""State what an item contributes to in another instrument, and end such a statement with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments import alignments
from yupana.domain.instruments.models import Alignment, AlignmentEnd, Instrument
from yupana.domain.instruments.policy import can_publish
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.report import Report
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from yupana.domain.instruments.facts import AlignmentKind, AlignmentRow
    from yupana.domain.instruments.models import Item
    from yupana.foundation.kernel.actor import Actor


def align(*, actor: Actor, item: str, other: str, kind: AlignmentKind, on: date) -> Alignment:
    """State what an item (INSTRUMENT/EDITION#role:code) is to an item of another instrument, both published.

    It holds for every edition in which the two stand. What is stated already is returned as it is.
    """
    _check(actor)
    with transaction.atomic():
        return _align(item, other, kind, on)[0]


def import_alignments(
    *, actor: Actor, rows: Iterable[AlignmentRow], on: date, tick: Callable[[int], None] = lambda _: None
) -> Report:
    """State all rows of a table, or nothing: a row that is refused says ``where`` it stands."""
    _check(actor)
    told = Report()
    with transaction.atomic():
        for row in rows:
            try:
                _, is_new = _align(row.item, row.other, row.kind, on)
            except Refused as error:
                raise type(error)(error.code, **error.details, where=row.where) from error
            told += Report(read=1, created=int(is_new), unchanged=int(not is_new))
            tick(1)
    return told


def end_alignment(*, actor: Actor, alignment: Alignment, reason: str, on: date) -> AlignmentEnd:
    """End an alignment for every edition; Refused without a reason, Conflict where it ended before."""
    _check(actor)
    reason = squeeze(reason)
    if not reason:
        raise Refused("alignment-reason-missing")
    with transaction.atomic():
        held = alignments.readable().get(pk=alignment.pk)
        _lock(held.item, held.other)
        if AlignmentEnd.objects.filter(alignment=held).exists():
            raise Conflict("alignment-ended", item=alignments.ref_of(held.item), other=alignments.ref_of(held.other))
        content = alignments.end_content(held, reason)
        entry = record(Fact("alignment.ended", alignments.codes(held), on, content))
        return AlignmentEnd.objects.create(alignment=held, reason=reason, entry=entry)


def _check(actor: Actor) -> None:
    if not can_publish(actor):
        raise Forbidden("alignment-planners-only")


def _align(item: str, other: str, kind: AlignmentKind, on: date) -> tuple[Alignment, bool]:
    one, two = alignments.item_named(item), alignments.item_named(other)
    if one.edition.instrument_id == two.edition.instrument_id:
        raise Refused("alignment-within", item=item, other=other)
    _lock(one, two)
    opposite = alignments.opposite(kind)
    for held in alignments.between(one, two):
        stated = alignments.kind_from(held, one)
        if stated is kind:
            return held, False
        if opposite and stated is opposite:
            raise Conflict("alignment-contradicts", item=item, other=other, kind=stated)
    made = Alignment(item=one, other=two, kind=kind)
    made.entry = record(Fact("alignment.stated", alignments.codes(made), on, alignments.content(made)))
    made.save()
    return made, True


def _lock(one: Item, two: Item) -> None:
    """Let nobody else state or end anything between the two instruments meanwhile."""
    keys = {one.edition.instrument_id, two.edition.instrument_id}
    list(Instrument.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
