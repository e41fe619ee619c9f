"""Reading consultations and repeals: for those who conduct them, and for the record that vouches for them."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Count

from yupana.domain.instruments.facts import EditionState, Verdict, text_content
from yupana.domain.instruments.models import Answer, Comment, Consultation, Document, Edition, Repeal
from yupana.domain.instruments.policy import can_publish
from yupana.domain.instruments.queries import fact_of, heading_of, items
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content


def open_one(edition: Edition) -> Consultation | None:
    """Find the consultation that an edition is in."""
    return edition.consultations.filter(closing_entry__isnull=True).first()


def rounds(edition: Edition) -> QuerySet[Consultation]:
    """List the consultations of an edition, the last first, each with ``received``: how many comments it got."""
    return edition.consultations.annotate(received=Count("comments")).order_by("-entry")


def under_way() -> QuerySet[Consultation]:
    """List the consultations that nobody closed yet, for whoever may take part: everybody."""
    found = Consultation.objects.filter(closing_entry__isnull=True).select_related("edition__instrument")
    return found.order_by("closes_on", "entry")


def comments(actor: Actor, edition: Edition) -> QuerySet[Comment]:
    """List all comments on an edition for those who answer them, in the order in which they came; for others, none."""
    if not can_publish(actor):
        return Comment.objects.none()
    return Comment.objects.filter(consultation__edition=edition).select_related("answer", "entity").order_by("entry")


def readable_comment(actor: Actor, edition: Edition, pk: int) -> Comment:
    """Find one comment on an edition for those who answer it; Missing otherwise."""
    found = comments(actor, edition).filter(pk=pk).first()
    if found is None:
        raise Missing("comment-unknown")
    return found


def unanswered(edition: Edition) -> int:
    """How many comments on an edition wait for an answer."""
    return Comment.objects.filter(consultation__edition=edition, answer__isnull=True).count()


def unbound(edition: Edition) -> int:
    """How many items of an edition bind somebody, and nobody was made responsible."""
    return edition.items.filter(binds=True, audience="nobody").count()


def published_documents() -> QuerySet[Document]:
    """List every original that an edition was published with."""
    found = Document.objects.filter(edition__entry__isnull=False).select_related("edition__instrument")
    return found.order_by("edition", "digest")


def digest_of_text(edition: Edition) -> str:
    """Hex SHA-256 of an edition's whole text, cover and items, as it stands now."""
    told = text_content(heading_of(edition), [fact_of(item) for item in items(edition.pk)], edition.more)
    return hashlib.sha256(canonical(told)).hexdigest()


# --- what stands behind the entries -------------------------------------------------------------------------------
def sealed_contents() -> Iterator[Content]:
    """Rebuild what stands behind each consultation, comment, answer and repeal."""
    put = Consultation.objects.select_related("edition__instrument")
    heard = Comment.objects.select_related("consultation__edition__instrument", "entity")
    return chain(
        rebuilt(put, _opened),
        rebuilt(put, _closed, entry="closing_entry"),
        rebuilt(heard, comment_content),
        rebuilt(Answer.objects.select_related("comment"), answer_content),
        rebuilt(Repeal.objects.select_related("edition__instrument"), _repealed),
    )


def opening_content(held: Consultation) -> dict[str, Plain]:
    """Say what was put to consultation, and for how long."""
    return {**codes_of(held.edition), "opens_on": held.opens_on, "closes_on": held.closes_on, "text": held.text}


def closing_content(held: Consultation, *, received: int) -> dict[str, Plain]:
    """Say what was closed, and with how many comments: none can be taken out or put in afterwards."""
    return {**codes_of(held.edition), "opened": held.entry_id, "comments": received}


def comment_content(comment: Comment) -> dict[str, Plain]:
    """Say what somebody said, about what, and for which body."""
    body = comment.entity
    return {
        "consultation": comment.consultation.entry_id,
        "item": comment.item,
        "lineage": str(comment.lineage or ""),
        "text": comment.text,
        "on": comment.on,
        "entity": f"{body.source}:{body.source_id}" if body else "",
    }


def answer_content(answer: Answer) -> dict[str, Plain]:
    """Say what was answered to whom."""
    verdict = Verdict(answer.verdict)
    return {"comment": answer.comment.entry_id, "verdict": verdict, "text": answer.text, "on": answer.on}


def repeal_content(repeal: Repeal) -> dict[str, Plain]:
    """Say what was put out of force, by which act, and why."""
    return {**codes_of(repeal.edition), "on": repeal.on, "act": repeal.act, "reason": repeal.reason}


def codes_of(edition: Edition) -> dict[str, str]:
    """Name an edition in the record."""
    return {"instrument": edition.instrument.code, "edition": edition.code}


def _opened(held: Consultation) -> Plain:
    """While it is open the text itself is held against what was put, and the edition says that it is open."""
    current = open_one(held.edition)
    expect(found=held.edition.state == EditionState.CONSULTATION, due=current is not None)
    if current == held:
        expect(found=digest_of_text(held.edition), due=held.text)
    return opening_content(held)


def _closed(held: Consultation) -> Plain:
    return closing_content(held, received=held.comments.count())


def _repealed(repeal: Repeal) -> Plain:
    expect(found=repeal.edition.state, due=EditionState.REPEALED)
    return repeal_content(repeal)
