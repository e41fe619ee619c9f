"""Two reports of body A that were verified, with words in every text: one to be put right, one in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from yupana.domain.progress.actions import (
    accept_report,
    answer_corrective,
    answer_dispute,
    dispute,
    give_verdict,
    open_corrective,
    open_reports,
    save_rows,
    start_report,
    submit_report,
)
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call
    from yupana.domain.progress.models import Corrective, Verdict
    from yupana.domain.submissions.models import Submission


@dataclass(frozen=True)
class Verified:
    """A report whose verdict asks for something to be put right, and the verdict of another one, in dispute."""

    report: Submission
    given: Verdict
    action: Corrective
    disputed: Verdict


def verified(cast: Cast, plans: Call, say: Callable[[str], str], *, answered: bool = False) -> Verified:
    """Report on the first and the last quarter of a call's year, and let Amaru find less; ``say`` gives the words."""
    given = []
    for quarter in ("Q1", "Q4"):
        period = f"{plans.period}-{quarter}"
        day = parse_period(period).last + timedelta(days=2)
        call = plans.followed_by.filter(period=period).first() or open_reports(
            actor=OPERATOR, call=plans, period=period, on=day, due_in=20
        )
        report = _reported(cast, call, say, day)
        given.append(
            give_verdict(actor=cast.amaru, submission=report, row=1, said=Said(40_000), basis=say("basis"), on=day)
        )
    first, second = given
    told = {"text": say("corrective"), "due_on": first.on + timedelta(days=30), "on": first.on}
    action = open_corrective(actor=cast.amaru, verdict=first, **told)  # type: ignore[arg-type] # fields by name
    said = dispute(actor=cast.inti, verdict=second, text=say("dispute"), on=second.on)
    if answered:
        answer_corrective(actor=cast.inti, corrective=action, text=say("step"), on=first.on, seen=0)
        answer_dispute(actor=cast.auditor, dispute=said, upheld=False, answer=say("answer"), on=second.on)
    return Verified(first.submission, first, action, second)


def _reported(cast: Cast, call: Call, say: Callable[[str], str], day: date) -> Submission:
    owed = call.obligations.select_related("call", "debtor").get(debtor=cast.a)
    draft = start_report(actor=cast.inti, obligation=owed, on=day)
    row = ReportRow(
        1, value=50_000, cause="staff", variation=say("variation"), done=say("done"), next_step=say("nextstep")
    )
    save_rows(actor=cast.inti, submission=draft, rows=[row])
    submit_report(actor=cast.inti, submission=draft, received_on=None, on=day)
    accept_report(actor=cast.amaru, submission=draft, on=day)
    draft.refresh_from_db()
    return draft
