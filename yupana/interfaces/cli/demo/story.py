"""What happened in the demonstration's State, told by the people who did it, through the actions of the domain."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from yupana.domain.commitments import actions as plans
from yupana.domain.commitments import queries as activities
from yupana.domain.commitments.facts import Plan, PlanHeader, PlanRow
from yupana.domain.entities import queries as entities
from yupana.domain.entities.actions import import_register
from yupana.domain.obligations import actions as obligations
from yupana.domain.obligations.queries import call, obligations_of
from yupana.domain.submissions import actions as submissions
from yupana.domain.submissions.rules import Channel
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli.demo import following, planning, update
from yupana.interfaces.cli.demo.cast import PLANNER, REVIEWER, Cast, hire
from yupana.interfaces.cli.demo.publishing import DATA, EDITION, PLAN, publish
from yupana.interfaces.cli.demo.tables import read
from yupana.interfaces.interchange.entities import read_entities

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.domain.obligations.models import Obligation
    from yupana.domain.submissions.models import Submission

SOURCE = "ceibal"
FOUNDED, REVIEWED = date(2024, 1, 2), date(2024, 7, 22)
MEDIA = {"proyecto": "project", "actividad": "activity", "linea": "line"}
FIRST_CALL, SECOND_CALL = "PLAN-2024", "AJUSTE-2028"
Row = dict[str, str]


def tell(today: date, tick: Callable[[int], None] = lambda _: None) -> Cast:
    """Tell the whole story, up to the consultation that is open ``today``; ``tick`` counts the plans told."""
    import_register(actor=OPERATOR, source=SOURCE, rows=read_entities(DATA / "entidades.csv").rows, on=FOUNDED)
    cast = hire()
    publish(cast)
    open_calls(cast)
    grant_relief(cast)
    rows = {plan: list(group) for plan, group in groupby(read("actividades.csv"), key=lambda row: row["plan"])}
    for each in read("planes.csv"):
        hand_in(cast, each, [plan_row(row) for row in rows[each["plan"]]])
        tick(1)
    copy_paper(cast)
    look_again(cast)
    update.draft(cast, today)
    update.consult(cast, today)
    planning.go_on(cast, SECOND_CALL, today)
    following.follow(cast, today)
    return cast


def count() -> int:
    """Return how many plans the story has."""
    return len(list(read("planes.csv")))


def open_calls(cast: Cast) -> None:
    """Put the plan to every body, and leave it open to adjustments for years."""
    edition = f"{PLAN}/{EDITION}"
    obligations.open_call(
        actor=cast.actor(PLANNER, date(2024, 3, 1)),
        editions=[edition],
        audience="all",
        opens_on=date(2024, 3, 1),
        due_on=date(2024, 6, 28),
        period="2024-2028",
        code=FIRST_CALL,
        title="Planes institucionales 2024-2028",
        on=date(2024, 3, 1),
    )
    obligations.open_call(
        actor=cast.actor(PLANNER, date(2024, 9, 2)),
        editions=[edition],
        audience="level:central or level:municipal",
        opens_on=date(2024, 9, 2),
        due_on=date(2028, 9, 29),
        period="2024-2028",
        code=SECOND_CALL,
        title="Ajuste de los planes hasta 2028",
        plan_type="pige",
        calendar="bolivia",
        on=date(2024, 9, 2),
    )


def grant_relief(cast: Cast) -> None:
    """Give one body more time and free another."""
    planner = cast.actor(PLANNER, date(2024, 6, 20))
    obligations.extend(
        actor=planner,
        obligation=owed(FIRST_CALL, "D-02"),
        due_on=date(2024, 8, 30),
        reason="El incendio de mayo cerró sus oficinas por seis semanas.",
        act="Resolución AGD 18/2024",
        on=date(2024, 6, 20),
    )
    submissions.waive(
        actor=planner,
        obligation=owed(FIRST_CALL, "M-11"),
        reason="El municipio se une a Ojo de Agua el Viejo y no tendrá oficinas propias en 2024.",
        act="Resolución AGD 19/2024",
        on=date(2024, 6, 20),
    )


def owed(code: str, entity: str) -> Obligation:
    """Find what a body owes in a call."""
    return obligations_of(call(code)).get(debtor=entities.named(entity))


def plan_row(row: Row) -> PlanRow:
    """Read one activity of the table."""
    return PlanRow(
        row=int(row["fila"]),
        item=f"line:{row['linea']}",
        medium=MEDIA[row["medio"]],
        name=row["nombre"],
        responsible=row["responsable"],
        indicator=row["indicador"],
        target=row["meta"],
        budget_cents=int(row["presupuesto_centavos"]) if row["presupuesto_centavos"] else None,
        starts=row["inicio"],
        ends=row["fin"],
    )


def hand_in(cast: Cast, told: Row, rows: list[PlanRow]) -> None:
    """Write a version, hand it in and decide about it, as far as the table tells."""
    writer = cast.writer(told["entidad"])
    received = date.fromisoformat(told["recibido"]) if told["recibido"] else date(2024, 10, 1)
    actor = cast.actor(writer, received)
    draft = plans.start_plan(actor=actor, obligation=owed(told["convocatoria"], told["entidad"]), on=received)
    header = PlanHeader(
        channel=Channel.LETTER if writer == PLANNER else Channel.DESK,
        received_on=received if told["recibido"] else None,
        cites=told["cite"],
        resolution=told["resolucion"],
    )
    draft = plans.save_plan(actor=actor, submission=draft, header=header, rows=rows, seen=draft.saved_at)
    if told["estado"] == "borrador":
        return
    submission = plans.submit_plan(actor=actor, submission=draft, received_on=received, on=received)
    if told["estado"] != "enviado":
        decide(cast, told, submission)


def decide(cast: Cast, told: Row, submission: Submission) -> None:
    """Accept, return or turn away."""
    on = date.fromisoformat(told["dia"])
    reviewer = cast.actor(cast.reviewer(told["entidad"]), on)
    if told["estado"] == "observado":
        remarks = {2: "Diga quién responde por esta fila y cuánto cuesta."}
        plans.return_plan(actor=reviewer, submission=submission, reason=told["motivo"], remarks=remarks, on=on)
    elif told["estado"] == "no corresponde":
        plans.misfile_plan(actor=reviewer, submission=submission, reason=told["motivo"], on=on)
    else:
        plans.accept_plan(actor=reviewer, submission=submission, on=on)


def copy_paper(cast: Cast) -> None:
    """Bring in three plans from the paper archive; the stamp of one contradicts the numbers of its letters."""
    archived = (("M-08", "VU 210/2024", date(2024, 6, 3), 1), ("M-10", "VU 231/2024", date(2024, 10, 6), 8),
                ("M-20", "VU 260/2024", date(2024, 6, 20), 9))  # fmt: skip
    told = [
        Plan(
            where=f"archivo:{at}",
            debtor=entity,
            header=PlanHeader(received_on=received, cites=cite, source_ref=f"archivo-{at}"),
            rows=(PlanRow(row=1, item=f"line:{line}", name="Lo que dice la carta", starts="2025", ends="2026"),),
            asks_budget=False,
            asks_responsible=False,
        )
        for at, (entity, cite, received, line) in enumerate(archived, 1)
    ]
    on = date(2024, 7, 19)
    plans.import_plans(actor=cast.actor(PLANNER, on), call=call(FIRST_CALL), plans=told, on=on)


def look_again(cast: Cast) -> None:
    """Put one row under another line, and say which year one plan begins in."""
    reviewer = cast.actor(REVIEWER, REVIEWED)
    education = accepted(owed(FIRST_CALL, "C-05"))
    row = activities.row_for_review(reviewer, education.pk, 4)
    plans.reclassify(
        actor=reviewer,
        activity=row,
        item="line:8",
        reason="Publica el gasto de las escuelas: responde a la línea del presupuesto a la vista.",
        on=REVIEWED,
    )
    plans.confirm_year_one(actor=reviewer, obligation=owed(FIRST_CALL, "M-06"), year=2025, on=REVIEWED)


def accepted(obligation: Obligation) -> Submission:
    """Find the version of a plan that was handed in last."""
    return obligation.submissions.order_by("-version")[0]
