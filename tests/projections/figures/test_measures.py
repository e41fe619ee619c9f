"""Small cases counted by hand: three bodies (two municipal, one central), two lines each unless said otherwise."""

from datetime import date

import pytest

from tests.projections.figures.stage import BARE, BUDGET, DAY, DUE, LATER, RESPONSIBLE, TARGET, Stage, share
from yupana.domain.obligations.models import Call
from yupana.projections.figures import rules

pytestmark = pytest.mark.django_db
LATE = date(2024, 7, 1)


def ladder(call: Call) -> list[tuple[int, int, int]]:
    return [share(rung, call) for rung in rules.LADDER]


def test_silence_stays_in_every_base_and_counts_nothing() -> None:
    stage = Stage()
    call = stage.call()
    assert (share(rules.COVERAGE, call), share(rules.TIMELINESS, call), ladder(call)) == (
        (0, 3, 0),
        (0, 3, 0),
        [(0, 6, 0)] * 4,
    )


def test_what_was_handed_in_counts_only_once_it_is_accepted() -> None:
    stage = Stage()
    call = stage.call()
    held = stage.submit(call, 0, (0, BUDGET))
    before = share(rules.COVERAGE, call), share(rules.ANSWERED, call)
    stage.accept(held)
    assert (before, share(rules.COVERAGE, call), share(rules.ANSWERED, call)) == (
        ((0, 3, 0), (0, 6, 0)),
        (1, 3, 0),
        (1, 6, 0),
    )


@pytest.mark.parametrize("step", ["turn_back", "misfile"])
def test_what_was_returned_or_misfiled_never_counts(step: str) -> None:
    stage = Stage()
    call = stage.call()
    getattr(stage, step)(stage.submit(call, 0, (0, BUDGET)))
    assert (share(rules.COVERAGE, call), share(rules.ANSWERED, call)) == ((0, 3, 0), (0, 6, 0))


def test_the_last_accepted_version_stands_while_a_newer_one_is_returned() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, BARE))
    stage.turn_back(stage.submit(call, 0, (0, BARE), (1, BARE)))
    assert share(rules.ANSWERED, call) == (1, 6, 0)


def test_of_two_accepted_versions_the_later_one_counts() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, BARE), (1, BARE))
    stage.accepted(call, 0, (1, TARGET))
    assert ladder(call) == [(1, 6, 0), (1, 6, 0), (0, 6, 0), (0, 6, 0)]


def test_the_version_accepted_last_counts_even_if_it_was_handed_in_first() -> None:
    stage = Stage()
    call = stage.call()
    first = stage.submit(call, 0, (0, BARE), (1, BARE))
    stage.turn_back(first)
    stage.accepted(call, 0, (0, BARE))
    assert share(rules.ANSWERED, call) == (1, 6, 0)


@pytest.mark.parametrize(
    ("carried", "reached"), [(BARE, 1), ({"target": "5"}, 1), (TARGET, 2), (RESPONSIBLE, 3), (BUDGET, 4)]
)
def test_the_ladder_is_climbed_rung_by_rung(carried: dict[str, object], reached: int) -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, carried))
    assert [done for done, _, _ in ladder(call)] == [1] * reached + [0] * (4 - reached)


def test_a_rung_is_reached_by_one_activity_not_by_several_together() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, TARGET), (0, {"responsible": "Alguien", "budget_cents": 5}))
    assert [done for done, _, _ in ladder(call)] == [1, 1, 0, 0]


def test_a_budget_without_a_responsible_does_not_skip_a_rung() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, {**TARGET, "budget_cents": 5}))
    assert [done for done, _, _ in ladder(call)] == [1, 1, 0, 0]


def test_an_activity_answers_each_of_its_lines_with_all_that_it_carries() -> None:
    stage = Stage()
    call = stage.call()
    held = stage.accepted(call, 0, (0, {**TARGET, "also": (1,)}))
    both = ladder(call)[:2]
    stage.reclassify(held, 1, None)
    assert (both, ladder(call)[:2]) == ([(2, 6, 0)] * 2, [(1, 6, 0)] * 2)


def test_many_activities_answer_a_line_once() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, BARE), (0, BARE), (0, BARE))
    assert share(rules.ANSWERED, call) == (1, 6, 0)


def test_a_row_that_answers_no_line_or_one_that_was_not_asked_counts_nothing() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (None, BUDGET), (2, BUDGET))
    assert (share(rules.COVERAGE, call), share(rules.ANSWERED, call)) == ((1, 3, 0), (0, 6, 0))


