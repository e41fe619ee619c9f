"""Move and renumber the items of a draft: a few statements for any number of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, CharField, Count, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from yupana.domain.instruments.actions.editing import hold, touch
from yupana.domain.instruments.actions.items import AWAY
from yupana.domain.instruments.facts import item_key
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.queries import outline_of
from yupana.domain.instruments.rules.editions import check_code
from yupana.domain.instruments.rules.outline import Place
from yupana.foundation.kernel.errors import Missing, Refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from yupana.domain.instruments.models import Edition
    from yupana.domain.instruments.rules.outline import Outline, Step, Swap
    from yupana.foundation.kernel.actor import Actor

_MEANWHILE = "~"  # begins no code


def step_item(*, actor: Actor, ref: str, lineage: uuid.UUID, step: Step, seen: int) -> int:
    """Move an item one step, with all below it, in the tree that was ``seen``; the version of the tree afterwards."""

    def target(outline: Outline, item: int) -> Place:
        place = outline.step(item, step)
        if place is None:
            raise Refused("item-no-way", step=step)
        return place

    return _move(actor, ref, lineage, seen, target)


def move_item(
    *,
    actor: Actor,
    ref: str,
    lineage: uuid.UUID,
    seen: int,
    under: uuid.UUID | None = None,
    behind: uuid.UUID | None = None,
) -> int:
    """Move an item with all below it right behind another, else to be the last one below one, else to the very end."""

    def target(outline: Outline, _: int) -> Place:
        named = behind or under
        if named is None:
            return outline.last(None)
        other = Item.objects.filter(
            edition__instrument__code=ref.partition("/")[0], lineage=named, pk__in=outline.spots
        )
        key = other.values_list("pk", flat=True).first()
        if key is None:
            raise Refused("item-place-gone")
        return Place(outline.spots[key].parent, key) if behind else outline.last(key)

    return _move(actor, ref, lineage, seen, target)


def renumber(*, actor: Actor, ref: str, under: uuid.UUID | None, prefix: str, seen: int) -> int:
    """Number what stands right below an item (at the root for None) 1, 2, 3 behind a prefix, each role on its own.

    Refused if a code that would be given belongs to an item elsewhere. The version of the tree afterwards.
    """
    with transaction.atomic():
        draft = hold(actor, ref)
        above = _key(draft, under) if under else None
        family = draft.items.filter(parent=above)
        _check_codes(draft, above, prefix)
        version = touch(draft, seen)
        family.update(code=Concat(Value(_MEANWHILE), Cast("pk", CharField())), version=F("version") + 1)
        earlier = Item.objects.filter(
            edition=draft,
            parent=OuterRef("parent") if above else None,
            role=OuterRef("role"),
            order__lte=OuterRef("order"),
        )
        number = earlier.order_by().values("edition").annotate(number=Count("pk")).values("number")
        family.update(code=Concat(Value(prefix), Cast(Subquery(number), CharField())))
        return version


def _move(actor: Actor, ref: str, lineage: uuid.UUID, seen: int, target: Callable[[Outline, int], Place]) -> int:
    with transaction.atomic():
        draft = hold(actor, ref)
        item = _key(draft, lineage)
        outline = outline_of(draft)
        version = touch(draft, seen)
        place = target(outline, item)
        swap = outline.moved(item, place)
        if swap:
            _swap(draft, swap)
        if place.parent != outline.spots[item].parent:
            Item.objects.filter(pk=item).update(parent=place.parent)
        return version


def _swap(draft: Edition, swap: Swap) -> None:
    """Let two runs of places change places: both wait far away, then each takes its own."""
    (start, middle), (begin, end) = swap.first, swap.second
    held = Item.objects.filter(edition=draft)
    held.filter(order__range=(start, end)).update(order=F("order") + AWAY)
    forward, back = F("order") - (AWAY - (end - middle)), F("order") - (AWAY + (begin - start))
    held.filter(order__gte=AWAY).update(order=Case(When(order__lte=AWAY + middle, then=forward), default=back))


def _key(draft: Edition, lineage: uuid.UUID) -> int:
    key = draft.items.filter(lineage=lineage).values_list("pk", flat=True).first()
    if key is None:
        raise Missing("item-unknown", item=str(lineage))
    return key


def _check_codes(draft: Edition, above: int | None, prefix: str) -> None:
    """Refuse codes that cannot stand in an address, or that items elsewhere have."""
    counts: dict[str, int] = {}
    elsewhere: set[str] = set()
    for parent, role, code in draft.items.values_list("parent_id", "role", "code"):
        if parent == above:
            counts[role] = counts.get(role, 0) + 1
        else:
            elsewhere.add(item_key(role, code))
    for role, count in counts.items():
        check_code(f"{prefix}{count}")
        taken = [key for number in range(1, count + 1) if (key := item_key(role, f"{prefix}{number}")) in elsewhere]
        if taken:
            raise Refused("item-code-taken", item=taken[0])
