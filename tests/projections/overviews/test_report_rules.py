"""What a report says beside its rows: the money told before in its year, what it lacks, when it is taken."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.models import Activity
from yupana.domain.obligations.models import Call, Obligation
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.histories import History, Line, Report
from yupana.domain.progress.queries import INDICATORS, Asked
from yupana.domain.progress.rules import Method, Odd, Promise, Said, Spent
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.period import parse_period
from yupana.projections.overviews import report
from yupana.projections.overviews.report import Indicator, Row, Sheet, _row, _spent

if TYPE_CHECKING:
    from collections.abc import Mapping

Q1, Q2, Q3 = "2018-Q1", "2018-Q2", "2018-Q3"
FLOW = Promise(Method.FLOW, "up", None, {Q1: 10, Q2: 10, Q3: 10})
ASKED = tuple(Report(1, at, 9, period, at, is_owed=True) for at, period in enumerate((Q1, Q2, Q3), 1))


@pytest.mark.parametrize(
    ("spent", "period", "expected"),
    [
        ({}, Q2, None),
        ({Q1: Spent(100, 40)}, Q2, Q1),
        ({Q1: Spent(100, 40)}, Q3, Q1),
        ({Q1: Spent(100, 40), Q2: Spent(100, 60)}, Q3, Q2),
        ({Q1: Spent(100, 40), Q2: Spent()}, Q3, Q1),  # what was said of nothing is not the last
        ({Q1: Spent(None, 0)}, Q2, Q1),
        ({Q2: Spent(100, 40)}, Q2, None),  # what it says itself
        ({Q3: Spent(100, 40)}, Q2, None),  # what comes later
        ({"2017-Q4": Spent(100, 40)}, Q1, None),  # money counts anew from the first of January on
        ({"2017-Q4": Spent(100, 40), Q1: Spent(100, 5)}, Q2, Q1),
        ({"2018-M1": Spent(100, 1), "2018-M2": Spent(100, 2)}, "2018-M3", "2018-M2"),
        ({"2018-S1": Spent(100, 9), "2018-M6": Spent(100, 8)}, Q3, "2018-S1"),
    ],
)
def test_the_money_told_before_is_the_last_of_the_same_year(
    spent: Mapping[str, Spent], period: str, expected: str | None
) -> None:
    assert _spent(spent, period) == (None if expected is None else (expected, spent[expected]))


names = st.sampled_from(["2017-Q4", Q1, Q2, Q3, "2018-Q4", "2018-S1", "2018-M3", "2018"])


@given(st.dictionaries(names, st.builds(Spent, st.none() | st.integers(0, 9), st.none() | st.integers(0, 9))), names)
def test_it_always_ended_before_this_one_began(spent: dict[str, Spent], period: str) -> None:
    found = _spent(spent, period)
    if found:
        here, there = parse_period(period), parse_period(found[0])
        assert there.last < here.first
        assert there.last.year == here.first.year
        assert found[1] != Spent()


def row(said: ReportRow, told: Mapping[str, Said], period: str = Q2, **changed: Any) -> Row:  # noqa: ANN401 - fields by name
    """One row of a report on a period; ``told`` is what the versions say, this one included."""
    parts: dict[str, Any] = {"promise": FLOW, "spent": {}} | changed
    line = Line(4, 4, "x", {None: 1}, parts["promise"], None, told, {}, parts["spent"], frozenset())
    history = History(1, 1, ASKED, (line,))
    return _row(history, line, Activity(), said, (), "¿Y?", period)


@pytest.mark.parametrize(
    ("said", "now", "lacks", "is_said", "off_plan"),
    [
        (ReportRow(4), None, "row-unsaid", False, False),
        (ReportRow(4, gap="data"), Said(gap="data"), "", True, False),
        (ReportRow(4, value=10), Said(10), "", True, False),
        (ReportRow(4, value=8), Said(8), "", True, False),  # 18 of 20: just on plan
        (ReportRow(4, value=7), Said(7), "cause-missing", False, True),
        (ReportRow(4, value=7, cause="staff"), Said(7), "cause-missing", False, True),
        (ReportRow(4, value=7, variation="Faltó gente"), Said(7), "cause-missing", False, True),
        (ReportRow(4, value=7, cause="staff", variation=" "), Said(7), "cause-missing", False, True),
        (ReportRow(4, value=7, cause="staff", variation="Faltó gente"), Said(7), "", True, True),
        (ReportRow(4, value=14), Said(14), "", True, False),  # 24 of 20: 120 % is not beyond
        (ReportRow(4, value=15), Said(15), "cause-missing", False, True),
    ],
)
def test_a_row_says_what_it_still_has_to_say(
    said: ReportRow, now: Said | None, lacks: str, is_said: bool, off_plan: bool
) -> None:
    found = row(said, {Q1: Said(10)} | ({Q2: now} if now else {}))
    assert (found.lacks, found.is_said, found.off_plan) == (lacks, is_said, off_plan)


def test_evidence_alone_is_no_word_on_an_activity_that_was_promised_nothing() -> None:
    nothing = Promise(None)
    rows = [
        row(said, {}, promise=nothing) for said in (ReportRow(4), ReportRow(4, evidence=(7,)), ReportRow(4, done="x"))
    ]
    assert [(each.lacks, each.is_said, each.cited) for each in rows] == [("", False, 0), ("", False, 1), ("", True, 0)]


def test_a_row_stands_beside_what_was_said_last_and_its_remark() -> None:
    found = row(ReportRow(4, value=10), {Q1: Said(10), Q2: Said(10)}, spent={Q1: Spent(100, 40)})
    assert (found.last, found.spent, found.remark, found.number) == ((Q1, Said(10)), (Q1, Spent(100, 40)), "¿Y?", 4)


def test_the_first_report_has_nothing_before_it() -> None:
    found = row(ReportRow(4, value=10), {Q1: Said(10)}, Q1)
    assert (found.last, found.spent, found.odd) == (None, None, (Odd.JUMP_WITHOUT_EVIDENCE,))


@pytest.mark.parametrize(
    ("said", "told", "odd"),
    [
        (ReportRow(4, value=10, evidence=(7,)), {Q1: Said(10), Q2: Said(10)}, ()),
        (ReportRow(4, value=10), {Q1: Said(10), Q2: Said(10)}, (Odd.JUMP_WITHOUT_EVIDENCE,)),
        (ReportRow(4, value=10, evidence=(7,)), {Q2: Said(10)}, (Odd.INCOMPLETE,)),
        (
            ReportRow(4, value=0, accrued_cents=5, current_cents=9), {Q1: Said(10), Q2: Said(0)},
            (Odd.MONEY_WITHOUT_PROGRESS,),
        ),
        (
            ReportRow(4, value=10, accrued_cents=0, current_cents=9, evidence=(7,)), {Q1: Said(10), Q2: Said(10)},
            (Odd.PROGRESS_WITHOUT_MONEY,),
        ),
        (
            ReportRow(4, value=10, accrued_cents=10, current_cents=9, evidence=(7,)), {Q1: Said(10), Q2: Said(10)},
            (Odd.OVER_EXECUTION,),
        ),
        (
            ReportRow(4, value=10, accrued_cents=9, current_cents=9, evidence=(7,)), {Q1: Said(10), Q2: Said(10)}, (),
        ),
        (ReportRow(4, value=10, accrued_cents=9, evidence=(7,)), {Q1: Said(10), Q2: Said(10)}, ()),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_named(said: ReportRow, told: dict[str, Said], odd: tuple[Odd, ...]) -> None:
    assert row(said, told).odd == odd


def test_a_report_counts_its_rows_once_each() -> None:
    full = {Q1: Said(10), Q2: Said(10)}
    rows = (
        row(ReportRow(4, value=10), full),
        row(ReportRow(4), {Q1: Said(10)}),
        row(ReportRow(4, value=0), {Q1: Said(10), Q2: Said(0)}),
    )
    found = report.Report(Submission(), rows, ())
    assert (found.said, found.silent, list(found.lacking)) == (1, 1, [rows[1], rows[2]])


RATED = Asked("PLAN/1#target:3", SimpleNamespace(item_id=3), parts=True)  # type: ignore[arg-type] # what is read of a sheet


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({}, "indicator-unsaid"),
        ({"note": "Falta"}, "indicator-unsaid"),
        ({"value": 0}, "indicator-bare"),
        ({"numerator": 0, "denominator": 0}, ""),
        ({"gap": "data"}, ""),
    ],
)
def test_an_indicator_lacks_its_value_until_it_says_one_that_can_be_put_together_or_why_not(
    said: dict[str, Any], lacks: str
) -> None:
    one = Indicator(RATED, MeasuredValue(RATED.name, **said), None)
    held = report.Report(Submission(), (), (one,))
    assert (one.number, one.lacks, held.unmeasured, held.next, held.silent) == (
        INDICATORS + 3, lacks, (one,) if lacks else (), one if lacks else None, int(lacks == "indicator-unsaid"),
    )  # fmt: skip


OPENS, LAST = date(2018, 4, 1), date(2018, 5, 1)


def sheet(state: str = "open", **changed: Any) -> Sheet:  # noqa: ANN401 - fields by name
    call = Call(state=state, opens_on=OPENS)
    told: dict[str, Any] = {
        "obligation": Obligation(call=call), "report": None, "waiting": None, "accepted": None, "returned": None,
        "may_write": True, "may_hand_in": False, "due_on": LAST, "is_waived": False, "last_day": LAST, "passed_to": "",
        "plan": None,
    }  # fmt: skip
    return Sheet(**(told | changed))


@pytest.mark.parametrize(
    ("found", "on", "is_taken"),
    [
        (sheet(), OPENS - timedelta(days=1), False),
        (sheet(), OPENS, True),
        (sheet(), LAST, True),
        (sheet(), LAST + timedelta(days=1), False),
        (sheet(last_day=None), date(2030, 1, 1), True),
        (sheet("closed"), OPENS, False),
        (sheet("draft"), OPENS, False),
    ],
)
def test_a_report_is_taken_from_its_first_day_to_its_last(found: Sheet, on: date, is_taken: bool) -> None:
    assert found.is_taken(on) is is_taken


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"state": "closed"}, False),
        ({"waiting": Submission()}, False),
        ({"accepted": Submission()}, False),
        ({"is_waived": True}, False),
        ({"passed_to": "Otra entidad"}, False),
        ({"last_day": OPENS}, True),  # a plea for more time is of use when there is none left
    ],
)
def test_more_time_is_asked_for_where_it_is_of_use(changed: dict[str, Any], may: bool) -> None:
    assert (sheet(**changed).may_plead(OPENS), sheet(**changed).may_plead(LAST)) == (may, may)


def test_there_is_no_draft_before_somebody_begins() -> None:
    with pytest.raises(Missing):
        _ = sheet().draft
