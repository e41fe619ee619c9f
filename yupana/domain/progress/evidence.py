"""Reading evidence: whose it is, which rows of reports cite it, what its link led to, and what is sealed of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.entities.models import Entity
from yupana.domain.progress.facts import EVIDENCE, evidence_content, fetch_content
from yupana.domain.progress.models import Evidence, Fetch, Support
from yupana.domain.progress.policy import can_bring, evidence_readable_by
from yupana.domain.progress.rules import EvidenceKind
from yupana.domain.progress.rules.evidence import Looked, Standing, Validity, is_due, standing, validity
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import readable_by
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

MOST_KEY = 2**63


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece as a reader sees it: which rows of reports that they may read cite it, and what became of its link."""

    evidence: Evidence
    uses: tuple[Support, ...]
    looks: tuple[Fetch, ...]
    validity: Validity
    standing: Standing | None


def pieces_of(actor: Actor, entity: int) -> QuerySet[Evidence]:
    """The pieces of an entity that the actor may read, newest first; what an act erased is none."""
    return _readable(actor).filter(entity=entity).order_by("-pk")


def piece_of(actor: Actor, key: int) -> Evidence:
    """One piece that the actor may read. Missing where there is none, or none for them."""
    found = _readable(actor).filter(pk=key).first() if 0 < key < MOST_KEY else None
    if found is None:
        raise Missing("evidence-missing")
    return found


def file_of(actor: Actor, key: int) -> Evidence:
    """The same, of a file."""
    found = piece_of(actor, key)
    if found.kind != EvidenceKind.FILE:
        raise Missing("evidence-missing")
    return found


def bodies_of(actor: Actor) -> list[Entity]:
    """The entities for which the actor brings evidence, by name."""
    mine = {key for _role, key in actor.mandates if can_bring(actor, key)}
    return list(Entity.objects.filter(pk__in=mine).order_by("sort_key", "pk"))


def shown(actor: Actor, pieces: Sequence[Evidence], *, on: date) -> list[Shown]:
    """Say of each piece where it is used, as far as the actor may know, and what its link led to; two queries."""
    cited = Support.objects.filter(
        evidence__in=pieces, submission__in=readable_by(actor, Submission.objects.all()).order_by()
    )  # fmt: skip
    uses: dict[int, list[Support]] = {}
    for use in cited.select_related("submission__obligation__call").order_by("submission", "row"):
        uses.setdefault(use.evidence_id, []).append(use)
    looks: dict[int, list[Fetch]] = {}
    for look in Fetch.objects.filter(evidence__in=pieces).order_by("pk"):
        looks.setdefault(look.evidence_id, []).append(look)
    return [
        Shown(
            each,
            tuple(uses.get(each.pk, ())),
            tuple(looks.get(each.pk, ())),
            validity(each.valid_until, on),
            standing([_looked(look) for look in looks.get(each.pk, ())]) if each.kind == EvidenceKind.LINK else None,
        )
        for each in pieces
    ]


def links_due(*, on: date, most: int) -> list[Evidence]:
    """Links to be looked at on a day, whoever asks: those never seen first, then those seen longest ago."""
    last: dict[int, Looked] = {}
    for fetch in Fetch.objects.order_by("pk").only("evidence", "on", "digest", "refusal"):
        last[fetch.evidence_id] = _looked(fetch)
    links = Evidence.objects.filter(kind=EvidenceKind.LINK, entry__erasure=None).order_by("pk")
    due = [each for each in links.select_related("entity") if is_due(last.get(each.pk), each.valid_until, on)]
    return sorted(due, key=lambda each: last[each.pk].on.toordinal() if each.pk in last else 0)[:most]


def files() -> QuerySet[Evidence]:
    """Every file that was brought and not erased, whoever asks: for those who prove that they are there."""
    brought = Evidence.objects.filter(kind=EvidenceKind.FILE, entry__erasure=None)
    return brought.select_related("entity").order_by("pk")


def content_of(piece: Evidence) -> dict[str, Plain]:
    """What is sealed of a piece."""
    return evidence_content(piece.entity.ref, {name: getattr(piece, name) for name in EVIDENCE})


def fetched_content(fetch: Fetch) -> dict[str, Plain]:
    """What is sealed of a look at a link."""
    return fetch_content(
        fetch.evidence.url, on=fetch.on, digest=fetch.digest, size=fetch.size, media_type=fetch.media_type,
        refusal=fetch.refusal,
    )  # fmt: skip


def sealed_contents() -> Iterator[Content]:
    """What stands behind the entries of evidence: for verification."""
    yield from rebuilt(Evidence.objects.select_related("entity"), content_of)
    yield from rebuilt(Fetch.objects.select_related("evidence"), fetched_content)


def _readable(actor: Actor) -> QuerySet[Evidence]:
    standing_ones = Evidence.objects.filter(entry__erasure=None)
    return evidence_readable_by(actor, standing_ones).select_related("entity")


def _looked(fetch: Fetch) -> Looked:
    return Looked(fetch.on, fetch.digest, fetch.refusal)
