"""What was done in the demonstration: annual plans, a report every quarter, and what was found of two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from yupana.domain.commitments import actions as plans
from yupana.domain.commitments.facts import Money, PlanHeader, PlanRow, Value
from yupana.domain.entities import queries as entities
from yupana.domain.obligations import actions as obligations
from yupana.domain.obligations.queries import call, obligations_of
from yupana.domain.progress import actions as progress
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.histories import histories, plan_of
from yupana.domain.progress.rules import Frequency, Gap, Said, advance, is_off_plan, opening, periods
from yupana.domain.submissions.rules import Channel
from yupana.foundation.kernel.period import Period, parse_period
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.cli.demo import evaluating
from yupana.interfaces.cli.demo.cast import OTHER_REVIEWER, PLANNER
from yupana.interfaces.cli.demo.publishing import EDITION, PLAN
from yupana.interfaces.cli.demo.tables import read

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.progress.models import Verdict
    from yupana.domain.submissions.models import Submission
    from yupana.interfaces.cli.demo.cast import Cast

CODE = "POA"
LONG_ENOUGH = timedelta(days=151)  # for a quarter to have ended, its reports to have come in and to be evaluated
LATE, MENDED, UNDECIDED, CHECKED, AGREED = "C-05", "M-02", "C-03", "C-04", "M-01"
TERM, LOCK = 15, 60
WITHOUT_PLAN = ("C-07", "M-03")
Row = dict[str, str]


def year_of(today: date) -> int:
    """Return the year that the story reports on: one of which a quarter was reported by now."""
    return (today - LONG_ENOUGH).year


def code_of(today: date) -> str:
    """Return the code of the call for the annual plans."""
    return f"{CODE}-{year_of(today)}"


def follow(cast: Cast, today: date) -> None:
    """Plan a year, and report on each of its quarters that has ended."""
    year = year_of(today)
    _plan(cast, today)
    evaluating.measure(cast, date(year, 1, 2))
    planner = cast.actor(PLANNER, date(year, 1, 2))
    progress.set_rhythm(
        actor=planner, call=call(code_of(today)), frequency=Frequency.QUARTER, since=date(year, 1, 1), due_in=TERM,
        lock_in=LOCK, on=date(year, 1, 2),
    )  # fmt: skip
    ended = [each for each in _quarters(year) if opening(each) + timedelta(days=TERM) <= today]
    for at, period in enumerate(ended, start=1):
        progress.open_due(on=opening(period))
        for entity, rows in _bodies():
            _report(cast, today, entity, rows, at, is_last=period == ended[-1])
        if at == 1:
            _verify(cast, today)
            evaluating.evaluate(cast, code_of(today), period)


@cache
def _quarters(year: int) -> tuple[str, ...]:
    return tuple(periods(Frequency.QUARTER, Period(date(year, 1, 1), date(year, 12, 31))))


def _bodies() -> list[tuple[str, list[Row]]]:
    return [(entity, list(rows)) for entity, rows in groupby(read("poa.csv"), key=lambda row: row["entidad"])]


def _plan(cast: Cast, today: date) -> None:
    """Ask some bodies for annual plans, and accept those that came."""
    year = year_of(today)
    asked_for = " or ".join(f"code:{each}" for each in [*(entity for entity, _ in _bodies()), *WITHOUT_PLAN])
    title = f"Planes operativos anuales {year}, entidades piloto"
    asked, handed_in, accepted = date(year - 1, 10, 1), date(year - 1, 11, 20), date(year - 1, 12, 10)
    obligations.open_call(
        actor=cast.actor(PLANNER, asked), editions=[f"{PLAN}/{EDITION}"], audience=asked_for, opens_on=asked,
        due_on=date(year - 1, 11, 30), period=str(year), code=code_of(today), title=title,
        plan_type="poa", calendar="bolivia", on=asked,
    )  # fmt: skip
    for entity, rows in _bodies():
        writer = cast.writer(entity)
        actor = cast.actor(writer, handed_in)
        draft = plans.start_plan(actor=actor, obligation=_owed(code_of(today), entity), on=handed_in)
        by_letter = writer == PLANNER
        header = PlanHeader(
            channel=Channel.LETTER if by_letter else Channel.DESK,
            received_on=handed_in if by_letter else None,
            cites=f"{entity}/POA/{year - 1}" if by_letter else "",
            resolution=f"RES POA {year}/{entity}",
        )
        promised = [_promised(row, year) for row in rows]
        draft = plans.save_plan(actor=actor, submission=draft, header=header, rows=promised, seen=draft.saved_at)
        version = plans.submit_plan(actor=actor, submission=draft, received_on=handed_in, on=handed_in)
        reviewer = cast.actor(cast.reviewer(entity), accepted)
        plans.accept_plan(actor=reviewer, submission=version, on=accepted)


def _promised(row: Row, year: int) -> PlanRow:
    """Read one activity of the table, with what it is to reach quarter by quarter and in the year."""
    parts = [
        Value(quarter, int(row[f"p{at}"]) * SCALE) for at, quarter in enumerate(_quarters(year), 1) if row[f"p{at}"]
    ]
    sums = row["acumulacion"] == "sum"
    whole = sum(each.value for each in parts) if sums else parts[-1].value
    cents = int(row["presupuesto"]) * 100
    return PlanRow(
        row=int(row["fila"]),
        item=f"line:{row['linea']}",
        medium="project",
        name=row["nombre"],
        responsible=row["responsable"],
        result=row["indicador"],
        indicator=row["indicador"],
        target=str(whole // SCALE),
        budget_cents=cents,
        starts=f"01/01/{year}",
        ends=f"31/12/{year}",
        unit=row["unidad"],
        accumulation=row["acumulacion"],
        direction=row["sentido"],
        baseline=row["base"],
        verification="Informe de la unidad responsable",
        programmed=(Value(str(year), whole), *parts),
        money=(
            Money(
                year,
                programmed_cents=cents,
                current_cents=cents,
                category=row["categoria"],
                source="41",
                object="25900",
            ),
        ),
    )


def _report(cast: Cast, today: date, entity: str, rows: list[Row], at: int, *, is_last: bool) -> None:
    """Report on a quarter, as far as the table tells: who says nothing in it is silent."""
    if not any(row[f"a{at}"] for row in rows):
        return
    period = _quarters(year_of(today))[at - 1]
    owed = _owed(f"{code_of(today)}-{period}", entity)
    on = min(opening(period) + timedelta(days=40 if entity == LATE else 6), today)
    said = [_said(row, at) for row in rows]
    version = _hand_in(cast, entity, owed, said, on, at)
    reviewer = cast.reviewer(entity)
    if entity == UNDECIDED and is_last:
        return
    if entity == MENDED and is_last:
        back = on + timedelta(days=4)
        remarks = {1: "¿Cuáles centros? Adjunte las actas de recepción."}
        progress.return_report(
            actor=cast.actor(reviewer, back), submission=version, reason="", remarks=remarks, on=back
        )  # fmt: skip
        on = back + timedelta(days=5)
        version = _hand_in(cast, entity, owed, said, on, at)
    later = min(on + timedelta(days=3), today)
    progress.accept_report(actor=cast.actor(reviewer, later), submission=version, on=later)


def _said(row: Row, at: int) -> ReportRow:
    value, spent = row[f"a{at}"], row[f"g{at}"]
    return ReportRow(
        row=int(row["fila"]),
        value=int(value) * SCALE if value.isdigit() else None,
        gap=Gap.DATA if value == "?" else "",
        current_cents=int(row["presupuesto"]) * 100,
        accrued_cents=int(spent) * 100 if spent else None,
        done=f"Se avanzó según lo programado en {row['responsable']}." if not row["causa"] else "",
        next_step="Seguir con lo programado.",
    )


def _hand_in(cast: Cast, entity: str, owed: Obligation, said: list[ReportRow], on: date, at: int) -> Submission:
    """Write a report, say why what is off plan is so, and hand it in."""
    writer = cast.actor(cast.writer(entity), on)
    draft = progress.start_report(actor=writer, obligation=owed, on=on)
    if entity in (CHECKED, AGREED):
        text = f"Registro de {entity} al {on:%d/%m/%Y}\n" + "".join(f"fila {each.row}\n" for each in said)
        piece = evaluating.bring(writer, entity, f"registro-{owed.period}.txt", text, on)
        said = [replace(each, evidence=(piece.pk,)) for each in said]
    if entity == evaluating.AGENCY:
        evaluating.say_measured(writer, draft, at)
    progress.save_rows(actor=writer, submission=draft, rows=said)
    told = {row["fila"]: row for row in read("poa.csv") if row["entidad"] == entity}
    off_plan = _off_plan(draft)
    explained = [
        replace(
            each,
            cause=told[str(each.row)]["causa"] or "planning",
            variation=told[str(each.row)]["explicacion"] or "Se movió el calendario de la actividad.",
        )
        for each in said
        if each.row in off_plan
    ]
    progress.save_rows(actor=writer, submission=draft, rows=explained)
    received = on if cast.writer(entity) == PLANNER else None
    return progress.submit_report(actor=writer, submission=draft, received_on=received, on=on)


def _off_plan(draft: Submission) -> set[int]:
    plan, period = plan_of(draft.obligation) or 0, draft.obligation.period
    history = histories([plan], draft=draft.pk)[plan]
    return {
        line.row
        for line in history.lines
        if is_off_plan(advance(line.promise, line.said, period, expected=history.before(period)))
    }


def _verify(cast: Cast, today: date) -> None:
    """Check two reports of the first quarter: one as it was declared, one that its body disputes and puts right."""
    period = _quarters(year_of(today))[0]
    on = opening(period) + timedelta(days=30)
    _found(cast, period, AGREED, 30, "Se revisó el registro de la ventanilla: los trámites constan uno por uno.", on)
    verdict = _found(cast, period, CHECKED, 72, "Del registro constan 72 permisos; ocho son renovaciones.", on)
    answered = on + timedelta(days=12)
    progress.dispute(
        actor=cast.actor("rosa", on + timedelta(days=4)), verdict=verdict, on=on + timedelta(days=4),
        text="Las renovaciones también se piden y se otorgan en línea.",
    )  # fmt: skip
    asked = progress.open_corrective(
        actor=cast.actor(OTHER_REVIEWER, on), verdict=verdict, text="Separar en el registro permisos y renovaciones.",
        due_on=answered + timedelta(days=30), on=on,
    )  # fmt: skip
    progress.answer_corrective(
        actor=cast.actor("rosa", answered),
        corrective=asked,
        seen=0,
        on=answered,
        text="El registro ya los cuenta por separado.",
    )


def _found(cast: Cast, period: str, entity: str, value: int, basis: str, on: date) -> Verdict:
    owed = _owed(f"{CODE}-{parse_period(period).first.year}-{period}", entity)
    report = owed.submissions.latest("version")
    return progress.give_verdict(
        actor=cast.actor(OTHER_REVIEWER, on), submission=report, row=1, said=Said(value * SCALE), basis=basis, on=on
    )


def _owed(code: str, entity: str) -> Obligation:
    return obligations_of(call(code)).get(debtor=entities.named(entity))
