"""Consulting on a draft: open the window, hear everybody, answer each one, close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.instruments import consultations, rules
from yupana.domain.instruments.actions.publishing import check_settled, locked, refusal, settle_weights
from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.models import Answer, Comment, Consultation, Edition
from yupana.domain.instruments.policy import can_comment, can_publish
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT, Fact
from yupana.foundation.ledger.actions import erase, record

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection
    from datetime import date

    from yupana.domain.instruments.facts import Verdict
    from yupana.foundation.kernel.actor import Actor


def open_consultation(*, actor: Actor, edition: str, closes_on: date, on: date) -> Consultation:
    """Put the draft CODE/EDITION to everybody until ``closes_on``; its text stands still until this is closed.

    The digest of the text is recorded, so that nobody can say afterwards that it was another.
    """
    _for_planners(actor)
    rules.check_window(on, closes_on)
    with transaction.atomic():
        held = locked(edition)
        if held.state != EditionState.DRAFT:
            raise refusal(held)
        check_settled(held, edition)
        settle_weights(held)
        put = Consultation(
            edition=held, opens_on=on, closes_on=closes_on, text=consultations.digest_of_text(held)
        )  # fmt: skip
        content = consultations.opening_content(put)
        put.entry = record(Fact("consultation.opened", consultations.codes_of(held), on, content))
        put.save()
        _moved(held, EditionState.DRAFT, EditionState.CONSULTATION)
        return put


def close_consultation(*, actor: Actor, edition: str, on: date) -> Consultation:
    """Close the consultation on CODE/EDITION: nothing is heard any more, and the draft can be mended.

    The record says with how many comments it was closed.
    """
    _for_planners(actor)
    with transaction.atomic():
        held = locked(edition)
        put = _open_on(held)
        content = consultations.closing_content(put, received=put.comments.count())
        entry = record(Fact("consultation.closed", consultations.codes_of(held), on, content))
        Consultation.objects.filter(pk=put.pk).update(closing_entry=entry)
        _moved(held, EditionState.CONSULTATION, EditionState.DRAFT)
        put.refresh_from_db()
        return put


def comment(
    *, actor: Actor, edition: str, text: str, on: date, item: str = "", entity: int | None = None
) -> Comment:  # fmt: skip
    """Say something about CODE/EDITION, or about its item "role:code"; for a body, or as anybody without a name.

    It is recorded at once, without its words: what was said cannot be made to vanish. Refused outside of the window.
    """
    if not can_comment(actor, entity):
        raise Forbidden("comment-not-for-body")
    text = rules.said("comment-length", text, rules.MOST_COMMENT)
    with transaction.atomic():
        held = locked(edition)
        put = _open_on(held)
        if not rules.is_within(on, put.opens_on, put.closes_on):
            raise Refused("consultation-over", edition=edition, closes_on=put.closes_on)
        lineage = _lineage(held, item) if item else None
        heard = Comment(consultation=put, lineage=lineage, item=item, text=text, on=on, entity_id=entity)
        content = consultations.comment_content(heard)
        # What somebody said is no public fact before it was read and answered: only that something was said is.
        heard.entry = record(Fact("comment.received", consultations.codes_of(held), on, content, reserved=True))
        heard.save()
        return heard


def answer(*, actor: Actor, comment: int, verdict: Verdict, text: str, on: date) -> Answer:
    """Answer a comment once and for good: what became of it, and why. From then on both are public.

    Withheld: the comment counts and its answer is shown, its own text is not.
    """
    _for_planners(actor)
    text = rules.said("answer-length", text, rules.MOST_ANSWER)
    with transaction.atomic():
        heard = _locked_comment(comment)
        if Answer.objects.filter(comment=heard).exists():
            raise Conflict("comment-answered")
        given = Answer(comment=heard, verdict=verdict, text=text, on=on)
        codes: dict[str, str | int] = {**consultations.codes_of(heard.consultation.edition), "entry": heard.entry_id}
        given.entry = record(Fact("comment.answered", codes, on, consultations.answer_content(given)))
        given.save()
        return given


def answer_together(
    *, actor: Actor, comments: Collection[int], verdict: Verdict, text: str, on: date
) -> list[Answer]:  # fmt: skip
    """Answer several comments in the same words: each has its answer and its entry, or none of them has."""
    _for_planners(actor)
    with transaction.atomic():
        return [answer(actor=actor, comment=each, verdict=verdict, text=text, on=on) for each in sorted(set(comments))]


def erase_comment(*, actor: Actor, comment: int, act: str, on: date) -> Comment:
    """Black out what a comment says, by a recorded act; that it was made, its item and its answer stay."""
    _for_planners(actor)
    with transaction.atomic():
        heard = _locked_comment(comment)
        erase(entry=heard.entry, act=act, on=on)
        Comment.objects.filter(pk=heard.pk).update(text=BLACKED_OUT)
        heard.refresh_from_db()
        return heard


def _for_planners(actor: Actor) -> None:
    if not can_publish(actor):
        raise Forbidden("edition-planners-only")


def _open_on(held: Edition) -> Consultation:
    put = consultations.open_one(held)
    if put is None:
        raise Conflict("consultation-not-open", edition=f"{held.instrument.code}/{held.code}")
    return put


def _lineage(held: Edition, item: str) -> uuid.UUID:
    role, _, code = item.partition(":")
    found = held.items.filter(role=role, code=code).values_list("lineage", flat=True).first()
    if found is None:
        raise Missing("item-unknown", item=item)
    return found


def _locked_comment(pk: int) -> Comment:
    found = Comment.objects.select_for_update(of=("self",)).select_related("consultation__edition__instrument", "entry")
    heard = found.filter(pk=pk).first()
    if heard is None:
        raise Missing("comment-unknown")
    return heard


def _moved(held: Edition, before: EditionState, after: EditionState) -> None:
    if not Edition.objects.filter(pk=held.pk, state=before).update(state=after):
        raise refusal(held)
