"""Draft an edition from a manuscript, whole: the same manuscript again changes nothing."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from yupana.domain.instruments import rules
from yupana.domain.instruments.actions.publishing import refusal
from yupana.domain.instruments.facts import EditionState, Heading, ItemRow, Manuscript
from yupana.domain.instruments.models import Edition, Instrument, Item, Unplaced
from yupana.domain.instruments.policy import can_publish
from yupana.domain.instruments.queries import heading_of, in_force, known_of, row_of
from yupana.domain.instruments.rules.lineage import match
from yupana.foundation.kernel.errors import Conflict, Forbidden
from yupana.foundation.kernel.report import Note, Report
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yupana.foundation.kernel.actor import Actor

LONGEST_PLACE = 80


def draft_edition(
    *,
    actor: Actor,
    manuscript: Manuscript,
    over_edits: bool = False,
    tick: Callable[[int], None] = lambda _: None,
) -> Report:
    """Draft an edition, or replace its draft; nothing is stored unless every row has its place.

    The report counts items; the edition itself counts as updated when its cover or order changed or items left it,
    which are noted. The same rows again change nothing. A published edition that would differ is a
    Conflict("edition-published"), a draft in which somebody wrote a Conflict("draft-edited") unless ``over_edits``.
    """
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")
    cover = squeezed(manuscript.heading)
    rules.check_heading(cover)
    placed = rules.arranged(manuscript.rows)
    told: dict[str, Any] = {"unplaced": manuscript.unplaced, "flagged": manuscript.mended}
    with transaction.atomic():
        owner = _lock_instrument(cover)
        held = owner.editions.filter(code=cover.edition).select_related("instrument").first()
        lineages = continued(placed, held, in_force(owner))
        placed = _with_origins(placed, lineages, held)
        before = [_said(row_of(item)) for item in rows_held(held)] if held else []
        after = [_said(row) for row in placed]
        if held and (heading_of(held), held.more, before) == (cover, manuscript.more, after):
            tick(len(placed))
            return Report(read=len(placed), unchanged=len(placed), **told)
        if held and held.state != EditionState.DRAFT:
            raise refusal(held)
        if held and not over_edits:
            _check_same_text(held, cover, lineages)
        _retitle(owner, cover)
        draft = _replace(owner, held, cover, manuscript)
        store(draft, placed, lineages, tick)
        Unplaced.objects.bulk_create(
            [Unplaced(edition=draft, where=note.where, why=note.why, text=note.text) for note in manuscript.unplaced]
        )
        left = {row.key for row in before} - {row.key for row in after}
        gone = (Note(cover.ref, "items-left", f"{len(left)}: {', '.join(sorted(left))}"),) if left else ()
        return _counted(before if held else None, after) + Report(**told) + Report(flagged=gone)


def _check_same_text(held: Edition, cover: Heading, lineages: Mapping[str, uuid.UUID]) -> None:
    """Refuse to replace a draft in which somebody wrote, or of which less than half goes on: it is another text."""
    if held.edited:
        raise Conflict("draft-edited", edition=cover.ref)
    drafted = set(held.items.values_list("lineage", flat=True))
    left = len(drafted - set(lineages.values()))
    if 2 * left > len(drafted):
        raise Conflict("draft-another", edition=cover.ref, left=left, number=len(drafted))


def squeezed(cover: Heading) -> Heading:
    """Take needless space out of a cover."""
    return Heading(
        squeeze(cover.instrument),
        squeeze(cover.title),
        squeeze(cover.kind),
        squeeze(cover.edition),
        squeeze(cover.edition_title),
        cover.legal_basis.strip(),
    )


def _lock_instrument(cover: Heading) -> Instrument:
    """One writer per instrument: lineage and supersession look at its other editions."""
    Instrument.objects.get_or_create(code=cover.instrument, defaults={"title": cover.title, "kind": cover.kind})
    return Instrument.objects.select_for_update().get(code=cover.instrument)


def _retitle(owner: Instrument, cover: Heading) -> None:
    """Title and kind stand in every publication, so they are settled by the first."""
    if (owner.title, owner.kind) == (cover.title, cover.kind):
        return
    if owner.editions.filter(entry__isnull=False).exists():
        raise Conflict("instrument-published", instrument=owner.code, title=owner.title, kind=owner.kind)
    Instrument.objects.filter(pk=owner.pk).update(title=cover.title, kind=cover.kind)


def _replace(owner: Instrument, held: Edition | None, cover: Heading, manuscript: Manuscript) -> Edition:
    values = {
        "title": cover.edition_title,
        "legal_basis": cover.legal_basis,
        "source_digest": manuscript.digest,
        "more": dict(manuscript.more),
        "edited": False,
    }
    if held is None:
        return Edition.objects.create(instrument=owner, code=cover.edition, **values)
    version = held.version + 1
    if not Edition.objects.filter(pk=held.pk, state=EditionState.DRAFT).update(version=version, **values):
        raise Conflict("edition-published", edition=cover.ref)
    held.items.all().delete()
    held.unplaced.all().delete()
    return held


def store(
    draft: Edition,
    placed: Sequence[ItemRow],
    lineages: Mapping[str, uuid.UUID],
    tick: Callable[[int], None] = lambda _: None,
) -> None:
    """Store the items of an empty draft depth by depth, because a child needs its parent's key."""
    positions = {(row.role, row.code): at for at, row in enumerate(placed)}
    parents = [None if row.parent is None else positions[row.parent] for row in placed]
    weights = rules.weigh(parents, [rules.binds(row) for row in placed], [row.stake for row in placed])
    made: list[Item] = []
    depths: list[list[Item]] = []
    depth_of: list[int] = []
    for order, (row, above) in enumerate(zip(placed, parents, strict=True)):
        depth_of.append(0 if above is None else depth_of[above] + 1)
        item = Item(
            edition=draft, parent=None if above is None else made[above], order=order, weight=weights[order],
            lineage=lineages.get(row.key) or uuid.uuid4(), source_ref=row.where[-LONGEST_PLACE:], **columns(row),
        )  # fmt: skip
        made.append(item)
        depths.extend([] for _ in range(depth_of[-1] + 1 - len(depths)))
        depths[depth_of[-1]].append(item)
    for family in depths:
        Item.objects.bulk_create(family)
        tick(len(family))


