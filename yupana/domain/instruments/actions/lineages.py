"""Say what became of the items of the edition in force: only a person decides that."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from yupana.domain.instruments.actions.editing import hold, mark_edited
from yupana.domain.instruments.facts import OriginKind, item_key
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.queries import in_force
from yupana.foundation.kernel.errors import Conflict, Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.instruments.models import Edition
    from yupana.foundation.kernel.actor import Actor


class Descent(StrEnum):
    """What an item of a draft is to items of the edition in force."""

    SAME = "same"
    SPLIT = "split"
    MERGE = "merge"
    NEW = "new"


_LEAST = {Descent.SAME: 1, Descent.SPLIT: 1, Descent.MERGE: 2, Descent.NEW: 0}
_MOST = {Descent.SAME: 1, Descent.SPLIT: 1, Descent.NEW: 0}


def settle_lineage(
    *, actor: Actor, ref: str, lineage: uuid.UUID, descent: Descent, formers: Sequence[uuid.UUID] = ()
) -> uuid.UUID:
    """Say what an item of a draft is to ``formers``, items of the edition in force; its lineage afterwards.

    SAME takes over the lineage of one; SPLIT and MERGE name where it comes from; NEW has nothing to do with any.
    """
    with transaction.atomic():
        draft = hold(actor, ref)
        item = draft.items.filter(lineage=lineage).first()
        if item is None:
            raise Missing("item-unknown", item=str(lineage))
        formers = list(dict.fromkeys(formers))
        known = _formers(draft)
        if not _LEAST[descent] <= len(formers) <= _MOST.get(descent, len(formers)) or not known.keys() >= set(formers):
            raise Refused("lineage-formers", descent=descent)
        kept = _lineage(draft, item, descent, formers, known)
        origins = [[OriginKind(descent), str(each)] for each in formers] if descent in (*OriginKind,) else []
        Item.objects.filter(pk=item.pk).update(lineage=kept, origins=origins, version=F("version") + 1)
        draft.asides.filter(lineage=lineage).update(lineage=kept)
        mark_edited(draft)
        return kept


def _lineage(
    draft: Edition, item: Item, descent: Descent, formers: Sequence[uuid.UUID], known: Mapping[uuid.UUID, str]
) -> uuid.UUID:
    """Say which lineage an item has from now on."""
    if descent is Descent.SAME:
        other = draft.items.filter(lineage=formers[0]).exclude(pk=item.pk).first()
        if other:
            raise Conflict("lineage-taken", former=known[formers[0]], item=item_key(other.role, other.code))
        return formers[0]
    # What was merged or split may go on as the same item; what is new may not.
    return uuid.uuid4() if descent is Descent.NEW and item.lineage in known else item.lineage


def _formers(draft: Edition) -> dict[uuid.UUID, str]:
    """Items of the edition in force by lineage, as "role:code"."""
    base = in_force(draft.instrument)
    held = base.items.values_list("lineage", "role", "code") if base else ()
    return {lineage: item_key(role, code) for lineage, role, code in held}
