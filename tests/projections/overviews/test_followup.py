"""Who answered a call for reports, on every day that makes a difference; and what can still be asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import QUARTERS, asked, planned, reported
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Call
from yupana.domain.progress.actions import accept_report, return_report, set_rhythm, start_report, submit_report
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing
from yupana.projections.overviews.followup import (
    Answer,
    Asked,
    How,
    answers,
    choices,
    every_answer,
    followed,
    plan_call,
    report_call,
)
from yupana.projections.overviews.labels import LABELS

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation

ONE = timedelta(days=1)
DUE, LOCKS = date(2018, 4, 21), date(2018, 5, 1)


def how(owed: Obligation, on: date) -> How:
    [answer] = (each for each in answers(owed.call, on=on).page.rows if each.obligation.pk == owed.pk)
    return answer.how


def days(owed: Obligation, *on: date) -> list[How]:
    return [how(owed, each) for each in on]


@pytest.mark.django_db
def test_silence_begins_after_the_last_day_and_is_locked_after_the_last_one_of_all(cast: Cast) -> None:
    call = asked(planned(cast, bodies=(cast.a, cast.b)), due_in=20, lock_in=10)
    mine = obligation_of(call, cast.a)
    assert (mine.due_on, call.locks_on) == (DUE, LOCKS)
    boundaries = (call.opens_on, DUE, DUE + ONE, LOCKS, LOCKS + ONE)
    assert days(mine, *boundaries) == [How.OPEN, How.OPEN, How.SILENT, How.SILENT, How.LOCKED]
    start_report(actor=cast.inti, obligation=mine, on=call.opens_on)
    assert days(mine, DUE, DUE + ONE, LOCKS + ONE) == [How.OPEN, How.SILENT, How.LOCKED]  # a draft is no answer

    extend(actor=OPERATOR, obligation=mine, due_on=LOCKS + 5 * ONE, reason="r", act="a", on=DUE)
    assert days(mine, DUE + ONE, LOCKS + ONE, LOCKS + 5 * ONE, LOCKS + 6 * ONE) == [
        How.OPEN, How.OPEN, How.OPEN, How.LOCKED,
    ]  # fmt: skip
    other = obligation_of(call, cast.b)
    assert days(other, DUE + ONE, LOCKS + ONE) == [How.SILENT, How.LOCKED]  # more time is for one alone
    waive(actor=OPERATOR, obligation=other, reason="r", act="a", on=LOCKS)
    assert days(other, DUE, LOCKS + ONE) == [How.WAIVED, How.WAIVED]
    counted = answers(call, on=LOCKS + 6 * ONE)
    assert (counted.counts, counted.page.total) == (((How.LOCKED, 1), (How.WAIVED, 1)), 2)
    assert [each.obligation.pk for each in every_answer(call, on=LOCKS + 6 * ONE, how=How.WAIVED)] == [other.pk]
    assert [(each.is_owed, each.is_movable) for each in every_answer(call, on=LOCKS + 6 * ONE)] == [
        (True, True), (False, False),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_was_handed_in_waits_is_mended_and_counts_from_its_first_day(cast: Cast) -> None:
    call = asked(planned(cast), due_in=20, lock_in=10)
    mine = obligation_of(call, cast.a)
    first = reported(cast.inti, mine, on=DUE)
    assert days(mine, DUE, LOCKS + ONE) == [How.REVIEW, How.REVIEW]  # the authority's time makes nobody silent
    return_report(actor=cast.amaru, submission=first, reason="Falta", remarks={1: "¿Cuánto?"}, on=LOCKS)
    until = first.steps.get().remedy_until
    assert until is not None
    assert days(mine, LOCKS, until, until + ONE) == [How.RETURNED, How.RETURNED, How.LOCKED]
    draft = start_report(actor=cast.inti, obligation=mine, on=until)
    second = submit_report(actor=cast.inti, submission=draft, received_on=None, on=until)
    assert days(mine, until, until + 9 * ONE) == [How.REVIEW, How.REVIEW]
    accept_report(actor=cast.amaru, submission=second, on=until + 30 * ONE)
    [answer] = answers(call, on=until + 31 * ONE).page.rows
    assert (answer.how, answer.met_on, answer.due_on, answer.last) == (How.REPORTED, DUE, DUE, second.pk)


@pytest.mark.django_db
def test_a_report_is_late_from_the_day_after_its_last_one_on(cast: Cast) -> None:
    call = asked(planned(cast, bodies=(cast.a, cast.b)))
    for body, actor, on in ((cast.a, cast.inti, DUE), (cast.b, cast.killa, DUE + ONE)):
        accept_report(actor=cast.amaru, submission=reported(actor, obligation_of(call, body), on=on), on=on + 9 * ONE)
    told = answers(call, on=DUE + 20 * ONE)
    assert ([each.how for each in told.page.rows], told.counts) == (
        [How.REPORTED, How.LATE], ((How.REPORTED, 1), (How.LATE, 1)),
    )  # fmt: skip
    asked_for = (("late", ""), ("", "nandu"), ("", "ÑANDÚ municipio"), ("late", "ábaco"), ("", "x"))
    pages = [answers(call, on=DUE, how=how, text=text).page.rows for how, text in asked_for]
    found = [[each.how for each in rows] for rows in pages]
    assert found == [[How.LATE], [How.LATE], [How.LATE], [], []]
    # Longer time given later makes what was late no longer so.
    extend(actor=OPERATOR, obligation=obligation_of(call, cast.b), due_on=DUE + ONE, reason="r", act="a", on=DUE)
    assert days(obligation_of(call, cast.b), DUE + 20 * ONE) == [How.REPORTED]


@pytest.mark.django_db
def test_a_call_is_found_by_what_it_asks_for_and_for_whom(cast: Cast) -> None:
    plan = planned(cast)
    report = asked(plan)
    assert (report_call(cast.amaru, report.code), plan_call(cast.amaru, plan.code)) == (report, plan)
    for find, code in ((report_call, plan.code), (plan_call, report.code), (report_call, "NADA"), (plan_call, "")):
        with pytest.raises(Missing):
            find(cast.amaru, code)


@pytest.mark.django_db
def test_what_was_not_asked_for_yet_can_be_chosen_once(cast: Cast) -> None:
    plan = planned(cast)
    every = choices(plan)
    assert (len(every), every[:4], every[-1]) == (1 + 2 + 4 + 12, ["2018", "2018-S1", "2018-S2", "2018-Q1"], "2018-M12")
    asked(plan, QUARTERS[1])
    assert choices(plan) == [each for each in every if each != QUARTERS[1]]
    plan.period = "2018-S2"  # as a call for half a year would have it
    assert choices(plan) == [
        "2018-S2", "2018-Q3", "2018-Q4", *(f"2018-M{at}" for at in range(7, 13)),
    ]  # fmt: skip


@pytest.mark.django_db
def test_periods_are_told_page_by_page_from_the_newest_on(cast: Cast) -> None:
    plan = planned(cast)
    nothing = followed(cast.amaru, plan, on=DUE)
    assert (nothing.asked.rows, nothing.plans, nothing.rhythm, nothing.coming) == ((), 1, None, ())
    calls = [asked(plan, each) for each in ("2018-Q1", "2018-M2", "2018-S1")]
    pages = [followed(cast.amaru, plan, on=date(2018, 7, 1), page=page, size=2) for page in (0, 1, 2, 9)]
    assert [[each.call for each in told.asked.rows] for told in pages] == [
        [calls[2], calls[0]], [calls[2], calls[0]], [calls[1]], [calls[1]],
    ]  # fmt: skip
    assert {(told.asked.total, told.asked.pages) for told in pages} == {(3, 2)}
    terms = {"actor": OPERATOR, "call": plan, "due_in": 5, "lock_in": None, "on": DUE}
    set_rhythm(frequency="quarter", since=date(2018, 1, 1), **terms)  # type: ignore[arg-type] # terms by name
    told = followed(cast.amaru, plan, on=date(2018, 10, 1))
    assert (told.coming, told.rhythm is not None) == (("2018-Q2", "2018-Q3"), True)
    set_rhythm(frequency="", since=date(2018, 1, 1), **terms)  # type: ignore[arg-type] # the same
    stopped = followed(cast.amaru, plan, on=date(2018, 10, 1))
    assert (stopped.coming, stopped.rhythm, len(stopped.rhythms)) == ((), None, 2)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, (0, 0, 0, 0, 0, [])),
        ({How.REPORTED: 3, How.LATE: 2}, (5, 5, 2, 0, 0, [])),
        ({How.SILENT: 3, How.LOCKED: 2}, (5, 0, 0, 0, 5, [])),
        ({How.REVIEW: 4}, (4, 0, 0, 4, 0, [])),
        (
            {How.PASSED: 1, How.WAIVED: 2, How.RETURNED: 3, How.OPEN: 4},
            (10, 0, 0, 0, 0, [(How.OPEN, 4), (How.RETURNED, 3), (How.WAIVED, 2), (How.PASSED, 1)]),
        ),
        ({How.OPEN: 0, How.WAIVED: 1}, (1, 0, 0, 0, 0, [(How.WAIVED, 1)])),
    ],
)
def test_every_answer_is_counted_in_one_column_alone(counts: dict[How, int], told: tuple[object, ...]) -> None:
    one = Asked(Call(), counts)
    assert (one.total, one.reported, one.late, one.review, one.silent, one.rest) == told
    assert one.reported + one.review + one.silent + sum(many for _, many in one.rest) == one.total


@pytest.mark.parametrize("each", How)
def test_no_way_to_answer_is_without_words_or_a_column(each: How) -> None:
    one = Asked(Call(), {each: 1})
    assert (one.reported + one.review + one.silent + len(one.rest), bool(str(LABELS[How][each]))) == (1, True)


@pytest.mark.parametrize(
    ("each", "is_owed", "is_movable"),
    [
        (How.OPEN, False, True),
        (How.SILENT, True, True),
        (How.LOCKED, True, True),
        (How.RETURNED, False, True),
        (How.REVIEW, False, False),
        (How.REPORTED, False, False),
        (How.LATE, False, False),
        (How.WAIVED, False, False),
        (How.PASSED, False, False),
    ],
)
def test_who_is_to_be_reached_and_who_may_have_more_time(each: How, is_owed: bool, is_movable: bool) -> None:
    answer = Answer(None, each, DUE, None, None, 0, None)  # type: ignore[arg-type] # whose it is does not matter
    assert (answer.is_owed, answer.is_movable) == (is_owed, is_movable)