@pytest.mark.parametrize(
    ("asks", "due"),
    [
        ({"asks_target": False}, [2, 0, 0, 0]),
        ({"asks_responsible": False}, [2, 2, 0, 0]),
        ({"asks_budget": False}, [2, 2, 2, 0]),
        ({}, [2, 2, 2, 2]),
    ],
)
def test_what_the_form_never_asked_for_is_unknown_and_not_unmet(asks: dict[str, bool], due: list[int]) -> None:
    stage = Stage()
    call = stage.call(debtors=1)
    stage.accepted(call, 0, (0, BUDGET), asks=asks)
    assert ladder(call) == [(min(1, each), each, 2 - each) for each in due]


def test_what_the_call_never_asked_for_is_unknown_for_the_silent_too() -> None:
    stage = Stage()
    call = stage.call(asks={"asks_responsible": False})
    stage.accepted(call, 0, (0, RESPONSIBLE))
    assert ladder(call) == [(1, 6, 0), (1, 6, 0), (1, 2, 4), (0, 2, 4)]


def test_a_waived_obligation_leaves_every_base() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, BUDGET))
    stage.waive(call, 0)
    assert (share(rules.COVERAGE, call), share(rules.TIMELINESS, call), ladder(call)) == (
        (0, 2, 0),
        (0, 2, 0),
        [(0, 4, 0)] * 4,
    )


@pytest.mark.parametrize(("met_on", "counted"), [(DUE, (1, 1, 0)), (LATE, (0, 1, 0)), (None, (0, 0, 1))])
def test_timeliness_compares_the_day_that_counts_with_the_due_date(
    met_on: date | None, counted: tuple[int, ...]
) -> None:
    stage = Stage()
    call = stage.call(debtors=1)
    stage.accepted(call, 0, met_on=met_on)
    assert share(rules.TIMELINESS, call) == counted


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        (DAY, LATE, (1, 1, 0)),
        (LATE, DAY, (1, 1, 0)),
        (LATE, LATE, (0, 1, 0)),
        (None, DAY, (1, 1, 0)),
        (None, LATE, (0, 0, 1)),
        (None, None, (0, 0, 1)),
    ],
)
def test_the_first_time_that_it_was_met_counts_and_a_doubtful_day_only_if_it_could_matter(
    first: date | None, second: date | None, counted: tuple[int, ...]
) -> None:
    stage = Stage()
    call = stage.call(debtors=1)
    stage.accepted(call, 0, met_on=first)
    stage.accepted(call, 0, met_on=second)
    assert share(rules.TIMELINESS, call) == counted


# What was handed in, with the term in which it may be mended where it was returned; the last one waits.
@pytest.mark.parametrize(
    ("handed", "counted"),
    [
        ([(DUE, None)], (0, 0, 0)),  # it hangs on the review, which makes nobody late
        ([(LATE, None)], (0, 1, 0)),  # and nothing mends this
        ([(None, None)], (0, 0, 1)),
        ([(DAY, LATE), (LATE, None)], (0, 0, 0)),  # mended in time, the first day will count
        ([(DAY, DUE), (LATE, None)], (0, 1, 0)),
        ([(DAY, None), (LATE, None)], (0, 1, 0)),
        ([(DAY, DUE), (LATE, LATER), (LATER, None)], (0, 1, 0)),
        ([(DAY, LATE), (LATE, LATER), (LATER, None)], (0, 0, 0)),
        ([(None, LATE), (LATE, None)], (0, 0, 1)),
        ([(LATE, LATER), (DUE, None)], (0, 1, 0)),  # it is the first day that counts, as for the accepted
    ],
)
@pytest.mark.parametrize("is_report", [False, True])
def test_what_came_in_time_and_is_under_review_leaves_the_base_of_timeliness(
    handed: list[tuple[date | None, date | None]], counted: tuple[int, int, int], is_report: bool
) -> None:
    stage = Stage()
    call = stage.call(debtors=1, follows=stage.call("C-0", debtors=1) if is_report else None)
    *returned, (day, _) = handed
    for came_on, mend_by in returned:
        stage.turn_back(stage.submit(call, 0, on=came_on), mend_by)
    stage.submit(call, 0, on=day)
    assert (share(rules.TIMELINESS, call), share(rules.COVERAGE, call)) == (counted, (0, 1, 0))


