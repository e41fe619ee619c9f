"""Consultations as anybody may know them: the text while it is put, how many spoke, and who was answered what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch

from yupana.domain.instruments.facts import EditionState, Verdict
from yupana.domain.instruments.models import Comment, Consultation, Document, Edition, Repeal
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.foundation.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Round:
    """One window: its days, the last one included, the day on which it was closed (None: not yet), and the count.

    ``text`` is the hex SHA-256 of what was put.
    """

    opens_on: date
    closes_on: date
    closed_on: date | None
    received: int
    text: str

    def takes(self, on: date) -> bool:
        """Whether somebody who speaks on that day is heard."""
        return self.closed_on is None and self.opens_on <= on <= self.closes_on


@dataclass(frozen=True, slots=True)
class Consulted:
    """An edition that is or was in consultation. ``title`` is "" while it is mended, when its text is nobody's yet.

    ``id`` is the edition's; its items may be read while ``is_open``, and once it is published.
    """

    id: int
    instrument: str
    code: str
    ref: str
    title: str
    state: EditionState
    rounds: tuple[Round, ...]
    answered: int

    @property
    def is_open(self) -> bool:
        """Whether the text stands still and can be read here."""
        return self.state == EditionState.CONSULTATION

    @property
    def is_mended(self) -> bool:
        """Whether it is a draft again."""
        return self.state == EditionState.DRAFT

    @property
    def received(self) -> int:
        """How many comments came, in all windows."""
        return sum(each.received for each in self.rounds)

    @property
    def waiting(self) -> int:
        """How many nobody answered yet: counted, and not shown before somebody has read them."""
        return self.received - self.answered

    @property
    def last(self) -> Round:
        """The window that was opened last."""
        return self.rounds[0]


@dataclass(frozen=True, slots=True)
class Heard:
    """A comment with its answer. ``item`` is "role:code" as it stood, "" for the whole; ``body`` whose it is, or "".

    ``text`` is "" where it is withheld; ``is_erased``: an act removed it.
    """

    item: str
    text: str
    body: str
    on: date
    verdict: Verdict
    answer: str
    answered_on: date
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever made a comment can hold: it came, when, where it stands in the record, and its answer if any.

    ``number`` is the hash of its leaf in the public record, in hex; ``position`` None: not sealed yet.
    """

    number: str
    item: str
    on: date
    position: int | None
    heard: Heard | None


@dataclass(frozen=True, slots=True)
class Original:
    """A document of a published edition, as it can be downloaded."""

    name: str
    digest: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Ended:
    """By which act an edition was put out of force, and why."""

    on: date
    act: str
    reason: str


def under_way() -> tuple[Consulted, ...]:
    """List the consultations that are open, the one that closes first before the others."""
    found = _consulted().filter(state=EditionState.CONSULTATION)
    return tuple(sorted((_card(each) for each in found), key=lambda card: (card.last.closes_on, card.ref)))


def was_put(edition_id: int) -> bool:
    """Whether an edition is or was in consultation."""
    return Consultation.objects.filter(edition=edition_id).exists()


def consulted(instrument: str, code: str) -> Consulted:
    """Find an edition that is or was in consultation; Missing where none ever was."""
    found = _consulted().filter(instrument__code=instrument, code=code).first()
    if found is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{code}")
    return _card(found)


def heard(edition_id: int, item: str | None = None) -> list[Heard]:
    """List the comments on an edition that were answered, or those on one item of it, in the order in which they came.

    ``item`` "" are those on the whole.
    """
    found = _answered().filter(consultation__edition=edition_id)
    if item is not None:
        found = found.filter(item=item)
    return [_heard(each) for each in found.order_by("entry")]


def receipt(edition_id: int, number: str) -> Receipt:
    """Find a comment by the hash of its leaf in the record; Missing if there is none on that edition."""
    found = Comment.objects.filter(consultation__edition=edition_id, entry__leaf_hash=_bytes(number))
    one = found.select_related("entry", "answer", "entity").first()
    if one is None:
        raise Missing("comment-unknown")
    told = _heard(one) if hasattr(one, "answer") else None
    return Receipt(number_of(one.entry), one.item, one.on, one.entry.position, told)


def number_of(entry: Entry) -> str:
    """Name a comment to whoever made it, and to nobody else: it says nothing of what was said."""
    return bytes(entry.leaf_hash).hex()


def original(edition_id: int, digest: str) -> Original:
    """Find a document of a published edition; Missing for one of a draft."""
    found = Document.objects.filter(edition__entry__isnull=False, edition=edition_id, digest=digest).first()
    if found is None:
        raise Missing("file-missing", digest=digest)
    return Original(found.name, found.digest, found.media_type, found.size)


def ended(edition_id: int) -> Ended | None:
    """By which act an edition was repealed; None where it was not."""
    found = Repeal.objects.filter(edition=edition_id).first()
    return Ended(found.on, found.act, found.reason) if found else None


def _consulted() -> QuerySet[Edition]:
    rounds = Consultation.objects.annotate(received=Count("comments")).select_related("closing_entry")
    answered = Count("consultations__comments__answer")
    found = Edition.objects.filter(consultations__isnull=False).annotate(answered=answered)
    return found.select_related("instrument").prefetch_related(_newest_first(rounds))


def _newest_first(rounds: QuerySet[Consultation]) -> Prefetch[str]:
    return Prefetch("consultations", rounds.order_by("-entry"))


def _answered() -> QuerySet[Comment]:
    return Comment.objects.filter(answer__isnull=False).select_related("answer", "entity")


def _card(each: Edition) -> Consulted:
    answered: int = each.answered  # type: ignore[attr-defined] # counted by _consulted for every edition
    owner, state = each.instrument, EditionState(each.state)
    return Consulted(
        id=each.pk,
        instrument=owner.code,
        code=each.code,
        ref=f"{owner.code}/{each.code}",
        title="" if state == EditionState.DRAFT else each.title,
        state=state,
        rounds=tuple(_round(one) for one in each.consultations.all()),
        answered=answered,
    )


def _round(one: Consultation) -> Round:
    received: int = one.received  # type: ignore[attr-defined] # counted by _consulted for every window
    closed = one.closing_entry
    closed_on = date.fromisoformat(read_leaf(bytes(closed.leaf)).on) if closed else None
    return Round(one.opens_on, one.closes_on, closed_on, received, one.text)


def _heard(each: Comment) -> Heard:
    answer, verdict = each.answer, Verdict(each.answer.verdict)
    return Heard(
        item=each.item,
        text="" if verdict == Verdict.WITHHELD else each.text,
        body=each.entity.name if each.entity else "",
        on=each.on,
        verdict=verdict,
        answer=answer.text,
        answered_on=answer.on,
        is_erased=each.text == BLACKED_OUT,
    )


def _bytes(number: str) -> bytes:
    try:
        return bytes.fromhex(number)
    except ValueError:
        return b""
