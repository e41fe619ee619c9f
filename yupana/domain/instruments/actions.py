"""Writing instruments: draft an edition from rows, and publish it by a legal act."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments import rules
from yupana.domain.instruments.facts import EditionState, Heading, ItemRow, item_key
from yupana.domain.instruments.models import Edition, Instrument, Item
from yupana.domain.instruments.policy import can_publish
from yupana.domain.instruments.queries import content_of, heading_of
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.report import Report
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from yupana.foundation.kernel.actor import Actor

    Drawn = list[tuple[str, str, str, bool]]


def draft_edition(  # noqa: PLR0913 (a cover and its rows)
    *,
    actor: Actor,
    instrument: str,
    title: str,
    kind: str,
    edition: str,
    edition_title: str,
    rows: Sequence[ItemRow],
    legal_basis: str = "",
    source_digest: str = "",
    tick: Callable[[int], None] = lambda _: None,
) -> Report:
    """Draft an edition, or replace its draft; nothing is stored unless every row has its place.

    The report counts items; the edition itself counts as updated when its cover or order changed or items left it.
    The same rows again change nothing. A published edition that would differ is a Conflict("edition-published").
    """
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    cover = Heading(
        squeeze(instrument),
        squeeze(title),
        squeeze(kind),
        squeeze(edition),
        squeeze(edition_title),
        legal_basis.strip(),
    )
    rules.check_heading(cover)
    placed = rules.arranged(rows)
    with transaction.atomic():
        owner = _lock_instrument(cover)
        held = owner.editions.filter(code=cover.edition).select_related("instrument").first()
        before = _drawn(held) if held else []
        if held and heading_of(held) == cover and before == _drawing(placed):
            tick(len(rows))
            return Report(read=len(rows), unchanged=len(rows))
        if held and held.state != EditionState.DRAFT:
            raise Conflict("edition-published", edition=cover.ref)
        _retitle(owner, cover)
        draft = _replace(owner, held, cover, source_digest)
        _store(draft, placed, _lineages(_in_force(owner), held), tick)
        return _report(before if held else None, _drawing(placed))


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
        previous = _in_force(owner)
        if previous and previous.published_on and on < previous.published_on:
            raise Refused("edition-before-previous", edition=ref, on=on, previous=previous.published_on)
        if previous:
            _carry_over(previous, draft)
            Edition.objects.filter(pk=previous.pk, state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
        return _publish(draft, act=act, on=on, follows=previous.code if previous else "")


def _publish(draft: Edition, *, act: str, on: date, follows: str) -> Edition:
    """Record the whole tree, and turn the draft into what was recorded."""
    if not draft.items.exists():
        raise Refused("edition-empty")
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


def _lock_instrument(cover: Heading) -> Instrument:
    """One writer per instrument: lineage and supersession look at its other editions."""
    Instrument.objects.get_or_create(code=cover.instrument, defaults={"title": cover.title, "kind": cover.kind})
    return Instrument.objects.select_for_update().get(code=cover.instrument)


def _retitle(owner: Instrument, cover: Heading) -> None:
    """Title and kind stand in every publication, so they are settled by the first."""
    if (owner.title, owner.kind) == (cover.title, cover.kind):
        return
    if owner.editions.exclude(state=EditionState.DRAFT).exists():
        raise Conflict("instrument-published", instrument=owner.code, title=owner.title, kind=owner.kind)
    Instrument.objects.filter(pk=owner.pk).update(title=cover.title, kind=cover.kind)


def _replace(owner: Instrument, held: Edition | None, cover: Heading, source_digest: str) -> Edition:
    values = {"title": cover.edition_title, "legal_basis": cover.legal_basis, "source_digest": source_digest}
    if held is None:
        return Edition.objects.create(instrument=owner, code=cover.edition, **values)
    if not Edition.objects.filter(pk=held.pk, state=EditionState.DRAFT).update(**values):
        raise Conflict("edition-published", edition=cover.ref)
    return held


def _store(
    draft: Edition, placed: Sequence[ItemRow], lineages: Mapping[str, uuid.UUID], tick: Callable[[int], None]
) -> None:
    """Store items depth by depth, because a child needs its parent's key: one statement a depth and batch."""
    draft.items.all().delete()
    positions = {(row.role, row.code): at for at, row in enumerate(placed)}
    parents = [None if row.parent is None else positions[row.parent] for row in placed]
    weights = rules.weigh(parents, [rules.binds(row) for row in placed])
    made: list[Item] = []
    depths: list[list[Item]] = []
    depth_of: list[int] = []
    for order, (row, above) in enumerate(zip(placed, parents, strict=True)):
        depth_of.append(0 if above is None else depth_of[above] + 1)
        item = Item(
            edition=draft, parent=None if above is None else made[above], role=row.role, code=row.code, text=row.text,
            binds=rules.binds(row), weight=weights[order], order=order, source_ref=row.where[-80:],
            lineage=lineages.get(item_key(row.role, row.code)) or uuid.uuid4(),
        )  # fmt: skip
        made.append(item)
        depths.extend([] for _ in range(depth_of[-1] + 1 - len(depths)))
        depths[depth_of[-1]].append(item)
    for family in depths:
        Item.objects.bulk_create(family)
        tick(len(family))


def _in_force(owner: Instrument) -> Edition | None:
    """Find the edition that was published last."""
    return owner.editions.filter(entry__isnull=False).order_by("-entry").first()


def _lineages(*editions: Edition | None) -> dict[str, uuid.UUID]:
    """Lineage by "role:code"; the first edition that knows an item decides."""
    found: dict[str, uuid.UUID] = {}
    for each in editions:
        if each is not None:
            for role, code, lineage in each.items.values_list("role", "code", "lineage"):
                found.setdefault(item_key(role, code), lineage)
    return found


def _carry_over(previous: Edition, draft: Edition) -> None:
    """Join the series of a draft that was written before the previous edition was published."""
    known = _lineages(previous)
    stray = [
        item for item in draft.items.all() if known.get(item_key(item.role, item.code), item.lineage) != item.lineage
    ]
    for item in stray:
        item.lineage = known[item_key(item.role, item.code)]
    Item.objects.bulk_update(stray, ["lineage"])


def _drawing(placed: Sequence[ItemRow]) -> Drawn:
    """List what makes two trees the same: keys, texts, parents and what binds, in order."""
    return [
        (item_key(row.role, row.code), row.text, item_key(*row.parent) if row.parent else "", rules.binds(row))
        for row in placed
    ]


def _drawn(held: Edition) -> Drawn:
    return [
        (
            item_key(item.role, item.code),
            item.text,
            item_key(item.parent.role, item.parent.code) if item.parent else "",
            item.binds,
        )
        for item in held.items.select_related("parent").order_by("order")
    ]


def _report(before: Drawn | None, after: Drawn) -> Report:
    held = {item[0]: item for item in before or []}
    created = sum(item[0] not in held for item in after)
    unchanged = sum(held.get(item[0]) == item for item in after)
    updated = len(after) - created - unchanged
    # The edition's own cover, order or departures: told only where no item tells of a change.
    edition = int(before is not None and not created and not updated)
    return Report(read=len(after), created=created, updated=updated + edition, unchanged=unchanged)
