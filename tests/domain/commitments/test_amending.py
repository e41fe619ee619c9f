"""What a later version may change, and what was promised first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AMENDED, HEADER
from tests.domain.commitments.plans import LATER, ROW, SECOND, Stage, begun, decided, said, set_stage
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import Money, PlanRow, Value
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.commitments.rules import CellEdit, Moved, closed_changes, is_closed, moved
from yupana.domain.commitments.versions import amended
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.interfaces.words import cell, sentence

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission

TODAY = date(2026, 7, 1)
PLANNED = PlanRow(
    row=1,
    name="Contar",
    target="10",
    programmed=(Value("2025", 5_0000), Value("2026", 10_0000), Value("2026-Q2", 4_0000)),
    money=(Money(2025, 100_00), Money(2026, 200_00)),
)


# --- what is past --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "closed"),
    [
        ("2025", True),
        ("2026", False),
        ("2026-Q2", True),
        ("2026-Q3", False),
        ("2026-M6", True),
        ("2026-M7", False),
        ("2020-2025", True),
        ("2020-2026", False),
        ("algún día", False),
    ],
)
def test_a_period_is_closed_from_the_day_after_its_last(period: str, closed: bool) -> None:
    assert is_closed(period, TODAY) is closed


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (PLANNED, []),
        (replace(PLANNED, name="Contar mejor", target="8", ends="2027"), []),
        (replace(PLANNED, programmed=(*PLANNED.programmed[:1], Value("2026", 8_0000), PLANNED.programmed[2])), []),
        (replace(PLANNED, money=(PLANNED.money[0], Money(2026, 1))), []),
        (replace(PLANNED, money=(Money(2025, 100_00), Money(2027, 5))), []),
        (replace(PLANNED, programmed=PLANNED.programmed[1:]), [("value:2025", "5", "")]),
        (replace(PLANNED, programmed=PLANNED.programmed[:2]), [("value:2026-Q2", "4", "")]),
        (replace(PLANNED, money=PLANNED.money[1:]), [("money:2025", "2025 | 100,00", "")]),
        (
            replace(PLANNED, money=(Money(2025, 60_00, "1"), *PLANNED.money)),
            [("money:2025", "2025 | 100,00", "2025 | 1 |  |  |  | 60,00 |  | \n2025 | 100,00")],
        ),
        (
            replace(PLANNED, baseline="4", unit="%", accumulation="last", direction="down"),
            [("unit", "", "%"), ("accumulation", "", "last"), ("direction", "", "down"), ("baseline", "", "4")],
        ),
        (replace(PLANNED, target="8 %"), [("target", "10", "8 %")]),
        (
            None,
            [
                ("name", "Contar", ""),
                ("money:2025", "2025 | 100,00", ""),
                ("value:2025", "5", ""),
                ("value:2026-Q2", "4", ""),
            ],
        ),
    ],
)
def test_what_is_past_stays_and_what_is_to_come_may_change(
    after: PlanRow | None, found: list[tuple[str, str, str]]
) -> None:
    rows = [after] if after else []
    assert closed_changes([PLANNED], rows, TODAY) == tuple(CellEdit(1, *cell) for cell in found)


@pytest.mark.parametrize("reported", [(), (1,)])
@pytest.mark.parametrize("after", [[], [replace(PLANNED, programmed=(), money=(), baseline="4")]])
def test_a_row_that_was_reported_on_stays_and_is_read_as_it_was(
    reported: tuple[int, ...], after: list[PlanRow]
) -> None:
    before = replace(PLANNED, programmed=(), money=())
    found = closed_changes([before], after, TODAY, reported=reported)
    field = "baseline" if after else "name"
    assert [cell.field for cell in found] == [field] * len(reported)


def test_what_was_blacked_out_may_be_said_again() -> None:
    assert closed_changes([replace(PLANNED, unit=BLACKED_OUT)], [replace(PLANNED, unit="granos")], TODAY) == ()


def test_nothing_is_added_to_what_is_past() -> None:
    added = replace(PLANNED, row=2, money=())
    assert [cell.field for cell in closed_changes([PLANNED], [PLANNED, added], TODAY)] == [
        "value:2025",
        "value:2026-Q2",
    ]


values = st.builds(Value, st.sampled_from(["2024", "2025", "2026", "2026-Q2", "2027-M1"]), st.integers(0, 9))
rows = st.lists(
    st.builds(
        PlanRow,
        row=st.integers(1, 3),
        target=st.sampled_from(["", "1", "2 %"]),
        unit=st.sampled_from(["", "%"]),
        baseline=st.sampled_from(["", "0"]),
        programmed=st.lists(values, max_size=3, unique_by=lambda each: each.period).map(tuple),
    ),
    max_size=3,
    unique_by=lambda row: row.row,
)


@given(rows, rows, st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_a_later_day_never_opens_what_was_closed(before: list[PlanRow], after: list[PlanRow], on: date) -> None:
    found = closed_changes(before, after, on)
    assert set(found) <= set(closed_changes(before, after, date(2030, 1, 1)))
    back = [CellEdit(cell.row, cell.field, cell.after, cell.before) for cell in closed_changes(after, before, on)]
    gone = "name"  # of a row that is not there any more
    assert [cell for cell in back if cell.field != gone] == [cell for cell in found if cell.field != gone]


# --- what was promised first ---------------------------------------------------------------------------------------
def test_the_first_promise_stands_beside_the_one_that_holds_with_the_act_that_moved_it_last() -> None:
    second = replace(PLANNED, target="9", money=(Money(2026, 150_00),))
    third = replace(second, target="8")
    new = PlanRow(row=2, target="1")
    assert moved([("", [PLANNED]), ("RA 1", [second, new]), ("RA 2", [third, new])]) == {
        1: (
            Moved("target", "10", "8", "RA 2"),
            Moved("money:2025", "2025 | 100,00", "", "RA 1"),
            Moved("money:2026", "2026 | 200,00", "2026 | 150,00", "RA 1"),
        )
    }


@given(st.lists(st.tuples(st.sampled_from(["RA 1", "RA 2"]), rows), max_size=4))
def test_only_what_is_not_as_it_was_first_has_moved(versions: list[tuple[str, list[PlanRow]]]) -> None:
    found = moved(versions)
    assert all(each.original != each.current and each.act for told in found.values() for each in told)
    assert found.keys() <= {row.row for row in (versions[-1][1] if versions else [])}


# --- handing in ----------------------------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def handed(stage: Stage, draft: Submission, on: date = LATER) -> Submission:
    return actions.submit_plan(actor=stage.cast.inti, submission=draft, received_on=on, on=on)


@pytest.mark.parametrize("changes", [{"reason": " "}, {"act": ""}])
def test_an_accepted_plan_is_changed_for_a_reason_and_by_an_act(stage: Stage, changes: dict[str, str]) -> None:
    decided(stage, State.ACCEPTED)
    draft = begun(stage, [ROW, SECOND])
    bare = replace(AMENDED, **changes)  # type: ignore[arg-type] # fields by name
    actions.save_plan(actor=stage.cast.inti, submission=draft, header=bare, rows=plan_rows(draft), seen=None)
    assert said(Refused, actions.submit_plan, actor=stage.cast.inti, submission=draft, received_on=LATER, on=LATER) == (
        "amendment-unexplained",
        0,
    )


def test_a_first_version_and_one_that_mends_it_need_none(stage: Stage) -> None:
    decided(stage, State.RETURNED)
    draft = begun(stage)
    actions.save_plan(actor=stage.cast.inti, submission=draft, header=HEADER, rows=plan_rows(draft), seen=None)
    assert handed(stage, draft).state == State.SUBMITTED


def test_what_was_returned_goes_on_with_its_reason_and_act(stage: Stage) -> None:
    first = decided(stage, State.ACCEPTED)
    second = decided(stage, State.RETURNED, on=LATER)
    third = actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=LATER)
    assert (third.reason, third.act, amended(third), amended(second)) == (second.reason, second.act, first, first)
    assert amended(first) is None


@pytest.mark.parametrize("after", [State.ACCEPTED, State.RETURNED])
def test_an_amendment_is_not_approved_by_the_resolution_of_what_it_changes(stage: Stage, after: State) -> None:
    inti, amaru, draft = stage.cast.inti, stage.cast.amaru, begun(stage)
    signed = replace(HEADER, resolution="RA 1")
    first = handed(stage, actions.save_plan(actor=inti, submission=draft, header=signed, rows=None, seen=None))
    if after is State.ACCEPTED:
        actions.accept_plan(actor=amaru, submission=first, on=LATER)
    else:
        actions.return_plan(actor=amaru, submission=first, reason="Falta", remarks={}, on=LATER)
    second = actions.start_plan(actor=inti, obligation=stage.owed, on=LATER)
    kept = ("", "missing") if after is State.ACCEPTED else ("RA 1", "known")
    assert (second.resolution, second.resolution_state) == kept


@pytest.mark.parametrize(("period", "after"), [("2018-M4", "period-closed"), ("2018-M5", "")])
def test_what_had_passed_when_it_came_in_is_not_touched(stage: Stage, period: str, after: str) -> None:
    decided(stage, State.ACCEPTED, [replace(ROW, programmed=(Value(period, 1_0000),))])
    draft = begun(stage, [replace(ROW, programmed=(Value(period, 2_0000),))])
    if after:
        told = {"actor": stage.cast.inti, "submission": draft, "received_on": LATER, "on": LATER}
        assert said(Refused, actions.submit_plan, **told) == (after, 0)
    else:
        assert handed(stage, draft).state == State.SUBMITTED


def test_how_a_begun_row_is_read_is_told_where_it_is_refused(stage: Stage) -> None:
    begun_row = replace(ROW, programmed=(Value("2018-M4", 1_0000),))
    decided(stage, State.ACCEPTED, [begun_row])
    draft = begun(stage, [replace(begun_row, unit="%")])
    with pytest.raises(Refused) as refused:
        handed(stage, draft)
    assert (refused.value.code, cell("unit") in sentence(refused.value)) == ("period-closed", True)


def test_the_reason_and_the_act_are_part_of_the_record(stage: Stage) -> None:
    decided(stage, State.ACCEPTED)
    version = handed(stage, begun(stage, [ROW, SECOND]))
    version.refresh_from_db()
    assert (version.reason, version.act, version.received_on) == (AMENDED.reason, AMENDED.act, LATER)
