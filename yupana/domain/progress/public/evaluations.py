"""Published evaluations as anybody may read them; drafts are not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.progress.evaluations import readable_evaluation, readable_evaluations
from yupana.foundation.kernel.actor import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.domain.progress.models import Evaluation


@dataclass(frozen=True, slots=True)
class EvaluationCard:
    """A published evaluation; its figures are the file of ``digest``, counted up to ``position`` as of ``as_of``."""

    code: str
    title: str
    call: str
    call_title: str
    period: str
    as_of: date
    words: Mapping[str, str]
    position: int
    formula: str
    digest: str
    published_on: date


def published_evaluations() -> tuple[EvaluationCard, ...]:
    """List what is published, the newest first."""
    return tuple(card_of(each) for each in readable_evaluations(NOBODY).exclude(entry=None))


def published_evaluation(code: str) -> EvaluationCard:
    """Find one; Missing for a draft and for what is not there."""
    return card_of(readable_evaluation(NOBODY, code))


def card_of(each: Evaluation) -> EvaluationCard:
    """Tell one that is published."""
    return EvaluationCard(
        each.code, each.title, each.call.code, each.call.title, each.period, each.as_of, each.words,
        each.position or 0, each.formula, each.digest, each.published_on or each.as_of,
    )  # fmt: skip
