"""What is read of plans and their reports, now and as the record stood: one reading for figures, pages and checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import ROWS, hand_in, make_call, make_edition, make_plan, obligation_of
from tests.domain.commitments.mergers import make_merger
from tests.domain.progress.stage import FLOW, LEVEL, PLAN, QUARTERS, SAID, accepted, asked, planned, reported
from yupana.domain.commitments.actions import reclassify
from yupana.domain.commitments.facts import AlsoAnswers, Money, Value
from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.actions import waive
from yupana.domain.progress.actions import add_link, give_verdict, return_report, save_rows, start_report
from yupana.domain.progress.facts import ReportRow, Terms
from yupana.domain.progress.histories import History, Line, histories, plan_of
from yupana.domain.progress.rules import Said, Spent
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.queries import head

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Call, Obligation

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 10)
FINE = (ReportRow(1, value=25 * SCALE), *SAID[1:])


def sealed() -> int:
    """Seal, and say up to where."""
    seal()
    return head().size


def read(key: int, *, position: int | None = None) -> History:
    return histories([key], position=position)[key]


def first(key: int, *, position: int | None = None) -> Line:
    return read(key, position=position).lines[0]


def plan_under(call: Call, cast: Cast) -> int:
    return obligation_of(call, cast.a).pk


# --- what there is -------------------------------------------------------------------------------------------------
def test_nothing_asked_for_is_nothing_read() -> None:
    assert histories([]) == {}


def test_who_has_no_accepted_plan_has_no_rows(cast: Cast) -> None:
    make_edition()
    call = make_call()
    hand_in(cast.inti, obligation_of(call, cast.a), PLAN)
    keys = [obligation_of(call, each).pk for each in (cast.a, cast.b)]
    assert histories(keys) == {key: History(key, None) for key in keys}


def test_a_plan_that_nobody_asked_about_has_rows_and_no_reports(cast: Cast) -> None:
    found = read(plan_under(planned(cast), cast))
    assert (found.reports, [(each.row, each.name, dict(each.said)) for each in found.lines]) == (
        (), [(1, FLOW.name, {}), (2, LEVEL.name, {}), (3, PLAN[2].name, {})],
    )  # fmt: skip


def test_reports_stand_in_the_order_of_their_periods_and_not_of_their_calls(cast: Cast) -> None:
    plan = planned(cast)
    for period in ("2018-Q3", "2018-S1", "2018-Q1", "2018-Q2", "2018"):
        asked(plan, period)
    assert [each.period for each in read(plan_under(plan, cast)).reports] == [
        "2018-Q1", "2018-Q2", "2018-S1", "2018-Q3", "2018",
    ]  # fmt: skip


def test_a_report_finds_its_plan(cast: Cast) -> None:
    plan = planned(cast, bodies=(cast.a, cast.b))
    owed = {each.debtor: plan_of(each) for each in asked(plan).obligations.all()}
    assert owed == {each: obligation_of(plan, each).pk for each in (cast.a, cast.b)}
    assert plan_of(obligation_of(plan, cast.a)) is None


# --- what was said -------------------------------------------------------------------------------------------------
def test_only_what_was_accepted_is_said(cast: Cast) -> None:
    plan = planned(cast)
    key, owed = plan_under(plan, cast), asked(plan).obligations.get()
    version = reported(cast.inti, owed)
    under_review = dict(first(key).said)
    return_report(actor=cast.amaru, submission=version, reason="Falta", remarks={}, on=DAY)
    assert (under_review, first(key).said, read(key).reports[0].submission) == ({}, {}, None)


def test_what_was_accepted_last_holds_and_a_return_takes_nothing_back(cast: Cast) -> None:
    plan = planned(cast)
    key, owed = plan_under(plan, cast), asked(plan).obligations.get()
    accepted(cast, owed)
    second = accepted(cast, owed, FINE, on=DAY)
    third = reported(cast.inti, owed, on=DAY)
    return_report(actor=cast.amaru, submission=third, reason="Falta", remarks={}, on=DAY)
    assert (read(key).reports[0].submission, first(key).said) == (second.pk, {"2018-Q1": Said(25 * SCALE)})


def test_a_draft_is_read_as_if_it_had_been_accepted_for_its_writer_alone(cast: Cast) -> None:
    plan = planned(cast, bodies=(cast.a, cast.b))
    call = asked(plan)
    keys = {each: obligation_of(plan, each).pk for each in (cast.a, cast.b)}
    for body, actor in ((cast.a, cast.inti), (cast.b, cast.killa)):
        accepted(cast, obligation_of(call, body), actor=actor)
    draft = start_report(actor=cast.inti, obligation=obligation_of(call, cast.a), on=DAY)
    save_rows(actor=cast.inti, submission=draft, rows=[FINE[0]])
    as_draft, as_it_is = histories(keys.values(), draft=draft.pk), histories(keys.values())
    told = [found[keys[body]].lines[0].said["2018-Q1"].value for found in (as_draft, as_it_is) for body in keys]
    assert told == [25 * SCALE, 20 * SCALE, 20 * SCALE, 20 * SCALE]


def test_a_gap_a_rate_and_nothing_are_told_apart(cast: Cast) -> None:
    plan = planned(cast)
    rows = [
        ReportRow(1, numerator=1, denominator=0, cause="staff", variation="x"),
        ReportRow(2, gap="data", accrued_cents=5),
        ReportRow(3, value=0),
    ]
    accepted(cast, asked(plan).obligations.get(), rows)
    lines = read(plan_under(plan, cast)).lines
    assert [dict(each.said) for each in lines] == [
        {"2018-Q1": each} for each in (Said(None, 1, 0), Said(gap="data"), Said(0))
    ]
    assert [dict(each.spent) for each in lines] == [{}, {"2018-Q1": Spent(None, 5)}, {}]


def test_evidence_is_told_by_row_and_period_once_its_report_is_accepted(cast: Cast) -> None:
    plan = planned(cast)
    terms = Terms("Acta", "public", 2)
    piece = add_link(actor=cast.inti, entity=cast.a, url="https://a.example/x", terms=terms, on=DAY).piece.pk
    accepted(cast, asked(plan).obligations.get(), [replace(SAID[0], evidence=(piece,)), *SAID[1:]])
    second = obligation_of(asked(plan, "2018-Q2"), cast.a)
    draft = start_report(actor=cast.inti, obligation=second, on=second.call.opens_on)
    save_rows(actor=cast.inti, submission=draft, rows=[ReportRow(2, evidence=(piece,))])
    assert [sorted(each.proved) for each in read(plan_under(plan, cast)).lines] == [["2018-Q1"], [], []]


def test_the_last_verdict_stands_beside_what_was_declared(cast: Cast) -> None:
    plan = planned(cast)
    version = accepted(cast, asked(plan).obligations.get())
    told: dict[str, Any] = {"actor": cast.amaru, "submission": version, "row": 1, "basis": "Se contó", "on": DAY}
    before = give_verdict(**told, said=Said(18 * SCALE))
    give_verdict(**told, said=Said(19 * SCALE), supersedes=before)
    line = first(plan_under(plan, cast))
    assert (line.said, line.checked) == ({"2018-Q1": Said(20 * SCALE)}, {"2018-Q1": Said(19 * SCALE)})


# --- as the record stood -------------------------------------------------------------------------------------------
def test_what_was_recorded_later_is_not_read_of_an_earlier_day(cast: Cast) -> None:
    plan = planned(cast)
    key, places = plan_under(plan, cast), [sealed()]
    owed = asked(plan).obligations.get()
    places.append(sealed())
    version = accepted(cast, owed)
    places.append(sealed())
    give_verdict(actor=cast.amaru, submission=version, row=1, said=Said(1), basis="x", on=DAY)
    places.append(sealed())
    accepted(cast, owed, FINE, on=DAY)
    places.append(sealed())
    waive(actor=OPERATOR, obligation=owed, reason="x", act="RM 1", on=DAY)
    places.append(sealed())
    found = [read(key, position=place) for place in places]
    assert [
        (len(each.reports), [report.is_owed for report in each.reports], each.lines[0].said.get("2018-Q1"),
         each.lines[0].checked.get("2018-Q1"))
        for each in found
    ] == [
        (0, [], None, None),
        (1, [True], None, None),
        (1, [True], Said(20 * SCALE), None),
        (1, [True], Said(20 * SCALE), Said(1)),
        (1, [True], Said(25 * SCALE), None),  # what was checked is another version's
        (1, [False], Said(25 * SCALE), None),
    ]  # fmt: skip
    assert found[-1] == read(key)
    assert read(key, position=0) == History(key, None)


def test_an_amended_plan_is_read_as_it_stood(cast: Cast) -> None:
    plan = planned(cast)
    key, before = plan_under(plan, cast), sealed()
    more = replace(FLOW, row=4, name="Contar más", programmed=(Value("2018-Q4", SCALE),))
    make_plan(cast, obligation_of(plan, cast.a), [*PLAN, more])
    sealed()
    assert [[each.row for each in read(key, position=at).lines] for at in (before, None)] == [
        [1, 2, 3], [1, 2, 3, 4],
    ]  # fmt: skip


def test_a_row_that_moved_to_another_item_is_read_there_from_then_on(cast: Cast) -> None:
    plan = planned(cast)
    key, before = plan_under(plan, cast), sealed()
    activity = Activity.objects.get(submission__obligation=key, row=1)
    line = obligation_of(plan, cast.a).scope.items.get(code="2")
    reclassify(actor=cast.amaru, activity=activity, item=line, reason="otra", on=DAY)
    own = activity.item_id
    sealed()
    assert [dict(first(key, position=at).items) for at in (before, None)] == [{own: 10_000}, {line.pk: 10_000}]


# --- whose turn it was ---------------------------------------------------------------------------------------------
def test_before_a_period_stand_those_that_were_owed_and_ended_earlier(cast: Cast) -> None:
    plan = planned(cast)
    calls = [asked(plan, period) for period in ("2018-Q1", "2018-M4", "2018-Q2", "2018-S1", "2018-Q3")]
    waive(actor=OPERATOR, obligation=calls[1].obligations.get(), reason="x", act="RM 1", on=DAY)
    found = read(plan_under(plan, cast))
    asked_before = {name: found.before(name) for name in ("2018-Q1", "2018-Q2", "2018-S1", "2018-Q3", "2019")}
    assert asked_before == {
        "2018-Q1": [],
        "2018-Q2": ["2018-Q1"],  # the half-year ends with it, and not before it
        "2018-S1": ["2018-Q1"],
        "2018-Q3": ["2018-Q1", "2018-Q2", "2018-S1"],
        "2019": ["2018-Q1", "2018-Q2", "2018-S1", "2018-Q3"],
    }


def test_a_row_misses_no_report_of_a_time_when_the_plan_did_not_hold_it(cast: Cast) -> None:
    plan = planned(cast)
    key = plan_under(plan, cast)
    accepted(cast, asked(plan).obligations.get())
    asked(plan, "2018-Q2")  # nobody answers: silence is not the same as having had no such row
    more = replace(FLOW, row=4, name="Contar más", programmed=(Value("2018-Q4", SCALE),))
    wordless = replace(more, row=5, name="Contar sin medida", accumulation="", direction="")
    make_plan(cast, obligation_of(plan, cast.a), [*PLAN, more, wordless], on=date(2018, 7, 2))
    found = read(key)
    assert [(each.row, sorted(each.unplanned), found.before("2018-Q3", each)) for each in found.lines] == [
        *((row, [], ["2018-Q1", "2018-Q2"]) for row in (1, 2, 3)),
        (4, ["2018-Q1"], ["2018-Q2"]),
        (5, [], ["2018-Q1", "2018-Q2"]),
    ]  # fmt: skip


# --- what it is worth ----------------------------------------------------------------------------------------------
def test_a_row_that_answers_several_items_is_divided_and_its_money_kept_by_year(cast: Cast) -> None:
    row = replace(
        ROWS[0], also=(AlsoAnswers("line:2", 2_500),), budget_cents=None,
        money=(Money(2018, 700), Money(2019, 200), Money(2018, 50), Money(2020, None)),
    )  # fmt: skip
    plan = planned(cast, [row])
    one, two = (obligation_of(plan, cast.a).scope.items.get(role="line", code=code).pk for code in ("1", "2"))
    line = first(plan_under(plan, cast))
    assert (dict(line.items), line.budget, dict(line.budgets)) == (
        {one: 7_500, two: 2_500},
        950,
        {2018: 750, 2019: 200},
    )


def test_a_row_that_answers_nothing_weighs_on_no_item(cast: Cast) -> None:
    found = read(plan_under(planned(cast), cast))
    assert [dict(each.items) for each in found.lines][2] == {None: 10_000}


# --- many at once --------------------------------------------------------------------------------------------------
def test_many_plans_are_read_as_one_by_one_and_with_as_few_questions(
    cast: Cast, django_assert_max_num_queries: Any  # noqa: ANN401 - a fixture of pytest-django
) -> None:  # fmt: skip
    plan = planned(cast, bodies=(cast.a, cast.b))
    for period in QUARTERS[:2]:
        call = asked(plan, period)
        on_time = [replace(each, cause="staff", variation="x") for each in FINE]
        accepted(cast, obligation_of(call, cast.a), on_time)
        accepted(cast, obligation_of(call, cast.b), on_time, actor=cast.killa)
    keys = [obligation_of(plan, each).pk for each in (cast.a, cast.b)]
    with django_assert_max_num_queries(30) as alone:
        one = histories(keys[:1])
    with django_assert_max_num_queries(len(alone)):
        both = histories(keys)
    assert both == one | histories(keys[1:])


# --- bodies that are no more ---------------------------------------------------------------------------------------
def test_what_a_row_said_before_it_passed_on_is_still_its_own() -> None:
    merger = make_merger()
    plan = merger.call
    first_quarter, second = asked(plan), asked(plan, "2018-Q2")
    theirs: Obligation = first_quarter.obligations.get(debtor=merger.a.debtor)
    accepted(merger.cast, theirs, [ReportRow(1, value=7, accrued_cents=9), ReportRow(2, done="x")])
    before = sealed()
    moved = merger.transfer()
    sealed()
    heir = merger.b.pk
    came = {each.name: each for each in read(heir).lines}
    line = came["De Ábaco, uno"]
    assert moved is not None
    assert (dict(line.said), dict(line.spent)) == ({"2018-Q1": Said(7)}, {"2018-Q1": Spent(None, 9)})
    assert (came["De Ñandú"].said, [each.name for each in read(heir, position=before).lines]) == ({}, ["De Ñandú"])
    held = {each.period: each.is_owed for each in read(merger.a.pk).reports}
    assert (second.period in held, [each.is_owed for each in read(heir).reports]) == (True, [True, True])


def test_a_year_later_than_the_plan_is_after_all_of_it(cast: Cast) -> None:
    plan = planned(cast)
    late = asked(plan, "2018")
    assert (late.opens_on, read(plan_under(plan, cast)).before("2018")) == (date(2018, 12, 31) + timedelta(1), [])
