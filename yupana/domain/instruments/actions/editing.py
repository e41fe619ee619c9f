"""Begin a draft and change its cover. Whoever edits holds the instrument: its edits come one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from yupana.domain.instruments import rules
from yupana.domain.instruments.actions.drafting import squeezed, store
from yupana.domain.instruments.facts import EditionState, Heading, Transition, item_key
from yupana.domain.instruments.models import Edition, Instrument
from yupana.domain.instruments.policy import can_publish
from yupana.domain.instruments.queries import edition as named
from yupana.domain.instruments.queries import heading_of, items, row_of
from yupana.domain.instruments.rules.merging import mark
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing

if TYPE_CHECKING:
    from yupana.foundation.kernel.actor import Actor


def start_instrument(*, actor: Actor, cover: Heading) -> Edition:
    """Begin an instrument that was never written before, with an empty draft."""
    _permit(actor)
    cover = squeezed(cover)
    rules.check_heading(cover)
    with transaction.atomic():
        values = {"title": cover.title, "kind": cover.kind}
        owner, is_new = Instrument.objects.get_or_create(code=cover.instrument, defaults=values)
        if not is_new:
            raise Conflict("instrument-code-taken", instrument=owner.code)
        return Edition.objects.create(
            instrument=owner, code=cover.edition, title=cover.edition_title, legal_basis=cover.legal_basis
        )


def start_edition(*, actor: Actor, ref: str, code: str, title: str) -> Edition:
    """Begin the next edition as a copy of one that was published; each item stays the same item by its lineage.

    What said how an item came to be in the copied edition, and from when that was to be followed, is left behind.
    """
    _permit(actor)
    with transaction.atomic():
        base = named(ref)
        owner = Instrument.objects.select_for_update().get(pk=base.instrument_id)
        if base.entry_id is None:
            raise Conflict("edition-not-published", edition=ref)
        cover = squeezed(replace(heading_of(base), edition=code, edition_title=title))
        rules.check_heading(cover)
        if owner.editions.filter(code=cover.edition).exists():
            raise Conflict("edition-code-taken", edition=cover.ref)
        draft = Edition.objects.create(
            instrument=owner, code=cover.edition, title=cover.edition_title, legal_basis=cover.legal_basis,
            more=base.more,
        )  # fmt: skip
        held = list(items(base.pk))
        rows = [replace(row_of(item), origins=(), transition=Transition.NOW) for item in held]
        store(draft, rows, {item_key(item.role, item.code): item.lineage for item in held})
        return draft


def change_cover(*, actor: Actor, ref: str, cover: Heading, seen: str) -> Edition:
    """Change what stands on the cover of a draft; ``seen`` is the `cover_mark` of the one that its writer had read.

    The codes stay. Title and kind of an instrument that was published stay as well.
    """
    with transaction.atomic():
        draft = hold(actor, ref)
        held = heading_of(draft)
        cover = squeezed(replace(cover, instrument=held.instrument, edition=held.edition))
        rules.check_heading(cover)
        if seen != cover_mark(held) and cover != held:
            raise Conflict("cover-changed")
        owner = Instrument.objects.filter(pk=draft.instrument_id)
        if (cover.title, cover.kind) != (held.title, held.kind):
            if draft.instrument.editions.filter(entry__isnull=False).exists():
                raise Conflict("instrument-published", instrument=held.instrument, title=held.title, kind=held.kind)
            owner.update(title=cover.title, kind=cover.kind)
        Edition.objects.filter(pk=draft.pk).update(
            title=cover.edition_title, legal_basis=cover.legal_basis, edited=True
        )
        return named(ref)


def cover_mark(cover: Heading) -> str:
    """Tell one cover from another."""
    return mark([cover.title, cover.kind, cover.edition_title, cover.legal_basis])


def hold(actor: Actor, ref: str) -> Edition:
    """Find a draft for its writer and let nobody else write the instrument until the transaction ends.

    Missing where there is none, Conflict where it is no draft any more.
    """
    _permit(actor)
    owner = Instrument.objects.select_for_update().filter(code=ref.partition("/")[0]).first()
    if owner is None:
        raise Missing("edition-unknown", edition=ref)
    draft = named(ref)
    if draft.state != EditionState.DRAFT:
        raise Conflict("edition-not-draft", edition=ref)
    return draft


def mark_edited(draft: Edition) -> None:
    """Remember that somebody wrote in a draft, so that no file overwrites it unasked."""
    Edition.objects.filter(pk=draft.pk).update(edited=True)


def touch(draft: Edition, seen: int | None = None) -> int:
    """Count a change of the tree; Conflict if it changed since the version that was ``seen``."""
    known = Edition.objects.filter(pk=draft.pk)
    if not (known if seen is None else known.filter(version=seen)).update(version=F("version") + 1, edited=True):
        raise Conflict("tree-changed")
    return known.values_list("version", flat=True).get()


def _permit(actor: Actor) -> None:
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
