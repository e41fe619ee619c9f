"""What an explanation says of activities adds up to the figure that it explains, whatever the activities are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.histories import History, Line, Report
from yupana.domain.progress.public.checks import standing
from yupana.domain.progress.rules import Method, Promise, Said, Spent, Unsaid
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.reached import reached
from yupana.projections.figures.rules import (
    ADVANCE,
    ADVANCE_CHECKED,
    ADVANCE_VERIFIED,
    EFFICACY,
    EFFICACY_CHECKED,
    EFFICACY_VERIFIED,
    EXECUTION,
    PROGRESS,
)
from yupana.projections.overviews.explained.deeds import Deed, Proof, Told, _of_report, _Sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

Q1, Q2 = "2018-Q1", "2018-Q2"
REPORTS = tuple(Report(1, at, 9, period, 100 + at, is_owed=True) for at, period in enumerate((Q1, Q2), 1))
NOTHING = _Sealed({}, {})
FLOW = Promise(Method.FLOW, "up", 5, {Q1: 10, Q2: 10, "2018-S2": 20})

periods = st.sampled_from([Q1, Q2, "2018"])
counts = st.integers(-5, 60)
values = (
    st.builds(Said, counts)
    | st.just(Said(gap="data"))
    | st.builds(Said, st.none(), st.integers(0, 9), st.integers(0, 9))
)
said = st.dictionaries(periods, values)
promises = st.builds(
    Promise, st.sampled_from([None, *Method]), st.sampled_from(["", "up", "down"]), st.none() | counts,
    st.dictionaries(periods, counts),
)  # fmt: skip
items = st.dictionaries(st.none() | st.integers(1, 3), st.integers(0, 9), min_size=1).filter(
    lambda told: sum(told.values()) > 0
)
cents = st.none() | st.integers(0, 100_000)
lines = st.builds(
    Line, st.integers(1, 9), st.just(1), st.just("x"), items, promises, cents, said, said,
    st.dictionaries(periods, st.builds(Spent, cents, cents)), st.just(frozenset()),
    st.dictionaries(st.sampled_from([2017, 2018]), st.integers(0, 100_000)), st.frozensets(periods, max_size=1),
)  # fmt: skip
histories = st.lists(lines, max_size=4).map(lambda told: History(1, 1, REPORTS, tuple(told)))


def deeds(
    measure: str, history: History, item: int | None = 1, report: Report = REPORTS[0], sealed: _Sealed = NOTHING
) -> list[Deed]:
    return list(_of_report(measure, history, report, item, sealed, defaultdict(list)))


def line(row: int = 1, **changed: object) -> Line:
    """One activity that answers the first line and said 8 of 10; say what differs."""
    told = Line(row, row, f"Actividad {row}", {1: 1}, FLOW, None, {Q1: Said(8)}, {}, {}, frozenset())
    return replace(told, **changed)  # type: ignore[arg-type] # fields by name


def one(measure: str, *told: Line, report: Report = REPORTS[0], sealed: _Sealed = NOTHING) -> Deed:
    [deed, *_] = deeds(measure, History(1, 1, REPORTS, told), report=report, sealed=sealed)
    return deed


@given(histories, st.sampled_from([each for each in PROGRESS if each != EXECUTION]), st.sampled_from(REPORTS))
def test_the_points_of_activities_add_up_to_the_cell_of_their_line(
    history: History, measure: str, report: Report
) -> None:
    """Rounded once: what activities say exactly is at most half a point away from what is stored."""
    cells = reached(history, report.period)
    for item in (None, 1, 2, 3):
        counted = [deed for deed in deeds(measure, history, item, report) if deed.counts]
        done = sum((deed.points * deed.capped for deed in counted if deed.capped is not None), Fraction(0))
        due = sum((deed.points for deed in counted if deed.capped is not None), Fraction(0))
        spoken = sum((deed.points for deed in counted), Fraction(0))
        cell = cells.get((measure, item), Share())
        assert abs(cell.done - done) <= Fraction(1, 2)
        assert abs(cell.due - due) <= Fraction(1, 2)
        assert abs(cell.due + cell.unknown - spoken) <= Fraction(1, 2)


@given(histories, st.sampled_from(REPORTS))
def test_the_cents_of_activities_add_up_to_the_cell_of_their_line_exactly(history: History, report: Report) -> None:
    cells = reached(history, report.period)
    for item in (None, 1, 2, 3):
        told = [deed.cents for deed in deeds(EXECUTION, history, item, report) if deed.cents]
        done, due, unknown = (sum(each[at] for each in told) for at in range(3))
        assert Share(done, due, unknown) == cells.get((EXECUTION, item), Share())


@given(histories)
def test_an_activity_says_how_far_it_is_or_why_not_and_never_both(history: History) -> None:
    for measure in PROGRESS:
        for deed in deeds(measure, history):
            assert (deed.ratio is None) == (deed.unsaid is not None)
            assert deed.capped is None or 0 <= deed.capped <= 1


@pytest.mark.parametrize(
    ("measure", "ratio"),
    [
        (ADVANCE, Fraction(8, 40)),
        (EFFICACY, Fraction(8, 10)),
        (ADVANCE_VERIFIED, Fraction(4, 40)),
        (EFFICACY_VERIFIED, Fraction(4, 10)),
        (ADVANCE_CHECKED, Fraction(8, 40)),
        (EFFICACY_CHECKED, Fraction(8, 10)),
    ],
)
def test_each_measure_reads_what_it_is_named_for(measure: str, ratio: Fraction) -> None:
    assert one(measure, line(checked={Q1: Said(4)})).ratio == ratio


@pytest.mark.parametrize("measure", [ADVANCE_VERIFIED, ADVANCE_CHECKED, EFFICACY_VERIFIED, EFFICACY_CHECKED])
def test_what_nobody_checked_in_the_period_is_not_among_what_was_verified(measure: str) -> None:
    told = (line(1), line(2, checked={Q1: Said(4)}), line(3, checked={Q2: Said(4)}))
    assert [(deed.row, deed.points) for deed in deeds(measure, History(1, 1, REPORTS, told))] == [
        (2, Fraction(10_000, 3)),
    ]  # fmt: skip


def test_a_ratio_beyond_all_is_told_as_it_is_and_counted_as_all() -> None:
    deed = one(EFFICACY, line(said={Q1: Said(25)}))
    assert (deed.ratio, deed.capped, [flag.value for flag in deed.advance.flags]) == (
        Fraction(5, 2), Fraction(1), ["beyond"],
    )  # fmt: skip


def test_what_was_not_due_yet_is_listed_and_counts_for_nothing() -> None:
    later = Promise(Method.FLOW, "up", None, {"2018-S2": 40})
    first, second = deeds(EFFICACY, History(1, 1, REPORTS, (line(1, promise=later), line(2))))
    assert ((first.counts, first.unsaid), (second.counts, second.points)) == (
        (False, Unsaid.NOT_DUE), (True, Fraction(10_000)),
    )  # fmt: skip


def test_the_silent_are_listed_with_their_points() -> None:
    deed = one(ADVANCE, line(1, said={}), line(2))
    assert (deed.unsaid, deed.points, deed.counts, deed.capped) == (Unsaid.SILENT, Fraction(5_000), True, None)


def test_what_a_row_said_at_the_body_that_it_came_from_adds_up_alike_on_the_page_of_its_heir() -> None:
    """The heir reported nothing of the first quarter itself."""
    came = line(said={Q1: Said(20), Q2: Said(30)}, checked={Q1: Said(20)}, elsewhere=frozenset([Q1]))
    shown, behind = standing(came, Q2, ()), one(ADVANCE, came, report=REPORTS[1])
    assert (shown.declared, behind.advance.actual, shown.partly and shown.partly.found) == (
        Fraction(50),
        Fraction(50),
        20,
    )


@pytest.mark.parametrize("name", ["elsewhere", "unplanned"])
def test_a_row_that_another_body_answers_for_is_not_listed(name: str) -> None:
    told = (line(1, **{name: frozenset([Q1])}), line(2))
    assert [deed.row for deed in deeds(ADVANCE, History(1, 1, REPORTS, told))] == [2]


@pytest.mark.parametrize(
    ("item", "rows"),
    [(1, [1, 3]), (2, [3]), (None, [2]), (9, [])],
)
def test_a_line_lists_the_activities_that_answer_it(item: int | None, rows: list[int]) -> None:
    told = (line(1), line(2, items={None: 1}), line(3, items={1: 1, 2: 2, 3: 0}))
    assert [deed.row for deed in deeds(ADVANCE, History(1, 1, REPORTS, told), item)] == rows


def test_only_periods_that_ended_by_then_are_told_each_with_where_it_is_sealed() -> None:
    sealed = _Sealed({101: 7, 102: 11}, {(101, 1): (9, True)})
    told = line(said={Q1: Said(8), Q2: Said(9)}, checked={Q1: Said(4)})
    first, second = (one(ADVANCE, told, report=report, sealed=sealed).told for report in REPORTS)
    assert second == (
        Told(Q1, Said(8), Said(4), 7, 9, disputed=True), Told(Q2, Said(9), None, 11, None, disputed=False),
    )  # fmt: skip
    assert first == second[:1]


def test_a_period_of_which_nothing_was_accepted_is_told_as_silent() -> None:
    silent = replace(REPORTS[0], submission=None)
    history = History(1, 1, (silent,), (line(said={}),))
    [deed] = deeds(ADVANCE, history, report=silent)
    assert [(each.said, each.accepted_at, each.verdict_at) for each in deed.told] == [(None, None, None)]
    assert deed.proofs == ()


def test_an_activity_names_the_evidence_of_its_own_row_alone() -> None:
    cited: Mapping[tuple[int, int], list[Proof]] = {
        (101, 1): [Proof(5, "acta.pdf", 3), Proof(6, "", 1)],
        (101, 2): [Proof(7, "otra", 1)],
        (102, 1): [Proof(8, "", 2)],
    }
    [deed] = _of_report(ADVANCE, History(1, 1, REPORTS, (line(),)), REPORTS[0], 1, NOTHING, cited)
    assert [each.pk for each in deed.proofs] == [5, 6]


@pytest.mark.parametrize(
    ("spent", "cents"),
    [
        ({Q1: Spent(100, 40)}, (40, 100, 0)),
        ({Q1: Spent(100, None)}, (0, 0, 100)),
        ({}, (0, 0, 700)),
        ({Q2: Spent(100, 40)}, (0, 0, 700)),
    ],
)
def test_money_is_told_as_accrued_current_and_unknown(spent: Mapping[str, Spent], cents: tuple[int, int, int]) -> None:
    assert one(EXECUTION, line(spent=spent, budget=700)).cents == cents
    assert one(ADVANCE, line(spent=spent, budget=700)).cents is None
