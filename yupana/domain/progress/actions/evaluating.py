"""Writing an evaluation, and publishing it with the figures of one position of the record."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.obligations.models import Call
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.domain.progress.evaluations import content_of, readable_evaluation
from yupana.domain.progress.models import Evaluation
from yupana.domain.progress.policy import can_evaluate
from yupana.domain.progress.rules.words import WORDS, check_words, mark
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import record
from yupana.foundation.vault import store as vault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

MOST_TITLE = 300
MOST_BYTES = 200 * 2**20


def draft_evaluation(*, actor: Actor, call: Call, period: str, as_of: date, on: date, title: str = "") -> Evaluation:
    """Begin the evaluation of a period of the plans under a public call; several of one period are numbered."""
    _refuse_writer(actor)
    if call.expects != Expects.PLAN or call.state == CallState.DRAFT:
        raise Refused("evaluation-no-plans", call=call.code)
    if call.visibility != Visibility.PUBLIC:
        raise Refused("evaluation-restricted", call=call.code)
    _refuse_period(call, period)
    if as_of > on:
        raise Refused("evaluation-future")
    with transaction.atomic():
        Call.objects.select_for_update(no_key=True).get(pk=call.pk)  # whoever begins another one now waits here
        base = f"{call.code}-{period}"[:50]
        taken = set(Evaluation.objects.filter(code__startswith=base).values_list("code", flat=True))
        code = next(each for each in (base, *(f"{base}-v{at}" for at in range(2, 1000))) if each not in taken)
        usual = f"{call.title[: MOST_TITLE - len(period) - 2]}: {period}"
        return Evaluation.objects.create(
            call=call, code=code, title=title.strip()[:MOST_TITLE] or usual, period=period,
            as_of=as_of, words=dict.fromkeys(WORDS, ""), by_id=actor.person,
        )  # fmt: skip


def save_evaluation(
    *, actor: Actor, evaluation: Evaluation, title: str, words: Mapping[str, str], was: Mapping[str, str] | None = None
) -> Evaluation:
    """Put title and words in place of those of a draft.

    Where ``was`` is given it is a Conflict if other words stand there by now, or another title than ``evaluation`` has.
    """
    _refuse_writer(actor)
    told = check_words(words)
    if not title.strip():
        raise Refused("evaluation-title")
    with transaction.atomic():
        held = _claimed(evaluation)
        named = title.strip()[:MOST_TITLE]
        moved = held.title not in (evaluation.title, named) or held.words not in (was, told)
        if was is not None and moved:
            raise Conflict("evaluation-moved")
        held.title, held.words = named, told
        held.save(update_fields=["title", "words", "saved_at"])
        return held


def discard_evaluation(*, actor: Actor, evaluation: Evaluation) -> None:
    """Take a draft away; what is published stays."""
    _refuse_writer(actor)
    with transaction.atomic():
        _claimed(evaluation).delete()


def publish_evaluation(
    *, actor: Actor, evaluation: Evaluation, figures: Mapping[str, Plain], on: date, seen: str | None = None
) -> Evaluation:
    """Freeze an evaluation with its figures, counted up to their position: their bytes go to the vault for good.

    ``seen`` is the mark of the title and words that the actor read; otherwise they are those that ``evaluation`` holds.
    Conflict where others stand there by now: nobody publishes what they never saw.
    """
    _refuse_writer(actor)
    position = figures["position"]
    if not isinstance(position, int) or position > ledger.head().size:
        raise Refused("evaluation-position")
    with transaction.atomic():
        held = _claimed(evaluation)
        counted = (figures["call"], figures["period"], figures["as_of"])
        if counted != (held.call.code, held.period, held.as_of.isoformat()):
            raise Refused("evaluation-other-figures")
        if not held.words.get("summary", "").strip():
            raise Refused("evaluation-summary")
        if mark(held.title, held.words) != (mark(evaluation.title, evaluation.words) if seen is None else seen):
            raise Conflict("evaluation-moved")
        stored = vault.put(io.BytesIO(canonical(figures)), f"{held.code}.json", MOST_BYTES)
        held.position, held.formula = position, str(figures["formula"])
        held.digest, held.published_on = stored.digest, on
        codes = {"evaluation": held.code, "call": held.call.code}
        held.entry = record(Fact("evaluation.published", codes, on, content_of(held)))
        held.save()
        return readable_evaluation(actor, held.code)


def _refuse_writer(actor: Actor) -> None:
    if not (actor.operator or can_evaluate(actor)):
        raise Forbidden("evaluation-planners-only")


def _refuse_period(call: Call, period: str) -> None:
    try:
        asked, plan = parse_period(period), parse_period(call.period)
    except ValueError as error:
        raise Refused("call-period-unreadable", found=period) from error
    if asked.first < plan.first or asked.last > plan.last:
        raise Refused("report-period-outside", period=period, plan=call.period)


def _claimed(evaluation: Evaluation) -> Evaluation:
    """Take hold of a draft; Conflict where it was published or taken away meanwhile."""
    rows = Evaluation.objects.select_related("call").select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=evaluation.pk, entry=None).first()
    if held is None:
        raise Conflict("evaluation-published")
    return held
