"""What everybody may read of what was declared and found: of which plans, up to which day, and nothing of persons."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import FLOW, LEVEL, PLAN, accepted, asked, planned, reported
from yupana.domain.progress.actions import (
    answer_corrective,
    answer_dispute,
    close_corrective,
    dispute,
    give_verdict,
    open_corrective,
    reopen_corrective,
    return_report,
)
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.public import checks
from yupana.domain.progress.public.checks import Followed, followed
from yupana.domain.progress.rules import Said, Unsaid
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call
    from yupana.domain.progress.models import Verdict
    from yupana.domain.submissions.models import Submission

pytestmark = pytest.mark.django_db
DAY = date(2018, 7, 20)
YEAR_END = date(2018, 12, 31)


def says(*values: int | None) -> list[ReportRow]:
    """What a report says of rows 1, 2 and so on; None: there are no data."""
    told = {"cause": "staff", "variation": "Faltó gente"}
    return [
        ReportRow(row, gap="data") if value is None else ReportRow(row, value=value * SCALE, **told)  # type: ignore[arg-type] # fields by name
        for row, value in enumerate(values, start=1)
    ]


def quarter(cast: Cast, plans: Call, period: str, *values: int | None) -> Submission:
    owed = obligation_of(asked(plans, f"2018-{period}"), cast.a)
    return accepted(cast, owed, says(*values), on=owed.call.opens_on)


def found_to_be(cast: Cast, report: Submission, row: int, value: int, before: Verdict | None = None) -> Verdict:
    return give_verdict(
        actor=cast.amaru, submission=report, row=row, said=Said(value * SCALE), basis="Vimos", on=DAY, supersedes=before
    )


def of(plans: Call, cast: Cast, as_of: date = YEAR_END) -> Followed:
    key = obligation_of(plans, cast.a).pk
    return followed([key], as_of=as_of)[key]


def ten_thousandths(*values: int | None) -> list[Fraction | None]:
    return [None if value is None else Fraction(value * SCALE) for value in values]


def test_nothing_is_known_of_plans_on_which_nothing_was_accepted(cast: Cast) -> None:
    plans = planned(cast, PLAN, bodies=(cast.a, cast.b))
    keys = [obligation_of(plans, body).pk for body in (cast.a, cast.b)]
    first = asked(plans)
    told = [followed([], as_of=YEAR_END), followed(keys, as_of=YEAR_END), followed([10**9], as_of=YEAR_END)]
    version = reported(cast.inti, obligation_of(first, cast.a))
    told.append(followed(keys, as_of=YEAR_END))
    return_report(actor=cast.amaru, submission=version, reason="Falta", remarks={}, on=first.opens_on)
    told.append(followed(keys, as_of=YEAR_END))
    assert told == [{}] * 5
    accepted(cast, obligation_of(first, cast.b), actor=cast.killa)
    assert list(followed(keys, as_of=YEAR_END)) == [keys[1]]


def test_of_a_restricted_call_nothing_is_told(cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    report = accepted(cast, obligation_of(asked(call), cast.a))
    found_to_be(cast, report, 1, 18)
    assert followed([obligation_of(call, cast.a).pk], as_of=YEAR_END) == {}


def test_where_nothing_was_reported_one_question_is_enough_and_more_plans_ask_no_more(
    cast: Cast, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    plans = planned(cast, [FLOW], bodies=(cast.a, cast.b))
    keys = [obligation_of(plans, body).pk for body in (cast.a, cast.b)]
    with query_budget(1):
        assert followed(keys, as_of=YEAR_END) == {}
    call = asked(plans)
    for body, actor in ((cast.a, cast.inti), (cast.b, cast.killa)):
        found_to_be(cast, accepted(cast, obligation_of(call, body), says(20), actor=actor), 1, 10)
    with query_budget(26):
        assert len(followed(keys, as_of=YEAR_END)) == 2


@pytest.mark.parametrize(
    ("as_of", "period", "declared"),
    [
        (date(2018, 4, 1), "2018-Q1", [20, 35, 0]),
        (date(2018, 6, 30), "2018-Q1", [20, 35, 0]),
        (date(2018, 7, 1), "2018-Q2", [30, 32, 1]),
        (date.max, "2018-Q2", [30, 32, 1]),
    ],
)
def test_a_plan_is_told_by_the_last_report_that_had_been_received(
    cast: Cast, as_of: date, period: str, declared: list[int]
) -> None:
    """What adds up has been added, what is a level stands as it was last, what is reached counts one."""
    plans = planned(cast)
    quarter(cast, plans, "Q1", 20, 35, 0)
    quarter(cast, plans, "Q2", 10, 32, 1)
    told = of(plans, cast, as_of)
    assert (told.period, [each.declared for each in told.rows.values()]) == (period, ten_thousandths(*declared))
    assert [(each.target, each.is_milestone) for each in told.rows.values()] == [
        *((Fraction(100 * SCALE), False), (Fraction(20 * SCALE), False)),
        (Fraction(SCALE), True),
    ]


def test_before_the_first_period_ended_nothing_is_told(cast: Cast) -> None:
    plans = planned(cast)
    quarter(cast, plans, "Q1", 20, 35, 0)
    assert followed([obligation_of(plans, cast.a).pk], as_of=date(2018, 3, 30)) == {}


def test_what_was_found_stands_beside_what_was_declared_and_is_never_0_where_nobody_looked(cast: Cast) -> None:
    plans = planned(cast)
    quarter(cast, plans, "Q1", 20, 35, 0)
    last = quarter(cast, plans, "Q2", 10, 32, 1)
    found_to_be(cast, last, 1, 4)
    told = of(plans, cast)
    # 20 declared, which nobody checked, and 4 that were found: that is no verified 24.
    partly = checks.Partly(4 * SCALE, ("2018-Q2",), 20 * SCALE, ("2018-Q1",))
    assert [each.verified for each in told.rows.values()] == ten_thousandths(None, None, None)
    assert [each.partly for each in told.rows.values()] == [partly, None, None]
    assert [each.falls_from for each in told.rows.values()] == [None, 40 * SCALE, None]
    assert ([each.is_checked for each in told.rows.values()], told.checked, told.said) == ([True, False, False], 1, 3)


def test_a_check_of_an_earlier_period_says_nothing_of_where_it_stands_now_and_is_shown_all_the_same(cast: Cast) -> None:
    plans = planned(cast, [FLOW, LEVEL])
    first = quarter(cast, plans, "Q1", 20, 35)
    found_to_be(cast, first, 2, 38)
    before = of(plans, cast).rows[2].verified
    second = quarter(cast, plans, "Q2", 10, 32)
    after = of(plans, cast).rows[2]
    assert (before, after.verified, [each.period for each in after.checks]) == (
        *(Fraction(38 * SCALE), None),
        ["2018-Q1"],
    )
    found_to_be(cast, second, 2, 33)
    now, then = of(plans, cast).rows[2], of(plans, cast, date(2018, 6, 29)).rows[2]
    assert [(each.period, each.declared, each.found) for each in now.checks] == [
        ("2018-Q2", Said(32 * SCALE), Said(33 * SCALE)),
        ("2018-Q1", Said(35 * SCALE), Said(38 * SCALE)),
    ]
    assert (then.declared, then.checks, then.verified) == (Fraction(35 * SCALE), (), None)


def test_of_what_says_no_value_the_reason_is_told(cast: Cast) -> None:
    plans = planned(cast)
    quarter(cast, plans, "Q1", None, 35, 0)
    told = of(plans, cast)
    assert [(each.declared, each.unsaid, each.gap) for each in told.rows.values()] == [
        (None, Unsaid.GAP, "data"),
        *((Fraction(35 * SCALE), None, ""), (Fraction(0), None, "")),
    ]
    assert told.said == 2


def test_only_the_verdict_that_holds_is_told_and_whether_it_is_in_dispute(cast: Cast) -> None:
    plans = planned(cast, [FLOW])
    report = quarter(cast, plans, "Q1", 20)
    first = found_to_be(cast, report, 1, 18)

    def told() -> list[tuple[Said, bool]]:
        return [(each.found, each.disputed) for each in of(plans, cast).rows[1].checks]

    seen = [told()]
    said = dispute(actor=cast.inti, verdict=first, text="No", on=DAY)
    seen.append(told())
    answer_dispute(actor=cast.auditor, dispute=said, upheld=False, answer="No estaba", on=DAY)
    seen.append(told())
    found_to_be(cast, report, 1, 19, first)
    seen.append(told())
    assert seen == [
        [(Said(value * SCALE), open_)] for value, open_ in ((18, False), (18, True), (18, False), (19, False))
    ]


def test_a_later_accepted_version_takes_the_checks_of_the_one_before_with_it(cast: Cast) -> None:
    plans = planned(cast, [FLOW])
    report = quarter(cast, plans, "Q1", 20)
    found_to_be(cast, report, 1, 18)
    accepted(cast, report.obligation, says(25), on=DAY)
    row = of(plans, cast).rows[1]
    assert (row.declared, row.verified, row.checks) == (Fraction(25 * SCALE), None, ())


def test_what_is_to_be_put_right_is_open_until_it_is_closed_and_again_once_it_is_reopened(cast: Cast) -> None:
    plans = planned(cast, [FLOW])
    given = found_to_be(cast, quarter(cast, plans, "Q1", 20), 1, 18)
    due = DAY + timedelta(30)
    action = open_corrective(actor=cast.amaru, verdict=given, text="Corrija", due_on=due, on=DAY)
    open_corrective(actor=cast.amaru, verdict=given, text="Y esto", due_on=due, on=DAY)

    def closed() -> date | None:
        [check] = of(plans, cast).rows[1].checks
        assert [(each.text, each.opened_on, each.due_on) for each in check.findings] == [
            ("Corrija", DAY, due),
            ("Y esto", DAY, due),
        ]
        return check.findings[0].closed_on

    seen = [closed()]
    moves = (answer_corrective, close_corrective, reopen_corrective, close_corrective)
    for at, move in enumerate(moves):
        who = cast.inti if move is answer_corrective else cast.amaru
        move(actor=who, corrective=action, text="Hecho", on=DAY + timedelta(at), seen=at)
        seen.append(closed())
    assert seen == [None, None, DAY + timedelta(1), None, DAY + timedelta(3)]


def test_what_was_received_found_or_said_after_a_day_is_not_told_of_it(cast: Cast) -> None:
    plans = planned(cast, [FLOW])
    report = quarter(cast, plans, "Q1", 20)
    received = report.received_on
    assert received is not None
    given = found_to_be(cast, report, 1, 18)
    said = dispute(actor=cast.inti, verdict=given, text="No", on=DAY + timedelta(1))
    put = open_corrective(
        actor=cast.amaru, verdict=given, text="Corrija", due_on=DAY + timedelta(9), on=DAY + timedelta(2)
    )
    answer_corrective(actor=cast.inti, corrective=put, text="Hecho", on=DAY + timedelta(3), seen=0)
    close_corrective(actor=cast.amaru, corrective=put, text="Bien", on=DAY + timedelta(4), seen=1)
    answer_dispute(
        actor=cast.auditor, dispute=said, upheld=True, answer="Sí", on=DAY + timedelta(5), said=Said(19 * SCALE)
    )
    accepted(cast, report.obligation, says(25), on=DAY + timedelta(7))
    key = obligation_of(plans, cast.a).pk
    assert followed([key], as_of=received - timedelta(1)) == {}

    def told(on: date) -> tuple[object, ...]:
        row = of(plans, cast, on).rows[1]
        checked = [
            (each.found.value, each.disputed, [(one.answered_on, one.closed_on) for one in each.findings])
            for each in row.checks
        ]
        return int(row.declared or 0) // SCALE, checked

    answered, closed = DAY + timedelta(3), DAY + timedelta(4)
    assert [told(DAY + timedelta(at)) for at in (-1, 0, 1, 2, 3, 4, 5, 7)] == [
        (20, []),
        (20, [(18 * SCALE, False, [])]),
        (20, [(18 * SCALE, True, [])]),
        (20, [(18 * SCALE, True, [(None, None)])]),
        (20, [(18 * SCALE, True, [(answered, None)])]),
        (20, [(18 * SCALE, True, [(None, closed)])]),
        (20, [(19 * SCALE, False, [(None, closed)])]),
        (25, []),
    ]


def test_what_must_be_put_right_stays_with_the_row_when_another_verdict_holds(cast: Cast) -> None:
    plans = planned(cast, [FLOW])
    report = quarter(cast, plans, "Q1", 20)
    given = found_to_be(cast, report, 1, 18)
    open_corrective(actor=cast.amaru, verdict=given, text="Corrija", due_on=DAY + timedelta(9), on=DAY)
    found_to_be(cast, report, 1, 19, given)
    [check] = of(plans, cast).rows[1].checks
    assert (check.found, [each.text for each in check.findings]) == (Said(19 * SCALE), ["Corrija"])


def test_no_person_is_named() -> None:
    """Who found, who disputed and who answered are in no field; a dispute is told without its words."""
    told = {kind.__name__: {each.name for each in fields(kind)} for kind in (checks.Check, checks.Finding)}
    assert told == {
        "Check": {"period", "declared", "found", "basis", "on", "disputed", "findings"},
        "Finding": {"text", "opened_on", "due_on", "closed_on", "answered_on"},
    }