def columns(row: ItemRow) -> dict[str, object]:
    """Say a row as the columns of its item; where it stands and which item it continues are decided elsewhere."""
    return {
        "role": row.role,
        "code": row.code,
        "text": row.text,
        "binds": rules.binds(row),
        "body": row.body,
        "legal_basis": row.legal_basis,
        "due_on": row.due_on,
        "audience": row.audience,
        "stake": row.stake,
        "transition": row.transition,
        "target": row.target.plain() if row.target else None,
        "origins": [[origin.kind, origin.lineage] for origin in row.origins],
        "more": dict(row.more),
    }


def rows_held(held: Edition) -> list[Item]:
    """Read the items of a stored edition with their parents, in reading order."""
    return list(held.items.select_related("parent").order_by("order"))


def continued(rows: Sequence[ItemRow], held: Edition | None, base: Edition | None) -> dict[str, uuid.UUID]:
    """Say by "role:code" which item each row surely is: of the edition in force, or else of the draft it replaces.

    What the writers of that draft said of its items stands; what a source says itself counts where nobody has it.
    """
    drafted, enacted = known_of(held), known_of(base)
    ours = {known.lineage for known in enacted}
    kept = match(drafted, rows).sure
    decided = [replace(row, lineage=kept[row.key]) if kept.get(row.key) in ours else row for row in rows]
    sure = match(enacted, decided).sure
    found = {key: lineage for key, lineage in kept.items() if lineage not in ours} | dict(sure)
    taken = set(found.values())
    for row in rows:
        lineage = _own(row)
        if row.key not in found and lineage and lineage not in taken:
            found[row.key] = lineage
            taken.add(lineage)
    return {key: uuid.UUID(lineage) for key, lineage in found.items()}


def _with_origins(rows: list[ItemRow], lineages: Mapping[str, uuid.UUID], held: Edition | None) -> list[ItemRow]:
    """Let stand what the writers of a draft said about where its items come from, where the source says nothing."""
    said = {item.lineage: row_of(item).origins for item in rows_held(held) if item.origins} if held else {}
    return [
        row if row.origins else replace(row, origins=said.get(lineages.get(row.key, uuid.UUID(int=0)), ()))
        for row in rows
    ]


def _own(row: ItemRow) -> str:
    """Read the id that a source gives an item; "" where that is none."""
    try:
        return str(uuid.UUID(row.lineage)) if row.lineage else ""
    except ValueError:
        return ""


def _said(row: ItemRow) -> ItemRow:
    """What makes two rows the same: all that they say, wherever it was read and whatever they continue."""
    return replace(row, where="", lineage="", binds=rules.binds(row))


def _counted(before: Sequence[ItemRow] | None, after: Sequence[ItemRow]) -> Report:
    held = {row.key: row for row in before or ()}
    created = sum(row.key not in held for row in after)
    unchanged = sum(held.get(row.key) == row for row in after)
    updated = len(after) - created - unchanged
    # The edition's own cover, order or departures: told only where no item tells of a change.
    edition = int(before is not None and not created and not updated)
    return Report(read=len(after), created=created, updated=updated + edition, unchanged=unchanged)