def test_the_base_of_timeliness_is_whole_again_once_it_is_decided() -> None:
    stage = Stage()
    call = stage.call(debtors=2)
    first, second = (stage.submit(call, body) for body in range(2))
    before = share(rules.TIMELINESS, call)
    stage.accept(first)
    stage.turn_back(second, LATER)
    returned = share(rules.TIMELINESS, call)
    stage.submit(call, 1, on=LATE)
    again = share(rules.TIMELINESS, call)
    stage.submit(call, 0, on=LATE)  # a change of what was accepted in time
    assert (before, returned, again, share(rules.TIMELINESS, call)) == (
        (0, 0, 0),
        (1, 2, 0),
        (1, 1, 0),
        (1, 1, 0),
    )


def test_without_a_deadline_nobody_is_late_and_nobody_in_time() -> None:
    stage = Stage()
    call = stage.call(due_on=None)
    stage.accepted(call, 0, (0, BARE))
    assert (share(rules.TIMELINESS, call, as_of=DAY), share(rules.COVERAGE, call, as_of=DAY)) == ((0, 0, 3), (1, 3, 0))


def test_an_extension_moves_the_obligation_to_its_new_due_date() -> None:
    stage = Stage()
    call = stage.call(debtors=1)
    stage.accepted(call, 0, (0, BARE), met_on=LATE)
    late = share(rules.TIMELINESS, call)
    stage.extend(call, 0, LATER)
    assert (late, share(rules.TIMELINESS, call), share(rules.ANSWERED, call, as_of=DUE)) == (
        (0, 1, 0),
        (1, 1, 0),
        (0, 0, 0),
    )


def test_of_two_extensions_the_last_recorded_holds() -> None:
    stage = Stage()
    call = stage.call(debtors=1)
    stage.extend(call, 0, LATER)
    stage.extend(call, 0, LATE)
    assert (share(rules.COVERAGE, call, as_of=LATE), share(rules.COVERAGE, call, as_of=DUE)) == ((0, 1, 0), (0, 0, 0))


def test_an_extension_gives_a_deadline_where_none_was_known() -> None:
    stage = Stage()
    call = stage.call(due_on=None, debtors=1)
    stage.accepted(call, 0, met_on=LATE)
    stage.extend(call, 0, DUE)
    assert share(rules.TIMELINESS, call) == (0, 1, 0)


def test_the_reviewers_line_counts_instead_of_the_entitys() -> None:
    stage = Stage()
    call = stage.call()
    held = stage.accepted(call, 0, (0, BUDGET))
    stage.reclassify(held, 1, 1)
    first, second = (share(rules.BUDGET, call, items=[item.pk]) for item in stage.items[:2])
    assert (first, second) == ((0, 3, 0), (1, 3, 0))


@pytest.mark.parametrize(("lines", "done"), [([1, 0], 1), ([None], 0), ([2], 0), ([None, 1], 1)])
def test_the_last_reclassification_holds_also_when_it_says_none(lines: list[int | None], done: int) -> None:
    stage = Stage()
    call = stage.call()
    held = stage.accepted(call, 0, (0, BARE))
    for line in lines:
        stage.reclassify(held, 1, line)
    assert share(rules.ANSWERED, call) == (done, 6, 0)


def test_a_row_without_a_line_can_be_placed_by_the_reviewer() -> None:
    stage = Stage()
    call = stage.call()
    stage.reclassify(stage.accepted(call, 0, (None, BARE)), 1, 0)
    assert share(rules.ANSWERED, call) == (1, 6, 0)


def test_what_is_not_due_yet_is_left_out_of_the_reading() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 0, (0, BARE))
    assert [share(rules.ANSWERED, call, as_of=day) for day in (date(2024, 6, 29), DUE)] == [(0, 0, 0), (1, 6, 0)]


def test_one_obligation_counts_for_each_group_that_it_belongs_to() -> None:
    stage = Stage()
    call = stage.call()
    stage.accepted(call, 2, (0, BARE), (1, BARE))
    assert [share(rules.ANSWERED, call, level=level) for level in ("municipal", "central")] == [(0, 4, 0), (2, 2, 0)]


def test_another_call_is_another_figure() -> None:
    stage = Stage()
    one, other = stage.call(), stage.call("C-2", lines=3, debtors=1)
    stage.accepted(other, 0, (2, BARE))
    assert (share(rules.ANSWERED, one), share(rules.ANSWERED, other)) == ((0, 6, 0), (1, 3, 0))
