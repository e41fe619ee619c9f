"""A plan for 2018 with three kinds of rows, and the reports on its quarters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.cast import ROWS, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.facts import Value
from yupana.domain.progress.actions import accept_report, open_reports, save_rows, start_report, submit_report
from yupana.domain.progress.facts import ReportRow
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cast import Cast
    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.entities.models import Entity
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

QUARTERS = ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4")
FLOW = replace(
    ROWS[0],
    accumulation="sum",
    direction="up",
    unit="granos",
    programmed=(Value("2018", 100 * SCALE), *(Value(quarter, 25 * SCALE) for quarter in QUARTERS)),
)
LEVEL = replace(
    ROWS[0],
    row=2,
    item="line:2",
    name="Bajar la merma",
    accumulation="last",
    direction="down",
    baseline="40",
    target="20",
    programmed=(Value("2018", 20 * SCALE), Value("2018-Q2", 30 * SCALE)),
)
DONE = replace(ROWS[0], row=3, item="", name="Abrir el almacén", accumulation="yes_no", target="1",
               programmed=(Value("2018-Q3", SCALE),))  # fmt: skip
PLAN = (FLOW, LEVEL, DONE)
SAID = (
    ReportRow(
        1, value=20 * SCALE, accrued_cents=100_00, current_cents=1_000_00, cause="staff", variation="Faltó gente"
    ),
    ReportRow(2, value=35 * SCALE),
    ReportRow(3, value=0),
)


def planned(cast: Cast, rows: Sequence[PlanRow] = PLAN, *, bodies: Sequence[Entity] = ()) -> Call:
    """Open a call for plans, and let those of some bodies (A, unless told otherwise) be accepted."""
    make_edition()
    call = make_call()
    for body in bodies or (cast.a,):
        actor = cast.killa if body == cast.b else cast.inti
        make_plan(cast, obligation_of(call, body), rows, actor=actor)
    return call


def asked(call: Call, period: str = QUARTERS[0], *, due_in: int = 20, lock_in: int | None = None) -> Call:
    """Ask for the reports of a period."""
    return open_reports(
        actor=OPERATOR, call=call, period=period, on=parse_period(period).last + timedelta(days=1), due_in=due_in,
        lock_in=lock_in,
    )  # fmt: skip


def reported(actor: Actor, owed: Obligation, rows: Sequence[ReportRow] = SAID, *, on: date | None = None) -> Submission:
    """Write a report and hand it in, on the day after its call opened unless told otherwise."""
    day = on or owed.call.opens_on + timedelta(days=1)
    draft = start_report(actor=actor, obligation=owed, on=day)
    save_rows(actor=actor, submission=draft, rows=rows)
    return submit_report(actor=actor, submission=draft, received_on=None, on=day)


def accepted(
    cast: Cast,
    owed: Obligation,
    rows: Sequence[ReportRow] = SAID,
    *,
    actor: Actor | None = None,
    on: date | None = None,
) -> Submission:
    """Hand a report in (by Inti, unless told otherwise) and let Amaru accept it."""
    version = reported(actor or cast.inti, owed, rows, on=on)
    accept_report(actor=cast.amaru, submission=version, on=(on or owed.call.opens_on) + timedelta(days=2))
    version.refresh_from_db()
    return version
