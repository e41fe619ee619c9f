"""Reading editions and their items, and what stands behind each publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch

from yupana.domain.entities.queries import reached
from yupana.domain.instruments.facts import (
    NOBODY,
    EditionState,
    Heading,
    ItemFact,
    ItemRole,
    ItemRow,
    Manuscript,
    Origin,
    OriginKind,
    Paper,
    Target,
    Transition,
    edition_content,
)
from yupana.domain.instruments.models import Edition, Instrument, Item
from yupana.domain.instruments.policy import can_edit, readable_by
from yupana.domain.instruments.rules import binds, weigh
from yupana.domain.instruments.rules.lineage import Known
from yupana.domain.instruments.rules.lint import lint
from yupana.domain.instruments.rules.outline import Outline, Spot
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.instruments.models import Aside, Unplaced
    from yupana.domain.instruments.rules.lint import Finding
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

CHUNK = 20
# What comes with every item and is not asked of it: what an edition says beyond its cover may be half a catalogue.
_ASIDE = (
    "edition__more",
    *(f"parent__{name}" for name in ("text", "body", "legal_basis", "target", "origins", "more")),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """An item of a draft and all that is below it: how many, the run of places they take, and a word for how it is.

    ``seen`` is another word as soon as the tree of the edition or any text in the branch changes.
    """

    items: tuple[Item, ...]
    run: tuple[int, int]
    seen: str

    @property
    def count(self) -> int:
        """How many items it is."""
        return len(self.items)


def edition(ref: str) -> Edition:
    """Find the edition named "CODE/EDITION", draft or not: for actions and the console. Missing if there is none."""
    return _named(Edition.objects.all(), ref)


def readable(actor: Actor) -> QuerySet[Edition]:
    """List every edition that the actor may read, drafts first, then the newest."""
    newest = F("entry_id").desc(nulls_first=True)  # where an empty cell goes is said: databases differ in that
    editions = Edition.objects.select_related("instrument").order_by(newest, "instrument__code", "code")
    return readable_by(actor, editions)


def readable_edition(actor: Actor, ref: str) -> Edition:
    """Find the edition named "CODE/EDITION" if the actor may read it; Missing otherwise."""
    return _named(readable(actor), ref)


def draft(actor: Actor, ref: str) -> Edition:
    """Find a draft for its writers: Missing for whoever may not read it, Conflict where it is no draft any more."""
    found = readable_edition(actor, ref)
    if not can_edit(actor, found):
        raise Conflict("edition-not-draft", edition=ref) if can_edit(actor) else Forbidden("edition-planners-only")
    return found


def outline_of(held: Edition) -> Outline:
    """Read where the items of an edition stand, in one query."""
    return Outline(Spot(*each) for each in held.items.order_by("order").values_list("pk", "parent_id", "order"))


def branch(held: Edition, lineage: uuid.UUID) -> Branch:
    """Read an item of a draft with all that is below it; Missing if there is none."""
    outline = outline_of(held)
    found = next((item for item in held.items.filter(lineage=lineage)), None)
    if found is None:
        raise Missing("item-unknown", item=str(lineage))
    run = outline.run(found.pk)
    below = tuple(held.items.filter(order__range=run).order_by("order"))
    return Branch(below, run, f"{held.version}-{sum(item.version for item in below)}")


def weights_of(held: Sequence[Item]) -> list[int]:
    """Weigh the items of an edition as they stand, in reading order; a draft stores no weights that are final."""
    at = {item.pk: position for position, item in enumerate(held)}
    return weigh(
        [None if item.parent_id is None else at[item.parent_id] for item in held],
        [item.binds for item in held],
        [item.stake for item in held],
    )


def asides(held: Edition) -> QuerySet[Aside]:
    """List what was kept aside of a draft, each with who wrote it, the first first."""
    return held.asides.select_related("by").order_by("pk")


def unplaced(held: Edition) -> QuerySet[Unplaced]:
    """List the lines of the source that have no place in an edition, in their order."""
    return held.unplaced.order_by("pk")


def items(edition_id: int) -> QuerySet[Item]:
    """List all items of an edition in reading order, each with its parent."""
    return Item.objects.filter(edition=edition_id).select_related("parent").order_by("order")


def binding_items(edition_ids: Collection[int]) -> QuerySet[Item]:
    """List the items of these editions that bind, in reading order."""
    return Item.objects.filter(edition__in=edition_ids, binds=True).order_by("edition_id", "order")


def sealed_contents() -> Iterator[Content]:
    """Rebuild from the tables what stands behind every edition.published."""
    published = Edition.objects.select_related("instrument", "repeal").prefetch_related(tree(), "documents")
    neighbours = _neighbours()

    def content(each: Edition) -> Plain:
        follows, is_last = neighbours[each.pk]
        # What was published last is in force, until the next one is: no entry of its own says so.
        due = EditionState.PUBLISHED if is_last else EditionState.SUPERSEDED
        expect(found=each.state, due=EditionState.REPEALED if hasattr(each, "repeal") else due)
        return content_of(each, follows=follows)

    return rebuilt(published, content, chunk=CHUNK)


def _neighbours() -> dict[int, tuple[str, bool]]:
    """By edition: the code of the one published before it, and whether it is the last."""
    published = Edition.objects.filter(entry__isnull=False).order_by("instrument", "entry")
    rows = list(published.values_list("pk", "instrument_id", "code"))
    found: dict[int, tuple[str, bool]] = {}
    for at, (pk, owner, _) in enumerate(rows):
        follows = rows[at - 1][2] if at and rows[at - 1][1] == owner else ""
        found[pk] = (follows, at + 1 == len(rows) or rows[at + 1][1] != owner)
    return found


def content_of(published: Edition, *, follows: str) -> dict[str, Plain]:
    """Say what stands behind a publication; the action records exactly this, and verification rebuilds it."""
    if published.published_on is None:
        msg = "only a published edition has content"
        raise ValueError(msg)
    return edition_content(
        heading_of(published),
        act=published.act,
        published_on=published.published_on,
        follows=follows,
        source_digest=published.source_digest,
        items=[fact_of(item) for item in published.items.all()],
        papers=[Paper(each.name, each.digest) for each in published.documents.all()],
        more=published.more,
    )


def in_force(owner: Instrument) -> Edition | None:
    """Find the edition of an instrument that was published last."""
    return owner.editions.filter(entry__isnull=False).order_by("-entry").first()


def facts(edition_id: int) -> list[ItemFact]:
    """Read all items of an edition as they are, or would be, published, in reading order."""
    held = list(items(edition_id).select_related("parent", "edition").defer(*_ASIDE))
    found = [fact_of(item) for item in held]
    if not held or held[0].edition.entry_id is not None:
        return found
    return [replace(fact, weight=weight) for fact, weight in zip(found, weights_of(held), strict=True)]


def previous(held: Edition) -> Edition | None:
    """Find the edition that one follows: of a draft the one in force, else the one that was published before it."""
    if held.entry_id is None:
        return in_force(held.instrument)
    earlier = held.instrument.editions.filter(entry__isnull=False, entry__lt=held.entry_id)
    return earlier.order_by("-entry").first()


def looked_through(
    held: Edition, held_items: Sequence[Item] | None = None, *, on: date | None = None
) -> tuple[Finding, ...]:
    """Look the text of an edition through for faults; beside the edition that it follows.

    Only with a day is it asked how many bodies each audience holds then, one query each.
    """
    text = [fact_of(item) for item in (items(held.pk) if held_items is None else held_items)]
    before = previous(held)
    said = {item.row.audience for item in text} - {"", NOBODY}
    sizes = {} if on is None else {name: _size(found) for name, found in reached(sorted(said), on=on).items()}
    # A file that an item was read from is part of the text: what links to it leads there.
    files = {item.source_ref.rpartition(":")[0] for item in text} - {""}
    return lint(
        text,
        known_refs=[*sorted(files), *held.documents.values_list("name", flat=True)],
        sizes=sizes,
        before=facts(before.pk) if before else None,
    )


def _size(found: frozenset[int] | Refused) -> int:
    return 0 if isinstance(found, Refused) else len(found)


def manuscript(held: Edition) -> Manuscript:
    """Read a stored edition as a manuscript, which any format can write; each row names its lineage.

    The lines without a place come along, so that whoever writes it can say what is left out.
    """
    return Manuscript(
        heading=heading_of(held),
        rows=tuple(_as_usual(row_of(item)) for item in items(held.pk)),
        digest=held.source_digest,
        more=held.more,
        unplaced=tuple(Note(line.where, line.why, line.text) for line in unplaced(held)),
    )


def _as_usual(row: ItemRow) -> ItemRow:
    """Leave open whether an item binds where its role says it already: then no format needs a word of ours for it."""
    silent = replace(row, binds=None)
    return silent if binds(silent) == row.binds else row


def heading_of(held: Edition) -> Heading:
    """Read the cover of a stored edition."""
    owner = held.instrument
    return Heading(owner.code, owner.title, owner.kind, held.code, held.title, held.legal_basis)


def known_of(held: Edition | None) -> list[Known]:
    """Say the items of an edition as what is known before another; none of none."""
    rows = [row_of(item) for item in items(held.pk)] if held else []
    return [
        Known(row.role, row.code, row.text, ":".join(row.parent) if row.parent else "", row.lineage) for row in rows
    ]


def row_of(item: Item) -> ItemRow:
    """Read a stored item as a row; one query more unless its parent is loaded."""
    return ItemRow(
        where=item.source_ref,
        role=ItemRole(item.role),
        code=item.code,
        text=item.text,
        parent=(ItemRole(item.parent.role), item.parent.code) if item.parent else None,
        binds=item.binds,
        body=item.body,
        legal_basis=item.legal_basis,
        due_on=item.due_on,
        audience=item.audience,
        stake=item.stake,
        transition=Transition(item.transition),
        target=None if item.target is None else Target.read(item.target),
        lineage=str(item.lineage),
        origins=tuple(Origin(OriginKind(kind), lineage) for kind, lineage in item.origins),
        more=item.more,
    )


def fact_of(item: Item) -> ItemFact:
    """Read a stored item as it is published."""
    return ItemFact(row_of(item), item.binds, item.weight, str(item.lineage), item.source_ref)


def tree() -> Prefetch[str]:
    """Prefetch an edition's items with their parents, in reading order."""
    return Prefetch("items", Item.objects.select_related("parent").order_by("order"))


def _named(editions: QuerySet[Edition], ref: str) -> Edition:
    instrument, _, code = ref.partition("/")
    found = editions.filter(instrument__code=instrument, code=code).select_related("instrument").first()
    if found is None:
        raise Missing("edition-unknown", edition=ref)
    return found
