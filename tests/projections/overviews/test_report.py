"""A report as its entity reads it: who finds it, what stands beside each row, what can be done today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import QUARTERS, SAID, accepted, asked, planned, reported
from yupana.domain.progress.actions import return_report, save_rows, start_report
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.rules import Odd, Said, Spent
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.overviews import plan_form
from yupana.projections.overviews.report import sheet, version

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def finds(find: Callable[..., Any], actor: Any, key: int) -> bool:  # noqa: ANN401 - an actor, and what is found
    try:
        find(actor, key)
    except Missing:
        return False
    return True


def test_a_report_from_its_call_to_its_second_version(cast: Cast) -> None:
    plan = planned(cast)
    call = asked(plan, lock_in=10)
    owed = obligation_of(call, cast.a)
    day = call.opens_on
    everybody = (cast.inti, cast.executive, cast.killa, cast.amaru, cast.auditor, cast.expired, cast.sami)
    assert [finds(sheet, each, owed.pk) for each in everybody] == [True, True] + [False] * 5
    assert (finds(sheet, cast.inti, obligation_of(plan, cast.a).pk), finds(plan_form.sheet, cast.inti, owed.pk)) == (
        False, False,
    )  # fmt: skip
    first = sheet(cast.inti, owed.pk)
    assert (first.report, first.may_write, first.may_hand_in, first.plan and first.plan.call_id) == (
        None, True, False, plan.pk,
    )  # fmt: skip
    assert first.last_day
    days = [first.last_day, first.last_day + timedelta(days=1), day - timedelta(days=1)]
    assert [first.is_taken(each) for each in days] == [True, False, False]
    assert [first.may_plead(each) for each in days] == [True, True, False]
    start_report(actor=cast.inti, obligation=owed, on=day)
    assert [sheet(each, owed.pk).may_hand_in for each in (cast.inti, cast.executive)] == [True, True]
    draft = sheet(cast.inti, owed.pk).draft
    assert ([row.lacks for row in draft.rows], draft.said, draft.silent) == (["row-unsaid"] * 3, 0, 3)

    handed_in = reported(cast.inti, owed)
    waiting = sheet(cast.inti, owed.pk)
    assert (waiting.waiting, waiting.report, waiting.may_plead(day)) == (handed_in, None, False)
    assert [finds(version, each, handed_in.pk) for each in everybody] == [True, True, False, True, True, False, False]
    return_report(actor=cast.amaru, submission=handed_in, reason="", remarks={2: "¿Cuánto?"}, on=day)
    start_report(actor=cast.inti, obligation=owed, on=day)
    mending = sheet(cast.inti, owed.pk)
    assert ([row.remark for row in mending.draft.rows], mending.draft.said) == (["", "¿Cuánto?", ""], 3)
    assert mending.returned
    assert mending.returned.submission == handed_in.pk
    told = version(cast.amaru, handed_in.pk)
    assert ([row.remark for row in told.report.rows], told.own, [step.after for step in told.steps]) == (
        ["", "¿Cuánto?", ""], False, ["returned"],
    )  # fmt: skip
    assert not finds(version, cast.inti, mending.draft.submission.pk)


def test_each_row_stands_beside_what_was_said_before(cast: Cast) -> None:
    plan = planned(cast)
    accepted(cast, asked(plan).obligations.get())
    owed = obligation_of(asked(plan, QUARTERS[1]), cast.a)
    draft = start_report(actor=cast.inti, obligation=owed, on=owed.call.opens_on)
    money = {"accrued_cents": 2_000_00, "current_cents": 1_000_00}
    save_rows(actor=cast.inti, submission=draft, rows=[ReportRow(1, value=0, **money), ReportRow(2, value=30 * SCALE)])  # type: ignore[arg-type] # amounts by name
    flow, level, done = sheet(cast.inti, owed.pk).draft.rows
    assert [row.last for row in (flow, level, done)] == [
        (QUARTERS[0], Said(20 * SCALE)), (QUARTERS[0], Said(35 * SCALE)), (QUARTERS[0], Said(0)),
    ]  # fmt: skip
    assert (flow.spent, level.spent) == ((QUARTERS[0], Spent(1_000_00, 100_00)), None)
    assert (flow.odd, flow.lacks, flow.off_plan) == (
        (Odd.MONEY_WITHOUT_PROGRESS, Odd.OVER_EXECUTION), "cause-missing", True,
    )  # fmt: skip
    assert (level.odd, level.lacks, level.is_said, done.lacks, done.is_said) == (
        (Odd.JUMP_WITHOUT_EVIDENCE,), "", True, "row-unsaid", False,
    )  # fmt: skip


def test_what_a_version_said_stays_beside_what_is_said_now(cast: Cast) -> None:
    call = asked(planned(cast))
    owed = call.obligations.get()
    first = accepted(cast, owed)
    draft = start_report(actor=cast.inti, obligation=owed, on=call.opens_on)
    save_rows(actor=cast.inti, submission=draft, rows=[ReportRow(1, value=25 * SCALE)])
    now, before = sheet(cast.inti, owed.pk).draft, version(cast.sami, first.pk).report
    assert [each.rows[0].now.actual for each in (now, before)] == [25 * SCALE, 20 * SCALE]
    assert [each.rows[0].said.value for each in (now, before)] == [25 * SCALE, SAID[0].value]
