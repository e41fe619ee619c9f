"""Add, change and remove items of a draft. What somebody wrote while another changed the same is kept aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from yupana.domain.instruments.actions.drafting import columns
from yupana.domain.instruments.actions.editing import hold, mark_edited, touch
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.instruments.models import Aside, Item
from yupana.domain.instruments.policy import can_edit
from yupana.domain.instruments.queries import branch, outline_of, row_of
from yupana.domain.instruments.queries import edition as edition_named
from yupana.domain.instruments.rules import check_row
from yupana.domain.instruments.rules.fields import revised, values
from yupana.domain.instruments.rules.merging import merge
from yupana.domain.instruments.rules.outline import Outline, Place
from yupana.foundation.kernel.errors import Conflict, Missing, Refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from yupana.domain.instruments.models import Edition
    from yupana.domain.instruments.rules.merging import Seen
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

AWAY = 10**9  # where runs of places wait while others take theirs: the order of an edition is unique at any moment
_EMPTY = ItemRow("", ItemRole.TEXT, "", "", None)


def add_item(
    *,
    actor: Actor,
    ref: str,
    said: Mapping[str, Plain],
    under: uuid.UUID | None = None,
    behind: uuid.UUID | None = None,
) -> Item:
    """Add an item right behind another, else as the last one below one, else as the last of all."""
    with transaction.atomic():
        draft = hold(actor, ref)
        row = revised(_EMPTY, said)
        check_row(row)
        _check_free(draft, row)
        outline = outline_of(draft)
        place = _place(draft, outline, under, behind)
        at = outline.opening(place)
        make_room(draft, at)
        touch(draft)
        return Item.objects.create(edition=draft, parent_id=place.parent, order=at, **columns(row))


def change_item(*, actor: Actor, ref: str, lineage: uuid.UUID, seen: Seen, said: Mapping[str, Plain]) -> Item:
    """Change an item of a draft. What another wrote meanwhile in other fields stays beside it.

    Where both changed the same field, or the other removed the item, what was sent is kept as an Aside, whose id the
    Conflict tells ("item-changed", "item-gone").
    """
    with transaction.atomic():
        draft = hold(actor, ref)
        item = draft.items.select_related("parent").filter(lineage=lineage).first()
        if item is None and not seen.version:
            raise Missing("item-unknown", item=str(lineage))
        merged = merge(seen.marks, values(row_of(item)) if item else {}, said)
        if item and not merged.clashing:
            return _write(draft, item, merged.changed)
        aside = _set_aside(draft, lineage, seen, merged.changed if item else said, actor)
    # Raised outside, so that what was kept stays.
    raise Conflict("item-changed" if item else "item-gone", aside=aside.pk)


def settle_aside(
    *, actor: Actor, ref: str, aside: int, seen: Seen | None = None, said: Mapping[str, Plain] | None = None
) -> None:
    """End an aside: with what a person chose to stand (``said``), or with what stands already.

    An item that was removed comes back at the end of the draft, as a new one.
    """
    draft = edition_named(ref)
    kept = draft.asides.filter(pk=aside).first()
    if kept is None or not can_edit(actor):
        raise Missing("aside-unknown")
    # Each writes by itself, what was chosen first: a conflict over it may keep another aside, and this one stays.
    if said is not None and seen is not None and draft.items.filter(lineage=kept.lineage).exists():
        change_item(actor=actor, ref=ref, lineage=kept.lineage, seen=seen, said=said)
    elif said is not None:
        add_item(actor=actor, ref=ref, said=said)
    with transaction.atomic():
        hold(actor, ref).asides.filter(pk=aside).delete()


def remove_item(*, actor: Actor, ref: str, lineage: uuid.UUID, seen: str) -> int:
    """Remove an item with all below it, exactly as it was ``seen`` (`queries.Branch.seen`); how many they were."""
    with transaction.atomic():
        draft = hold(actor, ref)
        found = branch(draft, lineage)
        if found.seen != seen:
            raise Conflict("branch-changed")
        Item.objects.filter(edition=draft, order__range=found.run).delete()
        touch(draft)
        return found.count


def place_line(*, actor: Actor, ref: str, line: int, lineage: uuid.UUID) -> Item:
    """Copy a line of the source that had no place to the end of the explanation of an item."""
    with transaction.atomic():
        draft = hold(actor, ref)
        found = draft.unplaced.filter(pk=line).first()
        item = draft.items.select_related("parent").filter(lineage=lineage).first()
        if found is None or item is None:
            raise Missing("line-unknown")
        return _write(draft, item, {"body": f"{item.body}\n\n{found.text}".strip()})


def drop_line(*, actor: Actor, ref: str, line: int) -> None:
    """Take a line of the source off the list of those that have no place: somebody has dealt with it."""
    with transaction.atomic():
        draft = hold(actor, ref)
        if not draft.unplaced.filter(pk=line).delete()[0]:
            raise Missing("line-unknown")
        mark_edited(draft)


def make_room(draft: Edition, at: int) -> None:
    """Free one place of the reading order, in two statements for any number of items."""
    held = Item.objects.filter(edition=draft)
    if held.filter(order__gte=at).update(order=F("order") + AWAY):
        held.filter(order__gte=AWAY).update(order=F("order") - (AWAY - 1))


def _place(draft: Edition, outline: Outline, under: uuid.UUID | None, behind: uuid.UUID | None) -> Place:
    named = behind or under
    if named is None:
        return outline.last(None)
    found = draft.items.filter(lineage=named).values_list("pk", "parent_id").first()
    if found is None:
        raise Refused("item-place-gone")
    item, parent = found
    return Place(parent, item) if behind else outline.last(item)


def _write(draft: Edition, item: Item, changed: Mapping[str, Plain]) -> Item:
    """Write what changed; the version moves on only from the one that was read."""
    before = row_of(item)
    row = revised(before, changed)
    check_row(row)
    _check_free(draft, row, item)
    said = columns(before)
    news = {name: value for name, value in columns(row).items() if value != said[name]}
    if news:
        known = Item.objects.filter(pk=item.pk, version=item.version)
        if not known.update(version=item.version + 1, **news):
            raise Conflict("tree-changed")
        mark_edited(draft)
    return draft.items.select_related("parent").get(pk=item.pk)


def _check_free(draft: Edition, row: ItemRow, item: Item | None = None) -> None:
    others = draft.items.exclude(pk=item.pk) if item else draft.items
    if others.filter(role=row.role, code=row.code).exists():
        raise Refused("item-code-taken", item=row.key)


def _set_aside(draft: Edition, lineage: uuid.UUID, seen: Seen, said: Mapping[str, Plain], actor: Actor) -> Aside:
    """Keep what somebody wrote; the same sent twice is kept once."""
    known = draft.asides.filter(lineage=lineage, base=seen.version, by=actor.person)
    twin = next((each for each in known if each.fields == said), None)
    return twin or Aside.objects.create(
        edition=draft, lineage=lineage, base=seen.version, fields=dict(said), by_id=actor.person
    )
