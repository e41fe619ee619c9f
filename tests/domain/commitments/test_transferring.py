"""What a body that is no more owed and promised passes to its successors, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import ACCEPTED_ON, DUE_ON, ITEMS, actor_of, make_call, make_edition, make_person
from tests.domain.commitments.mergers import OF_A, ON, Merger, make_merger
from yupana.domain.commitments import actions
from yupana.domain.commitments.models import RowTransfer
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.entities.actions import record_succession
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.obligations.models import Obligation, Transfer
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules as measures
from yupana.projections.followers import tick
from yupana.projections.overviews.impact import Impact
from yupana.projections.overviews.money import money
from yupana.projections.overviews.radar import Radar
from yupana.projections.overviews.waiting import waits
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db


@pytest.fixture
def merger(db: None) -> Merger:
    return make_merger()


def held(owed: Obligation) -> list[tuple[int, str]]:
    """Rows of the plan that was accepted last."""
    version = Submission.objects.filter(obligation=owed, state=State.ACCEPTED).order_by("-version").first()
    return [(row.row, row.name) for row in plan_rows(version)] if version else []


def counted(measure: str, call: Call) -> tuple[int, int]:
    tick()
    share = figures.shares(measure=measure, calls=[call.pk], as_of=DUE_ON).get((), Share())
    return share.done, share.due


def test_the_successor_goes_on_with_its_own_rows_and_those_it_received(merger: Merger) -> None:
    merger.transfer()
    assert held(merger.b) == [(1, "De Ñandú"), (2, "De Ábaco, uno"), (3, "De Ábaco, dos")]


def test_each_row_goes_where_it_is_told_and_says_from_where(merger: Merger) -> None:
    merger.transfer(rows={2: merger.c})
    went = list(RowTransfer.objects.order_by("row").values_list("row", "to", "to_row"))
    assert (held(merger.b), held(merger.c), went) == (
        [(1, "De Ñandú"), (2, "De Ábaco, uno")],
        [(1, "De Ábaco, dos")],
        [(1, merger.b.pk, 2), (2, merger.c.pk, 1)],
    )


def test_an_update_of_the_plan_finds_what_passed_on_with_its_heir_alone(merger: Merger) -> None:
    rows = [replace(row, text=f"{row.text} bien") if row.role == "line" else row for row in ITEMS]
    later = make_edition(edition="2", rows=rows, published=False)
    impact = Impact(OPERATOR, merger.call.editions.get(), later, as_of=ON)
    before = [(each.obligations, each.activities) for each in impact.touches]
    merger.transfer()
    impact = Impact(OPERATOR, merger.call.editions.get(), later, as_of=ON)
    after = [(each.obligations, each.activities) for each in impact.touches]
    assert (before, after) == ([(4, 2), (4, 2)], [(3, 2), (3, 2)])


def test_an_heir_alone_carries_on_what_passed_to_it(merger: Merger) -> None:
    """Though the dissolved body was still asked under the call of the later edition."""
    make_edition(edition="2")
    later = make_call(editions=("PLAN/2",), audience="all")
    merger.transfer()
    done = actions.carry_over(actor=OPERATOR, source=merger.call, target=later, choices={}, on=date(2018, 6, 20))
    assert (
        [(plan.owed.debtor_id, len(plan.rows)) for plan in done.plans],
        [(each.debtor, each.why) for each in done.left_out],
    ) == ([(merger.cast.b.pk, 3)], [(merger.cast.a.ref, "passed")])


def test_a_row_takes_all_that_it_holds_along(merger: Merger) -> None:
    merger.transfer()
    version = Submission.objects.filter(obligation=merger.b).latest("version")
    rows = plan_rows(version)
    assert (rows[1].programmed, rows[1].money, [each.share_bp for each in rows[2].also]) == (
        OF_A[0].programmed,
        OF_A[0].money,
        [2_000],
    )


def test_it_leaves_every_base_and_nothing_is_counted_twice(merger: Merger) -> None:
    before = counted(measures.COVERAGE, merger.call), counted(measures.ANSWERED, merger.call)
    merger.transfer()
    after = counted(measures.COVERAGE, merger.call), counted(measures.ANSWERED, merger.call)
    assert (before, after) == (((2, 4), (3, 8)), ((1, 3), (2, 6)))


def test_its_money_and_its_rows_are_at_the_successor_alone(merger: Merger) -> None:
    def told() -> tuple[int | None, Share, int]:
        found = money(OPERATOR, merger.call)
        return found.total.programmed, found.base.plans, Radar(OPERATOR, [merger.call], own=True).size

    before = told()
    merger.transfer()
    assert (before, told()) == ((700, Share(1, 2), 3), (700, Share(1, 1), 3))


def test_a_version_that_was_made_for_it_waited_for_nobody(merger: Merger) -> None:
    def told() -> list[tuple[int, int, str]]:
        held = [Obligation.objects.select_related("call").get(pk=each.pk) for each in (merger.b, merger.c)]
        found = waits(held, on=ON + timedelta(days=9))
        return [(each.entity, each.authority, each.turn) for each in found.values()]

    (at_b, *_), (until, *_) = before = told()
    merger.transfer(rows={1: merger.c})
    assert (before, told()) == ([(at_b, 10, ""), (until, 0, "entity")], [(at_b, 10, ""), (until - 9, 0, "")])


def test_a_successor_that_is_writing_finishes_first(merger: Merger) -> None:
    actions.start_plan(actor=merger.cast.killa, obligation=merger.b, on=ON)
    with pytest.raises(Conflict, match="transfer-in-hand"):
        merger.transfer()


def test_the_days_that_counted_still_count(merger: Merger) -> None:
    merger.transfer(rows={2: merger.c})
    version = Submission.objects.get(obligation=merger.c)
    assert [step.met_on for step in version.steps.all()] == [date(2018, 5, 10)]


def test_the_record_tells_it_and_verifies(merger: Merger) -> None:
    merger.transfer()
    seal()
    assert verify().ok


@pytest.mark.parametrize("table", ["obligations_transfer", "commitments_rowtransfer"])
def test_the_database_keeps_it_as_it_was_recorded(merger: Merger, table: str) -> None:
    merger.transfer()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET to_id = to_id + 99")  # noqa: S608 (one of the two above)


def test_a_body_without_a_plan_passes_what_it_owes(merger: Merger) -> None:
    record_succession(actor=OPERATOR, predecessors=[merger.cast.c], successor=merger.cast.b, on=ON, act="Ley 2")
    found = merger.transfer(obligation=merger.c)
    assert (found.rows, held(merger.b), Transfer.objects.count()) == ({}, [(1, "De Ñandú")], 1)


def test_nothing_moves_or_is_written_under_it_any_more(merger: Merger) -> None:
    merger.transfer()
    more = {"obligation": merger.a, "reason": "x", "act": "x", "on": ON}
    with pytest.raises(Conflict, match="obligation-transferred"):
        extend(actor=OPERATOR, due_on=DUE_ON + timedelta(9), **more)  # type: ignore[arg-type] # the terms of an act
    with pytest.raises(Conflict, match="obligation-transferred"):
        waive(actor=OPERATOR, **more)  # type: ignore[arg-type] # the same
    with pytest.raises(Conflict, match="obligation-transferred"):
        actions.start_plan(actor=merger.cast.inti, obligation=merger.a, on=ON)
    with pytest.raises(Conflict, match="transferred-already"):
        merger.transfer()


def test_who_does_not_succeed_receives_nothing(merger: Merger) -> None:
    with pytest.raises(Refused, match="transfer-no-succession"):
        merger.transfer(obligation=merger.b, to=merger.c)


def test_what_waits_for_a_decision_is_decided_first(merger: Merger) -> None:
    draft = actions.start_plan(actor=merger.cast.inti, obligation=merger.a, on=ON)
    Submission.objects.filter(pk=draft.pk).update(reason="r", act="a")
    actions.submit_plan(actor=merger.cast.inti, submission=draft, received_on=ON, on=ON)
    with pytest.raises(Conflict, match="transfer-under-review"):
        merger.transfer()


@pytest.mark.parametrize(
    ("more", "code"),
    [({"reason": " "}, "reason-missing"), ({"act": ""}, "obligation-act-missing"), ({"rows": {9: "c"}}, "row-unknown")],
)
def test_it_needs_its_words_and_rows_that_are_there(merger: Merger, more: dict[str, object], code: str) -> None:
    if "rows" in more:
        more = {"rows": {9: merger.c}}
    with pytest.raises(Refused, match=code):
        merger.transfer(**more)


def test_only_planners_of_another_body_transfer(merger: Merger) -> None:
    person, _ = make_person("illa", (Role.PLANNER, merger.cast.authority), (Role.ENTITY_PLANNER, merger.cast.b))
    for actor, code in ((merger.cast.inti, "call-planners-only"), (actor_of(person), "own-entity")):
        with pytest.raises(Forbidden, match=code):
            merger.transfer(actor=actor)


def test_nothing_passes_into_a_closed_call(merger: Merger) -> None:
    close_call(actor=OPERATOR, call=merger.call, on=ACCEPTED_ON)
    with pytest.raises(Refused, match="transfer-other-call"):
        merger.transfer()
