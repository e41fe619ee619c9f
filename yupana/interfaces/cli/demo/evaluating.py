"""What came of it in the demonstration: evidence that was brought, what the targets reached, a published evaluation."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from yupana.domain.entities import queries as entities
from yupana.domain.instruments.queries import edition as edition_named
from yupana.domain.obligations.queries import call
from yupana.domain.progress import actions
from yupana.domain.progress.actions.evaluating import draft_evaluation, publish_evaluation, save_evaluation
from yupana.domain.progress.facts import MeasuredValue, Terms
from yupana.domain.progress.queries import sheets_asked
from yupana.domain.progress.rules import EvidenceLevel, opening
from yupana.domain.progress.rules.sheets import Terms as SheetTerms
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.queries import head
from yupana.foundation.vault import store as vault
from yupana.interfaces.cli.demo.cast import PLANNER
from yupana.interfaces.cli.demo.publishing import EDITION, PLAN
from yupana.projections.overviews import evaluation

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.progress.models import Evidence
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.interfaces.cli.demo.cast import Cast

AGENCY = "C-01"
MOST_EVIDENCE = 2**20
NINE_TENTHS = (9, 40)  # of a target, each quarter: at the end of the year nine tenths of it
WORDS = {
    "summary": "Ocho de las nueve entidades con plan informaron el **primer trimestre**.",
    "method": "Se contó lo que cada entidad declaró y, aparte, lo que se verificó con sus registros.",
    "findings": "- Una entidad no informó.\n- Un valor verificado está en disputa.",
    "recommendations": "Pedir a quien no informó que lo haga, o que diga por qué no puede.",
}


def measure(cast: Cast, on: date) -> None:
    """Say how the targets of the plan are measured, and who reports them."""
    planner = cast.actor(PLANNER, on)
    terms = SheetTerms(by=f"code:{AGENCY}")
    actions.load_sheets(actor=planner, edition=edition_named(f"{PLAN}/{EDITION}"), terms=terms, on=on)


def say_measured(writer: Actor, draft: Submission, quarter: int) -> None:
    """Report how far the targets are, where the agency is asked."""
    above, below = NINE_TENTHS
    told = [
        MeasuredValue(
            each.name,
            value=(each.sheet.target or 0) * above * quarter // below // SCALE * SCALE,
            note="Registro de la agencia",
        )
        for each in sheets_asked(draft.obligation)
    ]
    actions.save_measured(actor=writer, submission=draft, values=told)


def bring(writer: Actor, entity: str, name: str, text: str, on: date) -> Evidence:
    """Bring a file as evidence of a body."""
    stored = vault.put(BytesIO(text.encode()), name, MOST_EVIDENCE)
    terms = Terms(name=name, visibility="public", level=EvidenceLevel.INTERNAL, issued_on=on)
    return actions.add_file(actor=writer, entity=entities.named(entity), stored=stored, terms=terms, on=on).piece


def evaluate(cast: Cast, code: str, period: str) -> None:
    """Publish the evaluation of a period, with the figures of its day."""
    on = opening(period) + timedelta(days=60)
    planner = cast.actor(PLANNER, on)
    as_of = on.replace(day=1) - timedelta(days=1)
    held = draft_evaluation(actor=planner, call=call(code), period=period, as_of=as_of, on=on)
    held = save_evaluation(actor=planner, evaluation=held, title=held.title, words=WORDS)
    seal()
    figures = evaluation.compute(held.call, period, as_of, head().size)
    publish_evaluation(actor=planner, evaluation=held, figures=figures, on=on)
