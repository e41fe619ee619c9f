"""A consultation on the small plan: opened, commented on, answered, closed."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tests.domain.instruments.plans import draft
from yupana.domain.instruments import actions
from yupana.domain.instruments.facts import Verdict
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.foundation.vault import store
from yupana.projections import proof

if TYPE_CHECKING:
    from yupana.domain.instruments.models import Answer, Comment, Consultation, Document

OPENED, LAST = date(2024, 2, 1), date(2024, 2, 15)
SAID = "A counter in every town, and open on Saturdays."
REASON = "Saturdays are for the next edition."
PDF = b"%PDF-1.7 the act"


def opened(edition: str = "1", **more: Any) -> Consultation:  # noqa: ANN401 - whatever the action takes
    """Draft the small plan and put it to everybody."""
    draft(edition)
    told: dict[str, Any] = {"actor": OPERATOR, "edition": f"QIPU/{edition}", "closes_on": LAST, "on": OPENED, **more}
    return actions.open_consultation(**told)


def say(text: str = SAID, **more: Any) -> Comment:  # noqa: ANN401 - the same
    """Comment as a citizen, on the line 1.1 unless told otherwise."""
    told: dict[str, Any] = {"actor": NOBODY, "edition": "QIPU/1", "item": "line:1.1", "on": LAST, **more}
    return actions.comment(text=text, **told)


def reply(comment: Comment, verdict: Verdict = Verdict.PARTLY, **more: Any) -> Answer:  # noqa: ANN401 - the same
    told: dict[str, Any] = {"actor": OPERATOR, "text": REASON, "on": LAST + timedelta(days=1), **more}
    return actions.answer(comment=comment.pk, verdict=verdict, **told)


def close(**more: Any) -> Consultation:  # noqa: ANN401 - the same
    told: dict[str, Any] = {"actor": OPERATOR, "edition": "QIPU/1", "on": LAST + timedelta(days=1), **more}
    return actions.close_consultation(**told)


def attach(content: bytes = PDF, name: str = "act.pdf", edition: str = "QIPU/1") -> Document:
    """Keep a file in the vault and attach it to a draft."""
    stored = store.put(BytesIO(content), name, 2**20)
    return actions.attach(actor=OPERATOR, edition=edition, stored=stored)


def verbs() -> list[str]:
    return [read_leaf(bytes(entry.leaf)).verb for entry in Entry.objects.order_by("pk")]


def proved() -> tuple[bool, int | None, str]:
    seal()
    verdict = proof.verify()
    return verdict.ok, verdict.first_broken, verdict.why
